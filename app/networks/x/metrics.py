"""Figures of our posts on X: from our own timeline, which costs a fifth of asking for posts by their ids; by id only what is not there."""

from __future__ import annotations

from collections.abc import Sequence

from app.networks import fields
from app.networks.network import Figures
from app.networks.x import api, shapes
from app.networks.x.session import Session
from app.networks.x.shapes import Post, number_of
from app.networks.x.wire import rows_of

MOST_PAGES = 10
DEARER = 5
"""A post asked for by id costs so many of the timeline's."""


class Metrics(Session):
    """ReportsMetrics."""

    async def figures(self, remote_ids: Sequence[str]) -> list[Figures]:
        """In the order asked; a post that is gone has `gone` set. Ids that are no posts (private messages) have no figures."""
        wanted = list(dict.fromkeys(remote_ids))
        found: dict[str, Figures] = {each: Figures(each) for each in wanted if not number_of(each)}
        missing = sorted((each for each in wanted if each not in found), key=number_of, reverse=True)
        for _ in range(MOST_PAGES):
            if not missing:
                break
            size = min(max(2 * len(missing), api.SMALLEST_PAGE), api.PAGE)
            read = await self._page(missing[0], size)
            found |= {post.id: _figures(post) for post in read if post.id in missing}
            left = [each for each in missing if each not in found]
            # Where a page brought little, the rest comes cheaper by its ids.
            if (len(missing) - len(left)) * DEARER < len(read) or not read:
                missing = left
                break
            missing = left
        for start in range(0, len(missing), api.PAGE):
            found |= await self._by_ids(missing[start : start + api.PAGE])
        return [found[remote_id] for remote_id in wanted]

    async def _page(self, newest: str, size: int) -> list[Post]:
        """Our posts from `newest` backwards."""
        answer = await self._own_posts(size, [("until_id", str(number_of(newest) + 1))], placed=False)
        return shapes.posts_of(rows_of(answer))

    async def _by_ids(self, ids: Sequence[str]) -> dict[str, Figures]:
        answer = await self._spelt(lambda spelling: api.posts(self._wire, ids, spelling))
        there = {
            fields.identity(row): shapes.post_of({"created_at": "2006-03-21T00:00:00Z", **row})
            for row in rows_of(answer)
        }
        found = {identity: _figures(post) for identity, post in there.items() if post is not None}
        hidden = {
            fields.identity(error, "resource_id") or fields.identity(error, "value")
            for error in fields.items(fields.mapping(answer.data).get("errors"))
            if fields.text(error, "type").endswith("resource-not-found")
        }
        return {each: found.get(each) or Figures(each, gone=each in hidden) for each in ids}


def _figures(post: Post) -> Figures:
    return Figures(post.id, post.likes, post.reposts, post.replies, post.quotes)
