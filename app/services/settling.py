"""Settling what nobody knows: unsure deliveries are looked for at the network, and only then tried again, or put before the user."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from app.models.delivery import Delivery
from app.models.outbox import DeliveryState
from app.networks.network import FindsMine
from app.networks.outgoing import Found, Sent
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import AppError, CredentialTrouble, NetworkTrouble, RateLimited
from app.runtime.words import Message, message
from app.services import backoff
from app.services.connections import Connections, Link
from app.services.deliveries import TEXTS, Ledger, outgoing, process_lives
from app.store.database import Database
from app.store.reading import outbox as reading
from app.store.writing import outbox

FIRST_LOOK = timedelta(seconds=8)
"""How long after an unsure attempt the network is first looked through: a slow server may still be storing."""
SECOND_LOOK = timedelta(seconds=20)
"""\"Not there\" counts only when it is still so this much later."""
OTHERS_BEFORE = timedelta(minutes=10)
"""Posts of other items from so long before an attempt are named to the network's search, so that none is taken for the one sought."""
ASKED_AFTER = timedelta(minutes=30)
"""An unsure item whose network cannot be reached for this long is put before the user as well."""


class Settling:
    """Looks for the part that may be out. Never more than one an item is in doubt, for parts are committed one by one."""

    def __init__(
        self, database: Database, ledger: Ledger, connections: Connections, clock: Clock, chance: Random
    ) -> None:
        self._database = database
        self._ledger = ledger
        self._connections = connections
        self._clock = clock
        self._chance = chance
        self._not_there: dict[int, tuple[datetime | None, datetime]] = {}
        """Unsure items that a first look did not find: the attempt in doubt, and when that look was."""

    def forget(self, item: Delivery) -> None:
        """It is out: what earlier looks found is of no interest any more."""
        self._not_there.pop(item.id, None)

    async def doubt(self, item: Delivery, reason: Message) -> None:
        """An attempt ended without an answer: look for it after a short grace."""
        await self._ledger.move(item, DeliveryState.UNSURE, reason, next_try=self._clock.now() + FIRST_LOOK)

    async def take_over(self) -> None:
        """Claims left behind by a process that is gone: nobody knows what became of them, so they are unsure."""
        await self._database.write(outbox.take_over, self._ledger.now_ms())
        for item in await self._ledger.in_state(DeliveryState.CLAIMED):
            if item.claimed_by != self._ledger.process_id and not process_lives(item.claimed_by):
                await self.doubt(item, message("outbox.unsure.interrupted"))

    async def settle_unsure(self) -> None:
        now = self._clock.now()
        for item in await self._ledger.in_state(DeliveryState.UNSURE):
            if item.next_try_at is None and not item.reason:
                # Taken over when its lease ended: the same grace for a slow server, then the same look.
                await self._look_again(item, now + FIRST_LOOK, message("outbox.unsure.interrupted"))
            elif item.next_try_at is None:
                continue  # only the user's word settles it
            elif item.next_try_at <= now:
                await self._settle(item)

    async def _settle(self, item: Delivery) -> None:
        """Look for the part that may be out; never more than one attempt's worth of doubt, for parts are committed one by one."""
        now = self._clock.now()
        if item.kind not in TEXTS:
            await self._ledger.move(item, DeliveryState.WAITING, None)
            return
        if not item.parts_left:  # cut off after the last part's answer was written down
            await self._ledger.note_all_out(item)
            return
        try:
            link = await self._connections.get(item.account_id)
            found = await self._look(item, link)
        except (NetworkTrouble, CredentialTrouble) as trouble:
            await self._cannot_look(item, trouble)
            return
        if isinstance(found, Sent):
            self._not_there.pop(item.id, None)
            await self._ledger.note_found(item, found)
        elif found is Found.NOT_THERE:
            attempt, first = self._not_there.get(item.id, (item.first_claimed_at, now))
            if attempt != item.first_claimed_at:  # that look was for an earlier doubt, which somebody else has settled
                first = now
            self._not_there[item.id] = item.first_claimed_at, first
            if now - first >= SECOND_LOOK:
                self._not_there.pop(item.id, None)
                await self._ledger.move(item, DeliveryState.WAITING, None)
            else:
                await self._look_again(item, first + SECOND_LOOK, message("outbox.unsure.looking", network=link.card.name))
        else:
            await self._ask(item, message("outbox.unsure.cannot_tell", network=link.card.name))

    async def _look(self, item: Delivery, link: Link) -> Sent | Found:
        if not isinstance(link.connection, FindsMine):
            return Found.CANNOT_TELL
        number = len(item.progress)
        before = item.progress[-1].remote_id if item.progress else item.target
        since = item.first_claimed_at or item.due_at
        others = await self._database.read(reading.parts_out_since, item.account_id, to_ms(since - OTHERS_BEFORE), item.id)
        part = outgoing(item, number, before, ("?",) * len(item.pictures) if number == 0 else (), others)
        return await link.connection.find_mine(part, since)

    async def _cannot_look(self, item: Delivery, trouble: AppError) -> None:
        """The network cannot be looked through now: keep trying, and after a while let the user decide as well."""
        now = self._clock.now()
        if isinstance(trouble, RateLimited):
            moment = backoff.after(trouble.until, self._chance)
        else:
            moment = now + timedelta(minutes=1)
        long_ago = item.first_claimed_at is not None and now - item.first_claimed_at > ASKED_AFTER
        reason = message("outbox.unsure.long", reason=trouble.message) if long_ago else trouble.message
        await self._look_again(item, moment, reason)

    async def _look_again(self, item: Delivery, moment: datetime, reason: Message) -> None:
        await self._ledger.move(item, DeliveryState.UNSURE, reason, next_try=moment)

    async def _ask(self, item: Delivery, reason: Message) -> None:
        """No evidence to be had: only the user's word settles it. No further look is planned."""
        await self._ledger.move(item, DeliveryState.UNSURE, reason)
