"""Bringing a data file to the schema of this program: a copy first, then the migrations, all or nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from app.runtime import errors
from app.store.schema import SCHEMA_VERSION, FileState, connect_read_only
from app.store.troubles import troubles
from app.store.writer import connect_for_writing, engine_of

MIGRATIONS = Path(__file__).parent / "migrations"
KEPT_COPIES = 5
COPIED_AT_A_TIME = 4000
"""Pages: 16 MB, after which whoever waits hears of it."""
_COPY_NAME = "before-version-"


def upgrade(path: Path, state: FileState, backups: Path, now: datetime) -> None:
    """Creates the schema, or raises it to `SCHEMA_VERSION`; of an older file a verified copy is in `backups` before it is touched."""
    if state is FileState.OLDER:
        with troubles():
            backups.mkdir(parents=True, exist_ok=True)
        copy_to(path, backups / f"{_COPY_NAME}{SCHEMA_VERSION}-{now:%Y%m%dT%H%M%S}.db")
        _forget_old_copies(backups)
    with closing(connect_for_writing(path)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        engine = engine_of(raw)
        with troubles(), engine.connect() as connection:
            _migrate(connection)
            connection.commit()


def _migrate(connection: Connection) -> None:
    # Asked again under the lock: another process may have been faster.
    if connection.exec_driver_sql("PRAGMA user_version").scalar_one() == SCHEMA_VERSION:
        return
    run_migrations(connection, "head")
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise errors.Damaged(technical="rows point to nothing after the upgrade")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def run_migrations(connection: Connection, revision: str) -> None:
    """Runs Alembic on a connection, in its open transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def copy_to(source: Path, target: Path, tell: Callable[[int, int], None] | None = None) -> None:
    """Makes a complete copy of a file in use and proves that it can be read; `target` appears only when that is done.

    `tell` hears (pages done, pages) and may raise, which ends it.
    """
    unfinished = target.with_name(f"{target.name}.part")
    with troubles():
        unfinished.unlink(missing_ok=True)
        try:
            with closing(connect_read_only(source)) as of, closing(sqlite3.connect(unfinished)) as to:
                # One moment of the file, whoever writes meanwhile: else each of their commits would begin it anew.
                of.execute("BEGIN")
                of.execute("SELECT count(*) FROM sqlite_master").fetchone()
                of.backup(to, pages=COPIED_AT_A_TIME, progress=lambda _status, left, all_of: tell(all_of - left, all_of) if tell else None)
                of.execute("COMMIT")
                # One file, without a log beside it.
                to.execute("PRAGMA journal_mode = DELETE")
            _verify(unfinished)
            _reach_the_disk(unfinished)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)


def _verify(copy: Path) -> None:
    with closing(connect_read_only(copy)) as connection:
        verdict = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise errors.Damaged(technical=f"the copy cannot be read: {verdict}")


def _reach_the_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _forget_old_copies(backups: Path) -> None:
    copies = sorted(backups.glob(f"{_COPY_NAME}*.db"), key=lambda copy: copy.stat().st_mtime_ns)
    for copy in copies[:-KEPT_COPIES]:
        copy.unlink(missing_ok=True)
