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
