"""The database as the program uses it: written and read from a loop, watched across processes, refused where it must be."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import Session

from app.runtime import errors
from app.runtime.clock import SystemClock
from app.store.changes import Changes
from app.store.database import ROOM_SECONDS, Database
from app.store.schema import SCHEMA_VERSION
from app.store.writer import Writer
from app.store.writing import accounts, leases, settings
from tests.fakes.clock import FakeClock
from tests.fakes.full_disk import no_room
from tests.store.making import NOW_MS, add_account, not_writable, rows

ROOT = Path(__file__).resolve().parents[2]


def handles(connection: sqlite3.Connection) -> list[str]:
    return [handle for (handle,) in connection.execute("SELECT handle FROM account ORDER BY id")]


def add(session: Session, handle: str) -> int:
    return accounts.add(session, "mastodon", "", handle, handle, NOW_MS)


# --- opening


def test_a_new_profile_gets_its_folder_and_file(tmp_path: Path, clock: FakeClock):
    path = tmp_path / "new" / "profile" / "tertulia.db"
    database = Database.open(path, backups=tmp_path / "backups", clock=clock)
    add_account(database)
    database.close_now()
    database.close_now()
    again = Database.open(path, backups=tmp_path / "backups", clock=clock)
    assert again.reader.now(handles) == ["@aurora"]
    assert again.process_id != database.process_id
    again.close_now()


def test_a_newer_file_is_refused_and_stays_as_it_is(data_file: Path, clock: FakeClock):
    with closing(sqlite3.connect(data_file)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = data_file.read_bytes()
    with pytest.raises(errors.NewerFile):
        Database.open(data_file, backups=data_file.parent, clock=clock)
    assert data_file.read_bytes() == before


def test_a_damaged_file_is_refused_and_stays_as_it_is(tmp_path: Path, clock: FakeClock):
    path = tmp_path / "tertulia.db"
    path.write_bytes(b"torn by a power cut" * 1000)
    before = path.read_bytes()
    with pytest.raises(errors.Damaged):
        Database.open(path, backups=tmp_path / "backups", clock=clock)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["tertulia.db"]


def test_a_profile_that_cannot_be_written_is_read(open_folder: Path, migrated: Path, clock: FakeClock):
    path = open_folder / "tertulia.db"
    path.write_bytes(migrated.read_bytes())
    database = Database.open(path, backups=open_folder, clock=clock)
    add_account(database)
    database.close_now()
    with not_writable(open_folder):
        with pytest.raises(errors.ReadOnly):
            Database.open(path, backups=open_folder, clock=clock)
        database = Database.open(path, backups=open_folder, clock=clock, read_only=True)
        assert database.read_only
        assert database.reader.now(handles) == ["@aurora"]
        with pytest.raises(errors.ReadOnly):
            database.write_now(add, "@other")
        database.close_now()


def test_reading_alone_makes_no_file(tmp_path: Path, clock: FakeClock):
    with pytest.raises(errors.ReadOnly):
        Database.open(tmp_path / "tertulia.db", backups=tmp_path, clock=clock, read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_the_profile_opens_where_the_disk_is_full_or_says_so(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
):
    def no_room(*_args: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", no_room)
    with pytest.raises(errors.DiskFull):
        Database.open(tmp_path / "new" / "tertulia.db", backups=tmp_path, clock=clock)


# --- writing and reading


async def test_a_write_answers_and_is_told_before_it_does(database: Database):
    heard: list[tuple[Changes, threading.Thread]] = []
    database.changed.connect(lambda changes: heard.append((changes, threading.current_thread())))
    number = await database.write(add, "@aurora")
    assert heard == [(Changes({"account": frozenset({number})}), threading.current_thread())]
    assert await database.read(handles) == ["@aurora"]


async def test_writes_go_one_after_the_other(database: Database):
    await asyncio.gather(*(database.write(add, f"@{n}") for n in range(20)))
    assert await database.read(handles) == [f"@{n}" for n in range(20)]


async def test_a_write_that_fails_tells_nothing(database: Database):
    heard: list[Changes] = []
    database.changed.connect(heard.append)

    def fail(session: Session) -> None:
        add(session, "@a")
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await database.write(fail)
    assert heard == []
    assert await database.read(handles) == []


async def test_a_cancelled_write_that_began_is_committed_and_told(database: Database):
    heard: list[Changes] = []
    database.changed.connect(heard.append)
    began, go_on = threading.Event(), threading.Event()

    def slow(session: Session) -> int:
        began.set()
        go_on.wait(10)
        return add(session, "@a")

    writing = asyncio.get_running_loop().create_task(database.write(slow))
    await asyncio.get_running_loop().run_in_executor(None, began.wait, 10)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    go_on.set()
    assert await database.write(lambda session: len(handles_in(session))) == 1
    assert heard == [Changes({"account": frozenset({1})})]


def handles_in(session: Session) -> list[str]:
    return list(session.connection().exec_driver_sql("SELECT handle FROM account").scalars())


async def test_the_loop_goes_on_while_a_write_takes_its_time(database: Database):
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.001)

    ticking = asyncio.get_running_loop().create_task(tick())
    await database.write(lambda _session: time.sleep(0.1))
    ticking.cancel()
    assert ticks > 10


async def test_closing_waits_for_the_write_under_way(data_file: Path, clock: FakeClock):
    database = Database.open(data_file, backups=data_file.parent, clock=clock)
    writing = asyncio.get_running_loop().create_task(database.write(add, "@aurora"))
    await asyncio.sleep(0)
    await database.close()
    await database.close()
    assert await writing == 1
    with closing(sqlite3.connect(data_file)) as connection:
        assert handles(connection) == ["@aurora"]
    assert not data_file.with_name("tertulia.db-wal").exists()


# --- several processes

OTHER_PROCESS = """
import sys, time
from pathlib import Path
from app.runtime.clock import SystemClock
from app.store.database import ROOM_SECONDS, Database
from app.store.writing import accounts, leases
database = Database.open(Path(sys.argv[1]), backups=Path(sys.argv[1]).parent, clock=SystemClock(), process_id="that")
print("ready", database.write_now(leases.take, "engine", "that", 1, 60), flush=True)
for line in sys.stdin:
    number = database.write_now(lambda session: accounts.add(session, "x", "", line.strip(), line.strip(), 1))
    print(number, database.reader.now(lambda c: [h for (h,) in c.execute("SELECT handle FROM account ORDER BY id")]), flush=True)
