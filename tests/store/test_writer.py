"""A write is one transaction: locked, as durable as it must be, undone when anything fails."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from app.models.tables.account import Account
from app.runtime import errors
from app.store import writer as module
from app.store.changes import Changes
from app.store.writer import Writer
from app.store.writing import accounts, settings
from tests.store.making import NOW_MS


@pytest.fixture
def writer(data_file: Path) -> Iterator[Writer]:
    made = Writer(data_file, "this", lambda: NOW_MS)
    yield made
    made.close()


def pragma(session: Session, name: str) -> int:
    return int(session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one())


def save(session: Session) -> None:
    settings.save(session, "a", "{}")


def read(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def test_a_commit_survives_a_power_cut_unless_it_is_bulk(writer: Writer):
    def durability(session: Session) -> int:
        save(session)
        session.flush()
        return pragma(session, "synchronous")

    full, normal = 2, 1
    assert writer.run(durability, (), bulk=False)[0] == full
    assert writer.run(durability, (), bulk=True)[0] == normal
    assert writer.run(durability, (), bulk=False)[0] == full


def test_the_write_lock_is_taken_before_anything_is_read(writer: Writer, data_file: Path):
    def lock(session: Session) -> str:
        session.connection().exec_driver_sql("SELECT 1")
        other = sqlite3.connect(data_file, timeout=0)
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            return error.sqlite_errorname
        finally:
            other.close()
        return "free"

    assert writer.run(lock, (), bulk=False)[0] == "SQLITE_BUSY"


def test_foreign_keys_are_kept(writer: Writer):
    assert writer.run(lambda session: pragma(session, "foreign_keys"), (), bulk=False)[0] == 1


def test_what_fails_changes_nothing(writer: Writer, data_file: Path):
    def fail(session: Session) -> None:
        save(session)
        session.flush()
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        writer.run(fail, (), bulk=False)
    assert read(data_file, "SELECT * FROM setting") == []
    assert read(data_file, "SELECT * FROM change") == []
    writer.run(save, (), bulk=False)
    assert read(data_file, "SELECT name FROM setting") == [("a",)]


def test_the_journal_is_written_in_the_same_transaction(writer: Writer, data_file: Path):
    def add(session: Session) -> int:
        return accounts.add(session, "x", "", "@a", "1", NOW_MS)

    number, changes = writer.run(add, (), bulk=False)
    assert changes == Changes({"account": frozenset({number})})
    assert read(data_file, "SELECT process, table_name, ids, at FROM change") == [
        ("this", "account", f"[{number}]", NOW_MS)
    ]


def test_a_full_disk_is_said_and_loses_nothing(writer: Writer, data_file: Path):
    pages = read(data_file, "PRAGMA page_count")[0][0]
    writer.run(save, (), bulk=False)

    def much(session: Session) -> None:
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        settings.save(session, "b", "x" * 1_000_000)

    with pytest.raises(errors.DiskFull):
        writer.run(much, (), bulk=False)
    assert read(data_file, "SELECT name FROM setting") == [("a",)]

    def room(session: Session) -> None:
        session.connection().exec_driver_sql("PRAGMA max_page_count = 1000000")
        settings.save(session, "b", "x")

    writer.run(room, (), bulk=False)
    assert read(data_file, "SELECT name FROM setting ORDER BY name") == [("a",), ("b",)]


def test_waits_for_another_writer_and_says_so_when_it_takes_too_long(
    writer: Writer, data_file: Path, monkeypatch: pytest.MonkeyPatch
):
    writer.run(lambda session: pragma(session, "busy_timeout = 1"), (), bulk=False)
    calls = []

    def count(session: Session) -> None:
        calls.append(1)
        save(session)

    other = sqlite3.connect(data_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(errors.AlreadyOpen):
        writer.run(count, (), bulk=False)
    assert len(calls) == module.BUSY_TRIES
    other.execute("COMMIT")
    other.close()
    writer.run(count, (), bulk=False)
    assert read(data_file, "SELECT name FROM setting") == [("a",)]


def test_a_broken_constraint_is_a_bug_and_no_trouble(writer: Writer):
    def twice(session: Session) -> None:
        for _ in range(2):
            session.add(Account(id=1, network="x", handle="@a", remote_id="1"))
            session.flush()
            session.expunge_all()

    with pytest.raises(Exception, match="UNIQUE") as raised:
        writer.run(twice, (), bulk=False)
    assert not isinstance(raised.value, errors.AppError)


def test_closing_leaves_one_complete_file(data_file: Path):
    writer = Writer(data_file, "this", lambda: NOW_MS)
    writer.run(save, (), bulk=False)
    assert data_file.with_name("tertulia.db-wal").exists()
    writer.close()
    assert [file.name for file in data_file.parent.iterdir()] == ["tertulia.db"]
    assert read(data_file, "SELECT name FROM setting") == [("a",)]
