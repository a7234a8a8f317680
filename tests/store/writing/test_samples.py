"""Measured values are stored by the thousand, and the same measurement replaces itself."""

from __future__ import annotations

from app.store.database import Database
from app.store.writing import samples
from tests.store.making import rows


def test_the_same_measurement_again_replaces_the_value(database: Database):
    many = [("likes", "post", number, 5, number) for number in range(2000)]
    database.write_now(samples.add, many, bulk=True)
    database.write_now(samples.add, [("likes", "post", 7, 5, 70), ("likes", "post", 7, 6, 71)], bulk=True)
    database.write_now(samples.add, [], bulk=True)
    assert rows(database, "SELECT count(*) FROM sample") == [(2001,)]
    assert rows(database, "SELECT value FROM sample WHERE subject_id = 7 ORDER BY at") == [(70,), (71,)]


def test_what_was_measured_in_the_same_period_is_not_measured_twice(database: Database):
    database.write_now(samples.add, [("likes", "post", 1, 5, 10), ("likes", "post", 2, 4, 20)])
    again = [("likes", "post", 1, 6, 11), ("reposts", "post", 1, 6, 3), ("likes", "post", 2, 6, 21)]
    database.write_now(samples.add_once, again, {1: 5, 2: 5}, bulk=True)
    assert rows(database, "SELECT subject_id, at, value FROM sample WHERE metric = 'likes' ORDER BY subject_id, at") == [
        *((1, 5, 10), (2, 4, 20), (2, 6, 21)),
    ]
    assert rows(database, "SELECT value FROM sample WHERE metric = 'reposts'") == [(3,)]
