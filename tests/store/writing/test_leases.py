"""A lease belongs to one process until it ends or is given back."""

from __future__ import annotations

from app.store.database import Database
from app.store.writing import leases
from tests.store.making import NOW_MS


def take(database: Database, process: str, now_ms: int = NOW_MS) -> bool:
    return database.write_now(leases.take, "engine", process, now_ms, 60)


def test_one_holds_it_and_the_other_waits(database: Database):
    assert take(database, "this")
    assert not take(database, "that")
    assert database.write_now(leases.take, "tokens", "that", NOW_MS, 60)


def test_the_holder_prolongs_it(database: Database):
    assert take(database, "this")
    assert take(database, "this", NOW_MS + 50_000)
    assert not take(database, "that", NOW_MS + 100_000)


def test_it_ends_by_itself(database: Database):
    assert take(database, "this")
    assert not take(database, "that", NOW_MS + 59_999)
    assert take(database, "that", NOW_MS + 60_000)


def test_it_is_given_back_by_its_holder_alone(database: Database):
    take(database, "this")
    database.write_now(leases.release, "engine", "that")
    assert not take(database, "that")
    database.write_now(leases.release, "engine", "this")
    assert take(database, "that")
