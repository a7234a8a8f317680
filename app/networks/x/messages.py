"""What was said to an X account: mentions, replies and quotes, private messages, and our own replies from other devices.

The cursor is a JSON text that only this module reads: the highest id stored of each stream. X gives newest first, so a stream is read to
its end before anything is handed out, oldest first.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from app.models.message import MessageKind
from app.networks import fields
from app.networks.client import Answer, Pairs
from app.networks.network import Facts, Incoming, Page, Person
from app.networks.x import api, private, shapes
from app.networks.x.session import Session
from app.networks.x.shapes import Included, Post, number_of
from app.networks.x.wire import Wire
from app.runtime.errors import Refused

FIRST_SPAN = timedelta(days=28)
FIRST_MOST = 400
MOST_PAGES = 10
"""X reaches back 800 mentions."""
USUAL_PAGE = 20
"""A look that finds little should not have to set much money aside."""
HANDED_OUT = 80
CONTINUED = 1_000
"""So many of our own replies may be continued; a continuation comes soon after what it continues."""
SUMMONED_BY_REPLYING = True
"""Whether a reply to a post of ours counts as calling us, because X names us in front of it. Not known for certain; where X then
refuses our answer, that is told and it is answered by hand."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The newest id of each stream."""

    mention: str = ""
    own: str = ""
    private: str = ""

    def text(self) -> str:
        return json.dumps(asdict(self))


def cursor_of(text: str) -> Cursor:
    """A cursor that cannot be read begins anew: what is known already is recognised by its ids."""
    try:
        data = fields.mapping(json.loads(text)) if text else fields.NOTHING
    except ValueError:
        return Cursor()
    return Cursor(*(fields.identity(data, name) for name in ("mention", "own", "private")))


@dataclass(frozen=True, slots=True)
class Heard:
    """A message with the stream it came by and its id there."""

    message: Incoming
    stream: str
    id: str


