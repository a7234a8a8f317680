"""The power fails after any claim: the disk is as it was last synced, the network has all that was said until then, and nothing is out twice."""

from __future__ import annotations

import asyncio
import copy
import os
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from app.models.delivery import Owed
from app.models.outbox import DeliveryState, OutboxKind
from app.networks import registry
from app.networks.bluesky import connection as bluesky
from app.networks.mastodon import connection as mastodon
from app.networks.network import Access, Card, Connection
from app.networks.x import connection as x
from app.runtime.clock import SystemClock, to_ms
from app.runtime.credentials import KeyringCredentials
from app.runtime.paths import Paths
from app.runtime.settings import Settings
from app.runtime.tasks import Tasks
from app.services.assembly import Assembly, assemble
from app.services.surroundings import Surroundings
from app.services.undo import Undo
from app.store.database import Database
from app.store.writer import Writer
from app.store.writing import outbox
from tests.fakes import file_keyring
from tests.fakes.clock import FakeClock
from tests.fakes.file_keyring import FileKeyring
from tests.faults import owing
from tests.faults.owing import Owing
from tests.faults.served import KINDS, Served
from tests.faults.sorts import SPOKEN
from tests.system.parts import need

ROOT = Path(__file__).resolve().parents[2]
FULL = 2
REMEMBERED = ("statuses", "media", "_keys", "_count", "records", "blobs", "_valid", "posts", "access", "refresh")
"""What the servers of tests keep, whichever network it is."""
NOBODYS_PID = 2**22 + 1
"""Greater than any on Linux, so that the process of a claim is known to be gone."""
DELIVERIES = 5
REBOOT = timedelta(minutes=2)
PATIENCE = timedelta(minutes=10)


@dataclass
class Moment:
    """What a power cut leaves: the files as they were last synced, and what the server had stored before the next sync."""

    folder: Path
    server: dict[str, Any]
    at: datetime
    claimed: bool
    """Whether an item was claimed in that state: the danger this is about."""


class Disk:
    """Watches a profile's commits and keeps what each left on the disk for certain.

    In WAL mode a commit under `synchronous = FULL` syncs the log before it answers; one under NORMAL does not, and is lost with the power.
    """

    def __init__(self, database: Path, folder: Path, served: Served) -> None:
        self.moments: list[Moment] = []
        self.unsynced = 0
        self._database = database
        self._folder = folder
        self._served = served

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """From now on, every commit of every writer."""
        commit = Writer._transaction

        def transaction(writer: Writer, *args: Any, **named: Any) -> Any:
            self._before()
            answer = commit(writer, *args, **named)
            self._after(writer)
            return answer

        monkeypatch.setattr(Writer, "_transaction", transaction)

    def _before(self) -> None:
        if self.moments:
            self.moments[-1].server = memory_of(self._served)

    def _after(self, writer: Writer) -> None:
        if writer._connection.execute("PRAGMA synchronous").fetchone()[0] != FULL:
            self.unsynced += 1
            return
        folder = self._folder / str(len(self.moments))
        folder.mkdir()
        for suffix in ("", "-wal"):
            shutil.copyfile(f"{self._database}{suffix}", folder / f"tertulia.db{suffix}")
        claimed = writer._connection.execute("SELECT count(*) FROM outbox WHERE state = 'claimed'").fetchone()[0]
        self.moments.append(Moment(folder, memory_of(self._served), self._served.server.clock.now(), bool(claimed)))


def memory_of(served: Served) -> dict[str, Any]:
    """What the server would still know."""
    server = served.server
    return copy.deepcopy(
        {name: getattr(server, name) for name in REMEMBERED if not callable(getattr(server, name, len))}
    )


@asynccontextmanager
async def engine(root: Path, clock: FakeClock, keyring: Path, process: int) -> AsyncIterator[Assembly]:
    """The services of the profile as a process of its own would have them; bugs and troubles come out at the end."""
    paths = Paths.of(root)
    bugs: list[Exception] = []
    database = Database.open(
        paths.database,
        backups=paths.backups,
        clock=clock,
        process_id=f"{socket.gethostname()}:{NOBODYS_PID + process}:x",
    )

    def connect(card: Card, _remote_id: str, access: Access) -> Connection:
        if card.id == "x":
            return x.connection_to(access.server, access.keeper, access.facts, access.purse, clock)
        if card.id == "bluesky":
            return bluesky.connection_to(access.server, access.keeper, access.facts, clock)
        return mastodon.connection_to(access.server, access.keeper.secrets, access.facts, clock)

    async def no_browser(_url: str) -> None:
        """Nobody signs in here."""

    services = assemble(
        database,
        Surroundings(
            paths=paths,
            settings=Settings(dict, lambda _name, _value: None),
            clock=clock,
            tasks=Tasks(bugs.append, bugs.append),
            credentials=KeyringCredentials(lambda _: None, FileKeyring(keyring)),  # type: ignore[arg-type]
            cards=registry.by_id(),
            open_browser=no_browser,
            profile_id=owing.PROFILE_ID,
            undo=Undo(),
            connect=connect,
            chance=Random(1),
        ),
    )
    try:
        yield services
    finally:
        await services.close()
        assert bugs == []


