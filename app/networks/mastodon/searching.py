"""Searching public posts on Mastodon: by words where the server has a search for text, by hashtag everywhere."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

from app.models.message import MessageKind, Visibility
from app.networks import fields
from app.networks.mastodon import api, shapes
from app.networks.mastodon.messages import Messages
from app.networks.mastodon.shapes import Status
from app.networks.network import Incoming, Page
from app.runtime.clock import from_ms, to_ms

MOST_PAGES = 3


class Searching(Messages):
    """Searches."""

    async def search(self, words: str, cursor: str) -> AsyncIterator[Page]:
        """One page: all that was found since the newest post of the last search (the cursor is its time), oldest first."""
        since = from_ms(int(cursor)) if cursor.isdecimal() else None
        me = await self._my_id()
        self._threads.begin()
        hits = await self._hits(words.strip(), since)
        fresh = [status for status in hits.values() if status.author.remote_id != me and status.visibility is not Visibility.DIRECT]
        if not fresh:
            return
        places = await self._threads.climb(fresh)
        found = [self._found(status, self._heard(status, places[status.id], me, quotes=False)) for status in fresh]
        newest = max(to_ms(status.at) for status in hits.values())
        yield Page(tuple(sorted(found, key=lambda message: message.at)), str(newest))

    @staticmethod
    def _found(status: Status, message: Incoming) -> Incoming:
        """What does not speak to us is no mention by its place in a thread, but by its words."""
        return message if message.parent_ours and message.parent_id else replace(message, kind=MessageKind.MENTION, in_reply_to=status.in_reply_to)

    async def _hits(self, words: str, since: datetime | None) -> dict[str, Status]:
        """Newer than `since`, newest first as far as the server keeps that order."""
        found: dict[str, Status] = {}
        tag = words[1:] if words.startswith("#") and words[1:].isidentifier() else ""
        max_id = ""
        for number in range(MOST_PAGES):
            if tag:
                data = (await api.tag_timeline(self._client, tag, max_id)).data
            else:
                answer = await api.search(self._client, words, number * api.STATUSES_PAGE)
                data = fields.mapping(answer.data).get("statuses")
            page = shapes.statuses_of(data, self._home, self._quirks.visibilities)
            fresh = [status for status in page if status.id not in found and (since is None or status.at > since)]
            found.update({status.id: status for status in fresh})
            if len(page) < api.STATUSES_PAGE or not fresh:
                break
            max_id = page[-1].id
        return found
