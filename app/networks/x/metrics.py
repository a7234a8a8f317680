"""Figures of our posts on X: from our own timeline, which costs a fifth of asking for posts by their ids; by id only what is not there."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta

from app.networks import fields
from app.networks.network import Figures
from app.networks.x import api, shapes
from app.networks.x.session import Session
from app.networks.x.shapes import Post, number_of, written_at
from app.networks.x.wire import rows_of
from app.runtime.errors import Refused

_log = logging.getLogger(__name__)

MOST_PAGES = 10
TOLD_FOR = timedelta(days=29)
"""How often a post led somebody to the profile is told of posts of the last 30 days."""
DEARER = 5
"""A post asked for by id costs so many of the timeline's."""


class Metrics(Session):
    """ReportsMetrics."""

    _private_told = True
    """Until X refuses to tell what it tells an author alone: not every access may ask for it."""

    async def figures(self, remote_ids: Sequence[str]) -> list[Figures]:
        """In the order asked; a post that is gone has `gone` set. Ids that are no posts (private messages) have no figures."""
        wanted = list(dict.fromkeys(remote_ids))
        found: dict[str, Figures] = {each: Figures(each) for each in wanted if not number_of(each)}
        missing = sorted((each for each in wanted if each not in found), key=number_of, reverse=True)
        young = [each for each in missing if written_at(each) > self._wire.clock.now() - TOLD_FOR]
        if self._private_told and self._spelling_taken and young:
            found |= await self._from_timeline(young, private=True)
            missing = [each for each in missing if each not in young] if self._private_told else missing
        found |= await self._from_timeline(missing)
        left = [each for each in wanted if each not in found]
        for start in range(0, len(left), api.PAGE):
            found |= await self._by_ids(left[start : start + api.PAGE])
        return [found[remote_id] for remote_id in wanted]

    async def _from_timeline(self, wanted: Sequence[str], *, private: bool = False) -> dict[str, Figures]:
        """Of posts given newest first; some may be left out."""
        found: dict[str, Figures] = {}
        missing = list(wanted)
        for _ in range(MOST_PAGES):
            if not missing:
                break
            size = min(max(2 * len(missing), api.SMALLEST_PAGE), api.PAGE)
            read = await self._page(missing[0], size, private=private)
            found |= {post.id: _figures(post) for post in read if post.id in missing}
            left = [each for each in missing if each not in found]
            # Where a page brought little, the rest comes cheaper by its ids.
            if (len(missing) - len(left)) * DEARER < len(read) or not read:
                break
            missing = left
        return found

    async def _page(self, newest: str, size: int, *, private: bool) -> list[Post]:
        """Our posts from `newest` backwards; none where X refuses to tell what is private."""
        bounds = [("until_id", str(number_of(newest) + 1))]
        if not private:
            return shapes.posts_of(rows_of(await self._own_posts(size, bounds, placed=False)))
        bounds.append(("start_time", api.written(self._wire.clock.now() - TOLD_FOR)))
        me = await self._my_id()
        try:
            answer = await api.own_posts(self._wire, me, self._spelling, size, bounds, placed=False, private=True)
        except Refused as error:
            _log.info("private figures: %s", error.technical)
            self._private_told = False
            return []
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
    return Figures(post.id, post.likes, post.reposts, post.replies, post.quotes, post.impressions, post.profile_visits)
