"""The first reading of a Mastodon account: what was said before we came, newest first, so that an inbox is of use after one page.

The mark is a JSON text that only this module reads: the oldest notification handed out, and how many there were.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.message import MessageKind
from app.networks import fields
from app.networks.mastodon import api, shapes
from app.networks.mastodon.messages import FIRST_MOST, FIRST_SPAN, MOST_PAGES, OWN_PAGES, Cursor, Messages, Notice
from app.networks.mastodon.shapes import Status
from app.networks.network import Incoming, Page
from app.runtime.clock import from_ms, to_ms

FEW = 20
"""Messages that are too few to guess from how many there are."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far down the past was read."""

    below: str = ""
    """Id of the oldest notification that was handed out."""
    begun_at: datetime | None = None
    """The first reading goes back from here."""
    read: int = 0

    def text(self) -> str:
        return json.dumps(
            {"below": self.below, "begun_at": to_ms(self.begun_at) if self.begun_at else None, "read": self.read}
        )


def mark_of(text: str) -> Mark:
    """A mark that cannot be read begins anew: what is known already is recognised by its ids."""
    try:
        data = fields.mapping(json.loads(text)) if text else fields.NOTHING
    except ValueError:
        return Mark()
    begun = fields.number(data, "begun_at")
    return Mark(
        fields.text(data, "below"), from_ms(begun) if begun is not None else None, fields.number(data, "read") or 0
    )


class FillingIn(Messages):
    """FillsIn."""

    async def earlier(self, mark: str) -> AsyncIterator[Page]:
        """Newest page first; replies of ours stand on the page that holds what they answer."""
        at = mark_of(mark)
        begun_at = at.begun_at or self._client.clock.now()
        since = begun_at - FIRST_SPAN
        me = await self._my_id()
        self._threads.begin()
        own = _Own(self, me, since)
        below, read, head = at.below, at.read, ""
        for number in range(MOST_PAGES):
            notices, over = await self._older(below, since, FIRST_MOST - read)
            if not notices and (number or mark):
                return
            await own.read_back_to(since if over or not notices else notices[0].at)
            if number == 0 and not mark:
                head = _head(notices, own.statuses)
            read += len(notices)
            below = notices[0].id if notices else below
            messages = own.placed(await self._incoming(notices, own.waiting, me))
            total = read if over else _estimate(read, begun_at, notices[0].at)
            yield Page(messages, Mark(below, begun_at, read).text(), total, head if number == 0 else "")
            if over:
                return

    async def _older(self, below: str, since: datetime, most: int) -> tuple[list[Notice], bool]:
        """A page of notifications below one, oldest first, and whether nothing wanted lies beyond it."""
        if most <= 0:
            return [], True
        answer = await api.notifications(
            self._client, self._types, include_filtered=self._quirks.filtered, max_id=below
        )
        page = self._read(answer.data)
        if below:  # servers that do not page give the newest ones again
            known = next((place for place, notice in enumerate(page) if notice.id == below), None)
            page = page[:known] if known is not None else page
        wanted = [notice for notice in page if notice.at >= since][-most:]
        return wanted, not page or len(wanted) < len(page) or len(wanted) >= most

    async def own_page(self, me: str, below: str) -> list[Status]:
        """A page of our own statuses, newest first; boosts among them are not ours."""
        answer = await api.account_statuses(self._client, me, max_id=below)
        page = shapes.statuses_of(answer.data, self._home, self._quirks.visibilities)
        self._threads.note(page)
        return page


class _Own:
    """Our own statuses, read back only as far as the pages of others have come."""

    def __init__(self, session: FillingIn, me: str, since: datetime) -> None:
        self._session = session
        self._me = me
        self._since = since
        self._found: dict[str, Status] = {}
        self._placed: set[str] = set()
        self._threads: set[str] = set()
        self._heard: set[str] = set()
        self._below = ""
        self._reached: datetime | None = None
        self._pages = 0

    async def read_back_to(self, moment: datetime) -> None:
        """Until something older than `moment` has come, or all was read."""
        while self._pages < OWN_PAGES and (self._reached is None or self._reached >= moment):
            page = await self._session.own_page(self._me, self._below)
            self._pages += 1
            fresh = [status for status in page if status.id not in self._found]
            self._found.update({status.id: status for status in fresh})
            if not fresh:
                self._pages = OWN_PAGES
                return
            self._below = page[-1].id
            dated = [status.at for status in fresh if not status.wrapped]
            self._reached = min(dated, default=self._reached or moment)

    @property
    def statuses(self) -> list[Status]:
        return [each for each in self._found.values() if each.author.remote_id == self._me and each.at >= self._since]

    @property
    def waiting(self) -> list[Status]:
        """Replies whose conversation has not come yet."""
        return sorted((each for each in self.statuses if each.id not in self._placed), key=lambda status: status.at)

    def placed(self, messages: Sequence[Incoming]) -> tuple[Incoming, ...]:
        """What others said, and the replies of ours that belong to any of it so far."""
        heard = [message for message in messages if message.kind is not MessageKind.OURS]
        self._threads.update(message.thread_key for message in heard)
        self._heard.update(message.remote_id for message in heard)
        ours = [
            each
            for each in messages
            if each.kind is MessageKind.OURS and (each.thread_key in self._threads or each.in_reply_to in self._heard)
        ]
        self._placed.update(each.remote_id for each in ours)
        return tuple(sorted((*heard, *ours), key=lambda message: message.at))


def _head(notices: Sequence[Notice], own: Sequence[Status]) -> str:
    """The cursor from which reading goes on forwards: all that is newer than the newest of now."""
    last = notices[-1] if notices else None
    return Cursor(last.id if last else "", last.at if last else None).after(own).text()


def _estimate(read: int, begun_at: datetime, reached: datetime) -> int:
    """How many there will be if they came evenly; a guess that becomes better with each page."""
    if read < FEW:
        return read
    covered = max((begun_at - reached).total_seconds(), 1.0)
    return max(read, min(FIRST_MOST, round(read * FIRST_SPAN.total_seconds() / covered)))
