"""The journal tells other processes what was committed, once."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.store.changes import Changes
from app.store.database import Database
from app.store.journal import Watcher, ids_as_text, ids_of_text, last_row
from app.store.writing import settings
from tests.fakes.clock import FakeClock
from tests.store.making import add_account, arrival, keep


@pytest.mark.parametrize("ids", [None, frozenset({3, 1, 2}), frozenset()])
def test_ids_come_back_as_they_were(ids: frozenset[int] | None):
    assert ids_of_text(ids_as_text(ids)) == ids


def test_another_process_is_heard_once(database: Database, data_file: Path):
    watcher = Watcher(data_file, "that", database.reader.now(last_row))
    assert not watcher.look()
    account_id = add_account(database)
    database.write_now(settings.save, "a", "{}")
    assert watcher.look() == Changes({"account": frozenset({account_id}), "setting": None})
    assert not watcher.look()
    watcher.close()


def test_one_does_not_hear_oneself(database: Database, data_file: Path):
    watcher = Watcher(data_file, "this", 0)
    add_account(database)
    assert not watcher.look()
    watcher.close()


def test_what_was_there_before_is_no_news(database: Database, data_file: Path):
    add_account(database)
    watcher = Watcher(data_file, "that", database.reader.now(last_row))
    assert not watcher.look()
    watcher.close()


def test_pruning_the_journal_makes_nobody_deaf(database: Database, data_file: Path, clock: FakeClock):
    account_id = add_account(database)
    watcher = Watcher(data_file, "that", database.reader.now(last_row))
    database.write_now(lambda session: session.connection().exec_driver_sql("DELETE FROM change") and None)
    keep(database, account_id, arrival())
    assert watcher.look().ids("message") == {1}
    watcher.close()


def test_closed_in_the_middle_of_a_look_it_ends_after_it(database: Database, data_file: Path):
    """The window closes while its watcher reads on another thread: SQLite would crash the process."""
    watcher = Watcher(data_file, "that", database.reader.now(last_row))
    account_id = add_account(database)
    begun, go_on = threading.Event(), threading.Event()

    def reads_slowly() -> int:
        begun.set()
        assert go_on.wait(20)
        return 0

    watcher._connection.set_progress_handler(reads_slowly, 1)
    with ThreadPoolExecutor(1) as other:
        look = other.submit(watcher.look)
        assert begun.wait(20)
        watcher.close()
        go_on.set()
        assert look.result() == Changes({"account": frozenset({account_id})})
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        watcher._connection.execute("SELECT 1")
    assert not watcher.look()
    watcher.close()
