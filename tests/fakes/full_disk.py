"""A disk without room, as far as the data file goes: every write is refused until there is room again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.runtime.errors import DiskFull
from app.store.database import Database


@contextmanager
def no_room(database: Database) -> Iterator[list[object]]:
    """Answers what was to be written."""
    tried: list[object] = []
    write = database.write

    async def refuse(fn: object, *_args: object, **_named: object) -> object:
        tried.append(fn)
        raise DiskFull

    database.write = refuse  # type: ignore[method-assign,assignment]
    try:
        yield tried
    finally:
        database.write = write  # type: ignore[method-assign]