async def work_until_settled(services: Assembly, clock: FakeClock) -> None:
    end = clock.now() + PATIENCE
    while clock.now() < end:
        await services.publishing.send_due()
        left = await services.database.read(
            lambda c: c.execute(
                "SELECT min(max(coalesce(next_try_at, 0), due_at)) FROM outbox WHERE state NOT IN ('out', 'failed')"
            ).fetchone()[0]
        )
        if left is None:
            return
        await clock.elapse(5)
    left = await services.database.read(
        lambda c: c.execute(
            "SELECT id, kind, parts, pictures, progress, state, reason, next_try_at FROM outbox WHERE state <> 'out'"
        ).fetchall()
    )
    raise AssertionError(f"never settled: {left}")


@pytest.mark.parametrize("kind", KINDS)
async def test_a_power_cut_after_any_claim_makes_no_second_post(
    kind: str, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = KINDS[kind](clock)
    await served.start()
    try:
        root, keyring = tmp_path / "profile", tmp_path / "keyring.json"
        Paths.of(root).create()
        texts = prepare(root, keyring, served, clock)
        disk = Disk(Paths.of(root).database, tmp_path, served)
        async with engine(root, clock, keyring, 0) as services:
            with monkeypatch.context() as patch:
                disk.watch(patch)
                await work_until_settled(services, clock)
        assert said(served) == texts
        dangerous = [moment for moment in disk.moments if moment.claimed]
        assert len(dangerous) >= DELIVERIES
        for number, moment in enumerate(dangerous, start=1):
            put_back(root, moment, served)
            clock.set_wall(moment.at + REBOOT)
            async with engine(root, clock, keyring, number) as services:
                await work_until_settled(services, clock)
                states = await services.database.read(
                    lambda c: {row[0] for row in c.execute("SELECT state FROM outbox")}
                )
            assert said(served) == texts, f"after claim {number}"
            assert states == {DeliveryState.OUT}
    finally:
        await served.stop()


def prepare(root: Path, keyring: Path, served: Served, clock: FakeClock) -> list[str]:
    """Owes everything that a trial may owe; answers all texts that are to be said, once each."""
    paths = Paths.of(root)
    database = Database.open(paths.database, backups=paths.backups, clock=clock)
    ids = owing.open_profile(paths, database, keyring, [served], [served.server.url], clock.now())
    debts = Owing(database, ids, [served], "power 7", SPOKEN).owe(DELIVERIES, clock.now(), timedelta(0))
    database.close_now()
    assert {len(debt.owed.parts) > 1 for debt in debts} == {True, False}
    assert any(debt.owed.target for debt in debts)
    assert any(debt.owed.pictures for debt in debts)
    return sorted(text for debt in debts for text in debt.owed.parts)


def put_back(root: Path, moment: Moment, served: Served) -> None:
    """The disk and the server as they were."""
    for file in root.glob("tertulia.db*"):
        file.unlink()
    for file in moment.folder.iterdir():
        shutil.copyfile(file, root / file.name)
    for name, value in copy.deepcopy(moment.server).items():
        setattr(served.server, name, value)


def said(served: Served) -> list[str]:
    return sorted(post.text for post in served.stored())


@pytest.mark.system
async def test_the_claim_is_on_the_disk_before_the_network_hears_anything(tmp_path: Path) -> None:
    """As the system sees it: nothing written to the log is unsynced when the post leaves, nor when the program ends."""
    served = KINDS["mastodon"](SystemClock(asyncio.sleep))
    await served.start()
    try:
        root, keyring, trace = tmp_path / "profile", tmp_path / "keyring.json", tmp_path / "trace"
        Paths.of(root).create()
        database = Database.open(Paths.of(root).database, backups=Paths.of(root).backups, clock=SystemClock())
        now = SystemClock().now()
        ids = owing.open_profile(Paths.of(root), database, keyring, [served], [served.server.url], now)
        owed = Owed(ids[0], OutboxKind.POST, "key", now, parts=("hola",))
        database.write_now(outbox.add, owed, to_ms(now))
        database.close_now()
        environment = {**os.environ, "PYTHON_KEYRING_BACKEND": file_keyring.BACKEND, file_keyring.FILE: str(keyring)}
        watched = (need("strace", "strace"), "-f", "-y", "-e", "trace=fdatasync,fsync,pwrite64,sendto,write", "-o", str(trace))
        process = await asyncio.create_subprocess_exec(
            *watched, sys.executable, "-m", "app", "--profile", str(root), "publish", "--once",
            cwd=ROOT, env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        _, err = await process.communicate()
        if b"ptrace" in err or b"PTRACE" in err:
            pytest.skip("this system lets nobody watch")
        assert process.returncode == 0, err.decode()
        assert [post.text for post in served.stored()] == ["hola"]
    finally:
        await served.stop()
    happened = "".join(
        letter for line in trace.read_text(encoding="utf-8", errors="replace").splitlines() for letter in event_of(line)
    )
    assert happened.count("P") == 1
    assert "w" in happened.partition("P")[0]
    assert re.search("w[^s]*P", happened) is None
    assert re.search("w[^s]*$", happened) is None


def event_of(line: str) -> str:
    """w: written to the log, s: the log synced, P: the post leaves."""
    if "db-wal>" in line:
        return "w" if "pwrite64(" in line else "s" if "sync(" in line else ""
    return "P" if "POST /api/v1/statuses" in line else ""
