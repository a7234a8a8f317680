"""The customer card in its first form: who writes, since when, from which profiles; tags and note to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.models.conversation import ConversationRow
from app.models.message import CustomerRow
from app.ui.inbox.times import language_name
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import one_line, shown
from app.ui.widgets.avatar import Avatar
from app.ui.widgets.button import IconButton
from app.ui.widgets.chip import Chip, ChipLabel
from app.ui.widgets.surface import Line, Pane, PaneHeader
from app.ui.widgets.text import ElidedLabel, Label, SectionLabel
from app.ui.widgets.viewport import clear_viewport, hold_clear


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


class CustomerCard(Pane):
    """Shows one customer; as a drawer it has a button to close it."""

    close_wanted = Signal()

    def __init__(self, look: Look, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(look, "base", (), parent)
        self._now = now
        self._shown: tuple[CustomerRow, ConversationRow] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = PaneHeader(look)
        self.header.row.addStretch(1)
        self.close_button = IconButton(look, "x", "", key="I", clicked=self.close_wanted.emit)
        self.header.row.addWidget(self.close_button)
        column.addWidget(self.header)
        self._area = QScrollArea()
        clear_viewport(self._area)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)
        look.theme.changed.connect(self.retranslate)
        self.be_drawer(False)
        self.retranslate()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(276), self._look.theme.px(400))

    def be_drawer(self, drawer: bool) -> None:
        self.close_button.setVisible(drawer)

    def retranslate(self) -> None:
        """The language changed, or the theme."""
        self.header.title.setText(self._look.text("inbox.customer"))
        self.close_button.rename(self._look.text("inbox.close_card"))
        self.setAccessibleName(self._look.text("inbox.customer"))
        self._area.setAccessibleName(self._look.text("inbox.customer"))
        self._fill()

    def show_customer(self, customer: CustomerRow | None, row: ConversationRow | None) -> None:
        """None for no conversation: the card is empty."""
        shown_now = None if customer is None or row is None else (customer, row)
        if shown_now != self._shown:
            self._shown = shown_now
            self._fill()

    # ---- inside

    def _fill(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._shown is not None:
            customer, row = self._shown
            self._add(column, self._head(customer, row), 14, line=False)
            if len(customer.identities) > 1:
                self._add(column, self._identities(customer), 12, title="inbox.card.profiles")
            if customer.note or customer.tags:
                self._add(column, self._notes(customer), 12, title="inbox.card.notes")
        column.addStretch(1)
        hold_clear(self._area, inside)

    def _add(self, column: QVBoxLayout, content: QLayout, top: int, *, title: str = "", line: bool = True) -> None:
        px = self._look.theme.px
        if line:
            column.addWidget(Line(self._look))
        section = QVBoxLayout()
        section.setContentsMargins(px(16), px(top), px(16), px(12))
        section.setSpacing(px(6))
        if title:
            section.addWidget(SectionLabel(self._look, self._look.text(title)))
        section.addLayout(content)
        column.addLayout(section)

    def _head(self, customer: CustomerRow, row: ConversationRow) -> QLayout:
        look, px = self._look, self._look.theme.px
        column = QVBoxLayout()
        column.setSpacing(px(12))
        top = QHBoxLayout()
        top.setSpacing(px(8))
        avatar = Avatar(look, "l")
        name = one_line(customer.name or row.author)
        avatar.show_person(name, row.customer_id, row.network)
        top.addWidget(avatar, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        heading = Label(look, name, "title", wrap=True)
        words.addWidget(heading)
        facts = [one_line(customer.city)] if customer.city else []
        language = language_name(look, customer.language or row.language)
        if language:
            facts.append(language)
        if facts:
            words.addWidget(Label(look, " · ".join(facts), "caption", "text.tertiary", wrap=True))
        words.addSpacing(px(4))
        words.addLayout(self._profiles(customer, row))
        words.addStretch(1)
        top.addLayout(words, 1)
        column.addLayout(top)
        column.addLayout(self._figures(customer))
        return column

    def _profiles(self, customer: CustomerRow, row: ConversationRow) -> QLayout:
        look, px = self._look, self._look.theme.px
        line = QHBoxLayout()
        line.setSpacing(px(6))
        networks = list(dict.fromkeys(network for network, _ in customer.identities)) or [row.network]
        for network in networks[:5]:
            line.addWidget(Glyph(look, network))
        several = len(customer.identities) > 1
        text = look.text("inbox.card.joined", n=len(customer.identities)) if several else one_line(row.handle)
        line.addWidget(ElidedLabel(look, text, "caption", "text.tertiary"), 1)
        return line

    def _figures(self, customer: CustomerRow) -> QLayout:
        look = self._look
        line = QHBoxLayout()
        line.setSpacing(look.theme.px(8))
        followers = look.words.number(customer.followers)
        for value, label, stretch in (
            (look.number(customer.cases), look.text("inbox.card.cases", n=customer.cases), 10),
            (followers, look.text("inbox.card.followers", n=customer.followers or 0), 10),
            (_short_month(look, customer.first_at), look.text("inbox.card.first_message"), 12),
        ):
            column = QVBoxLayout()
            column.setSpacing(0)
            figure = ElidedLabel(look, value, "title")
            if value == look.words.number(None):
                figure.setAccessibleName(look.text("inbox.no_figure"))
            column.addWidget(figure)
            column.addWidget(ElidedLabel(look, label, "caption", "text.tertiary"))
            line.addLayout(column, stretch)
        return line

    def _identities(self, customer: CustomerRow) -> QLayout:
        px = self._look.theme.px
        column = QVBoxLayout()
        column.setSpacing(px(4))
        for network, handle in customer.identities:
            line = QHBoxLayout()
            line.setSpacing(px(8))
            line.addWidget(Glyph(self._look, network))
            line.addWidget(ElidedLabel(self._look, one_line(handle), "small"), 1)
            column.addLayout(line)
        return column

    def _notes(self, customer: CustomerRow) -> QLayout:
        px = self._look.theme.px
        column = QVBoxLayout()
        column.setSpacing(px(8))
        if customer.note:
            note = Label(self._look, shown(customer.note), "small", "text.secondary", wrap=True, selectable=True)
            note.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            column.addWidget(note)
        if customer.tags:
            chips = QHBoxLayout()
            chips.setSpacing(px(4))
            for tag in customer.tags[:4]:
                chips.addWidget(ChipLabel(self._look, Chip(one_line(tag), kind="soft")))
            chips.addStretch(1)
            column.addLayout(chips)
        return column


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
