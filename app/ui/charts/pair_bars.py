"""Two bars a row: what posts that inform got, and posts that sell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.ui.charts.chart import Chart, Table
from app.ui.charts.frame import LEFT
from app.ui.look import Look
from app.ui.widgets.text import draw_text, text_width

HEIGHT = 118
COLOURS = ("accent.fill", "categorical.orange.strong")


class Pair(NamedTuple):
    """A row; a value that nobody measured is None."""

    name: str
    values: tuple[float | None, float | None]


class PairBars(Chart):
    """`names` are what the two bars of each row stand for."""

    def __init__(self, look: Look, name: str, names: tuple[str, str], written: Callable[[float], str]) -> None:
        super().__init__(look, name, HEIGHT)
        self._names = names
        self._written = written
        self.pairs: tuple[Pair, ...] = ()

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        self.pairs = tuple(pairs)
        self.refreshed()

    @property
    def places(self) -> int:
        return len(self.pairs)

    def said(self, place: int) -> str:
        pair = self.pairs[place]
        figures = (f"{name} {self._figure(value)}" for name, value in zip(self._names, pair.values, strict=True))
        return f"{pair.name}: {', '.join(figures)}"

    def table(self) -> Table:
        rows = tuple((pair.name, *(self._figure(value) for value in pair.values)) for pair in self.pairs)
        return Table(self.accessibleName(), (self.look.text("insights.figure"), *self._names), rows)

    def place_at(self, _x: float, y: float) -> int:
        return int(y / max(1.0, self.height() / self.places)) if self.places and 0 <= y < self.height() else -1

    def draw(self, painter: QPainter, rect: QRectF, place: int = -1) -> None:
        theme = self.look.theme
        font, line = theme.font("small", tabular=True), theme.line("small")
        if not self.pairs:
            return
        if self.alone:
            rect = self._draw_names(painter, rect)
        left = max(text_width(pair.name, font) for pair in self.pairs) + theme.px(24)
        right = max(text_width(self._figure(value), font) for pair in self.pairs for value in pair.values) + theme.px(8)
        most = max((value or 0.0 for pair in self.pairs for value in pair.values), default=0.0) or 1.0
        room = rect.height() / len(self.pairs)
        bar, apart = theme.px(7), theme.px(14)
        for number, pair in enumerate(self.pairs):
            top = rect.top() + number * room
            if number == place:
                painter.fillRect(QRectF(rect.left(), top, rect.width(), room), theme.color("surface.hover"))
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, QRectF(rect.left(), top, left - theme.px(8), room), pair.name, font, LEFT)
            for each, (value, colour) in enumerate(zip(pair.values, COLOURS, strict=True)):
                y = top + room / 2 + (each - 0.5) * apart
                length = (value or 0.0) / most * max(1.0, rect.width() - left - right)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.color(colour))
                painter.drawRoundedRect(QRectF(rect.left() + left, y - bar / 2, length, bar), 2, 2)
                painter.setPen(theme.color("text.primary"))
                draw_text(painter, QRectF(rect.left() + left + length + theme.px(8), y - line / 2, right, line), self._figure(value), font, LEFT)

    def _draw_names(self, painter: QPainter, rect: QRectF) -> QRectF:
        """What the colours stand for, above; answers what is left below."""
        theme = self.look.theme
        font, line, side = theme.font("small"), theme.line("small"), theme.px(10)
        left = rect.left()
        for name, colour in zip(self._names, COLOURS, strict=True):
            painter.fillRect(QRectF(left, rect.top() + (line - side) / 2, side, side), theme.color(colour))
            painter.setPen(theme.color("text.secondary"))
            width = text_width(name, font) + 2
            draw_text(painter, QRectF(left + side + theme.px(6), rect.top(), width, line), name, font, LEFT)
            left += side + width + theme.px(20)
        return rect.adjusted(0, line + theme.px(4), 0, 0)

    def _figure(self, value: float | None) -> str:
        return self.look.text("insights.nothing") if value is None else self._written(value)
