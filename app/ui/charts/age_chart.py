"""Lines over the age of a post: the first hours take as much room as the later weeks, since that is when most of it comes."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.ui.charts.chart import Chart, Table
from app.ui.charts.frame import LEFT, lay_ground
from app.ui.charts.line_chart import DASHES, HUES
from app.ui.charts.scale import apart, scale_of
from app.ui.look import Look
from app.ui.widgets.text import draw_text, text_width

HEIGHT = 190
HOUR = timedelta(hours=1)
TICKS = (1, 6, 24, 3 * 24, 7 * 24, 28 * 24, 84 * 24, 364 * 24)
"""Ages that are named below, in hours."""


class Grown(NamedTuple):
    """One line: (age, total) by age."""

    name: str
    points: tuple[tuple[timedelta, float], ...]

    def at(self, age: timedelta) -> float | None:
        """The last total known at an age."""
        return next((value for when, value in reversed(self.points) if when <= age), None)


class AgeChart(Chart):
    """`show_grown` gives it its figures."""

    def __init__(self, look: Look, name: str, written: Callable[[float], str], aged: Callable[[timedelta], str]) -> None:
        """`written` puts a figure into words, `aged` an age."""
        super().__init__(look, name, HEIGHT)
        self._written = written
        self._aged = aged
        self.lines: tuple[Grown, ...] = ()
        self.ages: tuple[timedelta, ...] = ()

    def show_grown(self, lines: Sequence[Grown]) -> None:
        self.lines = tuple(line for line in lines if line.points)[: len(HUES)]
        self.ages = tuple(sorted({age for line in self.lines for age, _ in line.points}))
        self.refreshed()

    @property
    def places(self) -> int:
        return len(self.ages)

    def said(self, place: int) -> str:
        age = self.ages[place]
        return f"{self._aged(age)}: {', '.join(f'{line.name} {self._figure(line.at(age))}' for line in self.lines)}"

    def table(self) -> Table:
        rows = tuple((self._aged(age), *(self._figure(line.at(age)) for line in self.lines)) for age in self.ages)
        return Table(self.accessibleName(), (self.look.text("insights.age"), *(line.name for line in self.lines)), rows)

    def place_at(self, x: float, _y: float) -> int:
        plot = self._plot
        if not self.ages or not plot.left() <= x <= plot.right():
            return -1
        return min(range(len(self.ages)), key=lambda place: abs(self._x(self.ages[place]) - x))

    def draw(self, painter: QPainter, rect: QRectF, place: int = -1) -> None:
        theme = self.look.theme
        font = theme.font("small")
        labels = [f"{line.name} {self._figure(line.points[-1][1])}" for line in self.lines]
        right = max((text_width(label, font) for label in labels), default=0.0) + theme.px(14)
        scale = scale_of([value for line in self.lines for _, value in line.points])
        ground = lay_ground(painter, rect, self.look, scale, self._written, min(right, rect.width() / 2))
        self._plot = plot = ground.plot
        if not self.ages:
            return
        self._name_ages(painter)
        ends = []
        for number, line in enumerate(self.lines):
            pen = QPen(theme.hue(HUES[number], "strong"), 2)
            if DASHES[number]:
                pen.setDashPattern(list(DASHES[number]))
            painter.setPen(pen)
            points = [QPointF(self._x(age), ground.y(value)) for age, value in line.points]
            painter.drawPolyline(QPolygonF(points)) if len(points) > 1 else painter.drawPoint(points[0])
            ends.append(points[-1])
        height = theme.line("small")
        placed = apart([end.y() for end in ends], height, plot.top(), plot.bottom())
        for number, (end, y, label) in enumerate(zip(ends, placed, labels, strict=True)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.hue(HUES[number], "strong"))
            painter.drawEllipse(end, 3, 3)
            painter.setPen(theme.color("text.primary"))
            draw_text(painter, QRectF(plot.right() + theme.px(8), y - height / 2, rect.right() - plot.right() - theme.px(8), height), label, font, LEFT)
        if place >= 0:
            x = self._x(self.ages[place])
            painter.setPen(QPen(theme.color("border.strong"), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    _plot = QRectF()

    def _x(self, age: timedelta) -> float:
        most = math.log1p(max(self.ages[-1] / HOUR, 1.0))
        return self._plot.left() + math.log1p(age / HOUR) / most * self._plot.width()

    def _name_ages(self, painter: QPainter) -> None:
        theme, plot = self.look.theme, self._plot
        font, line = theme.font("caption", tabular=True), theme.line("caption")
        free = plot.left()
        for hours in TICKS:
            if hours > self.ages[-1] / HOUR:
                break
            days = hours // 24
            word = self.look.text("insights.up_to_hours", n=hours) if hours < 24 else self.look.text("insights.days_short", n=days)
            width, x = text_width(word, font) + 2, self._x(hours * HOUR)
            painter.setPen(QPen(theme.color("border.subtle"), 1))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            left = min(x - width / 2, plot.right() - width + theme.px(6))
            if left >= free:
                painter.setPen(theme.color("text.secondary"))
                draw_text(painter, QRectF(left, plot.bottom() + 2, width + 2, line), word, font, LEFT)
                free = left + width + theme.px(6)

    def _figure(self, value: float | None) -> str:
        return self.look.text("insights.nothing") if value is None else self._written(value)
