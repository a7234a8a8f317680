"""Likes and boosts: owed to the network like everything that leaves, after the undo time; pressed again, taken back."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta

from app.models.account import Offer
from app.models.delivery import Owed
from app.models.outbox import DeliveryState, OutboxKind, OutboxRow, Reacted
from app.networks.network import Card
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.services.accounts import offers_of
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.reading import messages as messages_reading
from app.store.reading import outbox as outbox_reading
from app.store.writing import outbox

UNDER_WAY = (DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.UNSURE)
MOST_REACTIONS = 200
"""Owed at once: a network would take more of them for a machine's."""


class Reactions:
    """Acts on the customer's last message."""

    def __init__(
        self, database: Database, undo: Undo, clock: Clock, undo_seconds: Callable[[], int], card: Callable[[str], Card]
    ) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock
        self._undo_seconds = undo_seconds
        self._card = card
        self._acts: dict[int, Act] = {}
        """By their outbox item: pressing again takes them off the undo list."""

    async def react(self, conversation_ids: Sequence[int], do: OutboxKind, take_back: OutboxKind) -> Reacted:
        """Of one conversation, do it or take it back; of several, do it where it is not done yet, in one step."""
        alone = len(conversation_ids) == 1
        owed = []
        for each in conversation_ids[:MOST_REACTIONS]:
            try:
                wanted = await self._reaction(each, do, take_back, alone=alone)
            except UserMistake:
                if alone:
                    raise
                continue
            if wanted is None and alone:
                return Reacted(0, on=False)
            if wanted is not None:
                owed.append(wanted)
        if not owed:
            return Reacted(0, on=True)
        now = to_ms(self._clock.now())
        numbers = await self._database.write(lambda session: [outbox.add(session, each, now) for each in owed])

        async def back() -> None:
            left: list[UserMistake] = []
            waiting = [number for number in numbers if number in self._acts]
            for number in waiting:
                try:
                    await self._let_go(number)
                except UserMistake as trouble:
                    left.append(trouble)
            if left and len(left) == len(waiting):
                raise left[0]

        about = tuple(each.conversation_id for each in owed if each.conversation_id is not None)
        act = Act(message(f"undone.{owed[0].kind}", n=len(owed)), back, about=about)
        self._acts.update(dict.fromkeys(numbers, act))
        self._undo.did(act)
        return Reacted(len(owed), on=owed[0].kind is do)

    async def _reaction(
        self, conversation_id: int, do: OutboxKind, take_back: OutboxKind, *, alone: bool
    ) -> Owed | None:
        """What is to be owed; None where nothing is (it is done already, or what waited was taken back instead)."""
        last = await self._database.read(messages_reading.last_of_customer, conversation_id)
        target = await self._database.read(messages_reading.remote, last.id) if last is not None else None
        if last is None or target is None:
            raise UserMistake(message("inbox.nothing_to_answer"))
        on = last.liked if do is OutboxKind.LIKE else last.boosted
        owing = await self._owed_act(conversation_id, last.id, (do, take_back))
        if owing is not None and owing.state is DeliveryState.WAITING:
            if alone:
                await self._let_go(owing.id)
            return None
        if owing is not None:  # on its way: what is pressed now comes after it
            on = owing.kind is do
        account_id, remote_id = target
        if not alone and (on or not await self._offered(account_id, do)):
            return None
        return Owed(
            account_id=account_id,
            kind=take_back if on else do,
            key=new_key(),
            due_at=self._clock.now() + timedelta(seconds=self._undo_seconds()),
            target=remote_id,
            conversation_id=conversation_id,
            message_id=last.id,
        )

    async def _offered(self, account_id: int, do: OutboxKind) -> bool:
        """Whether the network of an account takes it from a program."""
        account = await self._database.read(accounts_reading.account, account_id)
        return account is not None and offers_of(account, self._card(account.network))[str(do)][0] is Offer.WORKS

    async def _owed_act(self, conversation_id: int, message_id: int, kinds: tuple[OutboxKind, ...]) -> OutboxRow | None:
        """The newest of these acts on a message that has not come to its end."""
        rows = await self._database.read(lambda c: outbox_reading.items(c, conversation_id=conversation_id))
        of_message = [
            row for row in rows if row.message_id == message_id and row.kind in kinds and row.state in UNDER_WAY
        ]
        return max(of_message, key=lambda row: row.id, default=None)

    async def _let_go(self, outbox_id: int) -> None:
        """Take a like or boost back that has not left; then there is nothing of it to undo any more."""
        trouble = await self._database.write(withdraw, outbox_id, to_ms(self._clock.now()))
        if trouble is not None:
            raise UserMistake(trouble)
        act = self._acts.pop(outbox_id, None)
        if act is not None and act not in self._acts.values():
            self._undo.forget(act)


def new_key() -> str:
    """A key for one outbox item: random, made before the first attempt, never used again."""
    return secrets.token_hex(16)


def withdraw(session: Session, outbox_id: int, now_ms: int) -> Message | None:
    """Let go of an item that has not left. Answers what keeps one from it: that it has left or is on its way, or was let go before."""
    item = outbox.delivery(session, outbox_id)
    if item is None or item.state is DeliveryState.LET_GO:
        return message("outbox.moved_on", state=message("delivery.let_go"))
    if item.state not in (DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.BY_HAND) or item.progress:
        return message("inbox.already_left")
    outbox.move(session, outbox_id, DeliveryState.LET_GO, now_ms)
    return None
