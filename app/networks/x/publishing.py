"""Publishing on X: each part once. X knows no key that makes a repetition harmless, so doubts are settled by our own timeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from app.language.entities import find
from app.models.message import Visibility
from app.networks import fields
from app.networks.client import Answer
from app.networks.network import Facts
from app.networks.outgoing import Found, Outgoing, Sent
from app.networks.x import api, evidence, private, shapes
from app.networks.x.media import Media
from app.networks.x.shapes import Post
from app.networks.x.troubles import Duplicate, Gone
from app.networks.x.wire import Wire, data_of, rows_of
from app.runtime.errors import Offline, Refused, Unsure
from app.runtime.words import Message

LOOK_PAGE = 10
FURTHER_PAGE = 100
"""Where there was more than that since the attempt, all of it must be read and paid for: then with as few requests as X allows."""
MOST_PAGES = 10
OLDER_SAME = timedelta(days=2)
"""How far back an older post of ours with the same text is looked for, when X calls a new one a duplicate."""
WORDLESS_SURE = timedelta(seconds=120)
"""X refuses no second post without words: only so long after the attempt does its absence prove anything."""
SKEW_MATTERS = timedelta(seconds=2)
DOUBTS = 2
"""How often a refusal as duplicate that nothing in our timeline explains is taken as a doubt; then it is told as what it is."""


class Publishing(Media):
    """Publishes, FindsMine and Deletes."""

    def __init__(self, wire: Wire, facts: Facts) -> None:
        super().__init__(wire, facts)
        self._unexplained: dict[str, int] = {}

    async def publish(self, part: Outgoing) -> Sent:
        """Publish once. Raises `Unsure` when X may have it: after a broken line, or when it says that it has this text already."""
        if private.is_private(part.reply_to):
            return await private.send(self._wire, part)
        if part.visibility in (Visibility.FOLLOWERS, Visibility.DIRECT):
            raise Refused(Message("network.x.all_public"), technical=f"visibility {part.visibility}")
        if part.quote:
            raise Refused(Message("network.x.quote_by_hand"), by_hand=True)
        if part.poll is not None and part.media_ids:
            raise Refused(Message("network.x.poll_without_media"))
        try:
            answer = await api.create_post(
                self._wire, body_of(part), price_item(part.text, answers=bool(part.reply_to) and not part.number)
            )
        except Duplicate as trouble:
            return await self._explained(part, trouble)
        except Gone as trouble:
            if not part.reply_to:
                raise
            raise Refused(Message("network.x.answered_gone"), technical=trouble.technical) from trouble
        except Refused as trouble:
            if not part.number:
                raise
            reason = Message("network.x.thread_refused", {"part": part.number + 1, "reason": trouble.reason})
            raise Refused(reason, technical=trouble.technical, by_hand=trouble.by_hand) from trouble
        self._unexplained.pop(part.key, None)
        return self._sent(answer)

    def _sent(self, answer: Answer) -> Sent:
        identity = fields.identity(data_of(answer))
        if not identity:
            raise Unsure(technical="POST /2/tweets: answered without an id")
        return Sent(identity, shapes.post_url(identity, self._username), self._wire.clock.now())

    async def _explained(self, part: Outgoing, trouble: Duplicate) -> Sent:
        """X has a post with this text: the one of an earlier attempt of ours, or one that was there before."""
        begun = part.begun or self._wire.clock.now()
        younger, older = await self._timeline(begun - OLDER_SAME, begun - evidence.MARGIN)
        for post in younger:
            if evidence.likeness(part, post) is evidence.Likeness.SAME:
                self._unexplained.pop(part.key, None)
                return Sent(post.id, post.url(self._username), post.at)
        if any(evidence.comparable(post.text) == evidence.comparable(part.text) for post in older):
            raise trouble
        doubts = self._unexplained[part.key] = self._unexplained.get(part.key, 0) + 1
        if part.begun is None or doubts > DOUBTS:
            raise trouble
        # Neither: the timeline may lag behind. Looked for again before anything else happens.
        raise Unsure(technical=f"duplicate: {trouble.technical}")

    async def find_mine(self, part: Outgoing, since: datetime) -> Sent | Found:
        """Look through our own posts back to one minute before `since` (by X's clock)."""
        if private.is_private(part.reply_to):
            return await private.find(self._wire, part, since, await self._my_id())
        posts, _ = await self._timeline(None, since - evidence.MARGIN)
        judged = [(post, evidence.likeness(part, post)) for post in posts]
        for post, likeness in judged:
            if likeness is evidence.Likeness.SAME:
                return Sent(post.id, post.url(self._username), post.at)
        wordless = [post for post, likeness in judged if likeness is evidence.Likeness.WORDLESS]
        if len(wordless) == 1:
            return Sent(wordless[0].id, wordless[0].url(self._username), wordless[0].at)
        if wordless or any(likeness is evidence.Likeness.INCOMPLETE for _, likeness in judged):
            return Found.CANNOT_TELL
        if not part.text.strip() and self._wire.clock.now() - since < WORDLESS_SURE:
            raise Offline(Message("network.x.look_later"), technical="a post without words: looked for too early")
        return Found.NOT_THERE

    async def _timeline(self, back_to: datetime | None, since: datetime) -> tuple[list[Post], list[Post]]:
        """Our posts since `since`, and those older than it back to `back_to`; times by X's clock. Raises where not all could be read."""
        rates, first = self._wire.client.rates, back_to or since
        start = first + rates.skew
        found = await self._posts_since(start)
        if first + rates.skew < start - SKEW_MATTERS:  # only its answer told that X's clock is behind ours
            found = await self._posts_since(first + rates.skew)
        young = [post for post in found if post.at >= since + rates.skew]
        return young, [post for post in found if post.at < since + rates.skew]

    async def _posts_since(self, start: datetime) -> list[Post]:
        found: list[Post] = []
        token = ""
        for _ in range(MOST_PAGES):
            bounds = [("start_time", api.written(start)), *([("pagination_token", token)] if token else [])]
            answer = await self._own_posts(FURTHER_PAGE if token else LOOK_PAGE, bounds)
            rows = rows_of(answer)
            posts = shapes.posts_of(rows)
            if len(posts) < len(rows):
                raise Offline(technical="own posts: a post that cannot be read")
            found += posts
            token = fields.text(fields.inner(answer.data, "meta"), "next_token")
            if not token:
                return found
        raise Offline(Message("network.x.look_later"), technical="own posts: too many to look through")

    async def delete(self, remote_id: str) -> None:
        """Succeeds when it was gone already."""
        await api.delete_post(self._wire, remote_id)


def price_item(text: str, *, answers: bool) -> str:
    """Which item of the price list a post is: one with a link costs more than ten times as much, bare domains included.

    X may know top-level domains that are not known here, so whatever has a scheme is taken for a link.
    """
    if "://" in text or find(text, "x").links:
        return api.POST_WITH_LINK
    return api.REPLY if answers else api.POST


def post_cost(parts: Sequence[str], described: int) -> Mapping[str, int]:
    """What publishing a post takes of the price list; `described`: pictures with a description."""
    items = Counter(price_item(part, answers=False) for part in parts)
    items[api.ALT_TEXT] += described
    return {item: units for item, units in items.items() if units}


def body_of(part: Outgoing) -> Mapping[str, object]:
    body: dict[str, object] = {}
    if text := fields.clean(part.text):
        body["text"] = text
    if part.media_ids:
        body["media"] = {"media_ids": list(part.media_ids)}
    if part.reply_to:
        body["reply"] = {"in_reply_to_tweet_id": part.reply_to}
    if part.poll is not None:
        options = [fields.clean(option) for option in part.poll.options]
        body["poll"] = {"options": options, "duration_minutes": min(max(part.poll.hours * 60, 5), 10_080)}
    return body
