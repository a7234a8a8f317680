"""What SQLite and the system say becomes the trouble that it is; our own faults stay what they are."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

import pytest

from app.runtime import errors
from app.store.troubles import trouble_of, troubles


def test_a_full_disk():
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA max_page_count = 3")
    with pytest.raises(errors.DiskFull), troubles():
        connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    connection.close()


def test_a_read_only_file(tmp_path: Path):
    sqlite3.connect(tmp_path / "a.db").close()
    connection = sqlite3.connect(f"file:{tmp_path / 'a.db'}?mode=ro", uri=True)
    with pytest.raises(errors.ReadOnly), troubles():
        connection.execute("CREATE TABLE t (x)")
    connection.close()


def test_a_file_that_is_no_database(tmp_path: Path):
    (tmp_path / "a.db").write_bytes(b"something else " * 100)
    connection = sqlite3.connect(tmp_path / "a.db")
    with pytest.raises(errors.Damaged), troubles():
        connection.execute("SELECT * FROM sqlite_master")
    connection.close()


def test_a_file_that_another_writes(tmp_path: Path):
    one = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    one.execute("BEGIN EXCLUSIVE")
    other = sqlite3.connect(tmp_path / "a.db", timeout=0)
    with pytest.raises(errors.AlreadyOpen), troubles():
        other.execute("CREATE TABLE t (x)")
    one.close()
    other.close()


def test_wrong_sql_is_a_bug_and_no_trouble():
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError), troubles():
        connection.execute("SELECT nonsense")
    connection.close()


def test_a_used_connection_after_closing_is_a_bug():
    connection = sqlite3.connect(":memory:")
    connection.close()
    with pytest.raises(sqlite3.ProgrammingError), troubles():
        connection.execute("SELECT 1")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, errors.DiskFull),
        (errno.EROFS, errors.ReadOnly),
        (errno.EACCES, errors.ReadOnly),
        (errno.EIO, errors.DiskTrouble),
    ],
)
def test_errors_of_the_system(number: int, kind: type[errors.DiskTrouble]):
    assert type(trouble_of(OSError(number, "said"))) is kind
