"""One way to begin, as a card that can be chosen: icon, title, what happens, and its key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout

from app.ui.look import Look
from app.ui.names import network_name
from app.ui.widgets.avatar import NetworkBadge
from app.ui.widgets.inside import nest, parts_in
from app.ui.widgets.key_cap import KeyHint
from app.ui.widgets.text import Label

TILE = 44


class WayCard(QAbstractButton):
    """Checkable; the page keeps one of them chosen."""

    moved = Signal(int)
    """An arrow key: to the next card (1) or the one before (-1)."""

    def __init__(self, look: Look, icon: str, title: str, said: str, key: str) -> None:
        super().__init__()
        self._look = look
        self._icon = icon
        px = look.theme.px
        self.setText(title)
        self.setAccessibleName(f"{title}. {said}")
        self.setAccessibleDescription(key)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(px(76))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16) + px(TILE) + px(16), px(12), px(16), px(12))
        row.setSpacing(px(16))
        column = QVBoxLayout()
        column.setSpacing(px(1))
        column.addStretch(1)
        heading = Label(look, title, "reading", wrap=True)
        heading.setFont(look.theme.font("reading", weight=600))
        column.addWidget(heading)
        column.addWidget(Label(look, said, "small", "text.secondary", wrap=True))
        self._networks = QHBoxLayout()
        self._networks.setSpacing(px(6))
        nest(column, self._networks)
        column.addStretch(1)
        nest(row, column, 1)
        row.addWidget(KeyHint(look, key), 0, Qt.AlignmentFlag.AlignVCenter)
        for child in parts_in(self):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(step)
        else:
            super().keyPressEvent(event)

    def show_networks(self, networks: Sequence[str], said: str) -> None:
        """Which networks one can sign in to."""
        px = self._look.theme.px
        while (item := self._networks.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._networks.setContentsMargins(0, px(6), 0, 0)
        for network in networks:
            self._networks.addWidget(NetworkBadge(self._look, network, network_name(network), 18))
        self._networks.addWidget(Label(self._look, said, "caption", "text.tertiary", wrap=True), 1)
        for child in parts_in(self):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(QPen(theme.color("accent.fill" if chosen else "border.default"), 2 if chosen else 1))
        painter.setBrush(theme.color("surface.hover" if self.underMouse() and not chosen else "surface.raised"))
        inset = 1.0 if chosen else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.radius("card"), theme.radius("card"))
        tile = QRectF(px(16), (self.height() - px(TILE)) / 2, px(TILE), px(TILE))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent.tint" if chosen else "surface.sunken"))
        painter.drawRoundedRect(tile, theme.radius("bubble"), theme.radius("bubble"))
        side = px(24)
        box = QRectF(tile.center().x() - side / 2, tile.center().y() - side / 2, side, side)
        self._look.icons.paint(painter, box, self._icon, "accent.text" if chosen else "text.secondary")
