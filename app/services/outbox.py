"""What the user decides about things that are owed: try again, take back, send now, and the word on what nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.models.account import AccountState
from app.models.conversation import ConversationState
from app.models.delivery import Delivery
from app.models.lateness import AfterPause, Pause
from app.models.outbox import DeliveryState, OutboxKind
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services import lateness
from app.services.inbox import before_what_is_there
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.reading import outbox as reading
from app.store.writing import conversations, invitations, outbox, posts, promises


class Outbox:
    """Decisions on single outbox items."""

    def __init__(self, database: Database, clock: Clock, zone: Callable[[], str] = lambda: "UTC") -> None:
        """`zone`: the shop's, for posts without one of their own."""
        self._database = database
        self._clock = clock
        self._zone = zone

    async def retry(self, outbox_id: int) -> None:
        """Try what failed again, now; or send what was let go after all, unless something else goes in its place."""
        item = await self._item(outbox_id)
        if item.state is DeliveryState.UNSURE:
            raise UserMistake(message("outbox.decide_first"))
        await self._check_account(item)
        states = [DeliveryState.FAILED, DeliveryState.WAITING, DeliveryState.BY_HAND]
        if item.post_id is not None:  # a reply that was let go is a draft again
            states.append(DeliveryState.LET_GO)

        def again(session: Session, found: Delivery, now_ms: int) -> None:
            if found.state is DeliveryState.LET_GO and found.post_id is not None:
                others = [each for each in outbox.of_post(session, found.post_id) if each.account_id == found.account_id]
                if any(each.id != found.id and each.state is not DeliveryState.LET_GO for each in others):
                    raise UserMistake(message("outbox.another_instead"))
            outbox.reschedule(session, found.id, now_ms, now_ms)

        await self._change(outbox_id, tuple(states), again)

    async def send_now(self, outbox_id: int) -> None:
        """Do not wait for the undo time or the planned time."""

        def due_now(session: Session, item: Delivery, now_ms: int) -> None:
            outbox.reschedule(session, item.id, now_ms, now_ms)

        await self._change(outbox_id, (DeliveryState.WAITING, DeliveryState.HELD), due_now)

    async def reschedule(self, outbox_id: int, at: datetime) -> None:
        """Another time (aware UTC) for what has not left, or was late; a post moves with it on the calendar."""
        if at < self._clock.now():
            raise UserMistake(message("composer.past_time"), field="time")
        await self._check_account(await self._item(outbox_id))

        def move(session: Session, item: Delivery, now_ms: int) -> None:
            outbox.reschedule(session, item.id, to_ms(at), now_ms)
            if item.post_id is not None:
                posts.plan(session, item.post_id, to_ms(at), None, now_ms)

        await self._change(outbox_id, (DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.FAILED), move)

    async def settle_missed(self, pause: Pause, way: AfterPause) -> int:
        """Posts whose time passed in a pause that is about to end; answers how many deliveries these are."""
        return await self._database.write(lateness.settle_missed, self._clock.now(), pause, way, self._zone())

    async def due_by_hand(self) -> int | None:
        """The post whose time to be published by hand came first; None when there is none. What waits for a set has no time yet."""
        rows = await self._database.read(reading.in_state, DeliveryState.BY_HAND)
        now = self._clock.now()
        due = (row.post_id for row in rows if row.post_id is not None and row.due_at <= now and row.waits_for is None)
        return next(due, None)

    async def by_hand(self, outbox_id: int) -> None:
        """The user will publish what failed without the program; it asks for the link afterwards."""

        def hand_over(session: Session, item: Delivery, now_ms: int) -> None:
            outbox.move(session, item.id, DeliveryState.BY_HAND, now_ms)

        await self._change(outbox_id, (DeliveryState.FAILED,), hand_over)

    async def cancel(self, outbox_id: int) -> None:
        """Take back what has not left; a reply's text returns to its draft, and its conversation to those that need an answer."""
        answered = await self._is_answered_otherwise(await self._item(outbox_id))

        def let_go(session: Session, item: Delivery, now_ms: int) -> None:
            outbox.move(session, item.id, DeliveryState.LET_GO, now_ms)
            if item.kind is not OutboxKind.REPLY or item.conversation_id is None:
                return
            invitations.take_back(session, item.id)
            if not item.progress:  # a part of it may have said so
                promises.take_back_of_reply(session, item.id)
            conversation_id = item.conversation_id
            text = before_what_is_there(session, conversation_id, "\n\n".join(item.parts_left))
            pictures = () if item.progress else item.pictures
            conversations.save_draft(session, conversation_id, text, item.visibility, now_ms, pictures)
            waits = conversations.standing(session, conversation_id).state is ConversationState.WAITING
            if waits and not item.progress and not answered:
                # It was to be answered long ago: the promise is for now.
                conversations.set_state(session, conversation_id, ConversationState.NEEDS_ANSWER, now_ms, answer_by_ms=now_ms)

        states = (DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.BY_HAND)
        await self._change(outbox_id, states, let_go)

    async def settle(self, outbox_id: int, *, is_out: bool, url: str = "") -> None:
        """The user's word on an unsure item (or on one done by hand): it is out (at `url`), or it is not and may be sent again."""

        if not is_out:
            await self._check_account(await self._item(outbox_id))

        def decide(session: Session, item: Delivery, now_ms: int) -> None:
            if not is_out:
                outbox.move(session, item.id, DeliveryState.WAITING, now_ms)
                return
            if len(item.parts_left) <= 1 or item.state is DeliveryState.BY_HAND:
                outbox.settle_out(session, item.id, now_ms, url=url)
                if item.state is DeliveryState.BY_HAND:
                    _is_answered(session, item, now_ms)
                return
            # The rest of the thread must follow a post whose id nobody knows: say so instead of starting a second thread.
            outbox.record_progress(session, item.id, f"{outbox.UNKNOWN_PREFIX}{item.id}", url, now_ms)
            reason = message("outbox.thread_broken", part=len(item.progress) + 1, parts=len(item.parts))
            outbox.move(session, item.id, DeliveryState.FAILED, now_ms, reason=reason.to_json())

        await self._change(outbox_id, (DeliveryState.UNSURE, DeliveryState.BY_HAND), decide)

    async def _check_account(self, item: Delivery) -> None:
        """What no program can send, or will send any more, must not wait for one."""
        shown = await self._database.read(accounts_reading.accounts)
        account = next((each for each in shown if each.id == item.account_id), None)
        if account is None:
            raise UserMistake(message("error.account_removed"))
        if account.state is AccountState.BY_HAND:
            raise UserMistake(message("outbox.by_hand_only", handle=account.handle))

    async def _is_answered_otherwise(self, item: Delivery) -> bool:
        """Whether another reply to the same conversation is out, or on its way."""
        if item.kind is not OutboxKind.REPLY or item.conversation_id is None:
            return False
        rows = await self._database.read(lambda c: reading.items(c, conversation_id=item.conversation_id, unfinished=False))
        gone = (DeliveryState.LET_GO, DeliveryState.FAILED, DeliveryState.BY_HAND)
        return any(row.kind is OutboxKind.REPLY and row.id > item.id and row.state not in gone for row in rows)

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


def _is_answered(session: Session, item: Delivery, now_ms: int) -> None:
    """A reply by hand leaves its conversation where it was until it is out; now it is the customer's turn."""
    if item.kind is not OutboxKind.REPLY or item.conversation_id is None:
        return
    stands = conversations.standing(session, item.conversation_id)
    if stands.state is ConversationState.NEEDS_ANSWER and not stands.unread:  # else the customer wrote again meanwhile
        conversations.set_state(session, item.conversation_id, ConversationState.WAITING, now_ms)
