"""How far the streams of an account have been read, as a JSON text that only this folder reads.

Lists come newest first and know no "since", and what is indexed late stands where its date puts it, below what was read before. So each reading
goes back some hours behind the newest known entry, and remembers by short marks what it has handed out there: nothing is lost, nothing comes twice.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.networks import fields
from app.runtime.clock import from_ms, to_ms

WINDOW = timedelta(hours=6)
MOST_MARKS = 1_000


def mark_of(name: str) -> str:
    """Eight letters that stand for a name."""
    return base64.urlsafe_b64encode(hashlib.blake2b(name.encode(), digest_size=6).digest()).decode("ascii")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one stream was read. `known`: (milliseconds, mark) of what was handed out within the window."""

    floor: int = 0
    """Nothing older than this is handed out, ever. Milliseconds; 0: never read."""
    newest: int = 0
    known: tuple[tuple[int, str], ...] = ()

    @property
    def low(self) -> datetime:
        """How far back the next reading goes."""
        reach = max(self.floor, self.newest - int(WINDOW.total_seconds() * 1000))
        if len(self.known) >= MOST_MARKS:
            reach = max(reach, self.known[0][0])
        return from_ms(reach)

    def knows(self, name: str, at: datetime) -> bool:
        """Whether it was handed out before, or lies too far back."""
        return at < self.low or mark_of(name) in self._marks

    @property
    def _marks(self) -> frozenset[str]:
        return frozenset(mark for _, mark in self.known)

    def begun(self, floor: datetime) -> Reach:
        """Read for the first time, from `floor` on."""
        return self if self.floor else Reach(to_ms(floor), to_ms(floor))

    def past(self, handed_out: Sequence[tuple[str, datetime]]) -> Reach:
        """After these were handed out as well."""
        if not handed_out:
            return self
        newest = max(self.newest, *(to_ms(at) for _, at in handed_out))
        low = newest - int(WINDOW.total_seconds() * 1000)
        marks = {*self.known, *((to_ms(at), mark_of(name)) for name, at in handed_out)}
        known = sorted(each for each in marks if each[0] >= low)[-MOST_MARKS:]
        return Reach(self.floor, newest, tuple(known))


@dataclass(frozen=True, slots=True)
class Cursor:
    """All streams: what others said publicly, our own posts, and private messages."""

    heard: Reach = field(default_factory=Reach)
    own: Reach = field(default_factory=Reach)
    private: Reach = field(default_factory=Reach)

    def text(self) -> str:
        return json.dumps(
            {name: _data(getattr(self, name)) for name in ("heard", "own", "private")}, separators=(",", ":")
        )


def cursor_of(text: str) -> Cursor:
    """A cursor that cannot be read begins anew: what is known already is recognised by its ids."""
    try:
        data = fields.mapping(json.loads(text)) if text else fields.NOTHING
    except ValueError:
        return Cursor()
    return Cursor(*(_reach(fields.inner(data, name)) for name in ("heard", "own", "private")))


def _data(reach: Reach) -> dict[str, object]:
    return {"floor": reach.floor, "newest": reach.newest, "known": [f"{at}.{mark}" for at, mark in reach.known]}


def _reach(data: fields.Json) -> Reach:
    known = data.get("known")
    marks = [each.partition(".") for each in known if isinstance(each, str)] if isinstance(known, list) else []
    return Reach(
        fields.number(data, "floor") or 0,
        fields.number(data, "newest") or 0,
        tuple(sorted((int(at), mark) for at, _, mark in marks if at.isdigit() and mark)),
    )
