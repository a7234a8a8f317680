"""The data file is looked at before it is touched."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.runtime import errors
from app.store.schema import SCHEMA_VERSION, FileState, check_file, connect_read_only, is_writable
from tests.store.making import not_writable


def make(path: Path, version: int, *, table: bool = True) -> Path:
    connection = sqlite3.connect(path)
    if table:
        connection.execute("CREATE TABLE account (id INTEGER PRIMARY KEY)")
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()
    return path


def test_no_file_is_missing(tmp_path: Path):
    assert check_file(tmp_path / "none.db") is FileState.MISSING
    assert check_file(tmp_path / "no folder" / "none.db") is FileState.MISSING
    assert not (tmp_path / "no folder").exists()


def test_an_empty_file_is_missing(tmp_path: Path):
    (tmp_path / "a.db").touch()
    assert check_file(tmp_path / "a.db") is FileState.MISSING


def test_a_file_of_this_version(tmp_path: Path):
    assert check_file(make(tmp_path / "a.db", SCHEMA_VERSION)) is FileState.CURRENT


def test_a_newer_file_is_refused(tmp_path: Path):
    path = make(tmp_path / "a.db", SCHEMA_VERSION + 1)
    before = path.read_bytes()
    with pytest.raises(errors.NewerFile):
        check_file(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_damaged_and_untouched(tmp_path: Path):
    path = tmp_path / "a.db"
    path.write_bytes(b"not a database at all " * 200)
    before = path.read_bytes()
    with pytest.raises(errors.Damaged):
        check_file(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.db"]


def test_a_file_with_torn_pages_is_damaged(tmp_path: Path):
    path = make(tmp_path / "a.db", SCHEMA_VERSION)
    content = bytearray(path.read_bytes())
    content[100:2000] = b"\xaa" * 1900
    path.write_bytes(content)
    with pytest.raises(errors.Damaged):
        check_file(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_not_ours(tmp_path: Path):
    with pytest.raises(errors.Damaged):
        check_file(make(tmp_path / "a.db", 0))


def test_a_database_without_anything_in_it_is_missing(tmp_path: Path):
    assert check_file(make(tmp_path / "a.db", 0, table=False)) is FileState.MISSING


def test_a_folder_that_cannot_be_written(open_folder: Path):
    path = make(open_folder / "a.db", SCHEMA_VERSION)
    with not_writable(open_folder):
        assert not is_writable(path)
        with pytest.raises(errors.ReadOnly):
            check_file(path)
        assert check_file(path, read_only=True) is FileState.CURRENT


def test_a_file_in_wal_mode_is_read_in_a_folder_that_cannot_be_written(open_folder: Path):
    path = make(open_folder / "a.db", SCHEMA_VERSION)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("INSERT INTO account VALUES (7)")
    connection.commit()
    connection.close()
    with not_writable(open_folder):
        read = connect_read_only(path)
        assert read.execute("SELECT id FROM account").fetchall() == [(7,)]
        with pytest.raises(sqlite3.OperationalError):
            read.execute("INSERT INTO account VALUES (8)")
        read.close()


def test_odd_characters_in_the_path(tmp_path: Path):
    folder = tmp_path / "100% ¿música? #1"
    folder.mkdir()
    assert check_file(make(folder / "a.db", SCHEMA_VERSION)) is FileState.CURRENT


def test_reading_loads_neither_asyncio_nor_the_tables():
    code = (
        "import sys; import app.store.reader, app.store.reading.queries, app.store.journal\n"
        "late = [name for name in ('asyncio', 'sqlalchemy', 'sqlmodel', 'alembic', 'pydantic') if name in sys.modules]\n"
        "assert not late, late"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
