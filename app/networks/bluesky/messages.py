"""What was said to a Bluesky account: mentions, replies and quotes, private messages, and our own replies from other devices.

Read from the notifications (by way of the AppView), from our own repository and from the chat service. Reading marks nothing as seen.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.models.message import MessageKind
from app.networks import fields
from app.networks.bluesky import api, shapes
from app.networks.bluesky.chat import Chat
from app.networks.bluesky.cursor import Cursor, Reach, cursor_of
from app.networks.bluesky.keys import moment_of
from app.networks.bluesky.refs import POST, Ref, strong_ref
from app.networks.bluesky.shapes import Post
from app.networks.bluesky.xrpc import Xrpc
from app.networks.network import Facts, Incoming, Page, Person
from app.runtime.errors import Offline, RateLimited, Refused

_log = logging.getLogger(__name__)

FIRST_SPAN = timedelta(days=28)
FIRST_MOST = 400
MOST_PAGES = 200
PAGE = 100
MOST_CLIMBED = 10
MOST_REMEMBERED = 4_000
KINDS = {"reply": MessageKind.REPLY, "quote": MessageKind.QUOTE, "mention": MessageKind.MENTION}
"""By the notification's reason; a post that has several is what stands first here."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One thing to hand out: from which stream, under which name, and what is known of it so far."""

    stream: str
    name: str
    at: datetime
    """By which its stream is ordered."""
    reason: str = ""
    post: Post | None = None
    message: Incoming | None = None


