"""Searching from the command line goes on until there is enough or nothing left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from app.cli import searching
from app.models.find import parse
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from tests.fakes.clock import FakeClock
from tests.services.shop import empty_data_file
from tests.store.making import NOW, add_account, arrival, keep


async def test_all_that_is_found_comes_in_as_many_reads_as_it_takes(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tertulia.db").write_bytes(empty_data_file())
    database = Database.open(tmp_path / "tertulia.db", backups=tmp_path, clock=clock)
    account_id = add_account(database)
    keep(
        database,
        account_id,
        *(arrival(f"m{n}", "vinilo" if n % 7 == 0 else "disco", thread_key=f"t{n}") for n in range(60)),
    )
    monkeypatch.setattr(searching, "AT_ONCE", 5)
    reads = []

    async def ask(query: Callable[[StoreQueries], Any]) -> Any:
        reads.append(query)
        return await database.read(lambda connection: query(StoreQueries(connection, clock)))

    assert len(await searching.found(ask, parse("vinilo", NOW, UTC), 100)) == 9
    assert len(await searching.found(ask, parse("is:needs_answer disco", NOW, UTC), 7)) == 7
    assert await searching.found(ask, parse("nada", NOW, UTC), 7) == []
    assert len(reads) >= 3
    await database.close()
