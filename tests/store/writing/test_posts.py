"""Posts are saved whole, at every pause, without leaving anything of the last time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.post import Picture, PostDraft, PostState
from app.runtime.clock import to_ms
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import posts as reading
from app.store.writing import posts
from tests.store.making import NOW, NOW_MS, add_account, rows


def save(database: Database, draft: PostDraft, state: PostState | None = None) -> int:
    return database.write_now(lambda session: posts.save(session, draft, NOW_MS, state=state))


def test_saving_again_replaces_variants_and_pictures(database: Database, account_id: int):
    other = add_account(database, "@discos")
    number = save(
        database,
        PostDraft(
            accounts=(account_id,),
            variants=((other, ("X",)),),
            pictures=(Picture("a.png"), Picture("b.png"), Picture("c.png")),
        ),
    )
    again = PostDraft(id=number, parts=("otra",), accounts=(other,), pictures=(Picture("b.png", "tapa"),))
    assert save(database, again) == number
    assert database.reader.now(reading.post, number) == again
    assert rows(database, "SELECT count(*) FROM variant UNION ALL SELECT count(*) FROM post_picture") == [(1,), (1,)]


def test_saving_the_same_again_tells_of_the_post_alone(database: Database, account_id: int):
    draft = PostDraft(accounts=(account_id,), pictures=(Picture("a.png"),))
    number = save(database, draft)
    heard: list[Changes] = []
    database.changed.connect(heard.append)
    saved = PostDraft(id=number, accounts=(account_id,), pictures=(Picture("a.png"),), title="x")
    save(database, saved)
    assert heard == [Changes({"post": frozenset({number})})]


def test_a_post_keeps_its_state_unless_told(database: Database):
    number = save(database, PostDraft(), PostState.IDEA)
    save(database, PostDraft(id=number))
    assert database.reader.now(reading.state, number) is PostState.IDEA
    save(database, PostDraft(id=number), PostState.DRAFT)
    assert database.reader.now(reading.state, number) is PostState.DRAFT


def planned_at(database: Database, number: int) -> int | None:
    return rows(database, "SELECT planned_at FROM post WHERE id = ?", number)[0][0]


@pytest.mark.parametrize("at", [None, NOW + timedelta(days=1)])
def test_a_scheduled_post_has_a_time(database: Database, at: object):
    number = save(database, PostDraft(planned_at=at), PostState.SCHEDULED)  # type: ignore[arg-type]
    other = save(database, PostDraft(planned_at=at))  # type: ignore[arg-type]
    assert database.write_now(posts.set_state, other, PostState.SCHEDULED, NOW_MS) is PostState.DRAFT
    expected = NOW_MS if at is None else to_ms(at)  # type: ignore[arg-type]
    assert planned_at(database, number) == planned_at(database, other) == expected


def test_a_post_is_moved_in_time_and_off_the_calendar(database: Database):
    number = save(database, PostDraft(planned_at=NOW))
    database.write_now(posts.plan, number, NOW_MS + 5, "Europe/Madrid", NOW_MS)
    assert rows(database, "SELECT planned_at, zone FROM post") == [(NOW_MS + 5, "Europe/Madrid")]
    database.write_now(posts.plan, number, None, "", NOW_MS)
    assert planned_at(database, number) is None


def test_a_deleted_post_is_brought_back_whole(database: Database):
    draft = PostDraft(parts=("uno", "dos"), title="Marea")
    number = save(database, draft)
    before = database.reader.now(reading.post, number)
    database.write_now(posts.delete, number, NOW_MS)
    assert database.reader.now(reading.post, number) is None
    database.write_now(posts.restore, number, NOW_MS)
    assert database.reader.now(reading.post, number) == before
