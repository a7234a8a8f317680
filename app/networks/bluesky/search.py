"""Searching public posts on Bluesky, newest first at the server and oldest first here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

from app.models.message import MessageKind
from app.networks import fields
from app.networks.bluesky import api, shapes
from app.networks.bluesky.cursor import Cursor, cursor_of
from app.networks.bluesky.messages import Messages, message_of
from app.networks.bluesky.shapes import Post
from app.networks.network import Page

FIRST_PAGES = 2
LATER_PAGES = 10
FIRST_SPAN = timedelta(days=28)


class Search(Messages):
    """Searches."""

    async def search(self, words: str, cursor: str) -> AsyncIterator[Page]:
        """Posts that hold `words` since the last look, the first time at most two pages of the last 28 days."""
        at = cursor_of(cursor)
        reach = at.heard
        low = reach.low if reach.floor else self._client.clock.now() - FIRST_SPAN
        found: dict[str, tuple[datetime, Post]] = {}
        page_cursor = ""
        for _ in range(LATER_PAGES if reach.floor else FIRST_PAGES):
            answer = await api.search_posts(self._xrpc, words, page_cursor)
            data = fields.mapping(answer.data)
            posts = shapes.posts_of(data.get("posts"))
            fresh = [post for post in posts if post.at >= low and not reach.knows(post.ref.uri, post.at)]
            found |= {post.ref.uri: (post.at, post) for post in fresh}
            page_cursor = fields.text(data, "cursor")
            if not page_cursor or not posts or all(post.at < low for post in posts):
                break
        ordered = sorted(found.values(), key=lambda each: each[0])
        at = replace(at, heard=reach.begun(ordered[0][0] if ordered and not reach.floor else low))
        at = Cursor(at.heard.past([(post.ref.uri, moment) for moment, post in ordered]))
        if ordered or at.text() != cursor:
            seen = await self._surroundings([post for _, post in ordered])
            made = [
                message_of(
                    post,
                    MessageKind.OURS if post.author.remote_id == self._me else MessageKind.MENTION,
                    f"{post.thread}:{post.author.remote_id}",
                    seen,
                    ours=post.author.remote_id == self._me,
                )
                for _, post in ordered
            ]
            yield Page(tuple(made), at.text())
