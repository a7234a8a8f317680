"""The customer card: who writes, how it sounds, what was promised and ordered, what was said elsewhere, and what we noted.

Its parts are made once and refilled where they stand: it follows the list's selection, and is read a turn after the messages. It changes
nothing by itself; what the user wants is told by `wanted` (see customer_acts.py).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.models.conversation import ConversationRow
from app.models.customer import CustomerDetail
from app.models.message import CustomerRow
from app.ui.inbox.card_line import CardLines, show_if
from app.ui.inbox.card_sections import (
    AGREEMENTS_SHOWN,
    OTHERS_SHOWN,
    PROFILE_BUTTONS,
    PROMISE_BUTTONS,
    Chips,
    Indented,
    NotesPart,
    Section,
    agreement_line,
    case_line,
    escalation_line,
    flag_chips,
    order_line,
    other_line,
    profile_line,
    promise_line,
)
from app.ui.inbox.mood_bars import MoodBars
from app.ui.inbox.times import language_name, same_day
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import one_line
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.chip import Chip, ChipLabel
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Pane, PaneHeader
from app.ui.widgets.text import ElidedLabel
from app.ui.widgets.viewport import clear_viewport, hold_clear

NETWORKS_SHOWN = 5
SHARES = (10, 10, 12)
"""Of the three figures in the width."""


class Glyph(QWidget):
    """A network's grey glyph, small, before a handle."""

    def __init__(self, look: Look, network: str, size: int = 13) -> None:
        super().__init__()
        self._look = look
        self._network = network
        self._side = size
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setToolTip(network_name(network))
        look.theme.changed.connect(self._resize)
        self._resize()

    def show_network(self, network: str) -> None:
        self._network = network
        self.setToolTip(network_name(network) if network else "")
        self.update()

    def _resize(self) -> None:
        side = self._look.theme.px(self._side)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._network:
            pixmap = self._look.icons.brand(self._network, "text.tertiary", self.width(), self.devicePixelRatioF())
            QPainter(self).drawPixmap(0, 0, pixmap)


