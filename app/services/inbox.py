"""Acts on conversations: each is one transaction and one entry of the undo list. A reply is owed, never sent from here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from app.models.conversation import Category, ConversationState, Standing
from app.models.delivery import Owed
from app.models.message import Visibility
from app.models.outbox import DeliveryState, HandOver, OutboxKind, Reacted
from app.models.playbook import AfterSending
from app.models.post import Picture
from app.models.reply import Written
from app.networks.network import Card, addressed
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.signals import Signal
from app.runtime.words import Message, message
from app.services import faq_links, inviting
from app.services.bulk import Bulk
from app.services.reactions import Reactions, new_key, withdraw
from app.services.server_facts import limits_from
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.reading import conversations as reading
from app.store.reading import invitations as invitations_reading
from app.store.reading import messages as messages_reading
from app.store.reading import outbox as outbox_reading
from app.store.writing import conversations, invitations, muting, outbox, playbook, promises, suggesting
from app.store.writing.muting import Muted

T = TypeVar("T")
Did = Callable[[Act], None]
"""Notes an act for the undo list; given where several acts make one step."""

MOST_ABOUT = 1000
"""So many conversations of an act are remembered for being shown again when it is taken back."""

@dataclass(frozen=True, slots=True)
class Before:
    """How a conversation stood before an act, and where the act put it: undoing it never hides what came since."""

    id: int
    standing: Standing
    after: Standing
    promise_id: int | None = None
    """What was promised with it, and goes with it."""


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
        self.bulk = Bulk(database, clock)
        self._reactions = Reactions(database, undo, clock, undo_seconds, card)

    @property
    def progress(self) -> Signal[int, int]:
        """(done, of all) during an act on very many conversations; (0, 0) at its end."""
        return self.bulk.progress

    def stop(self) -> None:
        """Stop such an act."""
        self.bulk.stop()

    # -- replies ---------------------------------------------------------------------------------------------------------------

    async def reply(
        self,
        conversation_id: int,
        parts: Sequence[str],
        visibility: Visibility,
        *,
        answer_title: str = "",
        key_begins: str = "",
        did: Did | None = None,
        written: Written | None = None,
    ) -> int:
        """Owe a reply, leaving after the undo time, and move the conversation to waiting (for the customer).

        Where the network lets no program answer, it is owed by hand and the conversation stays where it is until the user says that
        it is out: see `by_hand`. `written` is what stood in the reply box: it comes back as it was when the reply is taken back. Raises
        UserMistake for a private answer to what is public where the network has none: it must never come out as a public one.
        """
        said = written or Written("\n\n".join(parts))
        owed, name = await self.owed_reply(
            conversation_id, parts, visibility, said, answer_title=answer_title, key_begins=key_begins
        )
        return await self.owe(owed, said, name, did)

    async def owe(self, owed: Owed, said: Written, name: str, did: Did | None = None) -> int:
        """Owe what `owed_reply` made, as one act; answers the outbox id."""
        assert owed.conversation_id is not None  # a reply stands in a conversation
        now = to_ms(self._clock.now())
        outbox_id, before = await self._database.write(_owe_reply, owed, said, now)

        async def back() -> None:
            await self._take_back(outbox_id, before, said, owed.visibility, name)

        (did or self._undo.did)(Act(message("undone.reply", name=name), back, about=(owed.conversation_id,)))
        return outbox_id

    async def owed_reply(
        self,
        conversation_id: int,
        parts: Sequence[str],
        visibility: Visibility,
        said: Written,
        *,
        answer_title: str = "",
        key_begins: str = "",
    ) -> tuple[Owed, str]:
        """A reply as the outbox takes it, and the customer's name. Owes nothing yet; raises what `reply` raises."""
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
        if visibility is Visibility.DIRECT and not row.private and not await self._answers_privately(account_id):
            raise UserMistake(message("inbox.no_private_answer", network=self._card(row.network).name))
        texts = naming(typed, last.handle, visibility) if self._card(row.network).replies_name else typed
        due = self._clock.now() + timedelta(seconds=self._undo_seconds())
        return Owed(
            account_id=account_id,
            kind=OutboxKind.REPLY,
            key=f"{key_begins}{new_key()}",
            due_at=due,
            target=remote_id,
            parts=texts,
            pictures=said.pictures,
            visibility=visibility,
            language=said.language or row.language,
            answer_title=answer_title,
            conversation_id=conversation_id,
            message_id=last.id,
            mail=await self._database.read(invitations_reading.mail_of, conversation_id),
            state=DeliveryState.WAITING if last.answerable else DeliveryState.BY_HAND,
        ), row.author

    async def by_hand(self, outbox_id: int) -> HandOver | None:
        """What the user must do of it; None where the program sends it."""
        item = await self._database.read(outbox_reading.delivery, outbox_id)
        if item is None or item.state is not DeliveryState.BY_HAND:
            return None
        url = "" if item.message_id is None else await self._database.read(messages_reading.url, item.message_id)
        return HandOver("\n\n".join(item.parts_left), url, self._card(item.network).name)

    async def _answers_privately(self, account_id: int) -> bool:
        """Whether the account's network has private answers to public messages."""
        limits, _ = await self._database.read(accounts_reading.limits_and_facts, account_id)
        account = await self._database.read(accounts_reading.account, account_id)
        return (
            account is not None
            and Visibility.DIRECT in limits_from(limits, self._card(account.network).limits).visibilities
        )

    async def _take_back(
        self, outbox_id: int, before: Before, written: Written, visibility: Visibility, name: str
    ) -> None:
        now = to_ms(self._clock.now())
        trouble = await self._database.write(_withdraw_reply, outbox_id, before, written, visibility, now)
        if trouble is not None:
            raise UserMistake(message("inbox.reply_left", name=name) if trouble.id == "inbox.already_left" else trouble)

    async def save_draft(
        self,
        conversation_id: int,
        text: str,
        visibility: Visibility | None,
        pictures: Sequence[Picture] = (),
        language: str = "",
    ) -> None:
        """Keep what is in the reply box; where there is nothing, it is forgotten."""
        now = to_ms(self._clock.now())
        await self._database.write(conversations.save_draft, conversation_id, text, visibility, now, pictures, language)

    # -- states ----------------------------------------------------------------------------------------------------------------

    async def mark_read(self, conversation_id: int) -> None:
        """Not an act to undo."""
        await self._database.write(conversations.mark_read, conversation_id)

    async def close(self, conversation_ids: Sequence[int]) -> int:
        """Done."""
        return await self._set_state(conversation_ids, ConversationState.DONE, "undone.done")

    async def reopen(self, conversation_ids: Sequence[int]) -> int:
        """Needs answer again, with a promise from now; one that needs an answer already keeps its own."""
        return await self._set_state(conversation_ids, ConversationState.NEEDS_ANSWER, "undone.reopened")

    async def snooze(self, conversation_ids: Sequence[int], until: datetime) -> int:
        """Out of sight until `until` (aware UTC)."""
        if until <= self._clock.now():
            raise UserMistake(message("inbox.snooze_past"), field="until")
        return await self._set_state(conversation_ids, ConversationState.SNOOZED, "undone.snoozed", until=until)

    async def ignore(
        self,
        conversation_ids: Sequence[int],
        category: Category,
        *,
        mute: bool = False,
        why: str = "",
        did: Did | None = None,
    ) -> int:
        """Ignore politely (troll) or as spam: answers nothing, blocks nobody. `mute`: the people are not heard any more on this computer,
        and `why` is kept as a note of theirs.
        """
        now = to_ms(self._clock.now())

        def act(session: Session, some: Sequence[int]) -> list[Ignored]:
            return [ignored(session, each, category, now, why if mute else None) for each in some]

        def back(session: Session, some: Sequence[Ignored]) -> list[None]:
            for each in some:
                take_back_ignored(session, each)
            return []

        return await self._act(
            conversation_ids, act, back, lambda each: each.before.id, "undone.muted" if mute else "undone.ignored", did
        )

    async def keep(self, conversation_ids: Sequence[int]) -> int:
        """Keep praise for the collection."""
        return await self._set_state(conversation_ids, ConversationState.KEPT, "undone.kept")

    async def categorize(self, conversation_ids: Sequence[int], category: Category) -> int:
        """Change the category."""

        def act(session: Session, some: Sequence[int]) -> list[tuple[int, Standing]]:
            before = [(each, conversations.standing(session, each)) for each in some]
            for each in some:
                conversations.categorize(session, each, category)
            return before

        def back(session: Session, some: Sequence[tuple[int, Standing]]) -> list[None]:
            for each, old in some:
                conversations.uncategorize(session, each, category, old)
            return []

        return await self._act(conversation_ids, act, back, lambda each: each[0], "undone.categorized")

    async def _set_state(
        self,
        conversation_ids: Sequence[int],
        to: ConversationState,
        said: str,
        until: datetime | None = None,
    ) -> int:
        """One undo step however many there are."""
        now = to_ms(self._clock.now())

        def act(session: Session, some: Sequence[int]) -> list[Before]:
            return [_moved(session, each, to, now, until) for each in some]

        return await self._act(conversation_ids, act, restore_all, lambda before: before.id, said)

    async def _act(
        self,
        conversation_ids: Sequence[int],
        act: Callable[[Session, Sequence[int]], list[T]],
        take_back: Callable[[Session, Sequence[T]], list[None]],
        id_of: Callable[[T], int],
        said: str,
        did: Did | None = None,
    ) -> int:
        """Do it to all of them; what was done of it is one step that can be taken back, also where it was stopped or failed on the way."""
        ran = await self.bulk.run(conversation_ids, act, _itself)
        if ran.results:
            done = [id_of(each) for each in ran.results]

            async def back() -> None:
                taken = await self.bulk.run(ran.results, take_back, id_of)
                if taken.trouble is not None:
                    raise taken.trouble

            async def forth() -> None:
                again = await self.bulk.run(done, act, _itself)
                if again.trouble is not None:
                    raise again.trouble

            (did or self._undo.did)(Act(message(said, n=len(done)), back, forth, tuple(done[:MOST_ABOUT])))
        if ran.trouble is not None:
            raise ran.trouble
        return len(ran.results)

    # -- notes and reactions ---------------------------------------------------------------------------------------------------

    async def note(self, conversation_id: int, text: str) -> None:
        """A note that stays on this computer."""
        if not text.strip():
            raise UserMistake(message("inbox.note_empty"), field="note")
        note_id = await self._database.write(
            conversations.add_note, conversation_id, text.strip(), to_ms(self._clock.now())
        )

        async def back() -> None:
            await self._database.write(conversations.delete_note, note_id)

        self._undo.did(Act(message("undone.note"), back, about=(conversation_id,)))

    async def like(self, conversation_ids: Sequence[int]) -> Reacted:
        """Like the customer's last message, or take the like back; see services/reactions.py."""
        return await self._reactions.react(conversation_ids, OutboxKind.LIKE, OutboxKind.UNLIKE)

    async def boost(self, conversation_ids: Sequence[int]) -> Reacted:
        """Repost the customer's last message, or take it back."""
        return await self._reactions.react(conversation_ids, OutboxKind.BOOST, OutboxKind.UNBOOST)


