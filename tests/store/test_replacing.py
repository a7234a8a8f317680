"""One data file is written into another that is open: one commit, and everyone hears that everything changed."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from app.store.database import Database
from app.store.journal import Watcher
from app.store.replacing import write_into
from tests.fakes.clock import FakeClock
from tests.store.making import add_account, rows


def test_the_open_file_becomes_the_other_and_watchers_hear_of_every_table(
    database: Database, migrated: Path, tmp_path: Path, clock: FakeClock
):
    fresh = Path(shutil.copy(migrated, tmp_path / "fresh.db"))
    other = Database.open(fresh, backups=tmp_path, clock=clock, process_id="other")
    add_account(other, "@restored")
    other.close_now()
    for number in range(5):
        add_account(database, f"@former{number}")
    watcher = Watcher(database.path, "watching", 0)
    assert watcher.look().touches("account")
    with closing(sqlite3.connect(database.path)) as live:
        write_into(fresh, live)
    seen = watcher.look()
    assert seen.all_of("account")
    assert seen.all_of("outbox")
    watcher.close()
    assert rows(database, "SELECT handle FROM account") == [("@restored",)]
    add_account(database, "@after")
    assert len(rows(database, "SELECT id FROM account")) == 2
