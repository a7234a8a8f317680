"""The strip of suggested answers over the reply box: a title, the way to all answers, and up to three cards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.prepared import Prepared
from app.ui.inbox.suggestion_card import SuggestionCard
from app.ui.look import Look
from app.ui.widgets.inside import nest
from app.ui.widgets.key_cap import KeysOf, caps_width, key_text, paint_caps
from app.ui.widgets.text import ElidedLabel, draw_text, text_width

MOST = 3


class SuggestionStrip(QWidget):
    """One stop for the keyboard, arrows inside. Says what is wanted with the number of a card (from 1)."""

    show_wanted = Signal(int)
    send_wanted = Signal(int)
    refused = Signal(int)
    menu_wanted = Signal(int, object)
    more_wanted = Signal()

    def __init__(self, look: Look, keys: KeysOf) -> None:
        super().__init__()
        self._look = look
        self._language = ""
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        self.title = ElidedLabel(look, "", "captionStrong", "text.secondary")
        head.addWidget(self.title, 1)
        self.more = FindAnother(look, keys)
        self.more.clicked.connect(lambda: self.more_wanted.emit())
        head.addWidget(self.more)
        nest(self._column, head)
        self._row = QHBoxLayout()
        self.cards = tuple(SuggestionCard(look, number, keys) for number in range(1, MOST + 1))
        for number, card in enumerate(self.cards, 1):
            card.clicked.connect(lambda _checked=False, number=number: self.show_wanted.emit(number))
            card.send_wanted.connect(lambda number=number: self.send_wanted.emit(number))
            card.refused.connect(lambda number=number: self.refused.emit(number))
            card.menu_wanted.connect(lambda at, number=number: self.menu_wanted.emit(number, at))
            card.moved.connect(lambda step, number=number: self._move(number - 1, step))
            self._row.addWidget(card, 1)
        nest(self._column, self._row)
        look.theme.changed.connect(self._resize)
        self._resize()
        self.retranslate()
        self.hide()

    @property
    def current(self) -> int | None:
        """The number of the card that has the keyboard."""
        return next((number for number, card in enumerate(self.cards, 1) if card.hasFocus()), None)

    def retranslate(self) -> None:
        """The language of the window changed."""
        self.more.rename()
        self._entitle()
        for card in self.cards:
            card.rename()
            card.update()

    def show_cards(self, answers: Sequence[Prepared], language: str, why_not: Sequence[str], picked: str) -> None:
        """Up to three, none of them twice; without any the strip is not there. `picked`: the key of the one in the reply box."""
        held = self.current
        self._language = language
        self._entitle()
        for number, card in enumerate(self.cards):
            there = number < len(answers)
            card.speak(language)
            card.show_answer(
                answers[number] if there else None,
                why_not[number] if there else "",
                picked=there and answers[number].key == picked,
            )
            card.setVisible(there)
        self._stop_at(min(held or 1, max(1, len(answers))) - 1)
        if held is not None and answers:
            self.cards[min(held, len(answers)) - 1].setFocus(Qt.FocusReason.OtherFocusReason)
        self.setVisible(bool(answers))

    def wait(self) -> None:
        """The answers were for another message: the cards stand empty until the next ones come."""
        for card in self.cards:
            card.show_answer(None, "", picked=False)

    # ---- inside

    def _entitle(self) -> None:
        named = f"inbox.language.{self._language}"
        language = self._look.text(named) if self._look.words.knows(named) else self._language.upper()
        said = (
            self._look.text("suggestion.title_in", language=language)
            if language
            else self._look.text("suggestion.title")
        )
        if said != self.title.text():
            self.title.setText(said)
            self.setAccessibleName(said)

    def _stop_at(self, place: int) -> None:
        """Tab comes to one card alone."""
        for number, card in enumerate(self.cards):
            card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if number == place else Qt.FocusPolicy.ClickFocus)

    def _move(self, place: int, step: int) -> None:
        there = [number for number, card in enumerate(self.cards) if not card.isHidden()]
        if place + step in there:
            self._stop_at(place + step)
            self.cards[place + step].setFocus(
                Qt.FocusReason.TabFocusReason if step > 0 else Qt.FocusReason.BacktabFocusReason
            )

    def _resize(self) -> None:
        px = self._look.theme.px
        compact = self._look.theme.density == "compact"
        self._column.setContentsMargins(0, 0, 0, px(8 if compact else 10))
        self._column.setSpacing(px(4 if compact else 6))
        self._row.setSpacing(px(8))


class FindAnother(QAbstractButton):
    """[A] find another, with the key in force."""

    def __init__(self, look: Look, keys: KeysOf) -> None:
        super().__init__()
        self._look = look
        self._keys = keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key, the menu and the palette do the same from anywhere
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.theme.changed.connect(self.updateGeometry)

    def rename(self) -> None:
        """The language changed, or the key."""
        self.setText(self._look.text("suggestion.find_another"))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription("".join(key_text(key) for key in self._shown()))
        self.updateGeometry()
        self.update()

    def _shown(self) -> Sequence[str]:
        return self._keys("inbox.find_answer")[:1]

    def _caps(self) -> int:
        """Their width, with the gap behind them."""
        keys = self._shown()
        return int(caps_width(self._look, keys)) + self._look.theme.px(6) if keys else 0

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        words = text_width(self.text(), theme.font("caption"))
        return QSize(int(self._caps() + words + 2), max(theme.px(24), theme.line("caption")))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        cap = theme.size("control.key")
        paint_caps(painter, 0, (self.height() - cap) / 2, self._look, self._shown())
        painter.setPen(theme.color("text.primary" if self.underMouse() else "text.tertiary"))
        rest = QRectF(self._caps(), 0, self.width() - self._caps(), self.height())
        draw_text(painter, rest, self.text(), theme.font("caption"))
