"""What a write transaction has touched so far, and the helpers for storing many rows that say so themselves.

The session notes what it flushes; the helpers here note what goes past it. A statement that changes a table nobody noted is
found by `Notes.check` before the commit: nobody can forget to tell the screens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Table, event
from sqlalchemy.orm import Session as PlainSession
from sqlalchemy.orm import UOWTransaction
from sqlalchemy.sql.dml import Delete, Insert, Update
from sqlmodel import Session, SQLModel

from app.models.case import AnswerClock, Asked
from app.store.changes import ALL, Changes, joined
from app.store.search import is_of_index

SILENT = frozenset({"change", "lease", "counter", "figure_day", "sqlite_sequence"})
"""Tables that are nobody's business: the journal itself, leases, and counts and sums that follow other tables by trigger."""

CAREFUL = frozenset({"outbox", "reply_draft", "post", "variant", "post_picture", "lease"})
"""Tables whose commits must survive a power cut: a lost claim is a double post."""

_WRITTEN = re.compile(
    r'\b(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+["`\[]?(\w+)',
    re.IGNORECASE,
)
_WRITES = re.compile(r"\s*(?:INSERT|REPLACE|UPDATE|DELETE|WITH)\b", re.IGNORECASE)

CHUNK = 500
"""Values in one `IN (...)`."""


class Unnoted(RuntimeError):
    """A bug: a statement changed a table and nobody said which rows."""


class UnsafeBulkWrite(RuntimeError):
    """A bug: bulk storing touched a table whose commits must survive a power cut."""


class Notes:
    """The tables and rows of one transaction."""

    def __init__(self, *, bulk: bool) -> None:
        self._bulk = bulk
        self._noted: dict[str, frozenset[int] | None] = {}
        self._written: set[str] = set()

    def note(self, table: str, ids: Iterable[int] | None) -> None:
        """`ids` None: any row."""
        if table not in SILENT:
            self._noted[table] = joined(self._noted.get(table, frozenset()), ids)

    def saw(self, statement: str) -> None:
        """Hears every statement before it runs."""
        table = table_written(statement)
        if table is None:
            return
        if self._bulk and table in CAREFUL:
            raise UnsafeBulkWrite(f"bulk=True may not touch {table!r}: {statement[:120]}")
        self._written.add(table)

    def check(self) -> Changes:
        """What is to be told; raises Unnoted."""
        missing = {table for table in self._written - self._noted.keys() - SILENT if not is_of_index(table)}
        if missing:
            raise Unnoted(f"changed without a note: {', '.join(sorted(missing))}; use the helpers of store/notes.py")
        return Changes({table: ids for table, ids in self._noted.items() if ids is ALL or ids})


@lru_cache(maxsize=512)
def table_written(statement: str) -> str | None:
    """The table that a statement changes; None for reads."""
    if not _WRITES.match(statement):
        return None
    match = _WRITTEN.search(statement)
    return match.group(1).lower() if match else None


class NotingSession(Session):
    """A session whose transaction notes what it changes."""

    @property
    def notes(self) -> Notes:
        notes: Notes = self.info["notes"]
        return notes


class AroundTheClock:
    """The answer clock of a data file that nobody gave another: every hour is a working hour, and nothing is promised."""

    def promise(self, _asked: Asked) -> datetime | None:
        return None

    def worked(self, since_ms: int, until_ms: int) -> int:
        return max(0, until_ms - since_ms)


def answer_clock(session: Session) -> AnswerClock:
    """What the session knows of working hours: see `Database.measure_with`."""
    clock: AnswerClock = session.info["answer_clock"]
    return clock


@event.listens_for(NotingSession, "after_flush")
def _note_flushed(session: PlainSession, _context: UOWTransaction) -> None:
    notes: Notes = session.info["notes"]
    changed = [row for row in session.dirty if session.is_modified(row)]
    for row in [*session.new, *changed, *session.deleted]:
        table = _table(type(row))
        notes.note(table.name, _id_of(table, row))


def _table(kind: type[Any]) -> Table:
    table: Table = kind.__table__
    return table


def _id_of(table: Table, row: object) -> tuple[int] | None:
    value = getattr(row, next(iter(table.primary_key.columns)).name)
    return (value,) if isinstance(value, int) else ALL


# --- helpers for storing many rows


def note(session: Session, table: type[SQLModel], ids: Iterable[int] | None) -> None:
    """Says that rows of `table` changed; `ids` None: any row."""
    _notes(session).note(_table(table).name, ids)


