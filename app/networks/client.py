"""The one way to the net: time-outs, certificates, size limits, rate limits and retries; every failure comes out as a `NetworkTrouble`.

Keeps httpx to itself. Reads may be tried again; a write is sent once, on a connection of its own, and where its fate is not certain
it raises `Unsure`. The token goes into the request's header and is blotted out of whatever a server says back.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn
from urllib.parse import urlsplit

import httpx
import stamina
import truststore
from aiolimiter import AsyncLimiter

from app.networks.rates import Rates
from app.runtime.clock import Clock
from app.runtime.errors import (
    Misconfiguration,
    Misconfigured,
    NetworkTrouble,
    Offline,
    PaymentNeeded,
    RateLimited,
    Refused,
    SignedOut,
    Unsure,
)
from app.runtime.words import Message

USER_AGENT = "Tertulia/0.1 (desktop program)"
LARGEST_ANSWER = 16 * 1024 * 1024
LONGEST_WORDS = 300
LONGEST_TEXT = 4096
READ_ATTEMPTS = 3
PASSING = frozenset({502, 503, 504})
NO_SUCH_HOST = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME), 11001})

Pairs = Sequence[tuple[str, str]]

# A read that is tried again is no warning; its last failure is told by whoever asked.
logging.getLogger("stamina").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, decoded. `data` is whatever JSON held: read it through `networks/fields.py`."""

    status: int
    data: Any
    headers: Mapping[str, str]
    url: str
    text: str = ""
    """The beginning of an answer that is no JSON, where its status was accepted."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, in seconds."""

    connecting: float = 10.0
    silence: float = 30.0
    """Between two bytes."""
    upload_silence: float = 120.0
    """The same while a server takes in a picture."""
    read: float = 60.0
    """Over all: a server that drips its answer is never silent for long."""
    write: float = 180.0


class Unreached(Offline):
    """No connection came about: the server was asked nothing, so a call that costs money cost none."""


class _Passing(Offline):
    """A failure of a read that a second attempt may mend."""

    def for_good(self) -> Offline:
        """As it is told once no further attempt is made."""
        return Offline(self.message, technical=self.technical)


class _Unreached(_Passing):
    """The same where no connection came about."""

    def for_good(self) -> Offline:
        return Unreached(self.message, technical=self.technical)


