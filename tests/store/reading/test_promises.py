"""Promises that are open: read in the order in which they are due."""

from __future__ import annotations

from app.store.database import Database
from app.store.reading import promises
from app.store.writing import promises as writing
from tests.store.making import HOUR_MS, NOW_MS, arrival, keep


def test_the_earliest_come_first_and_no_more_than_asked_for(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    for hours in (3, 1, 2):
        database.write_now(writing.make, 1, f"in {hours}", NOW_MS + hours * HOUR_MS, NOW_MS)
    found = database.reader.now(promises.due, NOW_MS + 10 * HOUR_MS, 2)
    assert [promise.text for promise in found] == ["in 1", "in 2"]


def test_one_that_is_not_there(database: Database) -> None:
    assert database.reader.now(promises.promise, 7) is None