def insert_many(
    session: Session, table: type[SQLModel], columns: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Adds rows by one prepared statement. Columns that are left out take the database's default, which our tables do not have:
    name them all. The first column must be the table's first key column.

    Where there are many, hand over plain numbers and strings: for each bool and each member of an enum sqlite3 looks for somebody who
    could adapt it, which takes longer than storing it.
    """
    if not rows:
        return
    name = _table(table).name
    places = ", ".join("?" * len(columns))
    session.connection().exec_driver_sql(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({places})", list(rows))
    _notes(session).note(name, _first_ids(rows))


def update_many(
    session: Session, table: type[SQLModel], columns: Sequence[str], rows: Sequence[tuple[object, ...]], key: str = "id"
) -> None:
    """Sets `columns` of each row; the last value of a row is its `key`, the table's first key column."""
    if not rows:
        return
    name = _table(table).name
    places = ", ".join(f"{column} = ?" for column in columns)
    session.connection().exec_driver_sql(f"UPDATE {name} SET {places} WHERE {key} = ?", list(rows))
    _notes(session).note(name, _first_ids([row[-1:] for row in rows]))


def upsert_many(
    session: Session,
    table: type[SQLModel],
    rows: Sequence[Mapping[str, object]],
    conflict: Sequence[str],
    update: Sequence[str] | None = None,
) -> None:
    """Adds rows; where `conflict` columns are there already, sets `update` (None: all others; empty: leaves the row alone)."""
    if not rows:
        return
    described = _table(table)
    columns = list(rows[0])
    updated = [column for column in columns if column not in conflict] if update is None else list(update)
    action = f"UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in updated)}" if updated else "NOTHING"
    values = [tuple(row[column] for column in columns) for row in rows]
    session.connection().exec_driver_sql(
        f"INSERT INTO {described.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT ({', '.join(conflict)}) DO {action}",
        values,
    )
    first = next(iter(described.primary_key.columns)).name
    if first in columns:
        ids = _first_ids([(row[first],) for row in rows])
    else:
        ids = frozenset(_found(session, described, first, conflict, rows))
    _notes(session).note(described.name, ids)


def execute(session: Session, statement: Insert | Update | Delete) -> frozenset[int]:
    """Runs a statement that names its rows by a condition, notes which they were, and answers their ids (empty where keys are words)."""
    table = statement.table
    if not isinstance(table, Table):
        raise TypeError(f"not a table: {table}")
    first = next(iter(table.primary_key.columns))
    found = session.connection().execute(statement.returning(first)).scalars().all()
    ids = frozenset(value for value in found if isinstance(value, int))
    if found:
        _notes(session).note(table.name, ids if len(ids) == len(set(found)) else ALL)
    else:
        _notes(session).note(table.name, ())
    return ids


def lookup(session: Session, sql: str, values: Iterable[object], *before: object) -> list[tuple[Any, ...]]:
    """Rows of a plain query whose text holds `IN (?*)` once, asked in chunks; `before` are the parameters that stand before it."""
    wanted = list(values)
    found: list[tuple[Any, ...]] = []
    # Straight from the driver: a page of messages looks thousands of rows up, and each would become an object of SQLAlchemy first.
    cursor = session.connection().connection.cursor()
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        asked = sql.replace("(?*)", f"({', '.join('?' * len(chunk))})")
        cursor.execute(asked, (*before, *chunk))
        found += cursor.fetchall()
    return found


def next_id(session: Session, table: type[SQLModel]) -> int:
    """The first free row id. Safe inside a write transaction: there is no other writer."""
    row = session.connection().exec_driver_sql(f"SELECT coalesce(max(id), 0) + 1 FROM {_table(table).name}").one()
    return int(row[0])


def _notes(session: Session) -> Notes:
    notes: Notes = session.info["notes"]
    return notes


def _first_ids(rows: Sequence[tuple[object, ...]]) -> frozenset[int] | None:
    ids = frozenset(row[0] for row in rows)
    numbers = frozenset(value for value in ids if isinstance(value, int))
    return numbers if len(numbers) == len(ids) else ALL


def _found(
    session: Session, table: Table, first: str, conflict: Sequence[str], rows: Sequence[Mapping[str, object]]
) -> Iterable[int]:
    key = f"({', '.join(conflict)})"
    size = max(1, CHUNK // len(conflict))
    for start in range(0, len(rows), size):
        chunk = rows[start : start + size]
        places = ", ".join([f"({', '.join('?' * len(conflict))})"] * len(chunk))
        values = tuple(row[column] for row in chunk for column in conflict)
        sql = f"SELECT {first} FROM {table.name} WHERE {key} IN (VALUES {places})"
        yield from session.connection().exec_driver_sql(sql, values).scalars()
