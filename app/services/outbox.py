"""What the user decides about things that are owed: try again, take back, send now, and the word on what nobody knows."""

from __future__ import annotations

from collections.abc import Callable

from app.models.delivery import Delivery
from app.models.outbox import DeliveryState, OutboxKind
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.store.database import Database, Session
from app.store.reading import outbox as reading
from app.store.writing import conversations, outbox


class Outbox:
    """Decisions on single outbox items."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def retry(self, outbox_id: int) -> None:
        """Try what failed again, now."""
        item = await self._item(outbox_id)
        if item.state is DeliveryState.UNSURE:
            raise UserMistake(message("outbox.decide_first"))
        await self._change(outbox_id, (DeliveryState.FAILED, DeliveryState.LET_GO, DeliveryState.WAITING, DeliveryState.BY_HAND), self._due_now)

    async def send_now(self, outbox_id: int) -> None:
        """Do not wait for the undo time or the planned time."""
        await self._change(outbox_id, (DeliveryState.WAITING,), self._due_now)

    async def by_hand(self, outbox_id: int) -> None:
        """The user will publish what failed without the program; it asks for the link afterwards."""

        def hand_over(session: Session, item: Delivery, now_ms: int) -> None:
            outbox.move(session, item.id, DeliveryState.BY_HAND, now_ms)

        await self._change(outbox_id, (DeliveryState.FAILED,), hand_over)

    async def cancel(self, outbox_id: int) -> None:
        """Take back what has not left; a reply's text returns to its draft."""

        def let_go(session: Session, item: Delivery, now_ms: int) -> None:
            outbox.move(session, item.id, DeliveryState.LET_GO, now_ms)
            if item.kind is OutboxKind.REPLY and item.conversation_id is not None:
                text = "\n\n".join(item.parts[len(item.progress) :])
                conversations.save_draft(session, item.conversation_id, text, item.visibility, now_ms)

        await self._change(outbox_id, (DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.BY_HAND), let_go)

    async def settle(self, outbox_id: int, *, is_out: bool, url: str = "") -> None:
        """The user's word on an unsure item (or on one done by hand): it is out (at `url`), or it is not and may be sent again."""

        def decide(session: Session, item: Delivery, now_ms: int) -> None:
            if not is_out:
                outbox.move(session, item.id, DeliveryState.WAITING, now_ms)
                return
            if len(item.parts_left) <= 1 or item.state is DeliveryState.BY_HAND:
                outbox.settle_out(session, item.id, now_ms, url=url)
                return
            # The rest of the thread must follow a post whose id nobody knows: say so instead of starting a second thread.
            outbox.record_progress(session, item.id, f"{outbox.UNKNOWN_PREFIX}{item.id}", url, now_ms)
            reason = message("outbox.thread_broken", part=len(item.progress) + 1, parts=len(item.parts))
            outbox.move(session, item.id, DeliveryState.FAILED, now_ms, reason=reason.to_json())

        await self._change(outbox_id, (DeliveryState.UNSURE, DeliveryState.BY_HAND), decide)

    def _due_now(self, session: Session, item: Delivery, now_ms: int) -> None:
        outbox.reschedule(session, item.id, now_ms, now_ms)

    async def _change(
        self, outbox_id: int, states: tuple[DeliveryState, ...], change: Callable[[Session, Delivery, int], None]
    ) -> None:
        """Read and write in one transaction: the engine may have moved the item since the screen showed it."""
        now = to_ms(self._clock.now())

        def act(session: Session) -> DeliveryState | None:
            item = outbox.delivery(session, outbox_id)
            if item is None or item.state not in states:
                return item.state if item is not None else DeliveryState.LET_GO
            change(session, item, now)
            return None

        found = await self._database.write(act)
        if found is not None:
            raise UserMistake(message("outbox.moved_on", state=message(f"delivery.{found}")))

    async def _item(self, outbox_id: int) -> Delivery:
        item = await self._database.read(reading.delivery, outbox_id)
        if item is None:
            raise UserMistake(message("outbox.moved_on", state=message("delivery.let_go")))
        return item
