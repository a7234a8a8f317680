"""What was said to a Mastodon account: mentions, replies, private messages and quotes, and our own replies from other devices.

Read from the notifications (API v1, one row an event) and from our own statuses. The cursor is a JSON text that only this module reads.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.models.message import MessageKind, Visibility
from app.networks import fields
from app.networks.client import Client
from app.networks.mastodon import api, shapes
from app.networks.mastodon.session import Session
from app.networks.mastodon.shapes import Status
from app.networks.mastodon.threads import Place, Threads
from app.networks.network import Facts, Incoming, Page, Person, Secrets
from app.runtime.clock import from_ms, to_ms

FIRST_SPAN = timedelta(days=28)
FIRST_MOST = 400
MOST_PAGES = 200
OWN_PAGES = 10
TYPES = ("mention", "quote")
PRIVATE_KEY = "private:"


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far both streams have been read: the last notification, and the newest of our own statuses."""

    notification: str = ""
    notification_at: datetime | None = None
    own: tuple[str, ...] = ()
    """All that bear the time `own_at`: some servers date to the second."""
    own_at: datetime | None = None

    def text(self) -> str:
        return json.dumps(
            {
                "notification": self.notification,
                "notification_at": to_ms(self.notification_at) if self.notification_at else None,
                "own": self.own,
                "own_at": to_ms(self.own_at) if self.own_at else None,
            }
        )

    def covers(self, status: Status) -> bool:
        """Whether an earlier reading saw this status of ours. No server promises that ids grow, so the time decides."""
        return status.id in self.own or (self.own_at is not None and to_ms(status.at) < to_ms(self.own_at))

    def after(self, statuses: Sequence[Status]) -> Cursor:
        """Moved to the newest of these statuses of ours."""
        if not statuses:
            return self
        newest = max(status.at for status in statuses)
        if self.own_at is not None and to_ms(newest) < to_ms(self.own_at):
            return self
        kept = self.own if self.own_at is not None and to_ms(newest) == to_ms(self.own_at) else ()
        ids = tuple(dict.fromkeys((*kept, *(status.id for status in statuses if status.at == newest))))
        return replace(self, own=ids, own_at=newest)


def cursor_of(text: str) -> Cursor:
    """A cursor that cannot be read begins anew: what is known already is recognised by its ids."""
    try:
        data = fields.mapping(json.loads(text)) if text else fields.NOTHING
    except ValueError:
        return Cursor()
    own = data.get("own")
    ids = tuple(each for each in own if isinstance(each, str)) if isinstance(own, list) else ()
    return Cursor(fields.text(data, "notification"), _moment(data, "notification_at"), ids, _moment(data, "own_at"))


def _moment(data: fields.Json, name: str) -> datetime | None:
    value = fields.number(data, name)
    return from_ms(value) if value is not None else None


@dataclass(frozen=True, slots=True)
class Notice:
    """One notification. `status` is None where it holds none that we show."""

    id: str
    at: datetime
    quotes: bool
    status: Status | None


