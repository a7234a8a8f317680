"""Copies the rows of one data file into an empty one made by us, table by table, row by row where a page is broken.

Only rows count: indexes, counters and search are made anew by our own triggers, and what else the source's schema holds is never run.
What hangs in the air afterwards (a message without its conversation) goes.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from app.models.safekeeping import Progress, Step, Tell
from app.store.search import is_of_index
from app.store.troubles import troubles
from app.store.writer import connect_for_writing

_log = logging.getLogger(__name__)

DERIVED = frozenset({"counter", "figure_day", "change", "lease", "local_day"})
"""Kept by triggers, or of no use to anybody later."""
GAP_ROWS = 1
"""How many row numbers are stepped over where one cannot be read, at first; each further step is twice as long."""
LARGEST_STEP = 1 << 40


class _Kept(NamedTuple):
    rows: int
    whole: bool


def copy_tables(source: Path, fresh: Path, tell: Tell) -> tuple[dict[str, int], list[str]]:
    """Answers how many rows each table got, and the tables of which not all could be read. Raises DiskTrouble, `Stopped`."""
    lost, kept = list[str](), dict[str, int]()
    with troubles(), closing(connect_for_writing(fresh)) as to, closing(_read(source)) as of:
        to.execute("PRAGMA foreign_keys = OFF")
        to.execute("BEGIN IMMEDIATE")
        tables = _tables(to)
        for number, table in enumerate(tables):
            tell(Progress(Step.TABLES, number, len(tables)))
            copied = _copy_table(of, to, table)
            kept[table] = copied.rows
            if not copied.whole:
                lost.append(table)
        _drop_orphans(to)
        to.execute("COMMIT")
    return kept, lost


def _read(damaged: Path) -> sqlite3.Connection:
    """Reads although the log may be damaged too; writes nothing, not even a lock, and trusts nothing that the schema says."""
    connection = sqlite3.connect(f"{damaged.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    for pragma in ("writable_schema = ON", "trusted_schema = OFF", "cell_size_check = OFF", "query_only = ON"):
        try:
            connection.execute(f"PRAGMA {pragma}")
        except sqlite3.DatabaseError:
            continue
    return connection


def _tables(of: sqlite3.Connection) -> list[str]:
    """In the order in which they were made: what is pointed to stands before what points."""
    rows = of.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
    return [name for (name,) in rows if not is_of_index(name) and name not in DERIVED and name != "alembic_version"]


def _copy_table(of: sqlite3.Connection, to: sqlite3.Connection, table: str) -> _Kept:
    here = _columns(to, table)
    try:
        columns = [name for name in _columns(of, table) if name in here]
    except sqlite3.DatabaseError:
        columns = here
    if not columns or not _is_plain_table(of, table):
        return _Kept(0, whole=False)
    names = ", ".join(f'"{name}"' for name in columns)
    put = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'
    rows, whole = 0, True
    for row in _rows(of, table, names):
        if row is None:
            whole = False
            continue
        try:
            rows += to.execute(put, row).rowcount
        except sqlite3.IntegrityError:  # what a broken page shows need not be a row of ours
            whole = False
    return _Kept(rows, whole)


def _is_plain_table(of: sqlite3.Connection, table: str) -> bool:
    """Not a view or a virtual table that bears the name of one of ours. A list of tables that cannot be read tells of neither."""
    try:
        found = of.execute(
            "SELECT type, sql FROM sqlite_master WHERE name = ? AND type IN ('table', 'view')", (table,)
        ).fetchone()
    except sqlite3.DatabaseError:
        return True
    return found is None or (found[0] == "table" and not str(found[1]).upper().startswith("CREATE VIRTUAL"))


def _rows(of: sqlite3.Connection, table: str, names: str) -> Iterator[tuple[object, ...] | None]:
    """Every row that can be read; None for each stretch that cannot."""
    if _without_rowid(of, table):
        yield from _one_way(of, f'SELECT {names} FROM "{table}"')
        return
    last, step = -(1 << 62), GAP_ROWS
    while True:
        try:
            found = of.execute(
                f'SELECT rowid, {names} FROM "{table}" NOT INDEXED WHERE rowid > ? ORDER BY rowid', (last,)
            )
            for number, *row in found:
                last, step = number, GAP_ROWS
                yield tuple(row)
            return
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_NOTADB:
                raise
            if step == GAP_ROWS:
                _log.info("%s after row %s: %s", table, last, error)
            yield None
        last = max(last, 0) + step
        step *= 2
        if step > LARGEST_STEP:
            return


def _one_way(of: sqlite3.Connection, sql: str) -> Iterator[tuple[object, ...] | None]:
    try:
        yield from of.execute(sql)
    except sqlite3.DatabaseError as error:
        _log.info("%s: %s", sql, error)
        yield None


def _without_rowid(of: sqlite3.Connection, table: str) -> bool:
    try:
        of.execute(f'SELECT rowid FROM "{table}" LIMIT 0')
    except sqlite3.OperationalError as error:
        return "no such column" in str(error)
    except sqlite3.DatabaseError:
        return False
    return False


def _columns(of: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in of.execute(f'PRAGMA table_info("{table}")')]


def _drop_orphans(to: sqlite3.Connection) -> None:
    """Rows that point to what was lost; where the column may be empty, they only forget it."""
    while True:
        orphans = to.execute("PRAGMA foreign_key_check").fetchall()
        if not orphans:
            return
        for table, number, _parent, key in orphans:
            columns = [row for row in to.execute(f'PRAGMA foreign_key_list("{table}")') if row[0] == key]
            column = columns[0][3]
            needed = {row[1]: row[3] or row[5] for row in to.execute(f'PRAGMA table_info("{table}")')}
            if number is None:  # a table without row numbers: all that point nowhere
                parent, target = columns[0][2], columns[0][4] or "id"
                to.execute(f'DELETE FROM "{table}" WHERE "{column}" NOT IN (SELECT "{target}" FROM "{parent}")')
            elif needed[column]:
                to.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (number,))
            else:
                to.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (number,))
