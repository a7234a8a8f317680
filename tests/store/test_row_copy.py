"""Rows of one file into an empty one of ours: all that can be read, and nothing of what the source's schema would do. See also test_salvage.py."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.models.safekeeping import Progress, Stopped, tell_nobody
from app.store.checking import damage_in
from app.store.database import Database
from app.store.own_schema import make_empty
from app.store.row_copy import DERIVED, copy_tables
from app.store.schema import SCHEMA_VERSION
from tests.store.making import add_account, arrival, keep


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    made = tmp_path / "fresh.db"
    make_empty(made, SCHEMA_VERSION)
    return made


def test_all_rows_come_over_and_what_is_derived_is_made_anew(database: Database, fresh: Path):
    keep(database, add_account(database), arrival("m1", "Hola"), arrival("m2", "Adiós", thread_key="t2"))
    counts, lost = copy_tables(database.path, fresh, tell_nobody)
    assert (counts["message"], counts["conversation"], lost) == (2, 2, [])
    assert not DERIVED & counts.keys()
    assert damage_in(fresh) == ""
    with closing(sqlite3.connect(database.path)) as of, closing(sqlite3.connect(fresh)) as to:
        counters = "SELECT * FROM counter ORDER BY 1, 2, 3"
        assert to.execute(counters).fetchall() == of.execute(counters).fetchall()
        search = "SELECT count(*) FROM message_search WHERE message_search MATCH 'hola'"
        assert to.execute(search).fetchone() == (1,)


def test_rows_that_break_our_rules_stay_out(database: Database, fresh: Path):
    keep(database, add_account(database), arrival("m1", "Hola"))
    with closing(sqlite3.connect(database.path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE conversation SET account_id = 99")
    copy_tables(database.path, fresh, tell_nobody)
    assert damage_in(fresh) == ""


def test_it_can_be_stopped(database: Database, fresh: Path):
    def stop(_progress: Progress) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        copy_tables(database.path, fresh, stop)
