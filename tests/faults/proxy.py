"""A proxy that fails on purpose: between the program and a server it delays, cuts, lies and kills, as a seed says."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import Any

PATIENCE_SECONDS = 30.0
"""How long the program waits for a silent server (`client.Patience.silence`), on its own clock."""
LONGEST_AFTER = 12.0
"""How much later than that a slow server may still store it: the program's first look is no earlier than 8 s after."""


class Fault(Enum):
    """What happens to a request."""

    NONE = "none"
    SLOW = "slow"
    TOO_SLOW = "stored after the program gave up"
    CUT_BEFORE = "cut before it arrived"
    CUT_AFTER = "cut after it was done"
    HALF = "half a body"
    GARBAGE_BEFORE = "garbage instead"
    GARBAGE_AFTER = "garbage after it was done"
    LIMITED = "429"
    BROKEN_BEFORE = "500 instead"
    BROKEN_AFTER = "500 after it was done"
    GATEWAY_BEFORE = "502 instead"
    GATEWAY_AFTER = "502 after it was done"
    SIGNED_OUT = "401"
    KILL_BEFORE = "killed before it arrived"
    KILL_AFTER = "killed after it was done"
    KILL_ANSWERED = "killed with the answer"


WRITES: Mapping[Fault, float] = {
    Fault.NONE: 56,
    Fault.SLOW: 5,
    Fault.TOO_SLOW: 3,
    Fault.CUT_BEFORE: 4,
    Fault.CUT_AFTER: 6,
    Fault.HALF: 4,
    Fault.GARBAGE_BEFORE: 2,
    Fault.GARBAGE_AFTER: 3,
    Fault.LIMITED: 3,
    Fault.BROKEN_BEFORE: 2,
    Fault.BROKEN_AFTER: 2.5,
    Fault.GATEWAY_BEFORE: 2,
    Fault.GATEWAY_AFTER: 2.5,
    Fault.SIGNED_OUT: 1,
    Fault.KILL_BEFORE: 1,
    Fault.KILL_AFTER: 2,
    Fault.KILL_ANSWERED: 1,
}
READS: Mapping[Fault, float] = {
    Fault.NONE: 79,
    Fault.SLOW: 5,
    Fault.CUT_BEFORE: 3,
    Fault.HALF: 3,
    Fault.GARBAGE_BEFORE: 3,
    Fault.LIMITED: 1,
    Fault.BROKEN_BEFORE: 2,
    Fault.GATEWAY_BEFORE: 2,
    Fault.SIGNED_OUT: 0.5,
    Fault.KILL_BEFORE: 0.2,
    Fault.KILL_ANSWERED: 0.3,
}
NEVER_ARRIVES = (
    Fault.CUT_BEFORE,
    Fault.GARBAGE_BEFORE,
    Fault.LIMITED,
    Fault.BROKEN_BEFORE,
    Fault.GATEWAY_BEFORE,
    Fault.SIGNED_OUT,
    Fault.KILL_BEFORE,
)
LINE_BREAKS = (Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.TOO_SLOW, Fault.KILL_BEFORE, Fault.KILL_AFTER)
GARBAGE = (b"<html><body>Sign in to this hotel's net</body></html>", b'{"id": "11', b"\xff\xfe\x00garbage", b"OK")


class Plan:
    """Which fault meets which request: by the seed, by what is asked and how often it was asked before; not by when."""

    def __init__(self, seed: str, writes: Mapping[Fault, float] = WRITES, reads: Mapping[Fault, float] = READS) -> None:
        self._seed = seed
        self._writes = writes
        self._reads = reads
        self._asked: Counter[str] = Counter()
        self.met: Counter[Fault] = Counter()

    def of(self, heard: Heard) -> tuple[Fault, Random]:
        """The fault, and chance for its details."""
        text = re.search(rb"pieza \d+(?:/\d+)?", heard.body)  # what texts of the trial are numbered by
        what = f"{heard.method} {heard.path} {text[0].decode() if text else ''}"
        self._asked[what] += 1
        name = hashlib.sha256(f"{self._seed} {what} {self._asked[what]}".encode()).hexdigest()
        chance = Random(name)
        weights = self._reads if heard.method == "GET" else self._writes
        fault = chance.choices(list(weights), list(weights.values()))[0]
        self.met[fault] += 1
        return fault, chance