class Messages(Session):
    """HearsMessages."""

    def __init__(self, client: Client, secrets: Secrets, facts: Facts) -> None:
        super().__init__(client, secrets, facts)
        self._threads = Threads(client, self._quirks, self._home)

    async def messages(self, cursor: str) -> AsyncIterator[Page]:
        """All after `cursor`, oldest first. Stopping between two pages loses nothing: each page's cursor covers what was handed out."""
        at = cursor_of(cursor)
        me = await self._my_id()
        self._threads.begin()
        scanned = await self._own_since(at, me)
        own = [status for status in scanned if status.in_reply_to or status.visibility is Visibility.DIRECT]
        total: int | None = None
        async for notices, estimate in self._notices(at):
            total = estimate + len(own) if estimate is not None else None
            last = notices[-1]
            due = [status for status in own if status.at <= last.at]
            own = own[len(due) :]
            at = replace(at.after(due), notification=last.id, notification_at=last.at)
            cursor = at.text()
            yield Page(await self._incoming(notices, due, me), cursor, total)
        end = at.after(scanned).text()
        if own or end != cursor:
            yield Page(await self._incoming((), own, me), end, total)

    # --- notifications

    async def _notices(self, at: Cursor) -> AsyncIterator[tuple[list[Notice], int | None]]:
        """Pages oldest first, and for the first reading how many there are."""
        if not at.notification:
            found = await self._backwards(None, self._client.clock.now() - FIRST_SPAN, FIRST_MOST)
            for page in _pages(found):
                yield page, len(found)
        elif self._quirks.forward:
            async for page in self._forwards(at.notification):
                yield page, None
        else:
            for page in _pages(await self._backwards(at.notification, at.notification_at, None)):
                yield page, None

    async def _forwards(self, above: str) -> AsyncIterator[list[Notice]]:
        """`min_id` gives the oldest page above an id, so nothing is jumped over however much has come."""
        for _ in range(MOST_PAGES):
            answer = await api.notifications(self._client, self._types, include_filtered=self._quirks.filtered, min_id=above)
            page = self._read(answer.data)
            if not page or page[-1].id == above:
                return
            above = page[-1].id
            yield page

    async def _backwards(self, above: str | None, since: datetime | None, most: int | None) -> list[Notice]:
        """From the newest down to the notification `above`, to the time `since`, or to `most` of them; oldest first."""
        found: list[Notice] = []
        seen: set[str] = set()
        max_id = ""
        for _ in range(MOST_PAGES):
            answer = await api.notifications(self._client, self._types, include_filtered=self._quirks.filtered, max_id=max_id)
            page = [notice for notice in reversed(self._read(answer.data)) if notice.id not in seen]
            if not page:
                break
            for notice in page:
                done = notice.id == above or (since is not None and notice.at < since) or (most is not None and len(found) >= most)
                if done:
                    return found[::-1]
                found.append(notice)
                seen.add(notice.id)
            max_id = page[-1].id
        return found[::-1]

    @property
    def _types(self) -> Sequence[str]:
        return TYPES if self._quirks.quotes else TYPES[:1]

    def _read(self, data: Any) -> list[Notice]:
        """Oldest first. Kinds that are no messages stay in, empty: the cursor must pass them on servers that ignore `types`."""
        notices: list[Notice] = []
        for item in fields.items(data):
            identity, at = fields.identity(item), fields.moment(item, "created_at")
            if not identity or at is None:
                continue
            kind = fields.text(item, "type")
            status = shapes.status_of(fields.inner(item, "status"), self._home, self._quirks.visibilities) if kind in TYPES else None
            notices.append(Notice(identity, at, kind == "quote", status))
        return notices[::-1]

    # --- our own replies

    async def _own_since(self, at: Cursor, me: str) -> list[Status]:
        """Our statuses since the last reading, oldest first, whoever sent them: Tertulia or another device."""
        since = at.own_at or self._client.clock.now() - FIRST_SPAN
        found: dict[str, Status] = {}
        max_id = ""
        for _ in range(OWN_PAGES):
            answer = await api.account_statuses(self._client, me, max_id=max_id)
            page = shapes.statuses_of(answer.data, self._home, self._quirks.visibilities)
            fresh = [status for status in page if status.id not in found]
            found.update({status.id: status for status in fresh})
            if not fresh or any(status.at < since and not status.wrapped for status in page):
                break
            max_id = page[-1].id
        self._threads.note(found.values())
        mine = [status for status in found.values() if status.author.remote_id == me]
        newer = [status for status in mine if status.at >= since and not at.covers(status)]
        return sorted(newer, key=lambda status: status.at)

    # --- what comes out

    async def _incoming(self, notices: Sequence[Notice], own: Sequence[Status], me: str) -> tuple[Incoming, ...]:
        heard = {notice.status.id: notice for notice in notices if notice.status is not None and notice.status.author.remote_id != me}
        statuses = [notice.status for notice in heard.values() if notice.status is not None]
        places = await self._threads.climb([*statuses, *own])
        made = [self._heard(status, places[status.id], me, quotes=heard[status.id].quotes) for status in statuses]
        made += [message for status in own if (message := _ours(status, places[status.id], me)) is not None]
        if self._quirks.nought_is_unknown:
            made = [replace(message, author=replace(message.author, followers=message.author.followers or None)) for message in made]
        return tuple(sorted(made, key=lambda message: message.at))

    def _heard(self, status: Status, place: Place, me: str, *, quotes: bool) -> Incoming:
        customer = status.author
        if status.visibility is Visibility.DIRECT:
            return _message(status, MessageKind.PRIVATE, PRIVATE_KEY + customer.remote_id)
        key = f"{place.root_id}:{customer.remote_id}"
        quoted = shapes.status_of(status.quoted, self._home, self._quirks.visibilities) if quotes or status.quoted else None
        if quotes or (quoted is not None and quoted.author.remote_id == me):
            return _under(_message(status, MessageKind.QUOTE, key), quoted, me)
        above = _stands_under(place.above, me, customer)
        kind = MessageKind.REPLY if me in (status.in_reply_to_account, *(each.author.remote_id for each in place.above[-1:])) else MessageKind.MENTION
        if above is None and status.in_reply_to and not place.above:
            ours = status.in_reply_to_account == me
            return replace(_message(status, kind, key), parent_id=status.in_reply_to, parent_ours=ours)
        return _under(_message(status, kind, key), above, me)


def _pages(notices: list[Notice]) -> Iterable[list[Notice]]:
    for start in range(0, len(notices), api.NOTIFICATIONS_PAGE):
        yield notices[start : start + api.NOTIFICATIONS_PAGE]


def _message(status: Status, kind: MessageKind, key: str, *, ours: bool = False) -> Incoming:
    return Incoming(
        remote_id=status.id,
        kind=kind,
        author=status.author,
        text=status.text,
        at=status.at,
        thread_key=key,
        url=status.url,
        in_reply_to=status.in_reply_to,
        visibility=status.visibility,
        language=status.language,
        attachments=status.attachments,
        ours=ours,
        liked=status.liked,
        boosted=status.boosted,
    )


def _under(message: Incoming, parent: Status | None, me: str) -> Incoming:
    if parent is None:
        return message
    ours = parent.author.remote_id == me
    return replace(message, parent_id=parent.id, parent_text=parent.text, parent_url=parent.url, parent_ours=ours)


def _stands_under(above: Sequence[Status], me: str, customer: Person) -> Status | None:
    """The first post of ours in the thread before the customer speaks; else somebody else's root; None where the customer began it."""
    for status in above:
        if status.author.remote_id == customer.remote_id:
            break
        if status.author.remote_id == me:
            return status
    return above[0] if above and above[0].author.remote_id != customer.remote_id else None


def _ours(status: Status, place: Place, me: str) -> Incoming | None:
    """A reply of ours, in the conversation of whom it answers; None for the parts of our own threads."""
    customer = status.in_reply_to_account if status.in_reply_to_account not in ("", me) else ""
    if not customer:
        customer = next((each.author.remote_id for each in reversed(place.above) if each.author.remote_id != me), "")
    if not customer and status.visibility is Visibility.DIRECT:
        customer = next((each.account_id for each in status.mentions if each.account_id not in ("", "0", me)), "")
    if not customer:
        return None
    private = status.visibility is Visibility.DIRECT
    key = PRIVATE_KEY + customer if private else f"{place.root_id}:{customer}"
    return _message(status, MessageKind.OURS, key, ours=True)