class Messages(Session):
    """HearsMessages and Searches."""

    def __init__(self, wire: Wire, facts: Facts) -> None:
        super().__init__(wire, facts)
        self._private = facts.values.get("private", "yes") == "yes"
        self._threads: dict[str, str] = {}
        """Our newest replies' ids -> thread key, for their continuations."""

    async def messages(self, cursor: str) -> AsyncIterator[Page]:
        """All after `cursor`, oldest first. Stopping between two pages loses nothing: each page's cursor covers what was handed out."""
        at = cursor_of(cursor)
        me = await self._my_id()
        posts, included = await self._stream(
            at.mention,
            lambda size, bounds: self._spelt(lambda spelling: api.mentions(self._wire, me, spelling, size, bounds)),
        )
        own, _ = await self._stream(at.own, self._own_posts)
        heard = [Heard(self._heard(post, included, me), "mention", post.id) for post in posts if post.author_id != me]
        heard += [
            Heard(message, "own", post.id) for post in reversed(own) if (message := self._ours(post, me)) is not None
        ]
        newest_private = at.private
        if self._private:
            messages, newest_private = await self._private_messages(at.private, me)
            heard += [Heard(message, "private", message.remote_id.rpartition(".")[2]) for message in messages]
        heard.sort(key=lambda each: (each.message.at, number_of(each.id)))
        total = len(heard) if not cursor else None
        end = Cursor(_newest(posts, at.mention), _newest(own, at.own), newest_private)
        for start in range(0, len(heard), HANDED_OUT):
            handed = heard[start : start + HANDED_OUT]
            last = start + HANDED_OUT >= len(heard)
            at = end if last else _after(at, handed)
            yield Page(tuple(each.message for each in handed), at.text(), total)
        if not heard and end != cursor_of(cursor):
            yield Page((), end.text(), total)

    async def _stream(self, after: str, read: Callable[[int, Pairs], Awaitable[Answer]]) -> tuple[list[Post], Included]:
        """One stream to its end: all newer than `after`, or the last 28 days."""
        since = self._wire.clock.now() - FIRST_SPAN
        bounds = [("since_id", after)] if after else [("start_time", api.written(since))]
        size = USUAL_PAGE if after else api.PAGE
        found: dict[str, Post] = {}
        included = Included({}, {}, {})
        token = ""
        for _ in range(MOST_PAGES):
            answer = await read(size, (*bounds, *([("pagination_token", token)] if token else [])))
            page = shapes.posts_of(fields.mapping(answer.data).get("data"))
            found |= {post.id: post for post in page}
            more = shapes.included_of(answer.data)
            included = Included(
                {**included.people, **more.people}, {**included.posts, **more.posts}, {**included.media, **more.media}
            )
            token = fields.text(fields.inner(answer.data, "meta"), "next_token")
            size = api.PAGE
            if not token or (not after and len(found) >= FIRST_MOST):
                break
        newest = sorted(found.values(), key=lambda post: number_of(post.id), reverse=True)
        return newest if after else newest[:FIRST_MOST], included

    async def _private_messages(self, after: str, me: str) -> tuple[list[Incoming], str]:
        """An app without permission for private messages reads everything else."""
        try:
            return await private.newer(self._wire, after, me)
        except Refused:
            self._private = False
            return [], after

    # --- what comes out

    def _heard(self, post: Post, included: Included, me: str) -> Incoming:
        customer = included.people.get(post.author_id) or Person(post.author_id, f"@{post.author_id}")
        message = self._message(post, customer, included)
        key = f"{post.conversation_id}:{post.author_id}"
        quoted = included.posts.get(post.quoted)
        if quoted is not None and quoted.author_id == me:
            return replace(
                _under(message, quoted, me, self._username), kind=MessageKind.QUOTE, thread_key=key, quotes_ours=True
            )
        kind = MessageKind.REPLY if post.in_reply_to and post.in_reply_to_user == me else MessageKind.MENTION
        explicit = not self._username or self._username.lower() in post.named
        answerable = explicit or (
            SUMMONED_BY_REPLYING and (kind is MessageKind.REPLY or self._username.lower() in post.mentioned)
        )
        message = replace(message, kind=kind, thread_key=key, answerable=answerable)
        if not post.in_reply_to:
            return message
        above = included.posts.get(post.in_reply_to)
        if above is None:
            return replace(message, parent_id=post.in_reply_to, parent_ours=post.in_reply_to_user == me)
        return _under(message, above, me, self._username)

    def _ours(self, post: Post, me: str) -> Incoming | None:
        """A reply of ours, in the conversation of whom it answers; None for posts and the parts of our own threads."""
        if not post.in_reply_to:
            return None
        if post.in_reply_to_user and post.in_reply_to_user != me:
            key = f"{post.conversation_id}:{post.in_reply_to_user}"
        else:
            key = self._threads.get(post.in_reply_to, "")
        if not key:
            return None
        self._threads[post.id] = key
        if len(self._threads) > CONTINUED:
            del self._threads[next(iter(self._threads))]
        author = Person(me, f"@{self._username}" if self._username else "")
        return replace(self._message(post, author, None), kind=MessageKind.OURS, thread_key=key, ours=True)

    def _message(self, post: Post, author: Person, included: Included | None) -> Incoming:
        media = included.media if included is not None else {}
        text = post.text
        if post.in_reply_to:
            # X shows a reply without the names it put in front itself.
            text = text.removeprefix(shapes.leading_names(text)) or text
        return Incoming(
            remote_id=post.id,
            kind=MessageKind.MENTION,
            author=author,
            text=text,
            at=post.at,
            thread_key=f"{post.conversation_id}:{post.author_id}",
            url=post.url(author.handle),
            in_reply_to=post.in_reply_to,
            language=post.language,
            attachments=tuple(media[key] for key in post.media_keys if key in media),
        )

    async def search(self, words: str, cursor: str) -> AsyncIterator[Page]:
        """Posts of the last seven days that hold `words`, newer than `cursor`: at most one page of X's, since each post costs."""
        me = await self._my_id()
        query = f"{' '.join(words.split())[:480]} -is:retweet"
        bounds = [("since_id", cursor)] if cursor.isdigit() else []
        size = USUAL_PAGE
        answer = await self._spelt(lambda spelling: api.search(self._wire, query, spelling, size, bounds))
        included = shapes.included_of(answer.data)
        posts = shapes.posts_of(fields.mapping(answer.data).get("data"))
        found = [
            replace(self._heard(post, included, me), answerable=self._username.lower() in post.mentioned)
            for post in posts
            if post.author_id != me
        ]
        newest = _newest(posts, cursor)
        if found or newest != cursor:
            yield Page(tuple(sorted(found, key=lambda message: message.at)), newest)


def _newest(posts: Iterable[Post], before: str) -> str:
    return max((post.id for post in posts), key=number_of, default=before)


def _after(at: Cursor, handed: Sequence[Heard]) -> Cursor:
    """Moved to the newest of what was handed out, stream by stream."""
    for each in handed:
        if number_of(each.id) > number_of(getattr(at, each.stream)):
            at = replace(at, **{each.stream: each.id})
    return at


def _under(message: Incoming, parent: Post, me: str, username: str) -> Incoming:
    ours = parent.author_id == me
    url = parent.url(username if ours else "")
    return replace(message, parent_id=parent.id, parent_text=parent.text, parent_url=url, parent_ours=ours)
