"""Figures of our posts on Bluesky: 25 at once from the AppView; what it does not know yet is asked of our own server."""

from __future__ import annotations

from collections.abc import Sequence

from app.networks.bluesky.refs import CHAT, POST, ref_of
from app.networks.bluesky.session import Session
from app.networks.network import Figures


class Metrics(Session):
    """ReportsMetrics."""

    async def figures(self, remote_ids: Sequence[str]) -> list[Figures]:
        """In the order asked; a post that is gone has `gone` set. There are no impressions and no clicks."""
        named = {
            remote_id: ref
            for remote_id in remote_ids
            if (ref := ref_of(remote_id)) is not None and ref.collection == POST
        }
        posts = await self._posts(ref.uri for ref in named.values())
        found: list[Figures] = []
        for remote_id in remote_ids:
            ref = named.get(remote_id)
            post = posts.get(ref.uri) if ref is not None else None
            if post is not None:
                found.append(Figures(remote_id, post.likes, post.reposts, post.replies, post.quotes))
            elif remote_id.startswith(CHAT) or (
                ref is not None and ref.did == self._me and await self._own_record(ref.key) is not None
            ):
                found.append(Figures(remote_id))
            else:
                found.append(Figures(remote_id, gone=True))
        return found
