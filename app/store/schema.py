"""The version of the data file, looked at before anything else: standard library only, the file is never changed here."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from app.runtime import errors
from app.store.troubles import trouble_of

SCHEMA_VERSION = 1
"""What `PRAGMA user_version` says of a file of this program. Rises by one with each migration."""

CACHE_KIBIBYTES = 8192
"""Of each connection: the pages of a list that one walks through, and those that a page of messages changes, without reading them from the file again."""


class FileState(StrEnum):
    """What is to be done with a data file that may be opened."""

    MISSING = "missing"
    CURRENT = "current"
    OLDER = "older"


def check_file(path: Path, *, read_only: bool = False) -> FileState:
    """Raises NewerFile, Damaged, and ReadOnly when the file or its folder cannot be written and `read_only` does not allow for that."""
    try:
        state = _state(path)
    except sqlite3.Error as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise errors.Damaged(technical=f"{path}: {error}") from error
        raise trouble from error
    except OSError as error:
        raise trouble_of(error) or error from error
    if not read_only and not is_writable(path):
        raise errors.ReadOnly(technical=str(path))
    return state


def is_writable(path: Path) -> bool:
    """Whether the file can be written, and files beside it; for a missing file, whether its folder (or the one to hold it) can."""
    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return _may(folder, os.W_OK | os.X_OK) and (not path.exists() or _may(path, os.W_OK))


def _may(path: Path, rights: int) -> bool:
    # By the rights with which files are opened, where the system can tell.
    return os.access(path, rights, effective_ids=os.access in os.supports_effective_ids)


def _state(path: Path) -> FileState:
    if not path.exists():
        return FileState.MISSING
    # Never opened by ourselves: closing it would take away every lock that SQLite holds on it for this process (POSIX), and another
    # process could then throw the log away that we are reading.
    if path.stat().st_size == 0:
        return FileState.MISSING
    with closing(connect_read_only(path)) as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = 0 if version else int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise errors.NewerFile(technical=f"{path}: version {version}, this program knows {SCHEMA_VERSION}")
    if version == SCHEMA_VERSION:
        return FileState.CURRENT
    if version > 0:
        return FileState.OLDER
    if tables == 0:
        return FileState.MISSING
    raise errors.Damaged(technical=f"{path}: a database of another program")


def connect_read_only(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, in a folder that need not be writable. May be handed to another thread."""
    connection = _open(path, "mode=ro")
    try:
        connection.execute("PRAGMA user_version").fetchone()  # does not read what tables there are, as a SELECT would
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) or is_writable(path):
            raise
        # The log of a file in WAL mode needs a file beside it, which cannot be made here: nobody writes, so it is read as it stands.
        connection = _open(path, "mode=ro&immutable=1")
    except BaseException:
        connection.close()
        raise
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
    return connection


def _open(path: Path, how: str) -> sqlite3.Connection:
    address = f"file:{quote(path.absolute().as_posix().encode(), safe='/:')}?{how}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=5.0)
    connection.execute("PRAGMA query_only = 1")
    return connection