def naming(parts: Sequence[str], handle: str, visibility: Visibility) -> tuple[str, ...]:
    """The parts with their addressee named: the first, and each where nobody else may read along."""
    everywhere = visibility is Visibility.DIRECT
    return tuple(addressed(part, handle) if everywhere or not number else part for number, part in enumerate(parts))


def _owe_reply(session: Session, owed: Owed, said: Written, now_ms: int) -> tuple[int, Before]:
    assert owed.conversation_id is not None  # a reply stands in a conversation
    if owed.state is DeliveryState.BY_HAND:
        stands = conversations.standing(session, owed.conversation_id)
        before = Before(owed.conversation_id, stands, stands)
    else:
        before = _moved(session, owed.conversation_id, ConversationState.WAITING, now_ms)
    conversations.save_draft(session, owed.conversation_id, "", None, now_ms)
    outbox_id = outbox.add(session, owed, now_ms)
    faq_links.note(session, owed.conversation_id, outbox_id, said.text, now_ms)
    inviting.note(session, owed, outbox_id, "\n".join(owed.parts), now_ms)
    if said.answer_key:
        use = playbook.Used(owed.conversation_id, outbox_id, now_ms, said.text, in_company=bool(said.more_answers))
        for key in (said.answer_key, *said.more_answers):
            playbook.used(session, key, use)
            if owed.message_id is not None:
                suggesting.choose(session, key, owed.message_id, now_ms, fits=True)
        if owed.state is not DeliveryState.BY_HAND:
            before = _moved_on(session, before, playbook.after_sending(session, said.answer_key), now_ms)
    if said.promise is not None and said.promise.due_at is not None:
        due_ms = to_ms(said.promise.due_at)
        before = replace(before, promise_id=promises.make(session, before.id, said.promise.text, due_ms, now_ms))
    return outbox_id, before


