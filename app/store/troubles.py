"""Which trouble of the disk an error of SQLite is. Errors that are ours (wrong SQL, broken constraints) are left as they are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from app.runtime import errors

_BY_CODE: dict[int, type[errors.DiskTrouble]] = {
    sqlite3.SQLITE_FULL: errors.DiskFull,
    sqlite3.SQLITE_READONLY: errors.ReadOnly,
    sqlite3.SQLITE_PERM: errors.ReadOnly,
    sqlite3.SQLITE_CORRUPT: errors.Damaged,
    sqlite3.SQLITE_NOTADB: errors.Damaged,
    sqlite3.SQLITE_BUSY: errors.AlreadyOpen,
    sqlite3.SQLITE_PROTOCOL: errors.AlreadyOpen,
    sqlite3.SQLITE_CANTOPEN: errors.DiskTrouble,
    sqlite3.SQLITE_IOERR: errors.DiskTrouble,
}

_NO_ROOM = frozenset({sqlite3.SQLITE_IOERR_SHMSIZE})
"""The file that processes share beside the database could not grow."""


def trouble_of(error: sqlite3.Error | OSError) -> errors.DiskTrouble | None:
    """None when the error is not the disk's."""
    if isinstance(error, OSError):
        return errors.disk_trouble(error)
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    kind = errors.DiskFull if code in _NO_ROOM else _BY_CODE.get(code & 0xFF)
    return None if kind is None else kind(technical=f"{error.sqlite_errorname}: {error}")


@contextmanager
def troubles() -> Iterator[None]:
    """Turns what SQLite raises within into the `DiskTrouble` it means."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise trouble from error
