"""A file is looked through to its last page."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.store.checking import SQLITE, find_damage
from app.store.reader import Reader


def damage(path: Path) -> str:
    reader = Reader(path)
    try:
        return reader.now(find_damage)
    finally:
        reader.close()


def test_a_whole_file_has_no_damage(data_file: Path):
    assert damage(data_file) == ""
    assert SQLITE.startswith("3.")


def test_a_torn_page_is_found(data_file: Path):
    with closing(sqlite3.connect(data_file)) as connection:
        [(page,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'note_conversation'")
    content = bytearray(data_file.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xaa" * 4096
    data_file.write_bytes(content)
    assert damage(data_file) != ""


def test_a_row_that_points_to_nothing_is_found(data_file: Path):
    with closing(sqlite3.connect(data_file)) as connection:
        connection.execute("INSERT INTO note (conversation_id, text, at) VALUES (7, 'x', 1)")
        connection.commit()
    assert damage(data_file) == "foreign key of note"
