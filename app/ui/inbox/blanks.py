"""What stands where there is nothing: beside an empty list, and in the list itself (all answered, nothing found, no account, first reading)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.widgets.inside import nest
from app.ui.widgets.key_cap import caps_width, paint_caps
from app.ui.widgets.surface import Card, Pane
from app.ui.widgets.text import Label, draw_text

Proposed = tuple[str, str, str, tuple[str, ...], Callable[[], None] | None]
"""Icon, title, detail, keys, and what it does, if anything."""


class Proposal(QAbstractButton):
    """One thing that may be done next: icon, title, why, keys."""

    def __init__(self, look: Look, icon: str, title: str, detail: str, keys: tuple[str, ...], act: Callable[[], None] | None) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        self._detail = detail
        self._keys = keys
        self._acts = act is not None
        self.setText(title)
        self.setAccessibleName(f"{title}. {detail}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if act else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if act is not None:
            self.clicked.connect(lambda: act())

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(420), self._look.theme.px(60))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(1, 0, self.width() - 2, 1), theme.color("border.subtle"))
        if self._acts and (self.underMouse() or self.isDown()):
            ground = theme.color("surface.pressed" if self.isDown() else "surface.hover")
            painter.fillRect(QRectF(1, 1, self.width() - 2, self.height() - 2), ground)
        side = theme.px(20)
        self._look.icons.paint(painter, QRectF(theme.px(14), 0, side, self.height()), self._icon, "accent.text")
        left = theme.px(14) + side + theme.px(12)
        keys = caps_width(self._look, self._keys)
        room = self.width() - left - theme.px(14) - (keys + theme.px(12) if self._keys else 0)
        top = (self.height() - theme.line("body") - theme.line("caption")) / 2
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(left, top, room, theme.line("body")), self.text(), theme.font("body", weight=500))
        painter.setPen(theme.color("text.secondary"))
        top += theme.line("body")
        draw_text(painter, QRectF(left, top, room, theme.line("caption")), self._detail, theme.font("caption"))
        if self._keys:
            cap = theme.size("control.key")
            paint_caps(painter, self.width() - theme.px(14) - keys, (self.height() - cap) / 2, self._look, self._keys)


class Blank(Pane):
    """The right-hand side while no conversation is open: a word, and what one may do next."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "raised")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 24, 24, 84)
        self._content: QWidget | None = None
        self._said: object = None

    def show_words(self, words: str) -> None:
        """One quiet sentence in the middle."""
        if self._said == words:
            return
        self._said = words
        label = Label(self._look, words, "body", "text.tertiary", wrap=True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._put(label)

    def show_proposals(self, title: str, proposals: tuple[Proposed, ...]) -> None:
        """A card with a title and what is proposed."""
        said = (title, tuple(proposal[:4] for proposal in proposals))
        if self._said == said:
            return
        self._said = said
        card = Card(self._look)
        card.setMaximumWidth(self._look.theme.px(616))
        card.setMinimumWidth(self._look.theme.px(320))
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(14, 12, 14, 12)
        head.addWidget(Label(self._look, title, "title"))
        nest(column, head)
        for proposal in proposals:
            column.addWidget(Proposal(self._look, *proposal))
        self._put(card)

    def _put(self, widget: QWidget) -> None:
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        while self._column.count():
            self._column.takeAt(0)
        self._content = widget
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(widget, 8)
        row.addStretch(1)
        self._column.addStretch(1)
        nest(self._column, row)
        self._column.addStretch(1)
