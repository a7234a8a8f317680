"""Mastodon's own scheduling: a post is handed over ahead of its time, moved, taken back, and listed.

Only a Mastodon of a known version is trusted with it: GoToSocial before 0.20 and others ignore the time and publish at once
(superseriousbusiness/gotosocial#1006). The status that comes of it bears another id than what was scheduled.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from app.networks import fields
from app.networks.mastodon import api
from app.networks.mastodon.publishing import Publishing
from app.networks.network import HOLDS_NOTHING
from app.networks.outgoing import Held, Outgoing, Sent
from app.runtime.errors import Unsure

AHEAD = timedelta(minutes=6)
"""Mastodon asks for five minutes; one more for the way there and for clocks that differ."""
SINCE = (2, 7)
"""The first Mastodon with scheduled statuses."""
MOST_PAGES = 10
_VERSION = re.compile(r"(\d+)\.(\d+)")


class Scheduling(Publishing):
    """HoldsScheduled."""

    async def may_hold(self, at: datetime) -> bool:
        """Known software, known version, time enough, and a list of scheduled posts that answers."""
        version = _VERSION.match(self._facts.version)
        known = self._facts.software == "mastodon" and version is not None and (int(version[1]), int(version[2])) >= SINCE
        if not known or self._facts.values.get(HOLDS_NOTHING) or at - self._client.clock.now() - self._client.rates.skew < AHEAD:
            return False
        answer = await api.scheduled(self._client)
        return answer.status == 200 and isinstance(answer.data, list)

    async def hold(self, part: Outgoing, at: datetime) -> Held | Sent:
        """Hand it over. Whoever answers with a status has published it."""
        answer = await api.schedule_status(self._client, {**self._body(part), "scheduled_at": _written(at)})
        data = fields.mapping(answer.data)
        held = _held(data)
        if held is not None and not fields.text(data, "uri") and "content" not in data:
            return held
        if fields.text(data, "uri") or "content" in data:
            return self._sent(data)
        raise Unsure(technical="POST /api/v1/statuses with a time: neither a scheduled status nor one")

    async def move_held(self, held_id: str, at: datetime) -> bool:
        """Another time."""
        return (await api.move_scheduled(self._client, held_id, _written(at))).status == 200

    async def let_go_held(self, held_id: str) -> bool:
        """Take it back."""
        return (await api.cancel_scheduled(self._client, held_id)).status == 200

    async def held(self) -> list[Held]:
        """All pages of the list."""
        found: dict[str, Held] = {}
        max_id = ""
        for _ in range(MOST_PAGES):
            answer = await api.scheduled(self._client, max_id)
            page = [held for item in fields.items(answer.data) if (held := _held(item)) is not None]
            fresh = [held for held in page if held.held_id not in found]
            found.update({held.held_id: held for held in fresh})
            if len(page) < api.STATUSES_PAGE or not fresh:
                break
            max_id = page[-1].held_id
        return list(found.values())


def _held(data: fields.Json) -> Held | None:
    identity, at = fields.identity(data), fields.moment(data, "scheduled_at")
    if not identity or at is None:
        return None
    return Held(identity, at, fields.text(fields.inner(data, "params"), "text"))


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
