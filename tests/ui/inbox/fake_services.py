"""Services made of lists: each act changes them at once and says so, as a commit would; what was asked is noted in `asked`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.language.typed_time import moment
from app.models.account import AccountRow, Offer
from app.models.conversation import Category, ConversationRow, ConversationState
from app.models.courtesy import Thanked
from app.models.find import SavedSearchRow
from app.models.message import MessageKind, MessageRow, NoteRow, Visibility
from app.models.moment import Moment
from app.models.outbox import DeliveryState, Reacted
from app.models.picture_kind import PictureKind
from app.models.playbook import FactRow, ListFigures, PlaybookAnswer
from app.models.post import Picture
from app.models.promise import Promised, Suggested
from app.models.reply import Written
from app.models.spending import SearchPrice
from app.models.spike import Spike
from app.runtime.errors import AppError
from app.runtime.settings import Sending, Settings
from app.runtime.signals import Signal
from app.runtime.words import Message, message
from app.services.promises import Promises
from app.services.replies import Replies
from app.services.starter_playbook import read_starter
from app.services.undo import Undo
from tests.fakes.clock import FakeClock
from tests.ui.inbox import agreements, customers, escalations, shop
from tests.ui.inbox.fake_playbook import FakePlaybook, FakeSuggesting
from tests.ui.inbox.fake_posts import FakeLimits as FakeLimits
from tests.ui.inbox.fake_posts import FakePosts
from tests.ui.inbox.fake_reads import FakeChanges as FakeChanges
from tests.ui.inbox.fake_reads import FakeQueries as FakeQueries
from tests.ui.inbox.fake_reads import FakeReads as FakeReads
from tests.ui.inbox.fake_tags import FakeRules, FakeTags

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


class FakeInbox:
    """Acts on the lists; each can be taken back."""

    def __init__(self, world: FakeServices) -> None:
        self._world = world
        self.refuses: AppError | None = None
        self.written: list[Written | None] = []
        """What stood in the box at each reply."""
        self.disk: AppError | None = None
        """What happens to everything that is to be stored."""
        self.progress: Signal[int, int] = Signal()

    async def reply(
        self, conversation_id: int, parts: Sequence[str], visibility: Visibility, *, answer_title: str = "", written: Written | None = None
    ) -> int:
        world = self._world
        self.written.append(written)
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
            world.drafts[conversation_id] = (written.text if written is not None else text, visibility)
            world.put(before, reply_draft=True)

        world.undo.did(message("inbox.copy"), back)
        return outbox_id

    async def by_hand(self, outbox_id: int) -> None:
        """Everything is sent by the program here."""

    async def save_draft(
        self, conversation_id: int, text: str, visibility: Visibility | None, pictures: Sequence[Picture] = (), language: str = ""
    ) -> None:
        self._world.asked.append(("save_draft", conversation_id, text, visibility))
        if self.disk is not None:
            raise self.disk
        if pictures or language:
            self._world.extras[conversation_id] = (tuple((picture.path, picture.alt) for picture in pictures), language)
        else:
            self._world.extras.pop(conversation_id, None)
        if text or visibility or pictures or language:
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

    async def ignore(self, conversation_ids: Sequence[int], category: Category, *, mute: bool = False, why: str = "") -> None:
        if mute:
            self._world.asked.append(("mute", why))
            now = self._world.clock.now()
            self._world.muted |= {self._world.rows[number].customer_id: now for number in conversation_ids}
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

    async def like(self, conversation_ids: Sequence[int]) -> Reacted:
        self._world.asked.append(("like", tuple(conversation_ids)))
        return Reacted(len(conversation_ids), on=True)

    async def boost(self, conversation_ids: Sequence[int]) -> Reacted:
        self._world.asked.append(("boost", tuple(conversation_ids)))
        return Reacted(len(conversation_ids), on=True)

    def stop(self) -> None:
        self._world.asked.append(("stop",))

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


class FakeCourtesies:
    """Thanks and closing answers of one wording."""

    def __init__(self, world: FakeServices) -> None:
        self._world = world

    def day_starts_at(self) -> datetime:
        return self._world.clock.now().replace(hour=0, minute=0)

    async def thank(self, conversation_id: int) -> Thanked:
        row = self._world.rows[conversation_id]
        self._world.thanked += 1
        await self._world.inbox.reply(conversation_id, ["¡Gracias!"], Visibility.PUBLIC)
        return Thanked(1, "¡Gracias!", row.author, self._world.thanked)

    async def close(self, conversation_id: int, why: str) -> Thanked:
        row = self._world.rows[conversation_id]
        self._world.asked.append(("closing", conversation_id, why))
        await self._world.inbox.ignore([conversation_id], Category.TROLL, mute=True, why=why)
        return Thanked(1, "Que te vaya bien.", row.author, 0)

    async def hear(self, conversation_ids: Sequence[int]) -> int:
        self._world.asked.append(("hear", tuple(conversation_ids)))
        for number in conversation_ids:
            self._world.muted.pop(self._world.rows[number].customer_id, None)
        self._world.changed.emit(FakeChanges(customer={1}))
        return len(conversation_ids)


class FakePromises:
    """Reads times as the program does; notes what is remembered."""

    def __init__(self, world: FakeServices) -> None:
        self._world = world
        self.found: Suggested | None = None

    def typed(self, text: str, language: str = "") -> Moment:
        return moment(text, self._world.clock.now(), ZoneInfo("America/Mexico_City"), language)

    def find(self, _messages: Sequence[MessageRow], _language: str = "") -> Suggested | None:
        return self.found

    def in_reply(self, text: str, language: str = "") -> Promised | None:
        unused: Any = None
        return Promises(unused, Undo(), self._world.clock, lambda: "America/Mexico_City").in_reply(text, language)

    def usual_due(self) -> datetime:
        return self._world.clock.now() + timedelta(days=1)

    async def remember(self, conversation_id: int, text: str, due_at: datetime, message_id: int | None = None) -> int:
        self._world.asked.append(("promise", conversation_id, text, due_at, message_id))
        return 1

    async def keep(self, promise_id: int) -> None:
        self._world.asked.append(("keep_promise", promise_id))

    async def let_go(self, promise_id: int) -> None:
        self._world.asked.append(("let_promise_go", promise_id))


class FakeUndo:
    """The acts, last first."""

    about: tuple[int, ...] = ()

    def __init__(self) -> None:
        self.changed: Signal[[]] = Signal()
        self.seconds: Callable[[int], int] = int
        self._acts: list[tuple[Message, Callable[[], None]]] = []

    def did(self, said: Message, back: Callable[[], None]) -> None:
        self._acts.append((said, back))
        self.changed.emit()

    def can_undo(self) -> bool:
        return bool(self._acts)

    def can_redo(self) -> bool:
        return False

    async def undo(self, under_way: object = ()) -> Message | None:
        said, back = self._acts.pop()
        back()
        return said

    async def redo(self, under_way: object = ()) -> Message | None:
        return None


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
        self.paused: Signal[int, int, int] = Signal()
        self.stopped = False
        self.went_on = 0

    def stop(self) -> None:
        self.stopped = True

    async def go_on(self) -> int:
        self.went_on += 1
        return 0


class FakePictures:
    """Files by address."""

    def __init__(self) -> None:
        self.changed: Signal[frozenset[str]] = Signal()
        self.files: dict[str, Path] = {}
        self.asked: list[str] = []

    def file(self, url: str, kind: PictureKind) -> Path | None:
        self.asked.append(url)
        return self.files.get(url)


@dataclass
class FakeData:
    read_only: bool = False


class FakeAnswering:
    """When cases have to be solved is up to the test."""

    def __init__(self) -> None:
        self.progress: Signal[int, int] = Signal()
        self.recounted: Signal[int] = Signal()
        self.solved: datetime | None = None

    def solved_by(self, _row: object, _case: object) -> datetime | None:
        return self.solved


class FakeSearches:
    """Kept in a list; X charges."""

    def __init__(self, world: FakeServices) -> None:
        self._world = world

    def can_ask(self, network: str) -> bool:
        return network != "instagram"

    def prices(self, networks: Sequence[str]) -> Sequence[SearchPrice]:
        return [SearchPrice("X", "USD", 100_000, 72_000_000, 5_000_000, 1)] if "x" in networks else []

    async def save(self, name: str, words: str, accounts: Sequence[int] = (), *, asks: bool = False) -> int:
        self._world.asked.append(("save_search", name, words, tuple(accounts), asks))
        number = 1 + max((search.id for search in self._world.saved), default=0)
        self._world.saved.append(SavedSearchRow(number, name, words, tuple(accounts), asks))
        self._world.changed.emit(FakeChanges(saved_search={number}))
        return number

    async def change(self, search: SavedSearchRow) -> None:
        self._world.asked.append(("change_search", search))
        self._world.saved = [search if one.id == search.id else one for one in self._world.saved]
        self._world.changed.emit(FakeChanges(saved_search={search.id}))

    async def remove(self, search_id: int) -> None:
        self._world.saved = [one for one in self._world.saved if one.id != search_id]
        self._world.changed.emit(FakeChanges(saved_search={search_id}))

    async def order(self, search_ids: Sequence[int]) -> None:
        by_id = {one.id: one for one in self._world.saved}
        self._world.saved = [by_id[number] for number in search_ids]
        self._world.changed.emit(FakeChanges(saved_search=set(search_ids)))


class FakeSpikes:
    """Shows what the test says."""

    def __init__(self) -> None:
        self.changed: Signal[Spike | None] = Signal()
        self.current: Spike | None = None

    def show(self, spike: Spike | None) -> None:
        self.current = spike
        self.changed.emit(spike)

    async def dismiss(self) -> str:
        topic = self.current.topic if self.current is not None else ""
        self.show(None)
        return topic


@cache
def starter() -> tuple[PlaybookAnswer, ...]:
    """The answers that the program comes with, read once for all tests of a process."""
    return tuple(read_starter(RESOURCES / "playbook" / "starter.json"))


class FakeServices:
    """All of them, over the shop's rows."""

    def __init__(self, clock: FakeClock, folder: Path | None = None) -> None:
        self.clock = clock
        self.rows = {row.id: row for row in shop.conversations()}
        self.details = {row.id: shop.detail_of(row) for row in self.rows.values()}
        self.account_rows = list(shop.ACCOUNTS)
        self.drafts: dict[int, tuple[str, Visibility | None]] = {}
        self.extras: dict[int, tuple[tuple[tuple[str, str], ...], str]] = {}
        self.answers = [
            replace(answer, id=number, uses=uses)
            for number, (answer, uses) in enumerate(zip(starter(), cycle((64, 38, 112, 7)), strict=False), 1)
        ]
        self.facts: list[FactRow] = []
        self.figures: dict[int, ListFigures] = {}
        self.wording_uses: dict[int, dict[int, tuple[int, int]]] = {}
        self.terms = ""
        self.replies = Replies(RESOURCES / "language" / "phrases.json", lambda: self.terms, lambda: self.settings.get(Sending).cooling)
        self.asked: list[tuple[Any, ...]] = []
        self.changed: Signal[Any] = Signal()
        self.settings = Settings(dict, lambda _name, _text: None)
        self.playbook = FakePlaybook(self)
        self.suggesting = FakeSuggesting(self)
        self.reads = FakeReads(self)
        self.inbox = FakeInbox(self)
        self.courtesies = FakeCourtesies(self)
        self.promises = FakePromises(self)
        self.thanked = 0
        self.muted: dict[int, datetime] = {}
        self.posts = FakePosts()
        self.outbox = FakeOutbox(self)
        self.accounts = FakeAccounts()
        self.answering = FakeAnswering()
        self.sync = FakeSync()
        self.pictures = FakePictures()
        self.undo = FakeUndo()
        self.tags = FakeTags()
        self.rules = FakeRules()
        self.escalations = escalations.FakeEscalations(clock)
        self.letters = escalations.FakeLetters()
        self.data = FakeData()
        self.saved: list[SavedSearchRow] = []
        self.saved_counts: dict[int, int] = {}
        self.found_at_once = 0
        """Rows that one answer of a search looks at; 0: all."""
        self.searches = FakeSearches(self)
        self.spikes = FakeSpikes()
        self.customers = customers.FakeCustomers(self)
        self.orders = customers.FakeOrders(self)
        self.agreements = agreements.FakeAgreements(self.asked, clock)
        self.invitations = agreements.FakeInvitations(self.asked)
        self.agreement_rows = [agreements.ROW]

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
