"""A new file gets the schema, an older one is copied and raised, and nothing is half done."""

from __future__ import annotations

import gzip
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.find import Wanted
from app.runtime import errors
from app.store import upgrade as module
from app.store.database import Database
from app.store.reading import messages, outbox, saved_searches
from app.store.schema import SCHEMA_VERSION, FileState, check_file
from app.store.search import is_of_index
from app.store.upgrade import copy_to, upgrade
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, NOW_MS


def values(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def value(path: Path, sql: str) -> object:
    return values(path, sql)[0][0]


def test_a_new_file(tmp_path: Path):
    path = tmp_path / "tertulia.db"
    upgrade(path, FileState.MISSING, tmp_path / "backups", NOW)
    assert check_file(path) is FileState.CURRENT
    assert value(path, "SELECT version_num FROM alembic_version") == f"{SCHEMA_VERSION:04}"
    assert value(path, "PRAGMA journal_mode") == "wal"
    assert not (tmp_path / "backups").exists()


def test_a_file_that_another_process_made_meanwhile_is_left_alone(data_file: Path, tmp_path: Path):
    upgrade(data_file, FileState.MISSING, tmp_path / "backups", NOW)
    assert check_file(data_file) is FileState.CURRENT


def test_a_failed_upgrade_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "tertulia.db"

    def fail(connection: object, revision: str) -> None:
        run(connection, revision)
        raise sqlite3.OperationalError("power cut")

    run = module.run_migrations
    monkeypatch.setattr(module, "run_migrations", fail)
    with pytest.raises(sqlite3.OperationalError):
        upgrade(path, FileState.MISSING, tmp_path, NOW)
    assert check_file(path) is FileState.MISSING


def older(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO setting VALUES ('kept', '1')")
        connection.commit()
    return path


def test_an_older_file_is_copied_before_it_is_touched(data_file: Path, tmp_path: Path):
    backups = tmp_path / "backups"
    upgrade(older(data_file), FileState.OLDER, backups, NOW)
    [copy] = backups.iterdir()
    assert copy.name == f"before-version-{SCHEMA_VERSION}-20261118T160000.db"
    assert value(copy, "SELECT name FROM setting") == "kept"


def test_five_copies_are_kept_and_other_files_stay(data_file: Path, tmp_path: Path):
    backups = tmp_path / "backups"
    backups.mkdir()
    (backups / "mine.db").touch()
    for day in range(7):
        upgrade(data_file, FileState.OLDER, backups, NOW + timedelta(days=day))
    assert sorted(file.name[-18:] for file in backups.glob("before-*")) == [
        f"202611{day}T160000.db" for day in range(20, 25)
    ]
    assert (backups / "mine.db").exists()


def test_without_room_for_the_copy_the_file_is_not_touched(
    data_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def no_room(source: Path, target: Path) -> None:
        raise errors.DiskFull

    monkeypatch.setattr(module, "copy_to", no_room)
    before = data_file.read_bytes()
    with pytest.raises(errors.DiskFull):
        upgrade(data_file, FileState.OLDER, tmp_path / "backups", NOW)
    assert data_file.read_bytes() == before


def test_a_copy_is_complete_and_one_file(data_file: Path, tmp_path: Path):
    folder = tmp_path / "copies"
    folder.mkdir()
    with closing(sqlite3.connect(data_file)) as busy:
        busy.execute("INSERT INTO setting VALUES ('in the log', '1')")
        busy.commit()
        copy_to(data_file, folder / "copy.db")
    assert [file.name for file in folder.iterdir()] == ["copy.db"]
    assert value(folder / "copy.db", "SELECT name FROM setting") == "in the log"
    assert check_file(folder / "copy.db") is FileState.CURRENT


def test_a_copy_of_a_damaged_file_is_refused_and_an_older_copy_stays(data_file: Path, tmp_path: Path):
    content = bytearray(data_file.read_bytes())
    content[4096 * 3 :] = b"\xaa" * (len(content) - 4096 * 3)
    data_file.write_bytes(content)
    target = tmp_path / "copy.db"
    target.write_bytes(b"the older copy")
    with pytest.raises(errors.Damaged):
        copy_to(data_file, target)
    assert target.read_bytes() == b"the older copy"
    assert not list(tmp_path.glob("*.part*"))


def test_a_copy_into_a_folder_that_is_not_there_is_trouble(data_file: Path, tmp_path: Path):
    with pytest.raises(errors.DiskTrouble):
        copy_to(data_file, tmp_path / "none" / "copy.db")


OLD_FILES = sorted((Path(__file__).parent / "old_files").glob("*.db.gz"))


@pytest.mark.parametrize("old", OLD_FILES, ids=lambda path: path.name)
def test_a_file_of_each_released_version_is_raised_and_keeps_everything(old: Path, tmp_path: Path, clock: FakeClock):
    path = tmp_path / "tertulia.db"
    path.write_bytes(gzip.decompress(old.read_bytes()))
    tables = [
        name
        for (name,) in values(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
        if not is_of_index(str(name))
    ]
    before = {table: value(path, f"SELECT count(*) FROM {table}") for table in tables}
    database = Database.open(path, backups=tmp_path / "backups", clock=clock)
    try:
        after = {table: value(path, f"SELECT count(*) FROM {table}") for table in tables}
        assert after == before
        assert all(before.values())
        assert [found.row.snippet for found in database.reader.now(
                saved_searches.find, Wanted(words=("唱 片",)), NOW_MS, 5).rows] == [
            "¿Cuándo llega mi disco? 唱片"
        ]
        assert database.reader.now(messages.conversation, 1) is not None
        assert [row.text for row in database.reader.now(lambda connection: outbox.items(connection))] == [
            "Hola",
            "Hola",
        ]
    finally:
        database.close_now()
    assert check_file(path) is FileState.CURRENT


def test_every_version_has_its_old_file():
    assert [old.name for old in OLD_FILES] == [f"version_{number}.db.gz" for number in range(1, SCHEMA_VERSION + 1)]
