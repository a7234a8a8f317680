"""The hour as a bar: what is done, what the rest will take at the user's own pace, and what is left. It never turns red."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.look import Look

HEIGHT = 34
GAP = 2
INSET = 3
PADDING = 8
HUES = {"answer": "blue", "plan": "violet", "look": "gold"}
"""Of what is still to come; what is done has the accent, what is free no colour."""


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of the bar. `name` is left out where only the minutes find room."""

    kind: str
    """done, answer, plan, look or free"""
    minutes: int
    name: str
    figure: str


class HourBar(QWidget):
    """Shows its parts in proportion; the whole is read out as one sentence."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._parts: Sequence[Part] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: Sequence[Part], spoken: str) -> None:
        self._parts = [part for part in parts if part.minutes > 0]
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(300), self._look.theme.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(120), self._look.theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.radius("l"), theme.radius("l"))
        whole = sum(part.minutes for part in self._parts)
        if not whole:
            return
        inner = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        clip = QPainterPath()
        clip.addRoundedRect(inner, theme.radius("m"), theme.radius("m"))
        painter.setClipPath(clip)
        room = inner.width() - GAP * (len(self._parts) - 1)
        left = inner.left()
        for number, part in enumerate(self._parts):
            width = room * part.minutes / whole
            rect = QRectF(left, inner.top(), width, inner.height())
            self._paint(painter, rect, part, first=number == 0)
            left += width + GAP

    def _paint(self, painter: QPainter, rect: QRectF, part: Part, *, first: bool) -> None:
        theme = self._look.theme
        fill, ink = self._colours(part.kind)
        if fill is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(rect, theme.radius("s"), theme.radius("s"))
        strong, light = theme.font("captionStrong"), theme.font("caption", tabular=True)
        name, figure = QFontMetricsF(strong).horizontalAdvance(part.name), QFontMetricsF(light).horizontalAdvance(part.figure)
        gap, padding = theme.px(5), theme.px(PADDING)
        with_name = bool(part.name) and name + gap + figure + 2 * padding <= rect.width()
        if not with_name and figure + 4 > rect.width():
            return
        width = name + gap + figure if with_name else figure
        x = rect.left() + padding if first and with_name else rect.center().x() - width / 2
        painter.setPen(ink)
        if with_name:
            painter.setFont(strong)
            painter.drawText(QRectF(x, rect.top(), name + 1, rect.height()), int(Qt.AlignmentFlag.AlignVCenter), part.name)
            x += name + gap
        painter.setFont(light)
        painter.drawText(QRectF(x, rect.top(), figure + 1, rect.height()), int(Qt.AlignmentFlag.AlignVCenter), part.figure)

    def _colours(self, kind: str) -> tuple[QColor | None, QColor]:
        theme = self._look.theme
        if kind == "done":
            return theme.color("accent.fill"), theme.color("accent.onFill")
        hue = HUES.get(kind)
        if hue is not None:
            return theme.hue(hue, "tint"), theme.hue(hue, "text")
        return None, theme.color("text.tertiary")
