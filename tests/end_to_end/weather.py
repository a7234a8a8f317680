"""What happens to servers on loopback in a simulated life: they refuse, hang, cut, stumble and limit, and are well again."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from enum import Enum
from random import Random

from tests.fakes.http_server import Cut, HttpServer, Reply, Request
from tests.fakes.mail_server import MailServers

HIT = 0.8
"""So often a request meets the weather; the others pass, as on a line that is nearly down."""
RETRY_AFTER_SECONDS = 600
REMEMBERED = 50
"""Requests: a server of tests keeps all of them, which would be a memory that grows."""


class Weather(Enum):
    """One kind of trouble."""

    REFUSES = "nobody listens"
    HANGS = "it answers nothing"
    CUTS = "the line is cut before it did anything"
    FORGETS = "it does what is asked, and the line is cut"
    BREAKS = "500 before it did anything"
    STUMBLES = "503 with Retry-After"
    LIMITS = "429 with Retry-After"
    GATEWAY = "502 after it was done"


class Outdoors(HttpServer):
    """A server in the weather. Hanging requests are let go when it is over."""

    def __init__(self, chance: Random) -> None:
        super().__init__()
        self.requests = deque(maxlen=REMEMBERED)  # type: ignore[assignment]
        self.weather: Weather | None = None
        self.met: dict[Weather, int] = {}
        self._chance = chance
        self._over = asyncio.Event()

    async def begin(self, weather: Weather) -> None:
        self._over = asyncio.Event()
        self.weather = weather
        if weather is Weather.REFUSES:
            self.met[weather] = self.met.get(weather, 0) + 1
            await self.stop()

    async def end(self) -> None:
        weather, self.weather = self.weather, None
        self._over.set()
        if weather is Weather.REFUSES:
            await self.__aenter__()

    async def cut_lines(self) -> None:
        """As routers do with lines that nobody used for long."""
        if self.weather is not Weather.REFUSES:
            await self.stop()
            await self.__aenter__()

    def _find(self, request: Request) -> Reply:
        usual: Callable[[], Reply] = lambda: super(Outdoors, self)._find(request)  # noqa: E731
        weather = self.weather
        if weather is None or self._chance.random() > HIT:
            return usual()
        self.met[weather] = self.met.get(weather, 0) + 1
        again = {"retry-after": str(RETRY_AFTER_SECONDS)}
        match weather:
            case Weather.HANGS:
                return Reply(cut=Cut.UNANSWERED, hold=self._over)
            case Weather.FORGETS:
                usual()
                return Reply(cut=Cut.UNANSWERED)
            case Weather.BREAKS:
                return Reply(500, {"error": "InternalServerError", "message": "something went wrong"})
            case Weather.STUMBLES:
                return Reply(503, {"error": "UpstreamFailure"}, headers=again)
            case Weather.LIMITS:
                return Reply(429, {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, headers=again)
            case Weather.GATEWAY:
                usual()
                return Reply(502, body=b"<h1>502 Bad Gateway</h1>")
            case _:
                return Reply(cut=Cut.UNANSWERED)


class OutdoorMail(MailServers):
    """A mailbox in the weather: every step may be the one at which its lines are cut."""

    async def begin(self, weather: Weather) -> None:
        if weather is Weather.FORGETS:
            self.cut_at = "dot"
        elif weather is Weather.LIMITS:
            self.replies["mail"] = b"451 4.7.1 try again later"
        elif weather is Weather.HANGS:
            self.hang_at = "ehlo"
        else:
            self.cut_at, self.imap_cut_at = "banner", "BANNER"
            await self.cut_lines()

    async def end(self) -> None:
        self.cut_at = self.imap_cut_at = self.hang_at = ""
        self.replies.clear()

    async def cut_lines(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)

    def forget_lines(self) -> None:
        """What was said on its lines, which a test of one exchange looks at."""
        del self.smtp_lines[:], self.imap_commands[:], self.ehlo_names[:]