def _moved_on(session: Session, before: Before, after: AfterSending, now_ms: int) -> Before:
    """What the playbook says is to happen to the conversation once its answer was sent."""
    if after.category:
        conversations.categorize(session, before.id, Category(after.category))
    if after.done:
        conversations.set_state(session, before.id, ConversationState.DONE, now_ms)
    elif after.snooze_hours:
        until_ms = now_ms + after.snooze_hours * 3_600_000
        conversations.set_state(session, before.id, ConversationState.SNOOZED, now_ms, until_ms=until_ms)
    return Before(before.id, before.standing, conversations.standing(session, before.id))


def _withdraw_reply(
    session: Session, outbox_id: int, before: Before, written: Written, visibility: Visibility, now_ms: int
) -> Message | None:
    """The text goes back into the box, in front of what was typed there since."""
    trouble = withdraw(session, outbox_id, now_ms)
    if trouble is not None:
        return trouble
    playbook.unused(session, outbox_id)
    if before.promise_id is not None:
        promises.take_back(session, before.promise_id)
    faq_links.take_back(session, outbox_id)
    invitations.take_back(session, outbox_id)
    item = outbox.delivery(session, outbox_id)
    if written.answer_key and item is not None and item.message_id is not None:
        for key in (written.answer_key, *written.more_answers):
            suggesting.forget_choice(session, key, item.message_id)
    restore_all(session, [before])
    text = before_what_is_there(session, before.id, written.text)
    conversations.save_draft(session, before.id, text, visibility, now_ms, written.pictures, written.language)
    return None


