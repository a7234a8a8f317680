"""What is set is written down beside everything else, in its order, and again when a full disk has room."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.runtime.errors import AppError, DiskFull
from app.runtime.tasks import Tasks
from app.services.setting_writing import SettingWriting
from app.store.database import ROOM_SECONDS, Database
from app.store.reading import settings as reading
from app.store.writer import Writer
from tests.fakes.clock import FakeClock


async def test_the_last_of_many_changes_stands_and_the_end_waits_for_it(tmp_path: Path, clock: FakeClock) -> None:
    database = Database.open(tmp_path / "tertulia.db", backups=tmp_path, clock=clock)
    tasks = Tasks(lambda _: None, lambda _: None)
    writing = SettingWriting(database, tasks)
    for number in range(20):
        writing.keep("sending", str(number))
    writing.keep("shop", "{}")
    await tasks.finish(database)
    assert await database.read(reading.values) == {"sending": "19", "shop": "{}"}
    assert tasks.names() == []
    await database.close()


async def test_what_a_full_disk_refused_is_written_when_there_is_room(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles: list[AppError] = []
    database = Database.open(tmp_path / "tertulia.db", backups=tmp_path, clock=clock)
    tasks = Tasks(troubles.append, lambda _: None)
    writing = SettingWriting(database, tasks)
    run = Writer.run

    def refuse(*_args: object, **_named: object) -> None:
        raise DiskFull

    monkeypatch.setattr(Writer, "run", refuse)
    writing.keep("sending", "1")
    writing.keep("sending", "2")
    await tasks.finish(database)
    assert [type(each) for each in troubles] == [DiskFull, DiskFull]
    monkeypatch.setattr(Writer, "run", run)
    clock.advance(ROOM_SECONDS)
    writing.keep("shop", "{}")
    await tasks.finish(database)
    assert await database.read(reading.values) == {"sending": "2", "shop": "{}"}
    await asyncio.sleep(0)
    assert tasks.names() == []
    await database.close()
