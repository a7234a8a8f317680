"""What is done with the customer of the open conversation: all about it is read for the card, its sheets are opened, its acts started."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from app.commands.services import Changes
from app.models.customer import Candidate, CustomerDetail, CustomerNote, CustomerWords, Flag, HistoryLine
from app.models.order import OrderRow
from app.runtime.words import message
from app.ui.inbox.card_sections import FLAG_LOOKS
from app.ui.inbox.choices import DigitMenu
from app.ui.inbox.customer_card import CustomerCard
from app.ui.inbox.customer_lists import HISTORY, HistorySheet, OrdersSheet
from app.ui.inbox.customer_sheets import EditSheet, NoteSheet
from app.ui.inbox.join_sheet import JoinSheet
from app.ui.inbox.mood_bars import SAID
from app.ui.page import PageFace
from app.ui.safe_text import isolated, shortened

ABOUT_A_CUSTOMER = (
    "customer", "identity", "joining", "conversation", "message", "note", "promise", "agreement", "escalation", "letter", "shop_order", "support_case",
)  # fmt: skip
LISTEN_AFTER_MS = 700
"""Moods nobody listened for are stored when a card has been open for so long: running through the list writes nothing."""


class CustomerActs(QObject):
    """`table` maps the names that commands use to what is done."""

    def __init__(
        self, face: PageFace, card: CustomerCard, show: Callable[[int], None], anchor: QWidget, page: QWidget
    ) -> None:
        """`show` opens a conversation; menus stand below `anchor`."""
        super().__init__(page)
        self._face = face
        self._card = card
        self._show = show
        self._anchor = anchor
        self._page = page
        self._of: tuple[int, int] | None = None
        self._drop: Callable[[], None] | None = None
        self.menu: QMenu | None = None
        self.listen = QTimer(self)
        self.listen.setSingleShot(True)
        self.listen.setInterval(LISTEN_AFTER_MS)
        self.listen.timeout.connect(self._listen)
        self.table: Mapping[str, Callable[..., Any]] = {
            "edit_customer": lambda: self._edit("name"),
            "edit_customer_tags": lambda: self._edit("tags"),
            "join_customer": self._join,
            "separate_customer": self._separate_last,
            "choose_flags": self._choose_flags,
            "choose_mood": self._choose_mood,
            "show_history": self._history,
            "show_orders": self._orders,
            "end_promise": self._end_promise,
        }
        self._wants: Mapping[str, Callable[[Any], None]] = {
            "edit": lambda _key: self._edit("name"),
            "edit_tags": lambda _key: self._edit("tags"),
            "join": lambda _key: self._join(),
            "separate": self._separate,
            "open": self._show,
            "orders": lambda _key: self._orders(),
            "history": lambda _key: self._history(),
            "edit_note": self._edit_note,
            "open_promise": lambda _key: None,
            "open_agreement": lambda _key: None,  # agreeing.py hears it
            "promise_kept": lambda key: self._promise(key, kept=True),
            "promise_let_go": lambda key: self._promise(key, kept=False),
        }
        card.shown_for.connect(self._read)
        card.wanted.connect(self._wanted)
        card.mood_corrected.connect(self._correct_mood)

    def facts(self) -> frozenset[str]:
        """What commands want to know of the customer."""
        detail = self._detail()
        if detail is None:
            return frozenset()
        found = {"customer"}
        if any(profile.joining_id is not None for profile in detail.profiles):
            found.add("joined")
        if detail.order_count:
            found.add("orders")
        if detail.moods:
            found.add("moods")
        if detail.promises:
            found.add("promises")
        if detail.agreements:
            found.add("agreements")
        return frozenset(found)

    def follow(self, changes: Changes) -> None:
        """A commit touched rows: what is shown of the customer is read anew."""
        if self._of is not None and changes.touches(*ABOUT_A_CUSTOMER):
            self._read(*self._of)

    # ---- reading

    def _read(self, customer_id: int, conversation_id: int) -> None:
        self._of = (customer_id, conversation_id)
        if self._drop is not None:
            self._drop()
        self.listen.stop()
        self._drop = self._face.services.reads.later(
            lambda queries: queries.customer(customer_id, conversation_id), self._deliver
        )

    def _deliver(self, detail: CustomerDetail | None) -> None:
        if detail is None:
            return
        self._card.show_detail(detail)
        self._face.actions.refresh()
        if any(mark.mood is None for mark in detail.moods) and not self._face.services.data.read_only:
            self.listen.start()

    def _listen(self) -> None:
        detail = self._detail()
        if detail is not None:
            self._face.actions.start("customer: listen", self._face.services.customers.judge(detail.id))

    def _detail(self) -> CustomerDetail | None:
        """Of the customer who is shown; None while it is read."""
        detail = self._card.detail
        return detail if detail is not None and self._of is not None and detail.id == self._of[0] else None

    # ---- acts

    def _wanted(self, what: str, key: object) -> None:
        self._wants[what](key)

    def _may_write(self) -> CustomerDetail | None:
        return None if self._face.services.data.read_only else self._detail()

    def _do(self, task: str, work: Awaitable[Any], said: str = "", /, **values: object) -> None:
        async def act() -> None:
            await work
            if said:
                self._face.notices.say(message(said, **values), undo=True, seconds=10)

        self._face.actions.start(task, act())

    def _edit(self, begin: str) -> None:
        detail = self._may_write()
        if detail is None:
            return
        services = self._face.services.customers

        async def write(words: CustomerWords, flags: tuple[Flag, ...]) -> None:
            await services.describe(detail.id, words)
            if flags != detail.flags:
                await services.flag(detail.id, flags)

        sheet = EditSheet(self._face.look, self._page.window(), detail, self._face.actions, write, begin=begin)
        self._face.window.open_sheet(sheet)

    def _edit_note(self, note: CustomerNote) -> None:
        if self._may_write() is None:
            return
        services = self._face.services.customers
        sheet = NoteSheet(
            self._face.look,
            self._page.window(),
            note,
            self._face.actions,
            lambda text: services.edit_note(note.id, text),
            lambda: services.remove_note(note.id),
        )
        self._face.window.open_sheet(sheet)

    def _join(self) -> None:
        detail = self._may_write()
        if detail is None:
            return
        profiles = tuple((profile.network, profile.handle) for profile in detail.profiles)
        own = Candidate(detail.id, detail.name, profiles, detail.conversation_count)

        def choose(other: Candidate) -> None:
            name = isolated(other.name)
            self._do(
                "customer: join",
                self._face.services.customers.join(detail.id, other.id),
                "customer.said.joined",
                name=name,
            )

        self._face.window.open_sheet(
            JoinSheet(self._face.look, self._page.window(), self._face.services.reads, own, choose)
        )

    def _separate(self, joining_id: int | None) -> None:
        if joining_id is not None and self._may_write() is not None:
            self._do(
                "customer: separate", self._face.services.customers.separate(joining_id), "customer.said.separated"
            )

    def _separate_last(self) -> None:
        detail = self._detail()
        joinings = (
            [profile.joining_id for profile in detail.profiles if profile.joining_id is not None]
            if detail is not None
            else []
        )
        if joinings:
            self._separate(max(joinings))

    def _promise(self, promise_id: int, *, kept: bool) -> None:
        if self._may_write() is None:
            return
        promises = self._face.services.promises
        work = promises.keep(promise_id) if kept else promises.let_go(promise_id)
        self._do("customer: promise", work, "customer.said.kept" if kept else "customer.said.let_go")

    def _end_promise(self, *, kept: bool) -> None:
        """The one there is; of several, the one that is chosen by its digit."""
        detail = self._may_write()
        if detail is None or not detail.promises:
            return
        if len(detail.promises) == 1:
            self._promise(detail.promises[0].id, kept=kept)
            return
        look, now = self._face.look, self._face.clock.now()
        menu = DigitMenu(self._page)
        self.menu = menu
        for number, promise in enumerate(detail.promises[:9], 1):
            action = menu.add(number, shortened(promise.text), look.words.day_and_time(promise.due_at, now))
            action.triggered.connect(
                lambda _checked=False, number=promise.id: self._promise(number, kept=kept)
            )
        menu.popup(self._anchor.mapToGlobal(QPoint(0, self._anchor.height())))

    def _correct_mood(self, message_id: int, to: int | None) -> None:
        if self._may_write() is not None:
            self._do("customer: mood", self._face.services.customers.correct_mood(message_id, to))

    # ---- menus

    def _choose_flags(self) -> None:
        """Each flag with its digit; those the customer has are ticked."""
        detail = self._may_write()
        if detail is None:
            return
        look, menu = self._face.look, self._menu()
        for number, flag in enumerate(Flag, 1):
            icon, hue = FLAG_LOOKS[flag]
            action = menu.addAction(
                look.icons.icon(icon, look.theme.hue(hue, "text")), f"&{number}  {look.text(f'customer.flag.{flag}')}"
            )
            action.setCheckable(True)
            action.setChecked(flag in detail.flags)
            wanted = tuple(each for each in Flag if (each in detail.flags) != (each is flag))
            action.triggered.connect(
                lambda _checked=False, wanted=wanted: self._do(
                    "customer: flag", self._face.services.customers.flag(detail.id, wanted)
                )
            )
        self._pop_up(menu)

    def _choose_mood(self) -> None:
        """How the last message sounds, by a person's word."""
        detail = self._may_write()
        if detail is None or not detail.moods:
            return
        look, menu, last = self._face.look, self._menu(), detail.moods[-1]
        for number, to in enumerate((1, 0, -1), 1):
            action = menu.addAction(f"&{number}  {look.text(SAID[to])}")
            action.triggered.connect(lambda _checked=False, to=to: self._correct_mood(last.message_id, to))
        if last.by_hand:
            action = menu.addAction(f"&0  {look.text('customer.mood.as_heard')}")
            action.triggered.connect(lambda _checked=False: self._correct_mood(last.message_id, None))
        self._pop_up(menu)

    def _menu(self) -> QMenu:
        self.menu = QMenu(self._page)
        return self.menu

    def _pop_up(self, menu: QMenu) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._anchor.mapToGlobal(QPoint(0, self._anchor.height())))

    # ---- sheets to read

    def _history(self) -> None:
        detail = self._detail()
        if detail is None:
            return

        def show(lines: list[HistoryLine]) -> None:
            sheet = HistorySheet(
                self._face.look, self._page.window(), detail.name, lines, self._face.clock.now(), self._show
            )
            self._face.window.open_sheet(sheet)

        self._face.services.reads.later(lambda queries: queries.history(detail.id, HISTORY), show)

    def _orders(self) -> None:
        detail = self._detail()
        if detail is None:
            return

        def copy(number: str) -> None:
            self._face.window.copy(number)
            self._face.notices.say(message("customer.said.copied"), level="ok")

        def show(orders: list[OrderRow]) -> None:
            sheet = OrdersSheet(self._face.look, self._page.window(), detail.name, orders, self._face.clock.now(), copy)
            self._face.window.open_sheet(sheet)

        self._face.services.reads.later(lambda queries: queries.orders_of(detail.id), show)