@dataclass(frozen=True)
class Heard:
    """A request as it came."""

    method: str
    path: str
    raw: bytes
    body: bytes


class Proxy:
    """Listens on a port of its own and passes on to the server at `port`; `kill` ends a program in the middle of its work."""

    def __init__(self, port: int, plan: Plan, speed: float, kill: Callable[[Random], Awaitable[None]]) -> None:
        self._upstream = port
        self._plan = plan
        self._speed = speed
        self._kill = kill
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[Any]] = set()
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """No more talks, and none left."""
        if self._server is not None:
            self._server.close()
        for talk in list(self._talks):
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        try:
            while (heard := await _hear(reader)) is not None and await self._serve(heard, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            self._talks.discard(task)
            writer.close()

    async def _serve(self, heard: Heard, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection lives on."""
        fault, chance = self._plan.of(heard)
        if fault is Fault.SLOW:
            await asyncio.sleep(chance.uniform(0.5, PATIENCE_SECONDS * 0.6) / self._speed)
        elif fault is Fault.TOO_SLOW:
            await asyncio.sleep((PATIENCE_SECONDS + chance.uniform(1, LONGEST_AFTER)) / self._speed)
        if fault is Fault.KILL_BEFORE:
            await self._kill(chance)
        answer = made_up(fault, chance) if fault in NEVER_ARRIVES else await self._ask(heard)
        if fault is Fault.KILL_AFTER:
            await self._kill(chance)
        if fault in (Fault.GARBAGE_AFTER, Fault.BROKEN_AFTER, Fault.GATEWAY_AFTER):
            answer = made_up(fault, chance)
        if fault in LINE_BREAKS:
            writer.transport.abort()
            return False
        if fault is Fault.HALF:
            head, _, body = answer.partition(b"\r\n\r\n")
            answer = head + b"\r\n\r\n" + body[: chance.randrange(len(body))] if body else head[: len(head) // 2]
        writer.write(answer)
        await writer.drain()
        if fault is Fault.KILL_ANSWERED:
            await asyncio.sleep(chance.uniform(0, 0.03))
            await self._kill(chance)
        return fault is not Fault.HALF

    async def _ask(self, heard: Heard) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream)
        try:
            writer.write(heard.raw)
            await writer.drain()
            head = await reader.readuntil(b"\r\n\r\n")
            return head + await reader.readexactly(_length(head))
        finally:
            writer.close()


def made_up(fault: Fault, chance: Random) -> bytes:
    """An answer that no server gave."""
    if fault in (Fault.GARBAGE_BEFORE, Fault.GARBAGE_AFTER):
        return _answer(200, chance.choice(GARBAGE), "content-type: text/html")
    if fault in (Fault.BROKEN_BEFORE, Fault.BROKEN_AFTER):
        return _answer(500, b'{"error": "InternalServerError", "message": "something went wrong"}')
    if fault in (Fault.GATEWAY_BEFORE, Fault.GATEWAY_AFTER):
        return _answer(502, b"<h1>502 Bad Gateway</h1>", "content-type: text/html")
    if fault is Fault.LIMITED:
        return _answer(429, b'{"error": "RateLimitExceeded"}', f"retry-after: {chance.randrange(5, 40)}")
    return _answer(401, json.dumps({"error": "AuthenticationRequired", "message": "not signed in"}).encode())


def _answer(status: int, body: bytes, header: str = "content-type: application/json") -> bytes:
    return f"HTTP/1.1 {status} Whatever\r\n{header}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


async def _hear(reader: asyncio.StreamReader) -> Heard | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
    if re.search(rb"(?i)^transfer-encoding:\s*chunked", head, re.MULTILINE):
        sent, body = await _chunks(reader)
    else:
        sent = body = await reader.readexactly(_length(head))
    return Heard(method, target.partition("?")[0], head + sent, body)


async def _chunks(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """A body in chunks: as it came, and put together."""
    sent = body = b""
    while True:
        line = await reader.readline()
        size = int(line.strip() or b"0", 16)
        chunk = await reader.readexactly(size + 2)
        sent += line + chunk
        if not size:
            return sent, body
        body += chunk[:-2]


def _length(head: bytes) -> int:
    found = re.search(rb"(?i)^content-length:\s*(\d+)", head, re.MULTILINE)
    return int(found[1]) if found else 0
