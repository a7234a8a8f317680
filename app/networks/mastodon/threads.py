"""Where a status stands: the root of its thread and the post above it, climbed to with as few requests as the server allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.networks import fields
from app.networks.client import Client
from app.networks.mastodon import api, shapes
from app.networks.mastodon.server import Quirks
from app.networks.mastodon.shapes import Status
from app.runtime.errors import NetworkTrouble, Offline, Refused

MOST_REQUESTS = 60
"""For one reading. Beyond it threads are known by the lowest post that was reached."""
LEVELS_BY_BATCH = 3
"""Deeper than this, one thread's ancestors come cheaper all at once."""
MOST_KEPT = 4_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a status stands. `above` are its ancestors, the root first, as far as they are known."""

    root_id: str
    above: tuple[Status, ...] = ()


class Threads:
    """Remembers the statuses it has seen, so that a busy thread is climbed once."""

    def __init__(self, client: Client, quirks: Quirks, home: str) -> None:
        self._client = client
        self._quirks = quirks
        self._home = home
        self._batch = quirks.batch
        self._known: dict[str, Status | None] = {}
        """None: asked for, and not there."""
        self._left = MOST_REQUESTS

    def begin(self) -> None:
        """A new reading: the allowance of requests is whole again."""
        self._left = MOST_REQUESTS
        if len(self._known) > MOST_KEPT:
            self._known.clear()

    def note(self, statuses: Iterable[Status]) -> None:
        """Statuses that came by anyway."""
        self._known.update({status.id: status for status in statuses})

    async def climb(self, statuses: Sequence[Status]) -> dict[str, Place]:
        """The place of each of these, by id. What cannot be read stays unknown; only trouble with the line is raised."""
        self.note(statuses)
        if self._batch:
            for _ in range(LEVELS_BY_BATCH):
                missing = list(dict.fromkeys(filter(None, map(self._missing, statuses))))
                if not missing or not self._batch:
                    break
                await self._read_batch(missing)
        for status in statuses:
            missing_id = self._missing(status)
            if missing_id and self._left > 0:
                await self._read_ancestors(status)
                # Not among its ancestors: the server has it no more, or keeps it from us.
                self._known.setdefault(missing_id, None)
        return {status.id: self._place(status) for status in statuses}

    def _missing(self, status: Status) -> str:
        """Id of the lowest ancestor that was not asked for yet; empty when the climb is done."""
        for each in self._upwards(status):
            if each.in_reply_to and each.in_reply_to not in self._known:
                return each.in_reply_to
        return ""

    def _upwards(self, status: Status) -> Iterable[Status]:
        """The status and its known ancestors; a thread that bites its tail ends."""
        met: set[str] = set()
        current: Status | None = status
        while current is not None and current.id not in met:
            met.add(current.id)
            yield current
            current = self._known.get(current.in_reply_to)

    def _place(self, status: Status) -> Place:
        chain = list(self._upwards(status))
        top = chain[-1]
        looped = top.in_reply_to in {each.id for each in chain}
        return Place(top.id if looped else top.in_reply_to or top.id, tuple(reversed(chain[1:])))

    async def _read_batch(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), api.BATCH):
            asked = ids[start : start + api.BATCH]
            if self._left <= 0:
                return
            self._left -= 1
            answer = await api.statuses(self._client, asked, self._batch)
            if answer.status != 200 or not isinstance(answer.data, list):
                self._batch = ""
                return
            self.note(shapes.statuses_of(answer.data, self._home, self._quirks.visibilities))
            for each in asked:
                self._known.setdefault(each, None)

    async def _read_ancestors(self, status: Status) -> None:
        self._left -= 1
        try:
            answer = await api.context(self._client, status.id)
        except Refused:
            return
        except Offline as trouble:
            if _is_line(trouble):
                raise
            return
        self.note(shapes.statuses_of(fields.mapping(answer.data).get("ancestors"), self._home, self._quirks.visibilities))


def _is_line(trouble: NetworkTrouble) -> bool:
    """Whether nothing at all can be read, rather than this one thread, on which the server itself stumbles."""
    return trouble.message.id != "network.server_trouble"
