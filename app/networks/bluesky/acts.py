"""Likes, reposts and deletion on Bluesky; each may be repeated without harm."""

from __future__ import annotations

from app.networks import fields
from app.networks.bluesky import api
from app.networks.bluesky.refs import CHAT, Ref, ref_of
from app.networks.bluesky.session import Session, gone
from app.runtime.clock import Clock
from app.runtime.errors import Refused
from app.runtime.words import Message


class Acts(Session):
    """Likes, Boosts and Deletes."""

    async def like(self, remote_id: str) -> None:
        """Like a post."""
        await self._add(api.LIKE, remote_id)

    async def unlike(self, remote_id: str) -> None:
        """Take the like back."""
        await self._remove(api.LIKE, remote_id)

    async def boost(self, remote_id: str) -> None:
        """Repost."""
        await self._add(api.REPOST, remote_id)

    async def unboost(self, remote_id: str) -> None:
        """Take the repost back."""
        await self._remove(api.REPOST, remote_id)

    async def delete(self, remote_id: str) -> None:
        """Delete a post of ours. What is gone already is deleted."""
        ref = ref_of(remote_id)
        if ref is None or ref.did != self._me:
            raise Refused(Message("network.bluesky.not_ours"), technical=f"delete {remote_id[:80]}")
        await api.delete_record(self._xrpc, ref)

    async def _add(self, collection: str, remote_id: str) -> None:
        ref = _public(remote_id)
        if not ref.cid:
            post = await self._post(ref)
            if post is None:
                raise gone(remote_id)
            ref = post.ref
        record = {"$type": collection, "subject": ref.strong, "createdAt": _written(self._client.clock)}
        await api.create_record(self._xrpc, collection, record)

    async def _remove(self, collection: str, remote_id: str) -> None:
        """Ours among the latest of our own records, which are never behind; an older one the AppView knows."""
        ref = _public(remote_id)
        answer = await api.list_records(self._xrpc, collection)
        mine = [
            found
            for item in fields.items(fields.mapping(answer.data).get("records"))
            if fields.text(fields.inner(item, "value", "subject"), "uri") == ref.uri
            and (found := ref_of(fields.text(item, "uri")))
        ]
        if not mine:
            post = (await self._posts([ref.uri])).get(ref.uri)
            found = (post.like if collection == api.LIKE else post.repost) if post is not None else None
            mine = [found] if found is not None else []
        for each in mine:
            await api.delete_record(self._xrpc, each)


def _public(remote_id: str) -> Ref:
    if remote_id.startswith(CHAT):
        raise Refused(Message("network.bluesky.private_only_words"), technical="an act on a private message")
    ref = ref_of(remote_id)
    if ref is None:
        raise gone(remote_id[:80])
    return ref


def _written(clock: Clock) -> str:
    return clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:23] + "Z"
