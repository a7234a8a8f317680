"""Services made of lists: each act changes them at once and says so, as a commit would; what was asked is noted in `asked`."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from app.models.account import AccountRow, Offer
from app.models.conversation import VIEW_STATES, Category, ConversationRow, ConversationState, View
from app.models.message import ConversationDetail, MessageKind, MessageRow, NoteRow, Visibility
from app.models.outbox import DeliveryState
from app.runtime.errors import AppError
from app.runtime.settings import Settings
from app.runtime.signals import Signal
from app.runtime.words import Message, message
from tests.fakes.clock import FakeClock
from tests.ui.inbox import shop


class FakeChanges:
    """What a commit touched."""

    def __init__(self, **tables: set[int] | None) -> None:
        self.tables = tables

    def ids(self, table: str) -> frozenset[int]:
        return frozenset(self.tables.get(table) or ())

    def all_of(self, table: str) -> bool:
        return table in self.tables and self.tables[table] is None

    def touches(self, *tables: str) -> bool:
        return any(table in self.tables for table in tables)


class FakeQueries:
    """Reads of the lists."""

    def __init__(self, world: FakeServices) -> None:
        self._world = world

    def accounts(self) -> list[AccountRow]:
        return list(self._world.account_rows)

    def _in(self, view: View, account_id: int | None) -> list[ConversationRow]:
        soon = self._world.clock.now() + timedelta(hours=1)
        found = [
            row
            for row in self._world.rows.values()
            if row.state in VIEW_STATES[view]
            and account_id in (None, row.account_id)
            and (view is not View.DUE_SOON or (row.answer_by is not None and row.answer_by <= soon))
        ]
        return sorted(found, key=lambda row: (row.sort_key, row.id))

    def conversation_count(self, view: View, account_id: int | None) -> int:
        return len(self._in(view, account_id))

    def view_counts(self, account_id: int | None) -> Mapping[View, int]:
        return {view: self.conversation_count(view, account_id) for view in View}

    def account_counts(self, view: View) -> Mapping[int, int]:
        return {account.id: self.conversation_count(view, account.id) for account in self.accounts()}

    def conversations(self, view: View, account_id: int | None, after: tuple[int, int] | None, limit: int = 256) -> list[ConversationRow]:
        return [row for row in self._in(view, account_id) if after is None or (row.sort_key, row.id) > after][:limit]

    def conversations_by_id(self, ids: Sequence[int]) -> list[ConversationRow]:
        return [self._world.rows[number] for number in ids if number in self._world.rows]

    def conversation_ids(self, view: View, account_id: int | None) -> Sequence[int]:
        return array("q", (row.id for row in self._in(view, account_id)))

    def search(self, text: str, limit: int = 200) -> list[ConversationRow]:
        found = [row for row in self._world.rows.values() if text.lower() in f"{row.author} {row.snippet}".lower()]
        return sorted(found, key=lambda row: row.last_at, reverse=True)[:limit]

    def conversation(self, conversation_id: int, limit: int = 60) -> ConversationDetail | None:
        detail = self._world.details.get(conversation_id)
        if detail is None:
            return None
        text, visibility = self._world.drafts.get(conversation_id, ("", None))
        return replace(detail, draft=text, draft_visibility=visibility)


@dataclass
class FakeReads:
    """`later` delivers at once, or when the test calls `deliver_all`."""

    world: FakeServices
    waits: bool = False
    waiting: list[Callable[[], None]] = field(default_factory=list)

    def now(self, query: Callable[[Any], Any]) -> Any:
        return query(FakeQueries(self.world))

    def later(self, query: Callable[[Any], Any], deliver: Callable[[Any], None]) -> Callable[[], None]:
        live = [True]

        def hand_over() -> None:
            if live[0]:
                deliver(query(FakeQueries(self.world)))

        if self.waits:
            self.waiting.append(hand_over)
        else:
            hand_over()
        return live.clear if not live else lambda: live.__setitem__(0, False)

    def deliver_all(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()


class FakeInbox:
    """Acts on the lists; each can be taken back."""

    def __init__(self, world: FakeServices) -> None:
        self._world = world
        self.refuses: AppError | None = None
        self.disk: AppError | None = None
        """What happens to everything that is to be stored."""

    async def reply(self, conversation_id: int, parts: Sequence[str], visibility: Visibility, *, answer_title: str = "") -> int:
        world = self._world
        world.asked.append(("reply", conversation_id, tuple(parts), visibility))
        if (trouble := self.refuses or self.disk) is not None:
            raise trouble
        text = "\n".join(parts)
        before = world.rows[conversation_id]
        outbox_id = 900 + len(world.asked)
        ours = MessageRow(
            -outbox_id, conversation_id, MessageKind.OURS, "", "", text, world.clock.now(), visibility,
            delivery=DeliveryState.WAITING, outbox_id=outbox_id, leaves_at=world.clock.now() + timedelta(seconds=10),
        )  # fmt: skip
        world.drafts.pop(conversation_id, None)
        world.add_message(ours)
        world.put(before._replace(state=ConversationState.WAITING), reply_draft=True)

        def back() -> None:
            world.take_message(conversation_id, ours.id)
            world.drafts[conversation_id] = (text, visibility)
            world.put(before, reply_draft=True)

        world.undo.did(message("inbox.copy"), back)
        return outbox_id

    async def by_hand(self, outbox_id: int) -> None:
        """Everything is sent by the program here."""

    async def save_draft(self, conversation_id: int, text: str, visibility: Visibility | None) -> None:
        self._world.asked.append(("save_draft", conversation_id, text, visibility))
        if self.disk is not None:
            raise self.disk
        if text:
            self._world.drafts[conversation_id] = (text, visibility)
        else:
            self._world.drafts.pop(conversation_id, None)
        self._world.changed.emit(FakeChanges(reply_draft={conversation_id}))

    async def mark_read(self, conversation_id: int) -> None:
        self._world.asked.append(("mark_read", conversation_id))
        self._world.put(self._world.rows[conversation_id]._replace(unread=False))

    async def close(self, conversation_ids: Sequence[int]) -> None:
        self._move("close", conversation_ids, ConversationState.DONE)

    async def reopen(self, conversation_ids: Sequence[int]) -> None:
        self._move("reopen", conversation_ids, ConversationState.NEEDS_ANSWER)

    async def snooze(self, conversation_ids: Sequence[int], until: datetime) -> None:
        self._world.asked.append(("until", until))
        self._move("snooze", conversation_ids, ConversationState.SNOOZED)

    async def ignore(self, conversation_ids: Sequence[int], category: Category) -> None:
        self._move("ignore", conversation_ids, ConversationState.IGNORED, category)

    async def keep(self, conversation_ids: Sequence[int]) -> None:
        self._move("keep", conversation_ids, ConversationState.KEPT)

    async def categorize(self, conversation_ids: Sequence[int], category: Category) -> None:
        self._world.asked.append(("categorize", tuple(conversation_ids), category))
        for number in conversation_ids:
            self._world.put(self._world.rows[number]._replace(category=category))

    async def note(self, conversation_id: int, text: str) -> None:
        self._world.asked.append(("note", conversation_id, text))
        if self.disk is not None:
            raise self.disk
        detail = self._world.details[conversation_id]
        note = NoteRow(len(detail.notes) + 1, text, self._world.clock.now())
        self._world.details[conversation_id] = replace(detail, notes=(*detail.notes, note))
        self._world.changed.emit(FakeChanges(note={note.id}))

    async def like(self, conversation_id: int) -> None:
        self._world.asked.append(("like", conversation_id))

    async def boost(self, conversation_id: int) -> None:
        self._world.asked.append(("boost", conversation_id))

    def _move(self, act: str, ids: Sequence[int], to: ConversationState, category: Category | None = None) -> None:
        world = self._world
        world.asked.append((act, tuple(ids)))
        before = [world.rows[number] for number in ids]
        for row in before:
            world.rows[row.id] = row._replace(state=to, category=category or row.category)
        world.changed.emit(FakeChanges(conversation=set(ids)))

        def back() -> None:
            world.rows.update({row.id: row for row in before})
            world.changed.emit(FakeChanges(conversation=set(ids)))

        world.undo.did(message("inbox.copy"), back)


class FakeUndo:
    """The acts, last first."""

    def __init__(self) -> None:
        self.changed: Signal[[]] = Signal()
        self._acts: list[tuple[Message, Callable[[], None]]] = []

    def did(self, said: Message, back: Callable[[], None]) -> None:
        self._acts.append((said, back))
        self.changed.emit()

    def can_undo(self) -> bool:
        return bool(self._acts)

    def can_redo(self) -> bool:
        return False

    async def undo(self) -> Message | None:
        said, back = self._acts.pop()
        back()
        return said

    async def redo(self) -> Message | None:
        return None


@dataclass
class FakeLimits:
    text: int = 280
    pictures: int = 4
    alt_text: int = 1000
    poll_options: int = 4
    poll_option_length: int = 25
    visibilities: tuple[Visibility, ...] = (Visibility.PUBLIC, Visibility.DIRECT)
    warning: bool = False
    threads: bool = True


class FakePosts:
    """Counts code points; 280 of them."""

    names = False
    """Whether a reply names whom it answers."""

    def measure(self, _account_id: int, text: str, warning: str = "", reply_to: str = "") -> tuple[int, int]:
        return len(text) + len(warning) + (len(reply_to) + 1 if self.names and reply_to else 0), 280

    def split(self, _account_id: int, text: str, warning: str = "", reply_to: str = "") -> tuple[str, ...]:
        room = 280 - self.measure(0, "", reply_to=reply_to)[0]
        return tuple(text[start : start + room] for start in range(0, len(text), room))

    def limits(self, _account_id: int) -> FakeLimits:
        return FakeLimits()


class FakeOutbox:
    """Notes what is decided."""

    def __init__(self, world: FakeServices) -> None:
        self._world = world

    async def retry(self, outbox_id: int) -> None:
        self._world.asked.append(("retry", outbox_id))

    async def cancel(self, outbox_id: int) -> None:
        world = self._world
        world.asked.append(("cancel", outbox_id))
        for detail in list(world.details.values()):
            for found in detail.messages:
                if found.outbox_id == outbox_id:
                    world.take_message(detail.id, found.id)
                    world.drafts[detail.id] = (found.text, None)
                    world.changed.emit(FakeChanges(outbox={outbox_id}, reply_draft={detail.id}))

    async def settle(self, outbox_id: int, *, is_out: bool, url: str = "") -> None:
        self._world.asked.append(("settle", outbox_id, is_out))


class FakeAccounts:
    """X refuses likes and boosts; everything else works."""

    def offers(self, account: AccountRow) -> Mapping[str, tuple[Offer, Message | None]]:
        refused = (Offer.NOT_OFFERED, message("inbox.no_figure")) if account.network == "x" else (Offer.WORKS, None)
        return {"like": refused, "boost": refused, "private": (Offer.WORKS, None)}


class FakeSync:
    def __init__(self) -> None:
        self.progress: Signal[int, int, int | None] = Signal()
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True


@dataclass
class FakeData:
    read_only: bool = False


class FakeServices:
    """All of them, over the shop's rows."""

    def __init__(self, clock: FakeClock, folder: Path | None = None) -> None:
        self.clock = clock
        self.rows = {row.id: row for row in shop.conversations()}
        self.details = {row.id: shop.detail_of(row) for row in self.rows.values()}
        self.account_rows = list(shop.ACCOUNTS)
        self.drafts: dict[int, tuple[str, Visibility | None]] = {}
        self.asked: list[tuple[Any, ...]] = []
        self.changed: Signal[Any] = Signal()
        self.settings = Settings(dict, lambda _name, _text: None)
        self.reads = FakeReads(self)
        self.inbox = FakeInbox(self)
        self.posts = FakePosts()
        self.outbox = FakeOutbox(self)
        self.accounts = FakeAccounts()
        self.sync = FakeSync()
        self.undo = FakeUndo()
        self.data = FakeData()

    def put(self, row: ConversationRow, *, reply_draft: bool = False) -> None:
        """A commit of one conversation."""
        self.rows[row.id] = row
        self.details.setdefault(row.id, shop.detail_of(row))
        tables: dict[str, set[int] | None] = {"conversation": {row.id}}
        if reply_draft:
            tables |= {"reply_draft": {row.id}, "outbox": {1}}
        self.changed.emit(FakeChanges(**tables))

    def add_message(self, added: MessageRow) -> None:
        detail = self.details[added.conversation_id]
        self.details[added.conversation_id] = replace(detail, messages=(*detail.messages, added))

    def take_message(self, conversation_id: int, message_id: int) -> None:
        detail = self.details[conversation_id]
        kept = tuple(found for found in detail.messages if found.id != message_id)
        self.details[conversation_id] = replace(detail, messages=kept)

    def acts(self, name: str) -> list[tuple[Any, ...]]:
        """What was asked of one kind."""
        return [asked for asked in self.asked if asked[0] == name]


def runner(fail: Callable[[AppError], None]) -> Callable[[str, Coroutine[Any, Any, Any]], None]:
    """Drives coroutines that wait for nothing to their end; what they refuse goes where a task's refusal would."""

    def run(_name: str, work: Coroutine[Any, Any, Any]) -> None:
        try:
            work.send(None)
        except StopIteration:
            return
        except AppError as error:
            fail(error)
            return
        raise AssertionError("a fake service waited")

    return run