class Client:
    """Speaks with one server. Make it anew for another server or another token; `close` it."""

    def __init__(
        self,
        server: str,
        clock: Clock,
        *,
        token: str = "",
        first_contact: bool = False,
        trust: ssl.SSLContext | None = None,
        patience: Patience | None = None,
        requests: int = 280,
        seconds: float = 300.0,
        rates: Rates | None = None,
    ) -> None:
        """`server`: `https://host[:port]`. `first_contact`: the name was typed just now, so blame the name rather than the line.
        `rates`: for a server whose headers are to be read in their own way.

        At most `requests` in `seconds` leave here, whatever the server's own headers allow.
        """
        self.server = server.rstrip("/")
        self.clock = clock
        self.host = urlsplit(self.server).netloc
        self.rates = rates or Rates(clock)
        self._token = token
        self._hidden: set[str] = {token} - {""}
        self._first_contact = first_contact
        self._closed = False
        self._limiter = AsyncLimiter(requests, seconds)
        trust = trust or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._patience = patience or Patience()
        timeout = httpx.Timeout(self._patience.silence, connect=self._patience.connecting)
        self._upload_timeout = httpx.Timeout(self._patience.upload_silence, connect=self._patience.connecting)
        headers = {"User-Agent": USER_AGENT, "Accept": "application/json"}
        self._reader = httpx.AsyncClient(
            base_url=self.server, verify=trust, headers=headers, timeout=timeout, max_redirects=3
        )
        # A kept-alive connection that the server has closed meanwhile would make the fate of a write uncertain for nothing.
        alone = httpx.Limits(max_connections=4, max_keepalive_connections=0)
        self._writer = httpx.AsyncClient(
            base_url=self.server, verify=trust, headers=headers, timeout=timeout, limits=alone
        )

    async def close(self) -> None:
        """Let go of the sockets. What asks afterwards (another task had it in hand) is told that nothing was sent."""
        self._closed = True
        await self._reader.aclose()
        await self._writer.aclose()

    async def get(
        self,
        path: str,
        params: Pairs = (),
        *,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
        follow: bool = False,
        attempts: int = READ_ATTEMPTS,
    ) -> Answer:
        """Read; tried again after a broken connection or a 502, 503 or 504. Statuses in `accept` are answered, not raised.

        `follow`: redirects are followed, for finding a server; never with a token. `attempts`: 1 where each costs, or is signed anew.
        """
        own = {**self._authorization(), **(headers or {})}
        query = f"{path}{'&' if '?' in path else '?'}{httpx.QueryParams(list(params))}" if params else path
        try:
            async for attempt in stamina.retry_context(
                on=_Passing, attempts=attempts, timeout=20.0, wait_initial=0.2, wait_max=2.0, wait_jitter=0.3
            ):
                with attempt:
                    request = self._reader.build_request("GET", query, headers=own)
                    return await self._exchange(request, accept, follow=follow and "Authorization" not in own)
        except _Passing as error:
            raise error.for_good() from error
        raise AssertionError("a read ends with an answer or an error")

    async def send(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, object] | None = None,
        form: Pairs = (),
        file: tuple[str, bytes | BinaryIO, str] | None = None,
        file_field: str = "file",
        content: bytes | AsyncIterable[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        harmless: bool = False,
        accept: Collection[int] = (),
        longest: float = 0.0,
    ) -> Answer:
        """Write once: `body` as JSON, `content` as it is (its type and, for a stream, its length stand in `headers`), `form`, or `form`
        with `file` (name, bytes, type) as multipart. `longest`: seconds over all, for what takes longer than any write (0: as any).

        Raises `Unsure` when the server may have done it; where doing it twice is `harmless`, `Offline` instead.
        """
        own = {**self._authorization(), **(headers or {})}
        if file is not None:
            request = self._writer.build_request(
                method, path, data=dict(form), files={file_field: file}, headers=own, timeout=self._upload_timeout
            )
        elif content is not None:
            request = self._writer.build_request(
                method, path, content=content, headers=own, timeout=self._upload_timeout
            )
        elif body is not None:
            request = self._writer.build_request(method, path, json=body, headers=own)
        else:
            own["Content-Type"] = "application/x-www-form-urlencoded"
            request = self._writer.build_request(method, path, content=str(httpx.QueryParams(list(form))), headers=own)
        try:
            return await self._exchange(request, accept, longest=longest)
        except Unsure as error:
            if harmless:
                raise Offline(technical=error.technical) from error
            raise
        except _Passing as error:
            raise error.for_good() from error

    async def stream(self, address: str, kind: str, silence: float) -> AsyncGenerator[bytes, None]:
        """What a server goes on sending, as it comes; ends when the server ends it. `address`: a path here, or on the host that the server named.

        Raises `Offline` where nothing comes for `silence` seconds, `Refused` where the answer is not of this `kind` (its content type).
        """
        headers = {**self._authorization(), "Accept": kind, "Cache-Control": "no-store"}
        timeout = httpx.Timeout(silence, connect=self._patience.connecting)
        request = self._reader.build_request("GET", address, headers=headers, timeout=timeout)
        self.rates.check("GET", request.url.path)
        await self._limiter.acquire()
        try:
            async with self._troubles(request, writes=False):
                if self._closed:
                    raise Offline(technical=f"GET {request.url.path}: closed meanwhile")
                response = await self._reader.send(request, stream=True)
                try:
                    self.rates.note("GET", request.url.path, response.status_code, response.headers)
                    told = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                    if response.status_code != 200:
                        async with asyncio.timeout(self._patience.read):
                            self._judge(request, response, await _content(response), ())
                    if told != kind:
                        raise Refused(refusal(response.status_code, ""), technical=f"GET {request.url.path}: is {told[:40]}")
                    async for chunk in response.aiter_bytes():
                        yield chunk
                finally:
                    await response.aclose()
        except _Passing as error:
            raise error.for_good() from error

    # --- one exchange

    async def _exchange(
        self, request: httpx.Request, accept: Collection[int], *, follow: bool = False, longest: float = 0.0
    ) -> Answer:
        self.rates.check(request.method, request.url.path)
        await self._limiter.acquire()
        writes = request.method != "GET"
        async with self._troubles(request, writes):
            if self._closed:
                raise Offline(technical=f"{request.method} {request.url.path}: closed meanwhile")
            async with asyncio.timeout(longest or (self._patience.write if writes else self._patience.read)):
                response = await (self._writer if writes else self._reader).send(
                    request, stream=True, follow_redirects=follow
                )
                try:
                    content = await _content(response)
                finally:
                    await response.aclose()
        self.rates.note(request.method, request.url.path, response.status_code, response.headers)
        return self._judge(request, response, content, accept)

    @asynccontextmanager
    async def _troubles(self, request: httpx.Request, writes: bool) -> AsyncIterator[None]:
        """Turns what httpx raises into our own errors: what certainly never left, and the rest."""
        what = f"{request.method} {request.url.path}"
        try:
            yield
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            self._unreachable(error, what)
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError) as error:
            raise Misconfigured(
                Misconfiguration.SERVER_NAME, self.host, technical=f"{what}: {type(error).__name__}"
            ) from error
        except httpx.TooManyRedirects as error:
            raise Misconfigured(
                Misconfiguration.NOT_SUCH_A_SERVER, self.host, technical=f"{what}: redirects in a circle"
            ) from error
        except (httpx.TransportError, httpx.DecodingError, httpx.StreamError, TimeoutError, _TooLarge) as error:
            technical = f"{what}: {type(error).__name__}"
            if writes:
                raise Unsure(technical=technical) from error
            again = not isinstance(error, _TooLarge | httpx.DecodingError | TimeoutError)
            raise (_Passing if again else Offline)(Message("error.offline"), technical=technical) from error

    def _unreachable(self, error: Exception, what: str) -> NoReturn:
        """No connection came about, so nothing was sent."""
        causes = list(_causes(error))
        technical = f"{what}: {', '.join(type(cause).__name__ for cause in causes)}"
        if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
            raise Misconfigured(Misconfiguration.CERTIFICATE, self.host, technical=technical) from error
        if self._first_contact:
            if any(isinstance(cause, socket.gaierror) and cause.errno in NO_SUCH_HOST for cause in causes):
                raise Misconfigured(Misconfiguration.SERVER_NAME, self.host, technical=technical) from error
            if any(isinstance(cause, ssl.SSLError) for cause in causes):
                raise Misconfigured(Misconfiguration.NOT_SUCH_A_SERVER, self.host, technical=technical) from error
        raise _Unreached(Message("error.offline"), technical=technical) from error

    # --- what an answer means

    def _judge(
        self, request: httpx.Request, response: httpx.Response, content: bytes, accept: Collection[int]
    ) -> Answer:
        status = response.status_code
        data, is_json = _decode(content)
        words = "" if is_json else content[:LONGEST_TEXT].decode("utf-8", "replace")
        answer = Answer(status, data, response.headers, str(response.url), words)
        if status in accept:
            return answer
        what = f"{request.method} {request.url.path}: {status}"
        writes = request.method != "GET"
        if 200 <= status < 300:
            if is_json:
                return answer
            self._not_json(what, writes)
        if 300 <= status < 400:
            self._redirected(what, writes, status, response.headers.get("location", ""))
        words = self.clean(said(data)) if is_json else ""
        raise self._error(status, what if not words else f"{what} {words}", words, writes)

    def _error(self, status: int, technical: str, words: str, writes: bool) -> NetworkTrouble:
        if status == 401:
            return SignedOut(technical=technical)
        if status == 402:
            return PaymentNeeded(technical=technical)
        if status == 429:
            return RateLimited(self.rates.limited_until, technical=technical)
        # 408: whoever stands in front of the server gave up; the server itself may have gone on.
        if (status >= 500 and status != 501) or status == 408:
            if writes:
                return Unsure(technical=technical)
            return (_Passing if status in PASSING else Offline)(
                Message("network.server_trouble", {"host": self.host, "status": status}), technical=technical
            )
        return Refused(refusal(status, words), technical=technical)

    def _not_json(self, what: str, writes: bool) -> NoReturn:
        """A page where data was expected: a proxy, a hotel's sign-in page, or another kind of server."""
        if self._first_contact:
            raise Misconfigured(Misconfiguration.NOT_SUCH_A_SERVER, self.host, technical=f"{what}, not JSON")
        if writes:
            raise Unsure(technical=f"{what}, not JSON")
        raise Offline(technical=f"{what}, not JSON")

    def _redirected(self, what: str, writes: bool, status: int, location: str) -> NoReturn:
        target = urlsplit(location)
        technical = f"{what} to {target.netloc or self.host}{target.path}"
        at_home = target.netloc in ("", self.host)
        # Pixelfed sends who has no valid token to its sign-in page.
        if self._token and at_home and re.search(r"/(login|sign_in)\b", target.path):
            raise SignedOut(technical=technical)
        if status in (301, 308) or self._first_contact:
            raise Misconfigured(Misconfiguration.NOT_SUCH_A_SERVER, self.host, technical=technical)
        if writes and status != 307:
            raise Unsure(technical=technical)
        raise Offline(technical=technical)

    # --- secrets

    def _authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"} if self._token else {}

    def hide(self, *secrets: str) -> None:
        """Further secrets that a request carries: they are blotted out of a server's words as the token is."""
        self._hidden.update(secret for secret in secrets if secret)

    def clean(self, words: str) -> str:
        """A server's words as one short line without our secrets."""
        for secret in self._hidden:
            words = words.replace(secret, "<secret>")
        words = " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())
        return words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS].rstrip() + "…"


class _TooLarge(Exception):
    """The answer is longer than any that makes sense."""


async def _content(response: httpx.Response) -> bytes:
    content = bytearray()
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise _TooLarge
    return bytes(content)


def _decode(content: bytes) -> tuple[Any, bool]:
    """The data and whether it was JSON at all; an empty answer is no data, but no foreign page either."""
    if not content.strip():
        return None, True
    try:
        return json.loads(content), True
    except (ValueError, RecursionError):
        return None, False


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def said(data: object) -> str:
    """The sentence in an error body, in the shapes that servers use."""
    if not isinstance(data, dict):
        return ""
    for name in ("error_description", "message", "detail", "error", "title"):
        if isinstance(words := data.get(name), str) and words.strip():
            return words
    return ""


def refusal(status: int, words: str) -> Message:
    """Why a server said no, with its own words where it gave any."""
    if status in (404, 410):
        return Message("network.refused.gone")
    if status == 413:
        return Message("network.refused.too_large")
    return (
        Message("network.refused.said", {"words": words})
        if words
        else Message("network.refused.status", {"status": status})
    )
