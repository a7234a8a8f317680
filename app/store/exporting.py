"""Every table of a profile as rows that people can read: times as ISO, lists as lists. Derived tables and the program's own notes are left out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app.runtime.clock import from_ms
from app.store.schema import connect_read_only
from app.store.search import is_of_index
from app.store.troubles import troubles

LEFT_OUT = frozenset(
    {
        "alembic_version",
        "change",
        "lease",
        "counter",
        "figure_day",
        "local_day",
        "joining",
        "product_term",
        "message_term",
        "search_hit",
        "cursor",
    }
)
TIMES = ("at", "until", "planned_at", "first_at")
Value = str | int | float | bool | list[object] | dict[str, object] | None
Row = dict[str, Value]


class Table(NamedTuple):
    """One of those that are exported."""

    name: str
    rows: int


class Snapshot:
    """A file as it was at one moment."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def tables(self) -> list[Table]:
        return tables(self._connection)

    def columns(self, table: str) -> list[str]:
        return columns(self._connection, table)

    def rows(self, table: str) -> Iterator[Row]:
        return rows(self._connection, table)

    def conversations(self) -> Iterator[Row]:
        return conversations(self._connection)


@contextmanager
def one_moment(database: Path) -> Iterator[Snapshot]:
    """Reads the file as it is at this moment, whoever writes meanwhile."""
    with troubles():
        connection = connect_read_only(database)
        try:
            connection.execute("BEGIN")
            yield Snapshot(connection)
        finally:
            connection.close()


def tables(connection: sqlite3.Connection) -> list[Table]:
    """Those that hold something the user put in or was told, in the order in which they were made."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    )
    wanted = [name for (name,) in names.fetchall() if name not in LEFT_OUT and not is_of_index(name)]
    return [Table(name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in wanted]


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]


def rows(connection: sqlite3.Connection, table: str) -> Iterator[Row]:
    """All of them, in the order of their keys."""
    names = columns(connection, table)
    kinds = {row[1]: str(row[2]).upper() for row in connection.execute(f'PRAGMA table_info("{table}")')}
    for found in connection.execute(f'SELECT * FROM "{table}"'):
        yield {name: readable(name, kinds[name], value) for name, value in zip(names, found, strict=True)}


def conversations(connection: sqlite3.Connection) -> Iterator[Row]:
    """Each with its messages in their order, as somebody would read it."""
    sql = (
        "SELECT c.id, a.network, a.handle, c.state, c.category, c.last_at FROM conversation AS c JOIN account AS a ON a.id = c.account_id"
        " ORDER BY c.last_at DESC, c.id"
    )
    said = (
        "SELECT m.at, m.kind, coalesce(i.handle, ''), coalesce(i.name, ''), m.text, m.url, m.deleted FROM message AS m"
        " LEFT JOIN identity AS i ON i.id = m.identity_id WHERE m.conversation_id = ? ORDER BY m.at, m.id"
    )
    for number, network, handle, state, category, last_at in connection.execute(sql):
        messages: list[object] = [
            {
                "at": _iso(at),
                "kind": kind,
                "handle": by,
                "name": name,
                "text": text,
                "url": url,
                "deleted": bool(deleted),
            }
            for at, kind, by, name, text, url, deleted in connection.execute(said, (number,))
        ]
        yield {
            "id": number,
            "network": network,
            "account": handle,
            "state": state,
            "category": category,
            "last_at": _iso(last_at),
            "messages": messages,
        }


def readable(name: str, kind: str, value: object) -> Value:
    """A value as people write it: milliseconds as a time in UTC, JSON as what it holds."""
    if isinstance(value, int) and kind == "BOOLEAN":
        return bool(value)
    if isinstance(value, int) and (name in TIMES or name.endswith(("_at", "_until"))) and kind in ("INTEGER", "BIGINT"):
        return _iso(value)
    if isinstance(value, str):
        return _unpacked(value)
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, int | float) else None


def _unpacked(text: str) -> Value:
    if text[:1] in ("{", "["):
        try:
            found = json.loads(text)
        except ValueError:
            return text
        if isinstance(found, list | dict):
            return found
    return text


def _iso(at_ms: int | None) -> str | None:
    if at_ms is None:
        return None
    try:
        return from_ms(at_ms).isoformat(timespec="seconds").replace("+00:00", "Z")
    except (OverflowError, ValueError, OSError):
        return str(at_ms)
