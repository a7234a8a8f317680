"""The first reading of a Bluesky account: what was said before we came, newest first, so that an inbox is of use after one page.

The lists are read back once, which takes few requests; what takes many, the posts around each message, is asked for page by page.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import datetime

from app.models.message import MessageKind
from app.networks import fields
from app.networks.bluesky.cursor import Cursor
from app.networks.bluesky.messages import FIRST_SPAN, PAGE, Messages, past
from app.networks.network import Incoming, Page
from app.runtime.clock import from_ms, to_ms


class FillingIn(Messages):
    """FillsIn. The mark: since when, and down to when it was handed out."""

    async def earlier(self, mark: str) -> AsyncIterator[Page]:
        """Newest page first; replies of ours stand on the page that holds what they answer."""
        begun_at, below = _read(mark)
        begun_at = begun_at or self._client.clock.now()
        since = begun_at - FIRST_SPAN
        heard, at = await self._heard_since(Cursor(), since)
        own, at = await self._own_since(at, since)
        private, at = await self._private_since(at, since)
        head = past(at, sorted((*heard, *own, *private), key=lambda entry: entry.at)).text()
        theirs = sorted((*heard, *private), key=lambda entry: entry.at, reverse=True)
        read = sum(below is not None and entry.at > below for entry in theirs)
        left = [entry for entry in theirs if below is None or entry.at <= below]
        waiting = await self._incoming(own)
        threads: set[str] = set()
        for start in range(0, len(left) or (not mark), PAGE):
            chunk = left[start : start + PAGE]
            messages = [*await self._incoming(chunk), *waiting]
            threads.update(each.thread_key for each in messages if each.kind is not MessageKind.OURS)
            placed = [each for each in messages if each.thread_key in threads]
            waiting = tuple(each for each in messages if each.thread_key not in threads)
            below = chunk[-1].at if chunk else since
            read += len(chunk)
            yield Page(_in_order(placed), _mark(begun_at, below), len(theirs), head if not mark and not start else "")


def _in_order(messages: list[Incoming]) -> tuple[Incoming, ...]:
    return tuple(sorted(messages, key=lambda message: message.at))


def _mark(begun_at: datetime, below: datetime) -> str:
    return json.dumps({"begun_at": to_ms(begun_at), "below": to_ms(below)})


def _read(mark: str) -> tuple[datetime | None, datetime | None]:
    """A mark that cannot be read begins anew: what is known already is recognised by its ids."""
    try:
        data = fields.mapping(json.loads(mark)) if mark else fields.NOTHING
    except ValueError:
        data = fields.NOTHING
    begun_at, below = fields.number(data, "begun_at"), fields.number(data, "below")
    return from_ms(begun_at) if begun_at is not None else None, from_ms(below) if below is not None else None
