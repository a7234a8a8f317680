"""Figures of our posts on Mastodon: several at once where the server can, one by one elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from app.networks import fields
from app.networks.mastodon import api, shapes
from app.networks.mastodon.session import Session
from app.networks.network import Figures


class Metrics(Session):
    """ReportsMetrics."""

    async def figures(self, remote_ids: Sequence[str]) -> list[Figures]:
        """In the order asked; a post that is gone has `gone` set."""
        wanted = list(dict.fromkeys(remote_ids))
        found: dict[str, Figures] = {}
        if self._quirks.batch:
            for start in range(0, len(wanted), api.BATCH):
                answer = await api.statuses(self._client, wanted[start : start + api.BATCH], self._quirks.batch)
                if answer.status != 200:
                    break
                found |= {status.id: _figures(status) for status in shapes.statuses_of(answer.data, self._home)}
        for remote_id in wanted:
            # What a batch leaves out may be gone, or only be hidden from the batch: asked once more by itself.
            if remote_id not in found:
                found[remote_id] = await self._figures_of(remote_id)
        return [found[remote_id] for remote_id in wanted]

    async def _figures_of(self, remote_id: str) -> Figures:
        answer = await api.status(self._client, remote_id)
        if answer.status in (404, 410):
            return Figures(remote_id, gone=True)
        status = shapes.status_of(fields.mapping(answer.data), self._home)
        return _figures(status) if status is not None else Figures(remote_id)


def _figures(status: shapes.Status) -> Figures:
    return Figures(status.id, status.likes, status.reposts, status.replies, status.quotes)
