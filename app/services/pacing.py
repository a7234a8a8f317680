"""How often each account is looked at: as the user set it, longer where calls cost or are scarce, seldom where news come live."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from app.models.pace import Pace
from app.networks.hearing import Allowance
from app.runtime.clock import Clock

LIVE_EVERY = timedelta(minutes=15)
"""While a server tells by itself: for what it may have failed to tell."""
KEPT = 2
"""One in so many of the requests that are left is for looking; the others are for what the user does."""


class Pacing:
    """Remembers when each account was looked at; answers when its turn comes."""

    def __init__(
        self, clock: Clock, interval: Callable[[], timedelta], own_interval: Callable[[str], timedelta | None]
    ) -> None:
        """Both are asked each time, so that a changed setting holds at once. `own_interval`: of networks that charge, by network."""
        self._clock = clock
        self._interval = interval
        self._own_interval = own_interval
        self._networks: dict[int, str] = {}
        self._looked_at: dict[int, datetime] = {}
        self._spread: dict[int, timedelta] = {}
        self._live: set[int] = set()
        self._round_at = clock.now()
        """When the last look at all began: without anybody to look at, the next one is reckoned from there."""
        self._hurried = False

    def looked(self, account_id: int, network: str, at: datetime) -> None:
        """An account's turn was at `at`."""
        self._networks[account_id] = network
        self._looked_at[account_id] = at

    def cost(self, account_id: int, before: Allowance | None, after: Allowance | None) -> None:
        """What a look took of the server's allowance: the rest is spread over the time until it is whole again."""
        self._spread.pop(account_id, None)
        if after is None or after.left is None or after.until is None:
            return
        calls = max(1, after.asked - (before.asked if before is not None else 0))
        looks = max(1, after.left // (calls * KEPT))
        self._spread[account_id] = max(after.until - self._clock.now(), timedelta(0)) / looks

    def set_live(self, account_id: int, live: bool) -> None:
        """Whether its server tells by itself when something has come."""
        if live:
            self._live.add(account_id)
        else:
            self._live.discard(account_id)

    def pace(self, account_id: int, network: str = "") -> Pace:
        """How often it is looked at now."""
        own = self._own_interval(network or self._networks.get(account_id, ""))
        live = account_id in self._live
        every = max(
            self._interval(),
            own or timedelta(0),
            self._spread.get(account_id, timedelta(0)),
            LIVE_EVERY if live else timedelta(0),
        )
        return Pace(every, live)

    def due(self, account_id: int) -> datetime | None:
        """When its turn comes; None where it never was looked at: now."""
        last = self._looked_at.get(account_id)
        return None if last is None else last + self.pace(account_id).every

    def next_due(self, not_before: Mapping[int, datetime] | None = None) -> datetime:
        """When the first of all those looked at has its turn, which is `not_before` a time that its server named or a failure asks for;
        without any, the usual pause after the last look.
        """
        now = self._clock.now()
        if self._hurried:
            return now
        left_alone = not_before or {}
        turns = [max(due, left_alone.get(each, due)) for each in self._looked_at if (due := self.due(each)) is not None]
        return min(turns, default=self._round_at + self._interval())

    def keep_to(self, account_ids: set[int]) -> None:
        """A look at these begins; the others are no longer looked at."""
        self._round_at = self._clock.now()
        self._hurried = False
        for account_id in self._looked_at.keys() - account_ids:
            del self._looked_at[account_id]

    def hurry(self) -> None:
        """Everybody's turn is now: the computer slept, and nobody knows what came meanwhile."""
        self._looked_at.clear()
        self._hurried = True
