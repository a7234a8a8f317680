"""What the servers of tests have in common: they answer on loopback, one route a line, each guarded and dated in the server's own way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Protocol, Self

from tests.fakes.http_server import HttpServer, Reply, Request

Answer = Callable[[Request], Reply]


class Timed(Protocol):
    """A clock as far as a server needs it."""

    def now(self) -> datetime: ...


class Server:
    """`await start()`, or `async with`, then change its public attributes to make it fail. What a server serves, it says in `listen`."""

    def __init__(self, http: HttpServer | None = None) -> None:
        self.http = http or HttpServer()

    async def start(self) -> None:
        await self.http.__aenter__()
        self.listen()

    async def stop(self) -> None:
        await self.http.stop()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        return self.http.url

    def listen(self) -> None:
        """Put up the routes; without any, everything is answered with 404."""


def dated(reply: Reply, now: datetime, **headers: str) -> Reply:
    """With the server's date, as every server sends it; the reply's own headers go before."""
    date = {"date": format_datetime(now.astimezone(UTC), usegmt=True)}
    return Reply(reply.status, reply.data, reply.body, {**date, **headers, **reply.headers}, reply.cut, reply.hold, reply.stream)
