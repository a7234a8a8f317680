"""Waiting for news over a line that is signed in and has a folder open (IDLE, RFC 2177); for the thread that owns the line.

Reads by its own hand: what a server says in one breath with the beginning of the wait must not lie in a buffer until the next letter comes.
"""

from __future__ import annotations

import contextlib
import imaplib
import io
import select
import socket
import ssl
import time
from collections.abc import Callable
from datetime import datetime
from typing import cast

from app.mail.imap_answers import is_news

NAP_SECONDS = 15.0
"""How long a wait looks away from the clock: a computer that slept is noticed that much later."""
SLEPT_SECONDS = 30.0
ENDING_SECONDS = 10.0
"""How long a server may take to end a wait; one that is silent by then is gone."""


class Waiting:
    """One wait. Raises what the line raises, and `ConnectionError` where the server hangs up or refuses."""

    def __init__(
        self, client: imaplib.IMAP4, now: Callable[[], datetime], ended: Callable[[], bool], number: int
    ) -> None:
        """`ended` answers whether somebody has closed the line meanwhile; `number` is another for each wait of a line."""
        self._client = client
        self._now = now
        self._ended = ended
        self._tag = b"TERT%d" % number
        self._rest = b""

    def run(self, seconds: float) -> bool:
        """Whether news came within `seconds`."""
        patience = self._client.sock.gettimeout()
        self._client.send(self._tag + b" IDLE\r\n")
        news = self._listen(seconds)
        self._client.sock.settimeout(ENDING_SECONDS)
        self._client.send(b"DONE\r\n")
        news = self._finish() or news
        if self._rest:  # half a line, which nobody else could make sense of
            raise ConnectionError("an unfinished line")
        self._client.sock.settimeout(patience)
        return news

    def _listen(self, seconds: float) -> bool:
        ends, wall = time.monotonic() + seconds, self._now()
        while True:
            lines = self._at_hand()
            if any(line.startswith(self._tag) for line in lines):
                raise ConnectionError("waiting was refused")
            if any(is_news(line) for line in lines):
                return True
            left = ends - time.monotonic()
            if left <= 0:
                return False
            nap = min(NAP_SECONDS, left)
            _readable(self._client.sock, nap)
            before, wall = wall, self._now()
            if (wall - before).total_seconds() > nap + SLEPT_SECONDS:
                return True  # the computer slept: the line may be dead, and letters may have come
            if self._ended():
                raise ConnectionError("closed")

    def _finish(self) -> bool:
        news = False
        while True:
            chunk = self._file.read1(65_536)
            if not chunk:
                raise ConnectionError("the line is dead")
            lines = self._split(chunk)
            news = news or any(is_news(line) for line in lines)
            if any(line.startswith(self._tag) for line in lines):
                return news

    def _at_hand(self) -> list[bytes]:
        """Whole lines that are here already, without waiting."""
        held, lines = self._client.sock, list[bytes]()
        patience = held.gettimeout()
        held.settimeout(0.0)
        try:
            while True:
                if not self._file.peek(1):
                    raise ConnectionError("the server hung up")
                lines += self._split(self._file.read1(65_536))
        except (ssl.SSLWantReadError, BlockingIOError):
            return lines
        finally:
            with contextlib.suppress(OSError):
                held.settimeout(patience)

    def _split(self, chunk: bytes) -> list[bytes]:
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        return lines

    @property
    def _file(self) -> io.BufferedReader:
        return cast(io.BufferedReader, self._client.file)


def _readable(held: socket.socket, seconds: float) -> bool:
    """Waits until something can be read. Windows has no poll, and few sockets here."""
    try:
        if hasattr(select, "poll"):
            poller = select.poll()
            poller.register(held.fileno(), select.POLLIN)
            return bool(poller.poll(seconds * 1000))
        return bool(select.select([held], [], [], seconds)[0])
    except ValueError as error:  # closed meanwhile
        raise ConnectionError("closed") from error
