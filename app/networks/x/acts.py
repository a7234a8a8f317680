"""Reposts on X; each may be repeated without harm. Likes are refused to programs by X itself."""

from __future__ import annotations

from app.networks.x import api
from app.networks.x.session import Session
from app.runtime.errors import Refused


class Acts(Session):
    """Boosts."""

    async def boost(self, remote_id: str) -> None:
        """Repost. X refuses a second one as such, and then it is done."""
        try:
            await api.repost(self._wire, await self._my_id(), remote_id)
        except Refused as error:
            if "already retweeted" not in error.technical.lower() and "already reposted" not in error.technical.lower():
                raise

    async def unboost(self, remote_id: str) -> None:
        """Take the repost back; done where there is none."""
        await api.take_repost_back(self._wire, await self._my_id(), remote_id)
