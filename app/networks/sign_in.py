"""Signing in through the user's browser: a loopback address that hears the redirect once, the state that guards it, and the PKCE pair."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import html
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from app.networks.network import SignInRequest
from app.runtime.errors import Offline, Refused, UserMistake
from app.runtime.words import Message

PATH = "/callback"
WAIT_SECONDS = 300.0
LONGEST_REQUEST = 16 * 1024
REQUEST_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Pkce:
    """A one-time secret and its digest (RFC 7636, S256)."""

    verifier: str
    challenge: str


def pkce() -> Pkce:
    """A fresh pair."""
    verifier = secrets.token_urlsafe(48)
    return Pkce(verifier, _unpadded(hashlib.sha256(verifier.encode("ascii")).digest()))


def new_state() -> str:
    """An unguessable word that comes back with the redirect."""
    return secrets.token_urlsafe(32)


class Redirect:
    """Listens for the one redirect that carries our state; anything else that knocks gets a 404 and changes nothing."""

    def __init__(self, state: str, request: SignInRequest, address: str) -> None:
        self.address = address
        self._path = urlsplit(address).path or "/"
        self._state = state
        self._request = request
        self._arrived: asyncio.Future[Mapping[str, str]] = asyncio.get_running_loop().create_future()

    async def code(self, seconds: float = WAIT_SECONDS) -> str:
        """Wait for the user. Raises `UserMistake` when they take too long or said no, `Refused` when the server did."""
        try:
            async with asyncio.timeout(seconds):
                values = await asyncio.shield(self._arrived)
        except TimeoutError as error:
            raise UserMistake(Message("network.sign_in.too_long", {"minutes": round(seconds / 60)})) from error
        if code := values.get("code", ""):
            return code
        reason = values.get("error", "")
        if reason == "access_denied":
            raise UserMistake(Message("network.sign_in.denied"))
        words = " ".join((values.get("error_description") or reason).split())[:300]
        raise Refused(Message("network.refused.said", {"words": words}), technical=f"redirect: {reason[:80]}")

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a browser."""
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
            writer.write(self._answer(head.split(b"\r\n", 1)[0].decode("latin-1")))
            await writer.drain()
        except (OSError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # Whoever it was: the one we wait for will knock properly.
        finally:
            writer.close()

    def _answer(self, line: str) -> bytes:
        method, _, rest = line.partition(" ")
        target = urlsplit(rest.partition(" ")[0])
        values = dict(parse_qsl(target.query, keep_blank_values=True))
        known = hmac.compare_digest(values.get("state", "").encode(), self._state.encode())
        if method != "GET" or target.path != self._path or not known:
            return _response("404 Not Found", "", "")
        if not self._arrived.done():
            self._arrived.set_result(values)
        words = self._request.allowed_page if values.get("code") else self._request.denied_page
        return _response("200 OK", words, self._request.page_language)


@asynccontextmanager
async def redirect(
    state: str, request: SignInRequest, port: int = 0, *, name: str = "127.0.0.1", path: str = PATH
) -> AsyncIterator[Redirect]:
    """Listens on a free port of 127.0.0.1 (or on `port`, where the address had to be registered) while the block runs; leaving it, or being
    cancelled in it, closes the port. `name` and `path`: how that address is written, where the network compares it.
    """
    heard: list[Redirect] = []
    talks: set[asyncio.Task[object]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            talks.add(task)
            task.add_done_callback(talks.discard)
        await heard[0].hear(reader, writer)

    try:
        server = await asyncio.start_server(talk, "127.0.0.1", port, limit=LONGEST_REQUEST)
    except OSError as error:
        taken = Message("network.sign_in.port_taken", {"port": port}) if port else Message("network.sign_in.no_port")
        raise Offline(taken, technical=type(error).__name__) from error
    heard.append(Redirect(state, request, f"http://{name}:{server.sockets[0].getsockname()[1]}{path}"))
    try:
        yield heard[0]
    finally:
        server.close()
        await _finish(talks)


async def _finish(talks: set[asyncio.Task[object]]) -> None:
    """Let the browser have its page, then let go."""
    if talks:
        _, late = await asyncio.wait(talks, timeout=1.0)
        for task in late:
            task.cancel()


STYLE = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 30rem; margin: 24vh auto; padding: 0 1.5rem; text-align: center }
h1 { margin: 0 0 1rem; font-size: 1rem; font-weight: 600; opacity: .7 }
p { margin: 0; font-size: 1.35rem; text-wrap: balance; overflow-wrap: anywhere }
"""
"""In the browser's own colours, light or dark as the user has it. `color-scheme` belongs to the root: the page's ground is painted from there."""


def _response(status: str, words: str, language: str) -> bytes:
    """A page that loads nothing, runs nothing, is not kept and cannot be put into another."""
    body = (
        f'<!doctype html><html lang="{html.escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Tertulia</title><style>{STYLE}</style></head>"
        f'<body><main><h1 translate="no">Tertulia</h1><p>{html.escape(words)}</p></main></body></html>'
    ).encode()
    head = (
        f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\nConnection: close\r\n"
        "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n\r\n"
    )
    return head.encode("ascii") + body


def _unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
