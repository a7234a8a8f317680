"""Keys as they are drawn: the caps of a key combination, written for the platform (Ctrl or ⌘, ↵, ↑)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.text import text_width

KeysOf = Callable[[str], Sequence[str]]
"""The keys in force of a command, by its id."""
CapKind = Literal["plain", "on", "ghost", "on_fill"]

_SIGNS = {
    "Return": "↵", "Enter": "↵", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→",
    "Escape": "Esc", "Delete": "Del", "PageUp": "PgUp", "PageDown": "PgDn",
}  # fmt: skip
_APPLE = {"Ctrl": "⌘", "Shift": "⇧", "Alt": "⌥", "Meta": "⌃", "Backspace": "⌫", "Delete": "⌫"}


def key_text(key: str, apple: bool | None = None) -> str:
    """How a key as written in commands is shown: "Ctrl+Return" is "Ctrl ↵", on a Mac "⌘↵"."""
    apple = sys.platform == "darwin" if apple is None else apple
    if key == "+":
        return key
    parts = [part or "+" for part in key.removesuffix("++").split("+")] + (["+"] if key.endswith("++") else [])
    if apple:
        return "".join(_APPLE.get(part, _SIGNS.get(part, part)) for part in parts)
    return " ".join(_SIGNS.get(part, part) for part in parts)


def cap_texts(key: str) -> list[str]:
    """The caps of a key: one for a combination, one for each step of a sequence ("G T" is two)."""
    return [key_text(step) for step in key.split(" ")]


def cap_width(look: Look, text: str, height: int = 0) -> float:
    theme = look.theme
    return max(height or theme.size("control.key"), round(text_width(text, _font(look)) + theme.px(10)))


def paint_cap(
    painter: QPainter, x: float, y: float, look: Look, text: str, kind: CapKind = "plain", height: int = 0
) -> float:
    """Draw one cap with its top left corner at (x, y); answers its width."""
    theme = look.theme
    height = height or theme.size("control.key")
    width = cap_width(look, text, height)
    rect = QRectF(x, y, width, height)
    radius = theme.radius("s")
    fill: QColor | None
    fill, line, ink = {
        "plain": (theme.color("surface.raised"), theme.color("border.default"), theme.color("text.secondary")),
        "on": (theme.color("accent.fill"), theme.color("accent.fill"), theme.color("accent.onFill")),
        "ghost": (None, theme.color("border.default"), theme.color("text.secondary")),
        "on_fill": (None, theme.color("accent.onFill"), theme.color("accent.onFill")),
    }[kind]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, 1))
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if kind in ("plain", "ghost"):  # a thicker lower edge, as a key has
        painter.setBrush(line)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.setBrush(fill if fill is not None else theme.color("surface.window"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -2), radius - 1, radius - 1)
    else:
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setPen(ink)
    painter.setFont(_font(look))
    painter.drawText(rect.adjusted(0, 0, 0, -1), int(Qt.AlignmentFlag.AlignCenter), text)
    painter.restore()
    return width


def caps_width(look: Look, keys: Sequence[str], gap: float = 5) -> float:
    texts = [text for key in keys for text in cap_texts(key)]
    return sum(cap_width(look, text) for text in texts) + look.theme.px(gap) * max(0, len(texts) - 1)


def paint_caps(
    painter: QPainter, x: float, y: float, look: Look, keys: Sequence[str], kind: CapKind = "plain", gap: float = 5
) -> float:
    """Draw the caps of several keys in a row; answers their width."""
    start = x
    for key in keys:
        for text in cap_texts(key):
            x += paint_cap(painter, x, y, look, text, kind) + look.theme.px(gap)
    return max(0.0, x - start - look.theme.px(gap)) if keys else 0.0


class KeyHint(QWidget):
    """Keys and what they do, as in the footer: [J] [K] next, previous."""

    def __init__(self, look: Look, keys: Sequence[str], text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._keys = tuple(keys)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{' '.join(key_text(key) for key in keys)} {text}".strip())
        look.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        words = theme.px(5) + text_width(self._text, theme.font("caption")) + 1 if self._text else 0
        return QSize(int(caps_width(self._look, self._keys) + words), theme.size("control.key"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        width = paint_caps(painter, 0, (self.height() - theme.size("control.key")) / 2, self._look, self._keys)
        if self._text:
            painter.setPen(theme.color("text.tertiary"))
            painter.setFont(theme.font("caption"))
            rest = QRectF(width + theme.px(5), 0, self.width(), self.height())
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._text)


def _font(look: Look) -> QFont:
    return look.theme.font("caption", weight=500)
