"""Acts on conversations: each is one transaction and one entry of the undo list. A reply is owed, never sent from here."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.conversation import Category, ConversationState, Standing
from app.models.delivery import Delivery, Owed
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.networks.network import Card, addressed
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import conversations as reading
from app.store.reading import messages as messages_reading
from app.store.reading import outbox as outbox_reading
from app.store.writing import conversations, outbox


@dataclass(frozen=True, slots=True)
class Before:
    """How a conversation stood before an act."""

    id: int
    standing: Standing


class Inbox:
    """The acts. `undo_seconds` is asked at each act, so that a changed setting holds at once."""

    def __init__(
        self,
        database: Database,
        undo: Undo,
        clock: Clock,
        undo_seconds: Callable[[], int],
        card: Callable[[str], Card],
    ) -> None:
        """`card` answers a network's card by its id."""
        self._database = database
        self._card = card
        self._undo = undo
        self._clock = clock
        self._undo_seconds = undo_seconds

    # -- replies ---------------------------------------------------------------------------------------------------------------

    async def reply(
        self, conversation_id: int, parts: Sequence[str], visibility: Visibility, *, answer_title: str = ""
    ) -> int:
        """Owe a reply, leaving after the undo time, and move the conversation to waiting (for the customer)."""
        typed = tuple(part.strip() for part in parts if part.strip())
        if not typed:
            raise UserMistake(message("inbox.reply_empty"), field="reply")
        row = await self._database.read(reading.row, conversation_id)
        last = await self._database.read(messages_reading.last_of_customer, conversation_id)
        target = await self._database.read(messages_reading.remote, last.id) if last is not None else None
        if row is None or last is None or target is None:
            raise UserMistake(message("inbox.nothing_to_answer"))
        account_id, remote_id = target
        texts = naming(typed, last.handle, visibility) if self._card(row.network).replies_name else typed
        due = self._clock.now() + timedelta(seconds=self._undo_seconds())
        owed = Owed(
            account_id=account_id,
            kind=OutboxKind.REPLY,
            key=new_key(),
            due_at=due,
            target=remote_id,
            parts=texts,
            visibility=visibility,
            language=row.language,
            answer_title=answer_title,
            conversation_id=conversation_id,
            message_id=last.id,
        )
        now = to_ms(self._clock.now())
        outbox_id, before = await self._database.write(_owe_reply, owed, now)
        text = "\n\n".join(parts)

        async def back() -> None:
            await self._take_back(outbox_id, before, text, visibility)

        self._undo.did(Act(message("undone.reply", name=row.author), back))
        return outbox_id

    async def _take_back(self, outbox_id: int, before: Before, text: str, visibility: Visibility) -> None:
        now = to_ms(self._clock.now())
        done = await self._database.write(_withdraw_reply, outbox_id, before, text, visibility, now)
        if not done:
            raise UserMistake(message("inbox.already_left"))

    async def save_draft(self, conversation_id: int, text: str, visibility: Visibility | None) -> None:
        """Keep what is in the reply box; an empty text forgets it."""
        now = to_ms(self._clock.now())
        await self._database.write(conversations.save_draft, conversation_id, text, visibility, now)

    # -- states ----------------------------------------------------------------------------------------------------------------

    async def mark_read(self, conversation_id: int) -> None:
        """Not an act to undo."""
        await self._database.write(conversations.mark_read, conversation_id)

    async def close(self, conversation_ids: Sequence[int]) -> None:
        """Done."""
        await self._set_state(conversation_ids, ConversationState.DONE, "undone.done")

    async def reopen(self, conversation_ids: Sequence[int]) -> None:
        """Needs answer again, with a new promise from now only where there was none."""
        await self._set_state(conversation_ids, ConversationState.NEEDS_ANSWER, "undone.reopened")

    async def snooze(self, conversation_ids: Sequence[int], until: datetime) -> None:
        """Out of sight until `until` (aware UTC)."""
        if until <= self._clock.now():
            raise UserMistake(message("inbox.snooze_past"), field="until")
        await self._set_state(conversation_ids, ConversationState.SNOOZED, "undone.snoozed", until=until)

    async def ignore(self, conversation_ids: Sequence[int], category: Category) -> None:
        """Ignore politely (troll) or as spam: answers nothing, blocks nobody."""
        now = to_ms(self._clock.now())

        def act(session: Session) -> list[tuple[Before, Category]]:
            changed = []
            for each in conversation_ids:
                old = conversations.categorize(session, each, category)
                changed.append((Before(each, conversations.set_state(session, each, ConversationState.IGNORED, now)), old))
            return changed

        changed = await self._database.write(act)

        async def back() -> None:
            def restore(session: Session) -> None:
                for before, old in changed:
                    conversations.categorize(session, before.id, old)
                    conversations.restore(session, before.id, before.standing)

            await self._database.write(restore)

        async def forth() -> None:
            await self._database.write(act)

        self._undo.did(Act(message("undone.ignored", n=len(changed)), back, forth))

    async def keep(self, conversation_ids: Sequence[int]) -> None:
        """Keep praise for the collection."""
        await self._set_state(conversation_ids, ConversationState.KEPT, "undone.kept")

    async def categorize(self, conversation_ids: Sequence[int], category: Category) -> None:
        """Change the category."""

        def act(session: Session) -> list[tuple[int, Category]]:
            return [(each, conversations.categorize(session, each, category)) for each in conversation_ids]

        changed = await self._database.write(act)

        async def back() -> None:
            def restore(session: Session) -> None:
                for each, old in changed:
                    conversations.categorize(session, each, old)

            await self._database.write(restore)

        async def forth() -> None:
            await self._database.write(act)

        self._undo.did(Act(message("undone.categorized", n=len(changed)), back, forth))

    async def _set_state(
        self, conversation_ids: Sequence[int], to: ConversationState, said: str, until: datetime | None = None
    ) -> None:
        """One transaction and one undo step however many there are."""
        now = to_ms(self._clock.now())
        until_ms = to_ms(until) if until is not None else None

        def act(session: Session) -> list[Before]:
            return [
                Before(each, conversations.set_state(session, each, to, now, until_ms=until_ms)) for each in conversation_ids
            ]

        befores = await self._database.write(act)

        async def back() -> None:
            await self._database.write(_restore, befores)

        async def forth() -> None:
            await self._database.write(act)

        self._undo.did(Act(message(said, n=len(befores)), back, forth))

    # -- notes and reactions ---------------------------------------------------------------------------------------------------

    async def note(self, conversation_id: int, text: str) -> None:
        """A note that stays on this computer."""
        if not text.strip():
            raise UserMistake(message("inbox.note_empty"), field="note")
        note_id = await self._database.write(conversations.add_note, conversation_id, text.strip(), to_ms(self._clock.now()))

        async def back() -> None:
            await self._database.write(conversations.delete_note, note_id)

        self._undo.did(Act(message("undone.note"), back))

    async def like(self, conversation_id: int) -> None:
        """Like the customer's last message, or take the like back; waits the undo time in the outbox like everything that leaves."""
        await self._react(conversation_id, OutboxKind.LIKE, OutboxKind.UNLIKE)

    async def boost(self, conversation_id: int) -> None:
        """Repost the customer's last message, or take it back."""
        await self._react(conversation_id, OutboxKind.BOOST, OutboxKind.UNBOOST)

    async def _react(self, conversation_id: int, do: OutboxKind, take_back: OutboxKind) -> None:
        last = await self._database.read(messages_reading.last_of_customer, conversation_id)
        target = await self._database.read(messages_reading.remote, last.id) if last is not None else None
        if last is None or target is None:
            raise UserMistake(message("inbox.nothing_to_answer"))
        waiting = await self._waiting_act(conversation_id, do)
        if waiting is not None:
            await self._let_go(waiting.id)
            return
        on = last.liked if do is OutboxKind.LIKE else last.boosted
        account_id, remote_id = target
        now = self._clock.now()
        owed = Owed(
            account_id=account_id,
            kind=take_back if on else do,
            key=new_key(),
            due_at=now + timedelta(seconds=self._undo_seconds()),
            target=remote_id,
            conversation_id=conversation_id,
            message_id=last.id,
        )
        outbox_id = await self._database.write(outbox.add, owed, to_ms(now))

        async def back() -> None:
            await self._let_go(outbox_id)

        self._undo.did(Act(message(f"undone.{owed.kind}"), back))

    async def _waiting_act(self, conversation_id: int, kind: OutboxKind) -> Delivery | None:
        rows = await self._database.read(lambda c: outbox_reading.items(c, conversation_id=conversation_id))
        for row in rows:
            if row.kind is kind and row.state is DeliveryState.WAITING:
                return await self._database.read(outbox_reading.delivery, row.id)
        return None

    async def _let_go(self, outbox_id: int) -> None:
        if not await self._database.write(_withdraw, outbox_id, to_ms(self._clock.now())):
            raise UserMistake(message("inbox.already_left"))


def naming(parts: Sequence[str], handle: str, visibility: Visibility) -> tuple[str, ...]:
    """The parts with their addressee named: the first, and each where nobody else may read along."""
    everywhere = visibility is Visibility.DIRECT
    return tuple(addressed(part, handle) if everywhere or not number else part for number, part in enumerate(parts))


def new_key() -> str:
    """A key for one outbox item: random, made before the first attempt, never used again."""
    return secrets.token_hex(16)


def _owe_reply(session: Session, owed: Owed, now_ms: int) -> tuple[int, Before]:
    assert owed.conversation_id is not None  # a reply stands in a conversation
    before = conversations.set_state(session, owed.conversation_id, ConversationState.WAITING, now_ms)
    conversations.save_draft(session, owed.conversation_id, "", None, now_ms)
    return outbox.add(session, owed, now_ms), Before(owed.conversation_id, before)


def _withdraw(session: Session, outbox_id: int, now_ms: int) -> bool:
    """Let go of an item that has not left; False when it has, or is on its way."""
    item = outbox.delivery(session, outbox_id)
    if item is None or item.state not in (DeliveryState.WAITING, DeliveryState.FAILED) or item.progress:
        return False
    outbox.move(session, outbox_id, DeliveryState.LET_GO, now_ms)
    return True


def _withdraw_reply(
    session: Session, outbox_id: int, before: Before, text: str, visibility: Visibility, now_ms: int
) -> bool:
    if not _withdraw(session, outbox_id, now_ms):
        return False
    conversations.restore(session, before.id, before.standing)
    conversations.save_draft(session, before.id, text, visibility, now_ms)
    return True


def _restore(session: Session, befores: Sequence[Before]) -> None:
    for before in befores:
        conversations.restore(session, before.id, before.standing)
