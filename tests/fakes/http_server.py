"""A web server on loopback whose answers a test writes; it can hold an answer back, or cut the line before or after doing its work."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class Cut(Enum):
    """Where the line breaks."""

    NOWHERE = "nowhere"
    UNANSWERED = "unanswered"
    """The request was taken in (and what it asks may have been done), then the line is closed."""
    MIDDLE = "middle"
    """Half of the answer's body is sent."""


@dataclass(frozen=True)
class Request:
    """What a client asked."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    body: bytes
    connection: int
    """Which connection it came on, counted from 1."""

    def first(self, name: str) -> str:
        return next((value for key, value in self.query if key == name), "")

    def every(self, name: str) -> list[str]:
        return [value for key, value in self.query if key == name]

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    """What to answer. `data` is sent as JSON unless `body` is given. `hold`: wait for this event first."""

    status: int = 200
    data: Any = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: Cut = Cut.NOWHERE
    hold: asyncio.Event | None = None
    stream: asyncio.Queue[bytes | None] | None = None
    """What goes on being sent; None in it cuts the line."""


Answering = Callable[[Request], Reply]


class HttpServer:
    """`async with HttpServer() as server`; then `server.on("GET", "/path", Reply(...))`. A path that ends in `*` covers all below."""

    def __init__(self, tls: ssl.SSLContext | None = None, *, keep_alive: bool = True, host: str = "127.0.0.1") -> None:
        self.requests: list[Request] = []
        self._routes: dict[tuple[str, str], Answering] = {}
        self._tls = tls
        self._keep_alive = keep_alive
        self._host = host
        self._server: asyncio.Server | None = None
        self._talks: set[asyncio.Task[Any]] = set()
        self._connections = 0
        self.port = 0

    async def __aenter__(self) -> HttpServer:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self.port, ssl=self._tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Nobody answers at the port any more; starting again takes the same port."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for talk in list(self._talks):
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://{self._host}:{self.port}"

    def on(self, method: str, path: str, *answers: Reply | Answering) -> None:
        """Answers in this order, the last one again and again."""
        left = list(answers)

        def answer(request: Request) -> Reply:
            given = left.pop(0) if len(left) > 1 else left[0]
            return given if isinstance(given, Reply) else given(request)

        self._routes[method, path] = answer

    def asked(self, method: str, path: str) -> list[Request]:
        """The requests of one kind so far; `path` as in `on`."""
        return [request for request in self.requests if request.method == method and _covers(path, request.path)]

    def _find(self, request: Request) -> Reply:
        routes = sorted(self._routes.items(), key=lambda route: -len(route[0][1]))
        for (method, path), answering in routes:
            if method == request.method and _covers(path, request.path):
                return answering(request)
        return Reply(404, {"error": "Record not found"})

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        self._connections += 1
        number = self._connections
        try:
            while request := await _read(reader, number):
                self.requests.append(request)
                reply = self._find(request)
                if reply.hold is not None:
                    await reply.hold.wait()
                if not await _write(writer, reply, keep_alive=self._keep_alive) or not self._keep_alive:
                    break
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            self._talks.discard(task)
            writer.close()


def _covers(path: str, asked: str) -> bool:
    return asked == path or (path.endswith("*") and asked.startswith(path[:-1]))


async def _read(reader: asyncio.StreamReader, connection: int) -> Request | None:
    try:
        start = await reader.readexactly(1)
        if start == b"\x16":
            return None  # somebody speaks TLS to us
        head = (start + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except asyncio.IncompleteReadError:
        return None
    method, target, _ = head[0].split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    if headers.get("transfer-encoding") == "chunked":
        body = b""
        while size := int((await reader.readline()).strip() or b"0", 16):
            body += await reader.readexactly(size)
            await reader.readline()
        await reader.readline()
    else:
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    return Request(method, parts.path, tuple(parse_qsl(parts.query, keep_blank_values=True)), headers, body, connection)


async def _write(writer: asyncio.StreamWriter, reply: Reply, *, keep_alive: bool) -> bool:
    """Whether the connection lives on."""
    if reply.cut is Cut.UNANSWERED:
        return False
    if reply.stream is not None:
        return await _write_stream(writer, reply, reply.stream)
    body = reply.body if reply.body is not None else json.dumps(reply.data).encode()
    headers = {"content-type": "application/json" if reply.body is None else "text/html", "content-length": str(len(body)), **reply.headers}
    if not keep_alive:
        headers.setdefault("connection", "close")
    lines = [f"HTTP/1.1 {reply.status} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
    sent = body[: len(body) // 2] if reply.cut is Cut.MIDDLE else body
    writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + sent)
    await writer.drain()
    return reply.cut is Cut.NOWHERE


async def _write_stream(writer: asyncio.StreamWriter, reply: Reply, stream: asyncio.Queue[bytes | None]) -> bool:
    headers = {"content-type": "text/event-stream", "connection": "close", **reply.headers}
    lines = [f"HTTP/1.1 {reply.status} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
    writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n")
    await writer.drain()
    while (chunk := await stream.get()) is not None:
        writer.write(chunk)
        await writer.drain()
    return False
