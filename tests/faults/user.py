"""What the user does while everything fails: moves what is planned, takes it back, and deletes what is out, through the program's own services."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from random import Random

from app.models.delivery import Delivery
from app.models.outbox import DeleteReason, DeliveryState
from app.networks import registry
from app.runtime.clock import Clock
from app.runtime.credentials import Credentials
from app.runtime.errors import UserMistake
from app.services.connections import Connections
from app.services.deletion import Deletion
from app.services.outbox import Outbox
from app.services.undo import Undo
from app.store.database import Database
from app.store.reading import outbox as reading
from tests.faults.owing import PROFILE_ID, Debt
from tests.faults.sorts import Sort

UNDO_SECONDS = 5
READ_SECONDS = 20
"""How long somebody looks at a post before they see the mistake in it."""


class User:
    """`act` as often as there is time."""

    def __init__(
        self, database: Database, clock: Clock, credentials: Credentials, debts: Sequence[Debt], seed: str
    ) -> None:
        self._database = database
        self._clock = clock
        self._chance = Random(f"{seed} user")
        self._outbox = Outbox(database, clock)
        connections = Connections(database, registry.by_id(), credentials, PROFILE_ID, clock)
        self._deletion = Deletion(database, connections, Undo(), clock, lambda: UNDO_SECONDS)
        self._left = {debt.owed.key: debt for debt in debts if debt.change_at is not None or debt.sort is Sort.DELETED}
        self.refused = 0
        """Acts that came too late, and were said to."""

    @property
    def waits(self) -> bool:
        """Whether there is something left to do."""
        return bool(self._left)

    async def act(self) -> None:
        """Whatever it is time for."""
        now = self._clock.now()
        for key, debt in list(self._left.items()):
            if debt.change_at is not None and debt.change_at > now:
                continue
            item = await self._item(key)
            if debt.sort is Sort.DELETED:
                if not await self._delete(item):
                    continue
            else:
                await self._change(item, debt)
            del self._left[key]

    async def _item(self, key: str) -> Delivery:
        found = await self._database.read(lambda c: reading.deliveries(c, "o.key = ?", (key,)))
        return found[0]

    async def _change(self, item: Delivery, debt: Debt) -> None:
        try:
            if debt.sort is Sort.CANCELLED:
                await self._outbox.cancel(item.id)
            else:
                later = timedelta(minutes=self._chance.choice((1, 2, 3)))
                await self._outbox.reschedule(item.id, max(item.due_at, self._clock.now()) + later)
        except UserMistake:
            self.refused += 1

    async def _delete(self, item: Delivery) -> bool:
        """Whether there is nothing left to do."""
        if item.state is not DeliveryState.OUT or item.sent_at is None:
            return item.state is DeliveryState.UNSURE and item.next_try_at is None and bool(item.reason)
        if self._clock.now() < item.sent_at + timedelta(seconds=READ_SECONDS):
            return False
        handle = await self._deletion.confirmation(item.id)
        for reason, confirmation in ((DeleteReason.REGRET, handle), (DeleteReason.SPELLING, "sí")):
            with suppress(UserMistake):  # the guard
                await self._deletion.delete(item.id, reason, confirmation)
                raise AssertionError(f"deleted for {reason} with {confirmation}")
        await self._deletion.delete(item.id, DeleteReason.SPELLING, handle)
        return True
