"""Settling what nobody knows: unsure deliveries are looked for at the network, and only then tried again, or put before the user."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from app.models.account import AccountState
from app.models.delivery import Delivery
from app.models.outbox import DeliveryState
from app.networks.network import FindsMine, HoldsScheduled
from app.networks.outgoing import Found, Sent
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import AppError, CredentialTrouble, NetworkTrouble, RateLimited, SignedOut
from app.runtime.words import Message, message
from app.services import backoff
from app.services.connections import Connections, Link
from app.services.deliveries import TEXTS, Ledger, held_of, outgoing, process_lives
from app.store.database import Database
from app.store.reading import outbox as reading
from app.store.reading.outbox import ANYONE, ASKED_TO_HOLD
from app.store.writing import outbox

FIRST_LOOK = timedelta(seconds=8)
"""How long after an unsure attempt the network is first looked through: a slow server may still be storing."""
SECOND_LOOK = timedelta(seconds=20)
"""\"Not there\" counts only when it is still so this much later."""
OTHERS_BEFORE = timedelta(minutes=10)
"""Posts of other items from so long before an attempt are named to the network's search, so that none is taken for the one sought."""
ASKED_AFTER = timedelta(minutes=30)
"""An unsure item whose network cannot be reached for this long is put before the user as well."""

LOOKING = "outbox.unsure.looking"
"""Why an item is still unsure that a first look did not find: a second one is planned."""


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

    async def let_go(self) -> None:
        """This process ends: what it still claims is unsure now, not when the lease ends, or nothing of that account would leave before."""
        for item in await self._ledger.in_state(DeliveryState.CLAIMED):
            if item.claimed_by == self._ledger.process_id:
                await self.doubt(item, message("outbox.unsure.interrupted"))

    async def settle_unsure(self) -> None:
        """Look for what is due to be looked for: accounts at the same time, for one server may be slow; an account's items in order.
        Those of an account that is signed out wait until it is signed in again.
        """
        now = self._clock.now()
        due: defaultdict[int, list[Delivery]] = defaultdict(list)
        for item in await self._ledger.to_ask_about(DeliveryState.UNSURE):
            if item.next_try_at is None and not item.reason:
                # Taken over when its lease ended: the same grace for a slow server, then the same look.
                await self._look_again(item, now + FIRST_LOOK, message("outbox.unsure.interrupted"))
            elif item.next_try_at is None:
                continue  # only the user's word settles it
            elif item.next_try_at <= now:
                due[item.account_id].append(item)
        await asyncio.gather(*(self._settle_in_order(items) for items in due.values()))

    async def _settle_in_order(self, items: Sequence[Delivery]) -> None:
        for item in items:
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
        link = None
        try:
            link = await self._connections.get(item.account_id)
            if item.held_id == ASKED_TO_HOLD and await self._is_held(item, link):
                return
            found = await self.look(item, link)
        except (NetworkTrouble, CredentialTrouble) as trouble:
            await self._cannot_look(item, trouble)
            if isinstance(trouble, SignedOut) and await self._ledger.hold_account(
                item.account_id, AccountState.SIGNED_OUT, trouble.message, link
            ):
                await self._connections.forget(item.account_id)
            return
        if isinstance(found, Sent):
            self._not_there.pop(item.id, None)
            await self._ledger.note_found(item, found)
        elif found is Found.REPEATABLE:
            # Sent again it is the identical record: nothing can stand there twice, so nothing need be waited for.
            self._not_there.pop(item.id, None)
            await self._ledger.move(item, DeliveryState.WAITING, None)
        elif found is Found.NOT_THERE:
            attempt, first = self._not_there.get(item.id) or _looked_before(item) or (item.first_claimed_at, now)
            if attempt != item.first_claimed_at:  # that look was for an earlier doubt, which somebody else has settled
                first = now
            self._not_there[item.id] = item.first_claimed_at, first
            if now - first >= SECOND_LOOK:
                self._not_there.pop(item.id, None)
                await self._ledger.wait_again(item)
            else:
                await self._look_again(item, first + SECOND_LOOK, message(LOOKING, network=link.card.name))
        else:
            await self._ask(item, message("outbox.unsure.cannot_tell", network=link.card.name))

    async def _is_held(self, item: Delivery, link: Link) -> bool:
        """Whether the server's list of scheduled posts shows what it was asked to hold without answering."""
        if not isinstance(link.connection, HoldsScheduled):
            return False
        known = await self._database.read(reading.held_ids, item.account_id)
        held = held_of(item, await link.connection.held(), known, any_time=item.claimed_by == ANYONE)
        if held is None:
            return False
        self._not_there.pop(item.id, None)
        await self._ledger.note_held(item, held)
        return True

    async def look(self, item: Delivery, link: Link) -> Sent | Found:
        """Look for the part of an item that may be out, among what the account published since it was first tried."""
        if not isinstance(link.connection, FindsMine):
            return Found.CANNOT_TELL
        number = len(item.progress)
        before = item.progress[-1].remote_id if item.progress else item.target
        since = item.first_claimed_at or item.due_at
        others = await self._database.read(reading.parts_out_since, item.account_id, to_ms(since - OTHERS_BEFORE), item.id)
        root = await self._database.read(reading.thread_root, item.account_id, item.target) if item.target else ""
        part = outgoing(item, number, before, ("?",) * len(item.pictures) if number == 0 else (), others, root=root)
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


def _looked_before(item: Delivery) -> tuple[datetime | None, datetime] | None:
    """A first look for this very attempt, as the plan for the second one tells: another process made it, perhaps one that is gone."""
    if item.next_try_at is None or not item.reason or Message.from_json(item.reason).id != LOOKING:
        return None
    return item.first_claimed_at, item.next_try_at - SECOND_LOOK
