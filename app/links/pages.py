"""Fetches a web page that the user linked to, and nothing that lies on this computer or in its network; keeps the way there to itself.

The address is somebody else's text as soon as a server redirects, so each step is looked at anew: names are resolved here, only public
addresses are spoken with, and the connection goes to the very address that was looked at. Size and time are limited, cookies and sign-ins are
not sent, nothing is run.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import httpx
import truststore

USER_AGENT = "Tertulia/0.1 (desktop program; link preview)"
MOST_REDIRECTS = 5
SECONDS = 12.0
"""For one page with all its redirects."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
T = TypeVar("T")
Progress = Callable[[int, int], object]
"""(bytes that are here, bytes of all; 0 where the server does not say)."""


class NotFetched(Exception):
    """The page could not be had; the words are for the log. `gone`: there certainly is none."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `data` may be the beginning only."""

    url: str
    """Where it was at last."""
    content_type: str
    charset: str
    data: bytes


class Pages:
    """`private`: for tests, whose servers are on this computer. `encrypted`: nothing is fetched over a line that others can read."""

    def __init__(
        self,
        *,
        private: bool = False,
        encrypted: bool = False,
        trust: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._private = private
        self._schemes = ("https",) if encrypted else ("http", "https")
        self._trust = trust
        self._seconds = seconds

    async def fetch(self, url: str, kinds: tuple[str, ...], most: int, *, whole: bool) -> Fetched:
        """At most `most` bytes of what is at `url`, if its type begins with one of `kinds`. `whole`: more than that is too much.

        Raises `NotFetched`.
        """
        return await self._within(url, lambda response, at: _taken(response, at, kinds, most, whole=whole))

    async def save(self, url: str, target: Path, most: int, progress: Progress) -> None:
        """A file at `url` into `target`, piece by piece; more than `most` bytes are too much. Raises `NotFetched`; OSError where it cannot be opened."""
        with target.open("wb") as file:

            async def take(response: httpx.Response, _url: str) -> None:
                if response.status_code != 200:
                    raise NotFetched(str(response.status_code), gone=response.status_code in (404, 410))
                expected, here = int(response.headers.get("content-length", "0") or 0), 0
                if expected > most:
                    raise NotFetched("too large")
                async for chunk in response.aiter_bytes(256 * 1024):
                    here += len(chunk)
                    if here > most:
                        raise NotFetched("too large")
                    await asyncio.to_thread(file.write, chunk)
                    progress(here, expected)

            await self._within(url, take)

    async def _within(self, url: str, take: Callable[[httpx.Response, str], Awaitable[T]]) -> T:
        """What `take` makes of the answer, unless it takes too long."""
        try:
            async with asyncio.timeout(self._seconds):
                return await self._follow(url, take)
        except TimeoutError as error:
            raise NotFetched("took too long") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
            raise NotFetched(type(error).__name__) from error

    async def answers(self, url: str) -> bool | None:
        """Whether a page answers: False where there certainly is none, None where nobody can tell now."""
        try:
            await self.fetch(url, ("",), 1, whole=False)
        except NotFetched as error:
            return False if error.gone else None
        return True

    async def _follow(self, url: str, take: Callable[[httpx.Response, str], Awaitable[T]]) -> T:
        trust = self._trust or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": "text/html,image/*;q=0.9,*/*;q=0.5",
            "Accept-Encoding": "identity",
        }
        async with httpx.AsyncClient(verify=trust, headers=headers, timeout=self._seconds, trust_env=False) as client:
            for _ in range(MOST_REDIRECTS + 1):
                request = await self._request(client, url)
                response = await client.send(request, stream=True)
                try:
                    if response.status_code in (301, 302, 303, 307, 308) and response.headers.get("location"):
                        url = urljoin(url, response.headers["location"])
                        continue
                    return await take(response, url)
                finally:
                    await response.aclose()
                    client.cookies.clear()
        raise NotFetched("too many redirects")

    async def _request(self, client: httpx.AsyncClient, url: str) -> httpx.Request:
        """To the address itself, which was looked at; the name goes along for the server and for its certificate."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme not in self._schemes or not host or parts.username or parts.password:
            raise NotFetched("no web address")
        host = host if host.isascii() else host.encode("idna").decode("ascii")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        address = await self._resolved(host, port)
        literal = f"[{address}]" if address.version == 6 else str(address)
        target = f"{parts.scheme}://{literal}:{port}{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        named = host if parts.port is None else f"{host}:{parts.port}"
        return client.build_request("GET", target, headers={"Host": named}, extensions={"sni_hostname": host})

    async def _resolved(self, host: str, port: int) -> Address:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except socket.gaierror as error:
            raise NotFetched("no such host", gone=error.errno == socket.EAI_NONAME) from error
        addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
        if not addresses or not (self._private or all(map(is_public, addresses))):
            raise NotFetched("no public address")
        return addresses[0]


async def _taken(response: httpx.Response, url: str, kinds: tuple[str, ...], most: int, *, whole: bool) -> Fetched:
    if response.status_code != 200:
        raise NotFetched(str(response.status_code), gone=response.status_code in (404, 410))
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not content_type.startswith(kinds):
        raise NotFetched(f"is {content_type[:40]}")
    if whole and int(response.headers.get("content-length", "0") or 0) > most:
        raise NotFetched("too large")
    data = bytearray()
    async for chunk in response.aiter_bytes(64 * 1024):
        data += chunk
        if len(data) > most:
            if whole:
                raise NotFetched("too large")
            break
    return Fetched(url, content_type, response.charset_encoding or "", bytes(data[:most]))


def is_public(address: Address) -> bool:
    """Whether an address is out on the internet, however it is written: not this computer, its network, or a reserved one."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast
