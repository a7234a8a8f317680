"""Acts on conversations: each is one transaction and one entry of the undo list. A reply is owed, never sent from here."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from app.models.conversation import Category, ConversationState, Standing
from app.models.delivery import IllegalMove, Owed
from app.models.message import Visibility
from app.models.outbox import DeliveryState, HandOver, OutboxKind, OutboxRow
from app.networks.network import Card, addressed
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.reading import conversations as reading
from app.store.reading import messages as messages_reading
from app.store.reading import outbox as outbox_reading
from app.store.writing import conversations, outbox

T = TypeVar("T")

UNDER_WAY = (DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.UNSURE)


@dataclass(frozen=True, slots=True)
class Before:
    """How a conversation stood before an act, and where the act put it: undoing it never hides what came since."""

    id: int
    standing: Standing
    after: Standing


class Inbox:
    """The acts. `undo_seconds` is asked at each act, so that a changed setting holds at once."""

    def __init__(
        self,
        database: Database,
        undo: Undo,
        clock: Clock,
        undo_seconds: Callable[[], int],
        card: Callable[[str], Card],
        promise: Callable[[datetime], datetime] | None = None,
    ) -> None:
        """`card` answers a network's card by its id, `promise` by when something that is asked at a moment is answered."""
        self._database = database
        self._card = card
        self._undo = undo
        self._clock = clock
        self._undo_seconds = undo_seconds
        self._promise = promise
        self._reactions: dict[int, Act] = {}
        """The acts of likes and boosts by their outbox item: pressing again takes them off the undo list."""

    # -- replies ---------------------------------------------------------------------------------------------------------------

    async def reply(
        self, conversation_id: int, parts: Sequence[str], visibility: Visibility, *, answer_title: str = ""
    ) -> int:
        """Owe a reply, leaving after the undo time, and move the conversation to waiting (for the customer).

        Where the network lets no program answer, it is owed by hand and the conversation stays where it is until the user says that
        it is out: see `by_hand`.
        """
        typed = tuple(part.strip() for part in parts if part.strip())
        if not typed:
            raise UserMistake(message("inbox.reply_empty"), field="reply")
        row = await self._database.read(reading.row, conversation_id)
        last = await self._database.read(messages_reading.last_of_customer, conversation_id)
        target = await self._database.read(messages_reading.remote, last.id) if last is not None else None
        if row is None or last is None or target is None:
            raise UserMistake(message("inbox.nothing_to_answer"))
        account_id, remote_id = target
        if all(account.id != account_id for account in await self._database.read(accounts_reading.accounts)):
            raise UserMistake(message("error.account_removed"))
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
            state=DeliveryState.WAITING if last.answerable else DeliveryState.BY_HAND,
        )
        now = to_ms(self._clock.now())
        outbox_id, before = await self._database.write(_owe_reply, owed, now)
        text = "\n\n".join(parts)

        async def back() -> None:
            await self._take_back(outbox_id, before, text, visibility, row.author)

        self._undo.did(Act(message("undone.reply", name=row.author), back))
        return outbox_id

    async def by_hand(self, outbox_id: int) -> HandOver | None:
        """What the user must do of it; None where the program sends it."""
        item = await self._database.read(outbox_reading.delivery, outbox_id)
        if item is None or item.state is not DeliveryState.BY_HAND:
            return None
        url = "" if item.message_id is None else await self._database.read(messages_reading.url, item.message_id)
        return HandOver("\n\n".join(item.parts_left), url, self._card(item.network).name)

    async def _take_back(self, outbox_id: int, before: Before, text: str, visibility: Visibility, name: str) -> None:
        now = to_ms(self._clock.now())
        trouble = await self._database.write(_withdraw_reply, outbox_id, before, text, visibility, now)
        if trouble is not None:
            raise UserMistake(message("inbox.reply_left", name=name) if trouble.id == "inbox.already_left" else trouble)

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
        """Needs answer again, with a promise from now; one that needs an answer already keeps its own."""
        promised = self._promise(self._clock.now()) if self._promise is not None else None
        await self._set_state(conversation_ids, ConversationState.NEEDS_ANSWER, "undone.reopened", answer_by=promised)

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
                changed.append((_moved(session, each, ConversationState.IGNORED, now), old))
            return changed

        changed = await self._write(act)

        async def back() -> None:
            def restore(session: Session) -> None:
                for before, old in changed:
                    _restore(session, [before])
                    conversations.categorize(session, before.id, old)

            await self._database.write(restore)

        async def forth() -> None:
            await self._write(act)

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
        self,
        conversation_ids: Sequence[int],
        to: ConversationState,
        said: str,
        until: datetime | None = None,
        answer_by: datetime | None = None,
    ) -> None:
        """One transaction and one undo step however many there are."""
        now = to_ms(self._clock.now())

        def act(session: Session) -> list[Before]:
            return [_moved(session, each, to, now, until, answer_by) for each in conversation_ids]

        befores = await self._write(act)

        async def back() -> None:
            await self._database.write(_restore, befores)

        async def forth() -> None:
            await self._write(act)

        self._undo.did(Act(message(said, n=len(befores)), back, forth))

    async def _write(self, act: Callable[[Session], T]) -> T:
        """All or nothing: where one of them cannot go there, none goes, and the reason is said."""
        try:
            return await self._database.write(act)
        except IllegalMove as error:
            raise UserMistake(message("inbox.cannot_go"), technical=str(error)) from error

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
        on = last.liked if do is OutboxKind.LIKE else last.boosted
        owing = await self._owed_act(conversation_id, last.id, (do, take_back))
        if owing is not None and owing.state is DeliveryState.WAITING:
            await self._let_go(owing.id)
            return
        if owing is not None:  # on its way: what is pressed now comes after it
            on = owing.kind is do
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

        act = Act(message(f"undone.{owed.kind}"), back)
        self._reactions[outbox_id] = act
        self._undo.did(act)

    async def _owed_act(self, conversation_id: int, message_id: int, kinds: tuple[OutboxKind, ...]) -> OutboxRow | None:
        """The newest of these acts on a message that has not come to its end."""
        rows = await self._database.read(lambda c: outbox_reading.items(c, conversation_id=conversation_id))
        of_message = [row for row in rows if row.message_id == message_id and row.kind in kinds and row.state in UNDER_WAY]
        return max(of_message, key=lambda row: row.id, default=None)

    async def _let_go(self, outbox_id: int) -> None:
        """Take a like or boost back that has not left; then there is nothing of it to undo any more."""
        trouble = await self._database.write(_withdraw, outbox_id, to_ms(self._clock.now()))
        if trouble is not None:
            raise UserMistake(trouble)
        act = self._reactions.pop(outbox_id, None)
        if act is not None:
            self._undo.forget(act)


def naming(parts: Sequence[str], handle: str, visibility: Visibility) -> tuple[str, ...]:
    """The parts with their addressee named: the first, and each where nobody else may read along."""
    everywhere = visibility is Visibility.DIRECT
    return tuple(addressed(part, handle) if everywhere or not number else part for number, part in enumerate(parts))


def new_key() -> str:
    """A key for one outbox item: random, made before the first attempt, never used again."""
    return secrets.token_hex(16)


def _owe_reply(session: Session, owed: Owed, now_ms: int) -> tuple[int, Before]:
    assert owed.conversation_id is not None  # a reply stands in a conversation
    if owed.state is DeliveryState.BY_HAND:
        stands = conversations.standing(session, owed.conversation_id)
        before = Before(owed.conversation_id, stands, stands)
    else:
        before = _moved(session, owed.conversation_id, ConversationState.WAITING, now_ms)
    conversations.save_draft(session, owed.conversation_id, "", None, now_ms)
    return outbox.add(session, owed, now_ms), before


def _withdraw(session: Session, outbox_id: int, now_ms: int) -> Message | None:
    """Let go of an item that has not left. Answers what keeps one from it: that it has left or is on its way, or was let go before."""
    item = outbox.delivery(session, outbox_id)
    if item is None or item.state is DeliveryState.LET_GO:
        return message("outbox.moved_on", state=message("delivery.let_go"))
    if item.state not in (DeliveryState.WAITING, DeliveryState.FAILED, DeliveryState.BY_HAND) or item.progress:
        return message("inbox.already_left")
    outbox.move(session, outbox_id, DeliveryState.LET_GO, now_ms)
    return None


def _withdraw_reply(
    session: Session, outbox_id: int, before: Before, text: str, visibility: Visibility, now_ms: int
) -> Message | None:
    """The text goes back into the box, in front of what was typed there since."""
    trouble = _withdraw(session, outbox_id, now_ms)
    if trouble is not None:
        return trouble
    _restore(session, [before])
    conversations.save_draft(session, before.id, before_what_is_there(session, before.id, text), visibility, now_ms)
    return None


def before_what_is_there(session: Session, conversation_id: int, text: str) -> str:
    """A text that comes back to a reply box in which somebody may have gone on typing: neither is lost."""
    there = conversations.draft(session, conversation_id)
    return f"{text}\n\n{there}" if there.strip() and there != text else text


def _moved(
    session: Session,
    conversation_id: int,
    to: ConversationState,
    now_ms: int,
    until: datetime | None = None,
    answer_by: datetime | None = None,
) -> Before:
    """Move a conversation; answers what undoing it needs."""
    until_ms = to_ms(until) if until is not None else None
    answer_by_ms = to_ms(answer_by) if answer_by is not None else None
    standing = conversations.set_state(session, conversation_id, to, now_ms, until_ms=until_ms, answer_by_ms=answer_by_ms)
    return Before(conversation_id, standing, conversations.standing(session, conversation_id))


def _restore(session: Session, befores: Sequence[Before]) -> None:
    """Put back what still stands where the act left it. A customer who wrote since has moved it: that must not be hidden."""
    for before in befores:
        now = conversations.standing(session, before.id)
        same = (now.state, now.answer_by, now.snoozed_until) == (before.after.state, before.after.answer_by, before.after.snoozed_until)
        if same and (before.after.unread or not now.unread):
            conversations.restore(session, before.id, before.standing)
