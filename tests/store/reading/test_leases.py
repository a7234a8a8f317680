"""Until when somebody does a thing alone, as readers see it."""

from __future__ import annotations

from app.store.database import Database
from app.store.reading import leases
from app.store.writing import leases as writing
from tests.store.making import NOW_MS


def test_a_lease_nobody_took_has_ended_long_ago(database: Database) -> None:
    assert database.reader.now(leases.until, "publishing service") == 0


def test_a_lease_ends_when_it_says(database: Database) -> None:
    database.write_now(writing.take, "publishing service", "one", NOW_MS, 60)
    assert database.reader.now(leases.until, "publishing service") == NOW_MS + 60_000
    database.write_now(writing.release, "publishing service", "one")
    assert database.reader.now(leases.until, "publishing service") == 0
