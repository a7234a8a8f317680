"""Reading goes on any thread and never writes."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from app.runtime import errors
from app.store.reader import Reader


def one(connection: sqlite3.Connection, value: int = 1) -> int:
    return connection.execute("SELECT ?", (value,)).fetchone()[0]


def test_reads_on_the_calling_thread(data_file: Path):
    reader = Reader(data_file)
    assert reader.now(one) == 1
    assert reader.now(one, 5) == 5
    assert reader.now(lambda connection: connection) is reader.now(lambda connection: connection)
    reader.close()


def test_reads_on_a_worker(data_file: Path):
    reader = Reader(data_file)
    here = reader.now(lambda connection: connection)
    there, thread = reader.submit(lambda connection: (connection, threading.current_thread())).result(10)
    assert there is not here
    assert thread is not threading.current_thread()
    assert reader.submit(one, 3).result(10) == 3
    reader.close()


def test_cannot_write(data_file: Path):
    reader = Reader(data_file)
    with pytest.raises(errors.ReadOnly):
        reader.now(lambda connection: connection.execute("DELETE FROM account"))
    reader.close()


def test_a_missing_file_is_trouble_and_is_not_made(tmp_path: Path):
    reader = Reader(tmp_path / "none.db")
    with pytest.raises(errors.DiskTrouble):
        reader.now(one)
    with pytest.raises(errors.DiskTrouble):
        reader.submit(one).result(10)
    assert list(tmp_path.iterdir()) == []
    reader.close()


def test_damage_found_while_reading_is_said(data_file: Path):
    content = bytearray(data_file.read_bytes())
    content[4096:] = b"\xaa" * (len(content) - 4096)
    data_file.write_bytes(content)
    reader = Reader(data_file)
    with pytest.raises(errors.Damaged):
        reader.now(lambda connection: connection.execute("SELECT * FROM message").fetchall())
    reader.close()


def test_after_closing_nothing_is_read(data_file: Path):
    reader = Reader(data_file)
    reader.now(one)
    reader.close()
    reader.close()
    with pytest.raises(errors.DiskTrouble):
        reader.now(one)
    with pytest.raises(errors.DiskTrouble):
        reader.submit(one)
