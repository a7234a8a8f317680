"""A person's face: the cached picture, or initials on a hue of their own, with the network's badge at the corner."""

from __future__ import annotations

import unicodedata
import zlib

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.ui.look import Look
from app.ui.theme import HUES


def initials(name: str) -> str:
    """The first letters of the first and the last word; one character for Chinese, Japanese and Korean names."""
    words = ["".join(c for c in word if c.isalnum() or unicodedata.combining(c)) for word in name.split()]
    words = [word for word in words if word]
    if not words:
        return "?"
    if unicodedata.east_asian_width(words[0][0]) in "WF":
        return words[0][0]
    chosen = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(_first_grapheme(word) for word in chosen).upper()


def _first_grapheme(word: str) -> str:
    end = 1
    while end < len(word) and unicodedata.combining(word[end]):
        end += 1
    return word[:end]


def hue_of(key: str | int) -> str:
    """A hue that stays the same for a person on every computer."""
    return HUES[zlib.crc32(str(key).encode()) % len(HUES)]


def paint_avatar(
    painter: QPainter,
    rect: QRectF,
    look: Look,
    name: str | None,
    key: str | int,
    *,
    network: str | None = None,
    ring: str = "surface.base",
    picture: QPixmap | None = None,
) -> None:
    """Fill `rect` (a square) with the person; `ring` is the surface behind, which parts the badge from the face. Without a name the face
    waits for its initials.
    """
    theme = look.theme
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if picture is not None and not picture.isNull():
        brush = QBrush(picture)
        scale = rect.width() / picture.deviceIndependentSize().width()
        brush.setTransform(brush.transform().translate(rect.x(), rect.y()).scale(scale, scale))
        painter.setBrush(brush)
        painter.drawEllipse(rect)
    else:
        painter.setBrush(theme.hue(hue_of(key), "tint"))
        painter.drawEllipse(rect)
        if name is not None:
            paint_initials(painter, rect, look, name, key)
    if network:
        badge = theme.px(18) if rect.width() > theme.px(40) else theme.size("networkBadge")
        x = round(rect.right() + theme.px(4) - badge)
        y = round(rect.bottom() + theme.px(3) - badge)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ring))
        painter.drawEllipse(QRectF(x - 2, y - 2, badge + 4, badge + 4))
        painter.drawPixmap(x, y, look.icons.network(network, badge, painter.device().devicePixelRatio()))
    painter.restore()


def paint_initials(painter: QPainter, rect: QRectF, look: Look, name: str, key: str | int) -> None:
    """The letters of a face without a picture."""
    theme = look.theme
    role = "title" if rect.width() > theme.px(40) else "body" if rect.width() > theme.px(30) else "micro"
    painter.setFont(theme.font(role, weight=600))
    painter.setPen(theme.hue(hue_of(key), "text"))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), initials(name))


class Avatar(QWidget):
    """The face as a widget; its accessible name is the person's."""

    def __init__(self, look: Look, size: str = "m", ring: str = "surface.base", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._size = size
        self._ring = ring
        self._name = ""
        self._key: str | int = ""
        self._network: str | None = None
        self._picture: QPixmap | None = None
        look.theme.changed.connect(self.updateGeometry)

    def show_person(
        self, name: str, key: str | int, network: str | None = None, picture: QPixmap | None = None
    ) -> None:
        self._name, self._key, self._network, self._picture = name, key, network, picture
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        side = self._look.theme.size(f"avatar.{self._size}")
        return QSize(side + self._look.theme.px(6), side + self._look.theme.px(5))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self._look.theme.size(f"avatar.{self._size}")
        paint_avatar(
            painter, QRectF(0, 0, side, side), self._look, self._name, self._key,
            network=self._network, ring=self._ring, picture=self._picture,
        )  # fmt: skip


class NetworkBadge(QWidget):
    """A network's disc as a widget, for accounts."""

    def __init__(self, look: Look, network: str, name: str = "", size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._network = network
        self._side = size
        self.setAccessibleName(name or network)
        look.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        side = self._look.theme.px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self._look.theme.px(self._side)
        pixmap = self._look.icons.network(self._network, side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, pixmap)
