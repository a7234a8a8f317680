"""People who are not heard: since when, and taken back exactly."""

from __future__ import annotations

import pytest

from app.store.database import Database
from app.store.writing import muting
from tests.store.making import NOW_MS, arrival, keep, rows


@pytest.fixture
def number(database: Database, account_id: int) -> int:
    keep(database, account_id, arrival())
    return 1


def muted_at(database: Database) -> int | None:
    return rows(database, "SELECT muted_at FROM customer")[0][0]


def test_who_is_muted_already_stays_so_since_then(database: Database, number: int) -> None:
    first = database.write_now(muting.mute, number, NOW_MS, "why")
    again = database.write_now(muting.mute, number, NOW_MS + 1, "why again")
    assert (first.before, again.before, muted_at(database)) == (None, NOW_MS, NOW_MS)
    assert rows(database, "SELECT text FROM note") == [("why",)]
    database.write_now(muting.unmute, again)
    assert muted_at(database) == NOW_MS
    database.write_now(muting.unmute, first)
    assert muted_at(database) is None
    assert rows(database, "SELECT text FROM note") == []


def test_heard_again_and_back(database: Database, number: int) -> None:
    database.write_now(muting.mute, number, NOW_MS)
    assert database.write_now(muting.hear, 1) == NOW_MS
    assert database.write_now(muting.hear, 1, NOW_MS) is None
    assert muted_at(database) == NOW_MS
