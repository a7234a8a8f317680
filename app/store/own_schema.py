"""Makes sure that a data file which came from outside holds our tables, triggers and views, and no others.

A trigger or a view in a forged backup would act in our name the moment the file is written to. The schema is compared, word for word, with
that of an empty file of the same version made by our own migrations; where anything differs, only the rows of our tables are taken over.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from app.models.safekeeping import Tell, tell_nobody
from app.runtime.errors import Damaged
from app.store.row_copy import copy_tables
from app.store.schema import SCHEMA_VERSION, connect_read_only
from app.store.troubles import troubles
from app.store.upgrade import run_migrations
from app.store.writer import connect_for_writing, engine_of

_log = logging.getLogger(__name__)

Objects = frozenset[tuple[str, str, str, str]]
_OBJECTS = (
    "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
)


def make_own(file: Path, folder: Path, tell: Tell = tell_nobody) -> tuple[str, ...]:
    """Leave in a file that nobody has open what is ours; answers the names of what was not. Nothing of its schema is ever run.

    Raises Damaged for a file of no version that we know, DiskTrouble; `folder` is for what is made on the way.
    """
    with troubles(), closing(connect_read_only(file)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        theirs = _objects(connection)
    if not 1 <= version <= SCHEMA_VERSION:
        raise Damaged(technical=f"{file.name}: version {version}")
    fresh = folder / "own.db"
    try:
        make_empty(fresh, version)
        with troubles(), closing(connect_read_only(fresh)) as connection:
            ours = _objects(connection)
        foreign = tuple(sorted({name for _kind, name, _table, _sql in theirs ^ ours}))
        if not foreign:
            return ()
        _log.info("%s: its schema is not ours (%s): rows alone are taken", file.name, ", ".join(foreign[:20]))
        copy_tables(file, fresh, tell)
        with troubles(), closing(connect_for_writing(fresh)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        with troubles():
            fresh.replace(file)
        return foreign
    finally:
        for path in (fresh, *(fresh.with_name(fresh.name + suffix) for suffix in ("-wal", "-shm", "-journal"))):
            path.unlink(missing_ok=True)


def make_empty(path: Path, version: int) -> None:
    """An empty data file as the program of a version made it."""
    with closing(connect_for_writing(path)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        with troubles(), engine_of(raw).connect() as connection:
            connection.exec_driver_sql("SELECT 1")
            run_migrations(connection, f"{version:04d}")
            connection.exec_driver_sql(f"PRAGMA user_version = {version}")
            connection.commit()
        raw.execute("PRAGMA journal_mode = DELETE")


def _objects(connection: sqlite3.Connection) -> Objects:
    return frozenset(connection.execute(_OBJECTS))