def before_what_is_there(session: Session, conversation_id: int, text: str) -> str:
    """A text that comes back to a reply box in which somebody may have gone on typing: neither is lost."""
    there = conversations.draft(session, conversation_id)
    return f"{text}\n\n{there}" if there.strip() and there != text else text


class Ignored(NamedTuple):
    """A conversation that was put away, and the person where that one is not heard any more."""

    before: Before
    muted: Muted | None


def ignored(session: Session, conversation_id: int, category: Category, now_ms: int, why: str | None) -> Ignored:
    """Put a conversation away. `why` None: its person is heard as before."""
    stood = conversations.standing(session, conversation_id)
    conversations.categorize(session, conversation_id, category)
    after = _moved(session, conversation_id, ConversationState.IGNORED, now_ms).after
    return Ignored(
        Before(conversation_id, stood, after),
        None if why is None else muting.mute(session, conversation_id, now_ms, why),
    )


def take_back_ignored(session: Session, one: Ignored) -> None:
    """As before; a customer who wrote since is not hidden."""
    restore_all(session, [one.before])
    if one.muted is not None:
        muting.unmute(session, one.muted)


def _itself(conversation_id: int) -> int:
    return conversation_id


def _moved(
    session: Session,
    conversation_id: int,
    to: ConversationState,
    now_ms: int,
    until: datetime | None = None,
) -> Before:
    """Move a conversation; answers what undoing it needs."""
    until_ms = to_ms(until) if until is not None else None
    standing = conversations.set_state(session, conversation_id, to, now_ms, until_ms=until_ms)
    return Before(conversation_id, standing, conversations.standing(session, conversation_id))


def restore_all(session: Session, befores: Sequence[Before]) -> list[None]:
    """Put back what still stands where the act left it. A customer who wrote since has moved it: that must not be hidden."""
    for before in befores:
        now = conversations.standing(session, before.id)
        same = (now.state, now.answer_by, now.snoozed_until) == (
            before.after.state,
            before.after.answer_by,
            before.after.snoozed_until,
        )
        if same and (before.after.unread or not now.unread):
            conversations.restore(session, before.id, before.standing)
    return []
