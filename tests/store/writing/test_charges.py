"""Money is set aside before it is spent, never more than there is, whoever else spends at the same time."""

from __future__ import annotations

import asyncio
from pathlib import Path

from app.store.database import Database
from app.store.reading import charges as reading
from app.store.writing import charges
from tests.fakes.clock import FakeClock
from tests.store.making import HOUR_MS, NOW_MS, add_account


def reserve(database: Database, account: int, price: int, limit: int, since: int = 0, at: int = NOW_MS) -> int | None:
    return database.write_now(charges.reserve, account, "x", "post", 1, price, limit, since, at)


def test_what_does_not_fit_is_not_set_aside(database: Database):
    account = add_account(database, network="x")
    assert reserve(database, account, 60, 100)
    assert reserve(database, account, 41, 100) is None
    assert reserve(database, account, 40, 100)
    assert reserve(database, account, 1, 100) is None
    assert database.reader.now(reading.month, "x", 0).spent == 100


def test_what_was_not_used_is_there_again(database: Database):
    account = add_account(database, network="x")
    first = reserve(database, account, 100, 100)
    assert first is not None
    assert reserve(database, account, 100, 100) is None
    database.write_now(charges.settle, first, 0)
    assert reserve(database, account, 100, 100)


def test_all_accounts_of_a_network_share_the_limit(database: Database):
    one, two = add_account(database, network="x"), add_account(database, "@otra", network="x")
    assert reserve(database, one, 60, 100)
    assert reserve(database, two, 60, 100) is None


def test_a_new_month_begins_with_nothing_spent_and_the_future_counts(database: Database):
    account = add_account(database, network="x")
    assert reserve(database, account, 100, 100, at=NOW_MS - 2 * HOUR_MS)
    assert reserve(database, account, 100, 100, since=NOW_MS - HOUR_MS)
    # A clock that was ahead has dated a charge into the future: it is spent all the same.
    assert reserve(database, account, 1, 200, since=NOW_MS - HOUR_MS, at=NOW_MS + 9 * HOUR_MS)
    assert reserve(database, account, 100, 200, since=NOW_MS - HOUR_MS) is None


def test_more_than_was_set_aside_is_never_settled(database: Database):
    account = add_account(database, network="x")
    found = reserve(database, account, 10, 100)
    assert found is not None
    database.write_now(charges.settle, found, 5)
    assert database.reader.now(reading.month, "x", 0).spent == 10
    database.write_now(charges.settle, 999, 1)


async def test_two_processes_at_once_never_pass_the_limit(tmp_path: Path, clock: FakeClock) -> None:
    files = [
        Database.open(tmp_path / "data.db", backups=tmp_path, clock=clock, process_id=f"test:{number}:x")
        for number in (1, 2)
    ]
    account = add_account(files[0], network="x")

    async def spend(database: Database, times: int) -> int:
        done = [
            database.write(charges.reserve, account, "x", "post", 1, 15_000, 300_000, 0, NOW_MS) for _ in range(times)
        ]
        return sum(found is not None for found in await asyncio.gather(*done))

    made = await asyncio.gather(*(spend(database, 40) for database in files))
    assert sum(made) == 20
    assert files[1].reader.now(reading.month, "x", 0).spent == 300_000
    for database in files:
        await database.close()
