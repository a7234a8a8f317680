"""Promises: made, ended and put back; those due are found by index."""

from __future__ import annotations

import pytest

from app.store.database import Database
from app.store.reading import promises as reading
from app.store.writing import promises
from tests.store.making import HOUR_MS, NOW_MS, arrival, keep, rows


@pytest.fixture
def made(database: Database, account_id: int) -> int:
    keep(database, account_id, arrival())
    return database.write_now(promises.make, 1, "Mandar el enlace", NOW_MS + HOUR_MS, NOW_MS)


def due(database: Database, until: int = NOW_MS + 2 * HOUR_MS) -> list[int]:
    return [promise.id for promise in database.reader.now(reading.due, until, 10)]


def test_a_promise_is_open_until_it_ends(database: Database, made: int) -> None:
    assert due(database) == [made]
    assert due(database, NOW_MS) == []
    before = database.write_now(lambda session: promises.end(session, made, NOW_MS, kept=True))
    assert before == (None, None)
    assert due(database) == []
    database.write_now(promises.restore, made, before)
    assert due(database) == [made]
    database.write_now(lambda session: promises.end(session, made, NOW_MS, kept=False))
    assert due(database) == []


def test_it_is_taken_back_as_if_it_had_never_been_made(database: Database, made: int) -> None:
    database.write_now(promises.take_back, made)
    assert database.reader.now(reading.promise, made) is None
    database.write_now(promises.take_back, made)
    assert database.write_now(lambda session: promises.end(session, made, NOW_MS, kept=True)) is None


def test_it_says_whose_it_is(database: Database, made: int) -> None:
    found = database.reader.now(reading.promise, made)
    assert found is not None
    assert (found.name, found.network, found.conversation_id, found.text) == (
        "Ximena Robles",
        "mastodon",
        1,
        "Mandar el enlace",
    )


def test_due_ones_are_found_by_index(database: Database) -> None:
    sql = f"{reading._PROMISE} WHERE p.kept_at IS NULL AND p.let_go_at IS NULL AND p.due_at < 5 ORDER BY p.due_at, p.id LIMIT 5"
    plan = [str(row[3]) for row in rows(database, f"EXPLAIN QUERY PLAN {sql}")]
    assert any("promise_open" in step for step in plan), plan