database.close_now()
"""


async def test_two_processes_hear_each_other_within_a_second(data_file: Path):
    clock = SystemClock(asyncio.sleep)
    database = Database.open(data_file, backups=data_file.parent, clock=clock, process_id="this")
    other = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", OTHER_PROCESS, str(data_file)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
    )
    assert other.stdin is not None
    assert other.stdout is not None
    try:
        assert await other.stdout.readline() == b"ready True\n"
        assert not await database.write(leases.take, "engine", "this", 2, 60)
        heard: asyncio.Queue[Changes] = asyncio.Queue()
        watching = asyncio.get_running_loop().create_task(database.watch())
        await asyncio.sleep(0)
        await database.write(add, "@ours")
        database.changed.connect(heard.put_nowait)
        other.stdin.write(b"@theirs\n")
        await other.stdin.drain()
        assert await other.stdout.readline() == b"2 ['@ours', '@theirs']\n"
        told = await asyncio.wait_for(heard.get(), 1.0)
        assert told == Changes({"account": frozenset({2})})
        assert await database.read(handles) == ["@ours", "@theirs"]
        watching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await watching
        assert heard.empty()
    finally:
        other.stdin.close()
        await other.wait()
        await database.close()


async def test_two_processes_may_open_a_new_profile_at_once(tmp_path: Path):
    path = tmp_path / "tertulia.db"
    others = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", OTHER_PROCESS, str(path)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
        )
        for _ in range(2)
    ]
    for other in others:
        output, _ = await other.communicate()
        assert output == b"ready True\n"
        assert other.returncode == 0


async def test_watching_forgets_what_is_a_day_old(database: Database, clock: FakeClock):
    await database.write(settings.save, "old", "{}")
    clock.advance(24 * 3600 + 1)
    await database.write(settings.save, "new", "{}")
    watching = asyncio.get_running_loop().create_task(database.watch())
    while clock.sleeping == 0:
        await asyncio.sleep(0.001)
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching
    assert len(rows(database, "SELECT id FROM change")) == 1


async def test_watching_goes_on_after_a_full_disk(database: Database, data_file: Path, clock: FakeClock):
    heard: list[Changes] = []
    with no_room(database) as tried:
        watching = asyncio.get_running_loop().create_task(database.watch())
        while not tried or clock.sleeping == 0:
            await asyncio.sleep(0.001)
    database.changed.connect(heard.append)
    other = Database.open(data_file, backups=data_file.parent, clock=clock, process_id="another")
    await other.write(add, "@from elsewhere")
    while not heard:
        clock.advance(1)
        await asyncio.sleep(0.001)
    assert heard[0].touches("account")
    await other.close()
    watching.cancel()
    with pytest.raises(asyncio.CancelledError):
        await watching


# --- copies


async def test_a_backup_is_made_while_the_file_is_used(database: Database, tmp_path: Path, clock: FakeClock):
    await database.write(add, "@aurora")
    await database.backup(tmp_path / "copy.db")
    copy = Database.open(tmp_path / "copy.db", backups=tmp_path, clock=clock)
    assert copy.reader.now(handles) == ["@aurora"]
    copy.close_now()


async def test_a_backup_to_a_place_that_is_not_there_is_trouble(database: Database, tmp_path: Path):
    with pytest.raises(errors.DiskTrouble):
        await database.backup(tmp_path / "none" / "copy.db")


# --- a disk without room


async def test_a_full_disk_is_told_once_and_once_more_when_it_takes_everything_again(data_file: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch):
    database = Database.open(data_file, backups=data_file.parent, clock=clock)
    told = list[errors.DiskFull | None]()
    database.disk.connect(told.append)
    run, full = Writer.run, errors.DiskFull()

    def refuse(*_args: object, **_named: object) -> None:
        raise full

    await database.write(add, "@before")
    assert told == []
    for _ in range(3):
        monkeypatch.setattr(Writer, "run", refuse)
        with pytest.raises(errors.DiskFull):
            await database.write(add, "@refused")
        clock.advance(ROOM_SECONDS - 1)
        monkeypatch.setattr(Writer, "run", run)
        await database.write(settings.save, "small", "1")
    assert told == [full], "while it fills up, a small write still goes through"
    clock.advance(1)
    assert told == [full], "whether there is room, only a write tells"
    await database.write(add, "@after")
    assert told == [full, None]
    await database.write(add, "@later")
    assert told == [full, None]
    await database.close()