class Messages(Chat):
    """HearsMessages."""

    def __init__(self, xrpc: Xrpc, facts: Facts) -> None:
        super().__init__(xrpc, facts)
        self._hears_private = xrpc.may_chat
        self._remembered: dict[str, Post] = {}
        """Posts by address, for the threads of those that come next."""

    @property
    def hears_private(self) -> bool:
        """Whether the app password allows private messages, as far as is known."""
        return self._hears_private

    async def messages(self, cursor: str) -> AsyncIterator[Page]:
        """All after `cursor`, oldest first. Stopping between two pages loses nothing: each page's cursor covers what was handed out."""
        at = cursor_of(cursor)
        first = not at.heard.floor
        since = self._client.clock.now() - FIRST_SPAN
        if len(self._remembered) > MOST_REMEMBERED:
            self._remembered.clear()
        heard, at = await self._heard_since(at, since)
        own, at = await self._own_since(at, since)
        private, at = await self._private_since(at, since)
        entries = sorted((*heard, *own, *private), key=lambda entry: entry.at)
        handed_out, total = False, sum(entry.stream != "own" or _is_reply(entry) for entry in entries)
        for start in range(0, len(entries), PAGE):
            chunk = entries[start : start + PAGE]
            at = past(at, chunk)
            yield Page(await self._incoming(chunk), at.text(), total if first else None)
            handed_out = True
        if not handed_out and at.text() != cursor:
            yield Page((), at.text(), 0 if first else None)

    # --- what is new, by stream

    async def _heard_since(self, at: Cursor, since: datetime) -> tuple[list[_Entry], Cursor]:
        """Notifications. Each post counts once, however many reasons there were to tell us of it."""
        reach = at.heard
        low = reach.low if reach.floor else since
        found: dict[str, _Entry] = {}
        page_cursor = ""
        full = False
        for _ in range(MOST_PAGES):
            answer = await api.notifications(self._xrpc, page_cursor)
            data = fields.mapping(answer.data)
            items = fields.items(data.get("notifications"))
            last: datetime | None = None
            for item in items:
                entry = self._notice(item)
                last = fields.moment(item, "indexedAt") or last
                if entry is None or entry.at < low or reach.knows(entry.name, entry.at):
                    continue
                before = found.get(entry.name)
                if before is None or list(KINDS).index(entry.reason) < list(KINDS).index(before.reason):
                    found[entry.name] = entry
            page_cursor = fields.text(data, "cursor")
            full = not reach.floor and len(found) >= FIRST_MOST
            if not page_cursor or not items or full or (last is not None and last < low):
                break
        entries = sorted(found.values(), key=lambda entry: entry.at)
        if full:
            entries = entries[-FIRST_MOST:]
            since = entries[0].at
        return entries, replace(at, heard=reach.begun(since))

    def _notice(self, item: fields.Json) -> _Entry | None:
        """A notification that is a message to us; None for others, and for what the program does not know."""
        reason, at = fields.text(item, "reason"), fields.moment(item, "indexedAt")
        author = shapes.person_of(fields.inner(item, "author"))
        post = shapes.record_post(strong_ref(item), fields.inner(item, "record"), author, at)
        if reason not in KINDS or at is None or post is None or author.remote_id == self._me:
            return None
        return _Entry("heard", post.ref.uri, at, self._reason(reason, post), post)

    def _reason(self, told: str, post: Post) -> str:
        """Who is named in a reply to them is told of the mention alone."""
        if self._me in {ref.did for ref in (post.parent, post.root) if ref is not None}:
            return "reply"
        return "quote" if told == "mention" and post.quoted is not None and post.quoted.did == self._me else told

    async def _own_since(self, at: Cursor, since: datetime) -> tuple[list[_Entry], Cursor]:
        """Our own posts, whoever wrote them: Tertulia or another device. Their keys tell when, and our server knows them at once."""
        reach = at.own
        low = reach.low if reach.floor else since
        entries: list[_Entry] = []
        page_cursor = ""
        for _ in range(MOST_PAGES):
            answer = await api.list_records(self._xrpc, POST, page_cursor)
            data = fields.mapping(answer.data)
            items = fields.items(data.get("records"))
            last: datetime | None = None
            for item in items:
                post = shapes.record_post(
                    strong_ref(item),
                    fields.inner(item, "value"),
                    Person(self._me, ""),
                    self._client.clock.now() + self._client.rates.skew,
                )
                if post is None:
                    continue
                self._remembered.setdefault(post.ref.uri, post)
                # The list is in order of keys; what a post says of itself decides whether it is new.
                last = moment_of(post.ref.key) or post.at
                if post.at >= low and not reach.knows(post.ref.uri, post.at):
                    entries.append(_Entry("own", post.ref.uri, post.at, post=post))
            page_cursor = fields.text(data, "cursor")
            full = not reach.floor and len(entries) >= FIRST_MOST
            if not page_cursor or not items or full or (last is not None and last < low):
                break
        return entries, replace(at, own=reach.begun(since))

    async def _private_since(self, at: Cursor, since: datetime) -> tuple[list[_Entry], Cursor]:
        """Private messages; none, and not asked for again, where the app password was made without access to them."""
        reach = at.private
        if not self._hears_private:
            return [], at
        low = reach.low if reach.floor else since
        entries: list[_Entry] = []
        try:
            for conversation in await self._conversations(low):
                for message in await self._said_in(conversation, low):
                    if not reach.knows(message.remote_id, message.at):
                        entries.append(_Entry("private", message.remote_id, message.at, message=message))
        except (Refused, RateLimited, Offline) as trouble:
            # The service stands by itself: while it is away, what is public is heard all the same.
            _log.info("private messages: %s", trouble)
            if isinstance(trouble, Refused) and trouble.reason.id == "network.bluesky.no_private":
                self._hears_private = False
            return [], at
        return entries, replace(at, private=reach.begun(since))

    # --- what comes out

    async def _incoming(self, entries: Sequence[_Entry]) -> tuple[Incoming, ...]:
        posts = [entry.post for entry in entries if entry.post is not None]
        seen = await self._surroundings(posts)
        made: list[Incoming] = []
        for entry in entries:
            if entry.message is not None:
                made.append(entry.message)
            elif entry.post is not None and entry.stream == "own":
                ours = await self._ours(entry.post, seen)
                made += [ours] if ours is not None else []
            elif entry.post is not None:
                made.append(self._heard(seen.get(entry.post.ref.uri, entry.post), KINDS[entry.reason], seen))
        return tuple(sorted(made, key=lambda message: message.at))

    async def _surroundings(self, posts: Iterable[Post]) -> Mapping[str, Post]:
        """The posts as the AppView shows them, and those they stand under or quote."""
        wanted = [
            ref.uri for post in posts for ref in (post.ref, post.parent, post.root, post.quoted) if ref is not None
        ]
        missing = [
            uri
            for uri in dict.fromkeys(wanted)
            if uri not in self._remembered or not self._remembered[uri].author.handle
        ]
        self._remembered |= await self._posts(missing)
        return self._remembered

    def _heard(self, post: Post, kind: MessageKind, seen: Mapping[str, Post]) -> Incoming:
        message = message_of(post, kind, f"{post.thread}:{post.author.remote_id}", seen)
        if kind is MessageKind.QUOTE and post.quoted is not None:
            return replace(self._under(message, post.quoted, seen), quotes_ours=post.quoted.did == self._me)
        above = self._stands_under(post)
        return message if above is None else self._under(message, above, seen)

    def _stands_under(self, post: Post) -> Ref | None:
        """The thread's first post if it is ours, else the one answered if that is, else the first; None where the customer began it."""
        if post.root is None:
            return None
        if post.root.did != self._me and post.parent is not None and post.parent.did == self._me:
            return post.parent
        return post.root if post.root.did != post.author.remote_id else None

    def _under(self, message: Incoming, ref: Ref, seen: Mapping[str, Post]) -> Incoming:
        parent = seen.get(ref.uri)
        named = parent.ref if parent is not None else ref
        return replace(
            message,
            parent_id=named.remote_id,
            parent_text=parent.text if parent is not None else "",
            parent_url=named.url,
            parent_ours=named.did == self._me,
        )

    async def _ours(self, post: Post, seen: Mapping[str, Post]) -> Incoming | None:
        """A reply of ours, in the conversation of whom it answers; None for posts, and for the parts of our own threads."""
        above = post.parent
        for _ in range(MOST_CLIMBED):
            if above is None or above.did != self._me:
                break
            higher = seen.get(above.uri) or await self._own_record(above.key)
            above = higher.parent if higher is not None else None
        if above is None or above.did == self._me:
            return None
        return message_of(post, MessageKind.OURS, f"{post.thread}:{above.did}", seen, ours=True)


def _is_reply(entry: _Entry) -> bool:
    return entry.post is not None and entry.post.parent is not None


def message_of(post: Post, kind: MessageKind, key: str, seen: Mapping[str, Post], *, ours: bool = False) -> Incoming:
    above = seen.get(post.parent.uri) if post.parent is not None else None
    parent = above.ref if above is not None else post.parent
    return Incoming(
        remote_id=post.ref.remote_id,
        kind=kind,
        author=post.author,
        text=post.text,
        at=post.at,
        thread_key=key,
        url=post.ref.url,
        in_reply_to=parent.remote_id if parent is not None else "",
        language=post.language,
        attachments=post.attachments,
        ours=ours,
        liked=post.like is not None,
        boosted=post.repost is not None,
        answerable=not post.closed,
    )


def past(at: Cursor, entries: Sequence[_Entry]) -> Cursor:
    """Moved past what is handed out now."""

    def reach(stream: str, before: Reach) -> Reach:
        return before.past([(entry.name, entry.at) for entry in entries if entry.stream == stream])

    return Cursor(reach("heard", at.heard), reach("own", at.own), reach("private", at.private))
