"""Likes, boosts and deletions on Mastodon; each may be repeated without harm."""

from __future__ import annotations

from app.networks.mastodon import api
from app.networks.mastodon.session import Session


class Acts(Session):
    """Likes, Boosts and Deletes."""

    async def like(self, remote_id: str) -> None:
        """Favourite."""
        await api.act(self._client, remote_id, "favourite")

    async def unlike(self, remote_id: str) -> None:
        """Take the favourite back."""
        await api.act(self._client, remote_id, "unfavourite")

    async def boost(self, remote_id: str) -> None:
        """Reblog."""
        await api.act(self._client, remote_id, "reblog")

    async def unboost(self, remote_id: str) -> None:
        """Take the reblog back."""
        await api.act(self._client, remote_id, "unreblog")

    async def delete(self, remote_id: str) -> None:
        """Delete a status of ours; its pictures go with it."""
        await api.delete_status(self._client, remote_id)
