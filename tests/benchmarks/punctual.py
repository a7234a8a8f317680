"""How punctually planned posts leave: the publishing service as a process of its own on the real clock, against servers on loopback."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path
from random import Random

from app.models.delivery import Owed
from app.models.outbox import OutboxKind
from app.runtime.clock import SystemClock, to_ms
from app.runtime.paths import Paths
from app.store.database import Database
from app.store.writing import outbox
from tests.benchmarks.figure import Figure, middle, quantile
from tests.fakes import file_keyring
from tests.fakes.http_server import Reply, Request
from tests.faults import owing
from tests.faults.served import ServedMastodon

ITEMS = 200
ACCOUNTS = 4
SPREAD_SECONDS = 60.0
STARTING_SECONDS = 5.0
"""Before the first item is due; the service has long been running when a planned post leaves."""
PATIENCE_SECONDS = 30.0
PROMPT_SECONDS = 1.0
SHARE = 0.99


class Clocked(ServedMastodon):
    """Notes when each post arrived."""

    def __init__(self) -> None:
        super().__init__(SystemClock(asyncio.sleep), "mastodon")
        self.arrived: dict[str, float] = {}
        store = self.server._post

        def post(request: Request) -> Reply:
            self.arrived.setdefault(request.json["status"], time.time())
            return store(request)

        self.server._post = post  # type: ignore[method-assign]


def figures(scratch: Path) -> Iterator[Figure]:
    """Lateness in milliseconds from the planned moment to the request's arrival at the server."""
    late = asyncio.run(lateness(scratch / "punctual"))
    within = sum(each < PROMPT_SECONDS for each in late) / ITEMS
    milliseconds = [each * 1000 for each in late]
    yield Figure(
        "punctual.within_1s",
        within,
        "share",
        limit=SHARE,
        at_least=True,
        note=f"{len(late)} of {ITEMS} left, {SPREAD_SECONDS:.0f} s, real clock",
    )
    yield Figure("punctual.p50", middle(milliseconds), "ms")
    yield Figure("punctual.p99", quantile(milliseconds, 0.99), "ms", limit=PROMPT_SECONDS * 1000)
    yield Figure("punctual.latest", max(milliseconds), "ms")
    yield Figure(
        "punctual.before_time",
        sum(each < 0 for each in late),
        "items",
        limit=0,
        note=f"earliest {min(milliseconds):+.1f} ms",
    )


async def lateness(
    folder: Path, items: int = ITEMS, spread: float = SPREAD_SECONDS, starting: float = STARTING_SECONDS
) -> list[float]:
    """Seconds after its time at which each item arrived; negative: before its time."""
    folder.mkdir(parents=True)
    paths, keyring = Paths.of(folder / "profile"), folder / "keyring.json"
    paths.create()
    served = [Clocked() for _ in range(ACCOUNTS)]
    for each in served:
        await each.start()
    try:
        clock = SystemClock()
        database = Database.open(paths.database, backups=paths.backups, clock=clock)
        ids = owing.open_profile(paths, database, keyring, served, [each.server.url for each in served], clock.now())
        begin, chance = clock.now() + timedelta(seconds=starting), Random(200)
        due = {f"pieza {number}": begin + timedelta(seconds=spread * chance.random()) for number in range(items)}
        owed = [Owed(chance.choice(ids), OutboxKind.POST, text, at, parts=(text,)) for text, at in due.items()]
        database.write_now(lambda session: [outbox.add(session, each, to_ms(clock.now())) for each in owed])
        database.close_now()
        async with service(paths.root, keyring):
            end = time.monotonic() + starting + spread + PATIENCE_SECONDS
            while left(paths.database) and time.monotonic() < end:
                await asyncio.sleep(0.1)
        arrived = {text: moment for each in served for text, moment in each.arrived.items()}
        return [arrived[text] - due[text].timestamp() for text in due if text in arrived]
    finally:
        for each in served:
            await each.stop()


def left(database: Path) -> int:
    """How many are not out yet."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=5)) as connection:
        return int(connection.execute("SELECT count(*) FROM outbox WHERE state <> 'out'").fetchone()[0])


@asynccontextmanager
async def service(profile: Path, keyring: Path) -> AsyncIterator[None]:
    """`tertulia publish`, ended in order."""
    environment = {
        **os.environ,
        "PYTHON_KEYRING_BACKEND": file_keyring.BACKEND,
        file_keyring.FILE: str(keyring),
        "PYTHONUTF8": "1",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app",
        "--profile",
        str(profile),
        "publish",
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        code = await process.wait()
        if code:
            raise RuntimeError(f"the service ended with {code}")
