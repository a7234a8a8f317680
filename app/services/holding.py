"""Posts that a server keeps until their time: handed over ahead, taken back when they are planned anew, settled when their time has come.

Like sending, handing over is claimed before the server is asked: without an answer the server's own list of scheduled posts settles it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from app.models.account import AccountState
from app.models.delivery import Delivery
from app.models.outbox import DeliveryState
from app.networks.network import HOLDS_NOTHING, HoldsScheduled, Publishes
from app.networks.outgoing import Found, Held, Sent
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import AppError, CredentialTrouble, NetworkTrouble, Offline, RateLimited, SignedOut, Unsure
from app.runtime.words import Message, message
from app.services import backoff
from app.services.connections import Connections, Link
from app.services.deliveries import Ledger, held_of, outgoing
from app.services.server_facts import facts_text, limits_text
from app.services.settling import FIRST_LOOK, SECOND_LOOK, Settling
from app.services.uploading import Uploading
from app.store.database import Database, Session
from app.store.reading import outbox as reading
from app.store.reading.outbox import ASKED_TO_HOLD
from app.store.writing import accounts, outbox

SHORTEST_AHEAD = timedelta(minutes=5)
"""No server is asked to keep what is due sooner."""
AMPLE_AHEAD = timedelta(minutes=12)
"""What is due later is refused by no server for want of time."""
SETTLED = timedelta(seconds=45)
"""A plan so old is meant: it can no longer be undone by a single key, and hardly is about to be."""
GRACE = timedelta(seconds=20)
"""After its time a server is left so long to publish before it is looked for."""
AGAIN = timedelta(minutes=1)
ASK_AGAIN = timedelta(hours=1)
"""After a server that would not keep a post; at its time it is sent from here anyway."""
ANSWERS_WITHIN = timedelta(minutes=3)
"""An account that owes something sooner is not kept busy with what is to come."""
LEASE_SECONDS = 240
"""Longer than any answer is waited for."""
MOST_AT_ONCE = 300
"""Posts that are thought of: the next ones due."""
MOST_A_TURN = 8
"""Posts that are handed over before doubts and uploads have their turn: a server may take its time for each."""


class Holding:
    """Tends what servers hold. Everything waits here as if no server held anything until one has said that it does."""

    def __init__(
        self,
        database: Database,
        ledger: Ledger,
        settling: Settling,
        connections: Connections,
        uploading: Uploading,
        clock: Clock,
        chance: Random,
        wanted: Callable[[], bool],
        say: Callable[[Message], object],
    ) -> None:
        """`wanted`: whether servers are to hold posts at all; `say` tells the user what happened."""
        self._database = database
        self._ledger = ledger
        self._settling = settling
        self._connections = connections
        self._uploading = uploading
        self._clock = clock
        self._chance = chance
        self._wanted = wanted
        self._say = say
        self._not_before: dict[int, datetime] = {}
        self._keeps_nothing: dict[int, datetime] = {}
        """Until when accounts are not asked again whose servers said that they keep nothing: once for all that is planned there."""
        self._not_there: dict[int, datetime] = {}
        """What was let go and is neither held nor out: when the first look said so."""

    async def tend(self) -> None:
        """Take back, and look for what should be out."""
        now = self._clock.now()
        for item in await self._database.read(reading.to_take_back):
            if self._may_ask(item, now):
                await self._asking(item, self._take_back)
        for item in await self._ledger.to_ask_about(DeliveryState.HELD):
            if _looked_for_at(item) <= now and self._may_ask(item, now):
                await self._asking(item, self._settle)

    async def hand_over(self) -> None:
        """Ask servers to keep what they may; what is left over has its turn next."""
        now = self._clock.now()
        if self._wanted():
            ready = [item for item in await self._to_hand_over() if self._may_ask(item, now)]
            for item in ready[:MOST_A_TURN]:
                if self._keeps_nothing.get(item.account_id, now) <= now:
                    await self._asking(item, self._hand_over)

    async def next_moment(self) -> datetime | None:
        """When there is next something to do."""
        now = self._clock.now()
        moments = [self._not_before.get(item.id, now) for item in await self._database.read(reading.to_take_back)]
        for item in await self._ledger.to_ask_about(DeliveryState.HELD):
            moments.append(max(_looked_for_at(item), self._not_before.get(item.id, now)))
        if self._wanted():
            moments += [self._not_before.get(item.id, now) for item in await self._to_hand_over()]
        return min(moments, default=None)

    async def _to_hand_over(self) -> list[Delivery]:
        """Those of accounts whose network may hold, as far as its card tells."""
        now = self._clock.now()
        soonest, settled = to_ms(now + SHORTEST_AHEAD), to_ms(now - SETTLED)
        able = [name for name, card in self._connections.cards.items() if "hold" in card.abilities]
        free = to_ms(now + ANSWERS_WITHIN)
        items: list[Delivery] = await self._database.read(reading.to_hand_over, able, soonest, settled, free, MOST_AT_ONCE)
        return [
            item
            for item in items
            if not item.quote
            and self._not_before.get(item.id, now) < item.due_at
            and self._keeps_nothing.get(item.account_id, now) <= now
        ]

    def _may_ask(self, item: Delivery, now: datetime) -> bool:
        return self._not_before.get(item.id, now) <= now

    async def _asking(self, item: Delivery, ask: Callable[[Delivery, Link, HoldsScheduled], object]) -> None:
        """Ask about an item; whatever keeps the server from answering is tried again later."""
        now, link = self._clock.now(), None
        try:
            link = await self._connections.get(item.account_id)
            if not isinstance(link.connection, HoldsScheduled):
                self._not_before[item.id] = now + ASK_AGAIN
                return
            await ask(item, link, link.connection)  # type: ignore[misc]
        except RateLimited as trouble:
            self._not_before[item.id] = backoff.after(trouble.until, self._chance)
        except (Offline, CredentialTrouble, Unsure):
            self._not_before[item.id] = now + AGAIN
        except SignedOut as trouble:  # asked about at once when the account is signed in again
            if await self._ledger.hold_account(item.account_id, AccountState.SIGNED_OUT, trouble.message, link):
                await self._connections.forget(item.account_id)
        except NetworkTrouble:
            self._not_before[item.id] = now + ASK_AGAIN

    # -- handing over ----------------------------------------------------------------------------------------------------------

    async def _hand_over(self, item: Delivery, link: Link, holder: HoldsScheduled) -> None:
        able = isinstance(holder, Publishes) and not link.facts.values.get(HOLDS_NOTHING)
        if not able or not await holder.may_hold(item.due_at):
            self._not_before[item.id] = self._clock.now() + ASK_AGAIN
            if item.due_at - self._clock.now() > AMPLE_AHEAD:  # so it is not for want of time
                self._keeps_nothing[item.account_id] = self._clock.now() + ASK_AGAIN
            return
        assert isinstance(holder, Publishes)
        try:
            media = await self._uploading.ready(item, link, holder)
        except SignedOut:
            raise
        except AppError:  # it is tried again at its time, and told then
            self._not_before[item.id] = self._clock.now() + ASK_AGAIN
            return
        now, process = self._ledger.now_ms(), self._ledger.process_id
        claimed = await self._database.write(outbox.claim_to_hold, item, now, process, LEASE_SECONDS)
        if claimed is None:
            self._not_before[item.id] = self._clock.now() + timedelta(seconds=5)
            return
        try:
            answer = await holder.hold(outgoing(claimed, 0, "", media.ids), claimed.due_at)
        except Unsure:
            await self._settling.doubt(claimed, message("outbox.unsure.hold", network=link.card.name))
        except (NetworkTrouble, CredentialTrouble) as trouble:
            await self._database.write(_let_wait, claimed, self._ledger.now_ms())
            if isinstance(trouble, RateLimited | Offline | SignedOut):
                raise
            self._not_before[item.id] = claimed.due_at
        except BaseException:
            await self._settling.doubt(claimed, message("outbox.unsure.fault"))
            raise
        else:
            await self._note(claimed, answer, link)

    async def _note(self, claimed: Delivery, answer: Held | Sent, link: Link) -> None:
        if isinstance(answer, Held):
            await self._database.write(_hold, claimed, answer.held_id, self._ledger.now_ms())
            return
        await self._ledger.note_sent(claimed, answer)
        await self._ledger.note_all_out(claimed)
        await self.never_again(link)
        self._say(message("held.published_at_once", network=link.card.name, handle=link.handle))

    async def never_again(self, link: Link) -> None:
        """This server does not keep what it is asked to keep."""
        facts = replace(link.facts, values={**link.facts.values, HOLDS_NOTHING: "1"})
        await self._database.write(accounts.update_server, link.account_id, limits_text(link.limits), facts_text(facts))
        await self._connections.forget(link.account_id)

    # -- taking back -----------------------------------------------------------------------------------------------------------

    async def _take_back(self, item: Delivery, link: Link, holder: HoldsScheduled) -> None:
        """Planned anew or let go: the server must let go as well. Where it no longer holds it, it may be out."""
        if item.held_id == ASKED_TO_HOLD:
            known = await self._database.read(reading.held_ids, item.account_id)
            found = held_of(item, await holder.held(), known, any_time=True)
            gone = found is None or await holder.let_go_held(found.held_id)
        else:
            gone = await holder.let_go_held(item.held_id)
        if gone:
            await self._database.write(outbox.taken_back, item.id, item.held_id)
        elif item.state is DeliveryState.WAITING:
            reason = message("outbox.unsure.held", network=link.card.name)
            await self._ledger.move(item, DeliveryState.UNSURE, reason, next_try=self._clock.now() + FIRST_LOOK)
        else:
            await self._look_for_what_was_let_go(item, link)

    async def _look_for_what_was_let_go(self, item: Delivery, link: Link) -> None:
        now = self._clock.now()
        found = await self._settling.look(item, link)
        if isinstance(found, Sent):
            self._not_there.pop(item.id, None)
            await self._ledger.note_found(item, found)
            self._say(message("held.had_left", network=link.card.name, handle=link.handle))
        elif found is Found.CANNOT_TELL:
            self._not_there.pop(item.id, None)
            await self._ledger.move(item, DeliveryState.UNSURE, message("outbox.unsure.cannot_tell", network=link.card.name))
        elif now - self._not_there.setdefault(item.id, now) >= SECOND_LOOK:
            self._not_there.pop(item.id, None)
            await self._database.write(outbox.taken_back, item.id, item.held_id)
        else:
            self._not_before[item.id] = self._not_there[item.id] + SECOND_LOOK

    # -- settling --------------------------------------------------------------------------------------------------------------

    async def _settle(self, item: Delivery, link: Link, holder: HoldsScheduled) -> None:
        """Its time has come: it is on the timeline, or still on the server's list, or nobody knows."""
        found = await self._settling.look(item, link)
        if isinstance(found, Sent):
            await self._ledger.note_found(item, found)
            return
        now = self._clock.now()
        if any(held.held_id == item.held_id for held in await holder.held()):
            await self._database.write(outbox.look_at, item.id, to_ms(now + AGAIN))
            return
        await self._ledger.move(
            item, DeliveryState.UNSURE, message("outbox.unsure.held", network=link.card.name), next_try=now + FIRST_LOOK
        )


def _looked_for_at(item: Delivery) -> datetime:
    return item.next_try_at or item.due_at + GRACE


def _hold(session: Session, claimed: Delivery, held_id: str, now_ms: int) -> None:
    """Unless somebody has settled it meanwhile."""
    now = outbox.delivery(session, claimed.id)
    if now is not None and now.held_id == ASKED_TO_HOLD and now.state in (DeliveryState.CLAIMED, DeliveryState.UNSURE):
        outbox.hold(session, claimed.id, held_id, now_ms)


def _let_wait(session: Session, claimed: Delivery, now_ms: int) -> None:
    """The server certainly does not hold it."""
    now = outbox.delivery(session, claimed.id)
    if now is not None and now.held_id == ASKED_TO_HOLD and now.state in (DeliveryState.CLAIMED, DeliveryState.UNSURE):
        outbox.not_held(session, claimed.id, now_ms)
