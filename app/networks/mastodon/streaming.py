"""Live news from a Mastodon server: that something came, over server-sent events. What came is read like anything else.

Source: docs.joinmastodon.org/methods/streaming (`/api/v1/streaming/user`, heart-beats as comment lines, no replay after a cut). GoToSocial,
Pleroma and Akkoma stream over WebSocket alone, snac2 and Pixelfed not at all: those are polled.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from urllib.parse import urlsplit

from app.networks import fields
from app.networks.event_stream import KIND, Event, EventStream, Garbled
from app.networks.hearing import Sign
from app.networks.mastodon.server import STREAMING
from app.networks.mastodon.session import Session
from app.runtime.errors import Offline, Refused
from app.runtime.words import Message

PATH = "/api/v1/streaming/user"
SILENCE = 60.0
"""Seconds without as much as a heart-beat (Mastodon sends one every fifteen) after which the line is dead."""
NEWS = frozenset({"notification", "conversation", "notifications_merged"})


class Streaming(Session):
    """Streams."""

    async def live(self) -> AsyncIterator[Sign]:
        """Tells when something may have come. Raises `Refused` where the server streams in no way that we speak."""
        if not self._quirks.streams:
            raise Refused(Message("network.refused.gone"), technical="no server-sent events")
        me = await self._my_id()
        events = EventStream()
        connected = False
        async with aclosing(self._client.stream(self._address, KIND, SILENCE)) as chunks:
            async for chunk in chunks:
                if not connected:
                    connected = True
                    yield Sign.CONNECTED
                try:
                    news = any(_is_news(event, me) for event in events.feed(chunk))
                except Garbled as error:
                    raise Offline(technical=f"stream: {error}") from error
                if news:
                    yield Sign.NEWS

    @property
    def _address(self) -> str:
        """On the host that the server named, never less safe than the server itself."""
        told = urlsplit(self._facts.values.get(STREAMING, ""))
        own = urlsplit(self._client.server)
        scheme = {"wss": "https", "https": "https", "ws": "http", "http": "http"}.get(told.scheme, "")
        if not told.hostname or not scheme or (own.scheme == "https" and scheme != "https"):
            return PATH
        return PATH if told.netloc == own.netloc else f"{scheme}://{told.netloc}{PATH}"


def _is_news(event: Event, me: str) -> bool:
    """A notification, or a status of our own: an answer given on another device. The home timeline is none of our business."""
    if event.name in NEWS:
        return True
    if event.name != "update":
        return False
    try:
        status = fields.mapping(json.loads(event.data))
    except (ValueError, RecursionError):
        return False
    return fields.identity(fields.inner(status, "account")) == me
