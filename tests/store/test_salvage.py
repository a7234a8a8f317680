"""What can be read of a damaged data file is saved; the damaged file is set aside as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.models.outbox import DeliveryState
from app.models.safekeeping import Stopped
from app.runtime import errors
from app.runtime.paths import Paths
from app.store.checking import find_damage
from app.store.database import Database
from app.store.restore import FOLDER, Here
from app.store.salvage import salvage
from app.store.schema import connect_read_only
from tests.fakes.clock import FakeClock
from tests.store.making import add_account, arrival, keep, owe, rows

MANY = 3000


@pytest.fixture
def here(tmp_path: Path, migrated: Path, clock: FakeClock) -> Here:
    paths = Paths.of(tmp_path / "shop")
    paths.create()
    paths.database.write_bytes(migrated.read_bytes())
    database = Database.open(paths.database, backups=paths.backups, clock=clock, process_id="this")
    account = add_account(database)
    arrivals = [
        arrival(f"m{number}", f"Mensaje {number} {'x' * 200}", thread_key=f"t{number}") for number in range(MANY)
    ]
    keep(database, account, *arrivals)
    owe(database, account, key="k1")
    database.close_now()
    return Here(paths, "here", "0.1", clock.now)


def root_of(database: Path, table: str) -> tuple[int, int]:
    """(page size, number of the table's root page)."""
    with closing(connect_read_only(database)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        return size, connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]


def tear(database: Path, page: int, size: int, pages: int = 1) -> None:
    with database.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size * pages)


def leaves_of(database: Path, table: str) -> list[int]:
    """Leaf pages, by reading the interior ones."""
    size, root = root_of(database, table)
    content = database.read_bytes()

    def below(page: int) -> list[int]:
        start = (page - 1) * size
        if content[start] != 5:
            return [page]
        cells = int.from_bytes(content[start + 3 : start + 5], "big")
        found = []
        for cell in range(cells):
            at = start + int.from_bytes(content[start + 12 + 2 * cell : start + 14 + 2 * cell], "big")
            found += below(int.from_bytes(content[at : at + 4], "big"))
        return found + below(int.from_bytes(content[start + 8 : start + 12], "big"))

    return below(root)


def opened(here: Here, clock: FakeClock) -> Database:
    return Database.open(here.paths.database, backups=here.paths.backups, clock=clock, process_id="after")


def test_a_torn_page_costs_its_rows_and_no_others(here: Here, clock: FakeClock):
    database = here.paths.database
    size, _ = root_of(database, "message")
    leaves = leaves_of(database, "message")
    for page in (leaves[3], leaves[40]):
        tear(database, page, size)
    damaged = database.read_bytes()
    found = salvage(here)
    assert found.aside.read_bytes() == damaged
    assert "message" in found.lost_tables
    after = opened(here, clock)
    [(left,)] = rows(after, "SELECT count(*) FROM message")
    assert MANY - 200 < left < MANY
    assert rows(after, "SELECT count(*) FROM account") == [(1,)]
    with closing(connect_read_only(database)) as connection:
        assert find_damage(connection) == ""
    # Search and counters are those of the rows that are left.
    [(counted,)] = rows(after, "SELECT count FROM counter WHERE state = 'messages'")
    assert counted == left
    after.close_now()


def test_what_is_owed_is_looked_for_before_it_is_sent(here: Here, clock: FakeClock):
    size, _ = root_of(here.paths.database, "message")
    tear(here.paths.database, leaves_of(here.paths.database, "message")[5], size)
    assert salvage(here).to_check == 1
    after = opened(here, clock)
    assert rows(after, "SELECT state FROM outbox") == [(DeliveryState.UNSURE,)]
    after.close_now()


def test_a_whole_table_may_be_lost_and_what_pointed_to_it_goes_too(here: Here, clock: FakeClock):
    size, root = root_of(here.paths.database, "conversation")
    tear(here.paths.database, root, size)
    found = salvage(here)
    assert "conversation" in found.lost_tables
    after = opened(here, clock)
    assert rows(after, "SELECT count(*) FROM message") == [(0,)]
    assert rows(after, "SELECT key FROM outbox") == [("k1",)]
    assert rows(after, "PRAGMA foreign_key_check") == []
    after.close_now()


def test_of_what_is_no_database_nothing_can_be_saved_and_it_stays(here: Here):
    here.paths.database.write_bytes(b"\xa5" * 50_000)
    with pytest.raises(errors.Damaged):
        salvage(here)
    assert here.paths.database.read_bytes() == b"\xa5" * 50_000
    assert not (here.paths.root / FOLDER).exists()


def test_stopping_changes_nothing(here: Here):
    before = here.paths.database.read_bytes()

    def stop(_progress: object) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        salvage(here, stop)
    assert here.paths.database.read_bytes() == before
    with closing(sqlite3.connect(here.paths.database)) as connection:
        assert connection.execute("SELECT count(*) FROM message").fetchone() == (MANY,)
