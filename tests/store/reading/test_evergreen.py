"""Evergreen posts with what was made of them before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.models.idea import Origin, OriginKind
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostState
from app.store.database import Database
from app.store.reading import evergreen
from app.store.writing import outbox, posts
from tests.store.making import NOW, NOW_MS, owed

DAYS = timedelta(days=30)


def out(database: Database, account_id: int, draft: PostDraft, days_ago: int) -> int:
    post_id = database.write_now(lambda session: posts.save(session, draft, NOW_MS, state=PostState.SCHEDULED))
    at = NOW_MS - days_ago * 86_400_000
    item = database.write_now(
        outbox.add, replace(owed(account_id), post_id=post_id, due_at=NOW, parts=draft.parts), NOW_MS
    )
    database.write_now(lambda session: outbox.move(session, item, DeliveryState.BY_HAND, at))
    database.write_now(outbox.settle_out, item, at)
    return post_id


def test_what_was_made_of_one_counts_with_it(database: Database, account_id: int) -> None:
    draft = PostDraft(parts=("hola",), accounts=(account_id,), evergreen=True)
    root = out(database, account_id, draft, 90)
    origin = Origin(OriginKind.EVERGREEN, root).to_text()
    again = out(database, account_id, replace(draft, origin=origin), 10)
    [found] = database.reader.now(evergreen.evergreens, NOW, DAYS)
    assert (found.id, found.times, found.free_from) == (root, 2, NOW + timedelta(days=20))
    assert database.reader.now(evergreen.family, root) == [root, again]


def test_other_words_do_not_hold_it_back_and_those_that_may_go_come_first(database: Database, account_id: int) -> None:
    draft = PostDraft(parts=("hola",), accounts=(account_id,), evergreen=True)
    fresh = out(database, account_id, replace(draft, parts=("nueva",)), 3)
    root = out(database, account_id, draft, 90)
    out(
        database,
        account_id,
        PostDraft(parts=("otra",), accounts=(account_id,), origin=Origin(OriginKind.EVERGREEN, root).to_text()),
        2,
    )
    assert [(each.id, each.free_from is None) for each in database.reader.now(evergreen.evergreens, NOW, DAYS)] == [
        (root, True),
        (fresh, False),
    ]
    assert database.reader.now(evergreen.said_at, account_id, ("nadie",)) is None