class Head(QWidget):
    """Face, name, city and language, flags, profiles, and three figures."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.face_of: Callable[[str], QPixmap | None] = _no_face
        """A person's picture by its address, if it is kept on this computer."""
        self._column = QVBoxLayout(self)
        self._top = QHBoxLayout()
        self.avatar = Avatar(look, "l")
        self._top.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.name = ElidedLabel(look, "", "title")
        self.facts = ElidedLabel(look, "", "caption", "text.tertiary")
        words.addWidget(self.name)
        words.addWidget(self.facts)
        words.addSpacing(look.theme.px(4))
        self._profiles = QHBoxLayout()
        self._glyphs = [Glyph(look, "") for _ in range(NETWORKS_SHOWN)]
        for glyph in self._glyphs:
            self._profiles.addWidget(glyph)
        self.handle = ElidedLabel(look, "", "caption", "text.tertiary")
        self._profiles.addWidget(self.handle, 1)
        nest(words, self._profiles)
        words.addStretch(1)
        nest(self._top, words, 1)
        nest(self._column, self._top)
        self.flags = Chips(look)
        self._column.addWidget(self.flags)
        self._figures = QGridLayout()
        self.figures: list[tuple[ElidedLabel, ElidedLabel]] = []
        self._held: list[QWidget] = []
        for place, share in enumerate(SHARES):
            held = QWidget()
            column = QVBoxLayout(held)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            pair = (ElidedLabel(look, "", "title"), ElidedLabel(look, "", "caption", "text.tertiary"))
            column.addWidget(pair[0])
            column.addWidget(pair[1])
            self._figures.addWidget(held, 0, place)
            self._figures.setColumnStretch(place, share)
            self.figures.append(pair)
            self._held.append(held)
        self._has_two_lines = False
        nest(self._column, self._figures)
        self.retranslate()

    def retranslate(self) -> None:
        px = self._look.theme.px
        self._column.setContentsMargins(px(16), px(14), px(16), px(12))
        self._column.setSpacing(px(10))
        self._top.setSpacing(px(8))
        self._profiles.setSpacing(px(6))
        self._figures.setHorizontalSpacing(px(8))
        self._figures.setVerticalSpacing(px(6))

    def show_customer(self, customer: CustomerRow, row: ConversationRow) -> None:
        look = self._look
        name = one_line(customer.name or row.author)
        self.avatar.show_person(name, row.customer_id, row.network, self.face_of(row.avatar))
        self.name.setText(name)
        facts = (one_line(customer.city), language_name(look, customer.language or row.language))
        self.facts.setText(" · ".join(each for each in facts if each))
        networks = list(dict.fromkeys(network for network, _ in customer.identities)) or [row.network]
        for glyph, network in zip(self._glyphs, networks, strict=False):
            glyph.show_network(network)
        for place, glyph in enumerate(self._glyphs):
            show_if(glyph, place < len(networks))
        many = len(customer.identities)
        self.handle.setText(look.text("inbox.card.joined", n=many) if many > 1 else one_line(row.handle))
        self._figure(1, customer.followers, look.text("inbox.card.followers", n=customer.followers or 0))
        month = _short_month(look, customer.first_at)
        self.figures[2][0].setText(month)
        self.figures[2][1].setText(look.text("inbox.card.first_message"))
        self._figure(0, customer.cases, look.text("customer.conversations", n=customer.cases))
        self._share()

    def show_detail(self, detail: CustomerDetail) -> None:
        look = self._look
        chips = flag_chips(look, detail.flags)
        if detail.muted:
            chips.append(Chip(look.text("customer.muted"), "speaker-slash", kind="soft"))
        self.flags.show_chips(chips)
        show_if(self.flags, bool(chips))
        if detail.case_count:
            self._figure(0, detail.case_count, look.text("inbox.card.cases", n=detail.case_count))
        else:
            self._figure(0, detail.conversation_count, look.text("customer.conversations", n=detail.conversation_count))
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        """Room for the three figures: as drawn, else by what they need, else the last one below the others."""
        needed = [max(each.sizeHint().width() for each in pair) for pair in self.figures]
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right() - (len(SHARES) - 1) * self._figures.horizontalSpacing()
        as_drawn = all(width <= room * share // sum(SHARES) for width, share in zip(needed, SHARES, strict=True))
        has_two_lines = sum(needed) > room
        if has_two_lines != self._has_two_lines:
            self._has_two_lines = has_two_lines
            self._figures.removeWidget(self._held[-1])
            if has_two_lines:
                self._figures.addWidget(self._held[-1], 1, 0, 1, len(SHARES))
            else:
                self._figures.addWidget(self._held[-1], 0, len(SHARES) - 1)
        for place, share in enumerate(SHARES if as_drawn else (*needed[:-1], 0) if has_two_lines else needed):
            self._figures.setColumnStretch(place, share)

    def _figure(self, place: int, value: int | None, label: str) -> None:
        figure, words = self.figures[place]
        figure.setText(self._look.words.number(value))
        if value is None:
            figure.setAccessibleName(self._look.text("inbox.no_figure"))
        words.setText(label)


def _no_face(_url: str) -> QPixmap | None:
    return None


class CustomerCard(Pane):
    """Shows one customer; as a drawer it has a button to close it."""

    close_wanted = Signal()
    wanted = Signal(str, object)
    """What the user wants of the customer, and of which part of the card."""
    mood_corrected = Signal(int, object)
    shown_for = Signal(int, int)
    """The customer and conversation that are shown now: all else about them is to be read."""

    def __init__(self, look: Look, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(look, "base", (), parent)
        self._now = now
        self._shown: tuple[CustomerRow, ConversationRow] | None = None
        self.detail: CustomerDetail | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = PaneHeader(look)
        self.header.row.addStretch(1)
        self.edit = IconButton(look, "pencil-simple", "", clicked=lambda: self.wanted.emit("edit", None))
        self.close_button = IconButton(look, "x", "", key="I", of="inbox.card", clicked=self.close_wanted.emit)
        self.header.row.addWidget(self.edit)
        self.header.row.addWidget(self.close_button)
        column.addWidget(self.header)
        self._area = QScrollArea()
        clear_viewport(self._area)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)
        self._make()
        look.theme.changed.connect(self.retranslate)
        self.be_drawer(False)
        self.retranslate()
        self._fill()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(276), self._look.theme.px(400))

    def be_drawer(self, drawer: bool) -> None:
        self.close_button.setVisible(drawer)

    def retranslate(self) -> None:
        """The language changed, or the theme."""
        look = self._look
        self.header.title.setText(look.text("inbox.customer"))
        self.edit.rename(look.text("customer.edit"))
        self.close_button.rename(look.text("inbox.close_card"))
        self.setAccessibleName(look.text("inbox.customer"))
        self._area.setAccessibleName(look.text("inbox.customer"))
        self.join.setText(look.text("customer.join"))
        self.history.setText(look.text("customer.history"))
        self.head.retranslate()
        for section in self._sections:
            section.retranslate()
        for lines in (self.profiles, self.promises, self.escalations, self.agreements, self.orders, self.others, self.cases):
            lines.retranslate()
        self.notes.retranslate()
        self._fill()
        if self.detail is not None:
            self._fill_detail(self.detail)

    def show_face(self) -> None:
        """Pictures of people came or went."""
        if self._shown is not None:
            self.head.show_customer(*self._shown)
            if self.detail is not None and self.detail.id == self._shown[0].id:
                self.head.show_detail(self.detail)

    def show_customer(self, customer: CustomerRow | None, row: ConversationRow | None) -> None:
        """None for no conversation: the card is empty. What is not known yet is asked for by `shown_for`."""
        shown_now = None if customer is None or row is None else (customer, row)
        if shown_now == self._shown:
            return
        before, self._shown = self._shown, shown_now
        other = (
            before is None or shown_now is None or before[1].id != shown_now[1].id or before[0].id != shown_now[0].id
        )
        self._fill()
        if shown_now is None:
            self.detail = None
        elif other:
            self.shown_for.emit(shown_now[0].id, shown_now[1].id)

    def show_detail(self, detail: CustomerDetail) -> None:
        """All that hangs on the customer beyond this conversation."""
        if self._shown is None or self._shown[0].id != detail.id or detail == self.detail:
            return
        other = self.detail is None or self.detail.id != detail.id
        self.detail = detail
        self._fill_detail(detail)
        if other:
            self._area.verticalScrollBar().setValue(0)

    # ---- inside

    def _make(self) -> None:
        look = self._look
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = Head(look)
        self.profiles = CardLines(look, "", PROFILE_BUTTONS)
        self.join = Button(look, "", icon="user-plus", size="small", clicked=lambda: self.wanted.emit("join", None))
        self.moods = MoodBars(look, self._now)
        self.due = ChipLabel(look)
        self.promises = CardLines(look, "open_promise", PROMISE_BUTTONS)
        self.escalations = CardLines(look, "open")
        self.agreements = CardLines(look, "open_agreement")
        self.orders = CardLines(look, "orders")
        self.all_orders = Button(look, "", size="small", kind="flat", clicked=lambda: self.wanted.emit("orders", None))
        self.others = CardLines(look, "open")
        self.history = Button(look, "", size="small", kind="flat", clicked=lambda: self.wanted.emit("history", None))
        self.cases = CardLines(look, "open")
        self.notes = NotesPart(look)
        self.profile_section = Section(look, "inbox.card.profiles", self.profiles, self.join)
        self.mood_section = Section(look, "customer.mood.title", self.moods)
        self.promise_section = Section(look, "customer.promises", self.promises)
        self.promise_section.head.addWidget(self.due)
        self.escalation_section = Section(look, "escalation.card", self.escalations)
        self.agreement_section = Section(look, "customer.agreements", self.agreements)
        self.order_section = Section(look, "customer.orders", self.orders, Indented(look, self.all_orders))
        self.other_section = Section(look, "customer.elsewhere", self.others, Indented(look, self.history))
        self.case_section = Section(look, "customer.cases", self.cases)
        self.note_section = Section(look, "inbox.card.notes", self.notes)
        self._sections = (
            self.mood_section, self.promise_section, self.escalation_section, self.agreement_section, self.order_section, self.other_section, self.case_section, self.note_section,
            self.profile_section,
        )  # fmt: skip
        column.addWidget(self.head)
        for section in self._sections:
            column.addWidget(section)
            section.setVisible(False)
        column.addStretch(1)
        hold_clear(self._area, self._inside)
        for lines in (self.profiles, self.promises, self.escalations, self.agreements, self.orders, self.others, self.cases, self.notes):
            lines.wanted.connect(self.wanted)
        self.moods.changed.connect(self.mood_corrected)

    def _fill(self) -> None:
        """What is known with the conversation."""
        self._inside.setVisible(self._shown is not None)
        self.edit.setEnabled(self._shown is not None)
        if self._shown is not None:
            customer, row = self._shown
            self.head.show_customer(customer, row)
            if self.detail is not None and self.detail.id == customer.id:
                self.head.show_detail(self.detail)

    def _fill_detail(self, detail: CustomerDetail) -> None:
        self._area.setUpdatesEnabled(False)
        try:
            self.head.show_detail(detail)
            self._fill_work(detail)
            self._fill_past(detail)
        finally:
            self._area.setUpdatesEnabled(True)

    def _fill_work(self, detail: CustomerDetail) -> None:
        """What is to be done and known now: moods, promises, orders. A part without anything is hidden and not refilled."""
        look, now = self._look, self._now()
        if detail.moods:
            self.moods.show_marks(detail.moods)
            self.mood_section.name(n=len(detail.moods))
        if detail.promises:
            self.promises.show_lines([promise_line(look, promise, now) for promise in detail.promises])
            due = sum(promise.due_at < now or same_day(look, promise.due_at, now) for promise in detail.promises)
            self.due.show_chip(Chip(look.text("customer.promise.due_today", n=due), hue="gold"))
            show_if(self.due, due > 0)
            self.promise_section.name()
        if detail.escalations:
            self.escalations.show_lines([escalation_line(look, row, now) for row in detail.escalations])
            self.escalation_section.name()
        if detail.agreements:
            self.agreements.show_lines([agreement_line(look, row, now) for row in detail.agreements[:AGREEMENTS_SHOWN]])
            self.agreement_section.name()
        if detail.orders:
            self.orders.show_lines([order_line(look, order, now) for order in detail.orders])
            self.all_orders.setText(look.text("customer.orders_all", n=detail.order_count))
            show_if(self.all_orders, detail.order_count > len(detail.orders))
            self.order_section.name()
        show_if(self.mood_section, bool(detail.moods))
        show_if(self.promise_section, bool(detail.promises))
        show_if(self.escalation_section, bool(detail.escalations))
        show_if(self.agreement_section, bool(detail.agreements))
        show_if(self.order_section, bool(detail.orders))

    def _fill_past(self, detail: CustomerDetail) -> None:
        """What was before and elsewhere, what we noted, and whose profiles they are."""
        look, now = self._look, self._now()
        if detail.others:
            self.others.show_lines([other_line(look, other, now) for other in detail.others[:OTHERS_SHOWN]])
            self.other_section.name(n=max(len(detail.others), detail.conversation_count - 1))
        if detail.cases:
            self.cases.show_lines([case_line(look, case, now) for case in detail.cases])
            self.case_section.name()
        self.notes.show_detail(detail, now)
        self.note_section.name()
        several = len(detail.profiles) > 1
        self.profiles.show_lines([profile_line(look, profile) for profile in detail.profiles] if several else [])
        self.profile_section.name()
        show_if(self.other_section, bool(detail.others))
        show_if(self.case_section, bool(detail.cases))
        show_if(self.note_section, True)
        show_if(self.profile_section, True)


def _short_month(look: Look, moment: datetime | None) -> str:
    """ "Mar 2024", or the dash of what is not known."""
    if moment is None:
        return look.words.number(None)
    local = moment.astimezone(look.words.zone)
    return look.text("inbox.card.month", month=look.text(f"format.month.{local.month}"), year=str(local.year))


class Drawer(QWidget):
    """Holds the card over the conversation in narrow windows: at the right, 300 wide, as high as the page."""

    def __init__(self, look: Look, card: CustomerCard, host: QWidget) -> None:
        super().__init__(host)
        self._look = look
        self._host = host
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.addWidget(card)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.theme.color("border.default"))

    def fit(self) -> None:
        """Stand at the host's right edge."""
        host = self._host
        width = min(self._look.theme.px(300), host.width())
        self.setGeometry(host.width() - width, 0, width, host.height())
