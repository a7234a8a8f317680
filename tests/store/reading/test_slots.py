"""Good times as they are read, what stands at which time, and what posts got."""

from __future__ import annotations

from datetime import timedelta

from app.models.post import PostDraft, PostState
from app.runtime.clock import to_ms
from app.store.database import Database
from app.store.reading import slots
from app.store.writing import accounts, outbox, posts, samples
from app.store.writing import slots as writing
from tests.store.making import NOW, NOW_MS, add_account, owe

HOUR = timedelta(hours=1)


def save(database: Database, hours: float | None, *accounts_: int, state: PostState | None = None) -> int:
    at = NOW + hours * HOUR if hours is not None else None
    draft = PostDraft(parts=("Hola",), accounts=accounts_, planned_at=at)
    return database.write_now(lambda session: posts.save(session, draft, NOW_MS, state=state))


def test_the_grid_is_that_of_accounts_that_are_there(database: Database, account_id: int) -> None:
    other = add_account(database, "@discos", "x")
    for account in (account_id, other):
        database.write_now(lambda s, account=account: writing.add(s, account, 2, 600, "UTC", "offers"))
    database.write_now(lambda s: writing.switch_day(s, account_id, 2, on=False))
    grid = database.reader.now(slots.grid)
    assert [(slot.account_id, slot.weekday, slot.minute, slot.pillar, slot.enabled) for slot in grid.slots] == [
        (account_id, 2, 600, "offers", True),
        (other, 2, 600, "offers", True),
    ]
    assert grid.off == {(account_id, 2)}
    assert len(database.reader.now(slots.grid, [other]).slots) == 1
    database.write_now(lambda s: accounts.remove(s, other, NOW_MS))
    assert {slot.account_id for slot in database.reader.now(slots.grid).slots} == {account_id}


def test_drafts_with_a_time_stand_there_and_ideas_do_not(database: Database, account_id: int) -> None:
    other = add_account(database, "@discos", "x")
    draft = save(database, 2, account_id, other)
    planned = save(database, 1, other, state=PostState.SCHEDULED)
    save(database, 3, other, state=PostState.IDEA)
    save(database, None, other)
    save(database, 24, other)
    found = database.reader.now(slots.occupied, NOW_MS, to_ms(NOW + 24 * HOUR))
    assert [(each.post_id, each.account_ids, each.at) for each in found] == [
        (planned, (other,), NOW + HOUR),
        (draft, (account_id, other), NOW + 2 * HOUR),
    ]


def test_the_posts_just_outside_of_a_span_are_told_by_account(database: Database, account_id: int) -> None:
    other = add_account(database, "@discos", "x")
    for hours in (-30, -20, 5, 30, 40):
        save(database, hours, account_id)
    save(database, 60, other)
    before, after = database.reader.now(slots.edges, NOW_MS, to_ms(NOW + 24 * HOUR))
    assert before == {account_id: to_ms(NOW - 20 * HOUR)}
    assert after == {account_id: to_ms(NOW + 30 * HOUR), other: to_ms(NOW + 60 * HOUR)}


def test_what_a_post_got_is_the_last_figure_of_each_kind_together(database: Database, account_id: int) -> None:
    number = save(database, 0, account_id, state=PostState.SCHEDULED)
    item = owe(database, account_id, post_id=number)
    database.write_now(lambda s: outbox.settle_out(s, item, NOW_MS) if outbox.claim(s, NOW_MS, "p", 60, 1) else None)
    assert database.reader.now(slots.results, 0, [account_id]) == [], "without figures nothing is known"
    rows = [
        ("clicks", "post", item, NOW_MS, 3),
        ("clicks", "post", item, NOW_MS + 5, 7),
        ("replies", "post", item, NOW_MS, 2),
    ]
    database.write_now(lambda s: samples.add(s, [*rows, ("likes", "post", item, NOW_MS, 90)]))
    (found,) = database.reader.now(slots.results, 0, [account_id])
    assert (found.account_id, found.at, found.value) == (account_id, NOW, 9)
    assert database.reader.now(slots.results, NOW_MS + 1, [account_id]) == []
