"""Lines over days: each with a hue, a dash and its name at its end; a day that nobody measured is a gap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.ui.charts.chart import Chart, Table
from app.ui.charts.frame import LEFT, Span, lay_ground, name_days, notes_of, paint_spans, with_notes
from app.ui.charts.scale import apart, scale_of
from app.ui.look import Look
from app.ui.safe_text import isolated
from app.ui.widgets.text import draw_text, text_width

HUES = ("blue", "rose", "violet", "slate", "gold", "green", "orange", "sky")
DASHES = ((), (4.0, 2.0), (5.0, 2.0, 1.0, 2.0), (1.0, 2.0), (8.0, 3.0), (2.0, 3.0), (8.0, 2.0, 2.0, 2.0), (3.0, 1.0))
"""In widths of the line; together with hue and name, so that colour never tells alone."""
HEIGHT = 170


class Series(NamedTuple):
    """One line: a value a day, None for none."""

    name: str
    values: tuple[float | None, ...]

    @property
    def last(self) -> float | None:
        return next((value for value in reversed(self.values) if value is not None), None)


class LineChart(Chart):
    """`show_lines` gives it its figures."""

    def __init__(self, look: Look, name: str, written: Callable[[float], str]) -> None:
        """`written` puts a figure into words, with its sign where it needs one."""
        super().__init__(look, name, HEIGHT)
        self._written = written
        self.lines: tuple[Series, ...] = ()
        self.days: tuple[date, ...] = ()
        self._spans: tuple[Span, ...] = ()

    def show_lines(self, lines: Sequence[Series], days: Sequence[date], spans: Sequence[Span] = ()) -> None:
        self.lines, self.days, self._spans = tuple(lines[: len(HUES)]), tuple(days), tuple(spans)
        self.refreshed()

    @property
    def places(self) -> int:
        return len(self.days) if self.lines else 0

    def said(self, place: int) -> str:
        figures = (f"{line.name} {self._figure(line.values[place])}" for line in self.lines)
        day = self.days[place]
        return with_notes(self.look, f"{self.look.words.day(day)}: {', '.join(figures)}", day, self._spans)

    def table(self) -> Table:
        words = self.look.words
        notes = notes_of(self.days, self._spans)
        rows = tuple(
            (words.day(day), *(self._figure(line.values[place]) for line in self.lines), *notes[place : place + 1]) for place, day in enumerate(self.days)
        )
        names = (self.look.text("insights.day"), *(line.name for line in self.lines), *([self.look.text("insights.notes")] if notes else []))
        return Table(self.accessibleName(), names, rows)

    def place_at(self, x: float, _y: float) -> int:
        plot = self._plot
        if not self.places or not plot.left() <= x <= plot.right():
            return -1
        return round((x - plot.left()) / max(1.0, plot.width()) * (len(self.days) - 1))

    def draw(self, painter: QPainter, rect: QRectF, place: int = -1) -> None:
        theme = self.look.theme
        font = theme.font("small")
        labels = [f"{line.name} {self._figure(line.last)}" for line in self.lines]
        right = max((text_width(label, font) for label in labels), default=0.0) + theme.px(14)
        ground = lay_ground(
            painter, rect, self.look, scale_of([value for line in self.lines for value in line.values]), self._written, min(right, rect.width() / 2)
        )
        self._plot = plot = ground.plot
        if not self.days:
            return
        step = plot.width() / max(1, len(self.days) - 1)

        def x_of(number: float) -> float:
            return plot.left() + number * step

        paint_spans(painter, ground, self.look, self._spans, self.days, lambda number: min(x_of(number), plot.right()))
        name_days(painter, ground, self.look, self.days, x_of)
        ends = []
        for number, line in enumerate(self.lines):
            painter.setPen(self._pen(number))
            for stretch in _stretches(line.values):
                points = [QPointF(x_of(at), ground.y(value)) for at, value in stretch]
                painter.drawPolyline(QPolygonF(points)) if len(points) > 1 else painter.drawPoint(points[0])
            ends.append(ground.y(line.last or 0.0))
        height = theme.line("small")
        for number, (y, label) in enumerate(zip(apart(ends, height, plot.top(), plot.bottom()), labels, strict=True)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.hue(HUES[number], "strong"))
            painter.drawEllipse(QPointF(plot.right(), ends[number]), 3, 3)
            painter.setPen(theme.color("text.primary"))
            draw_text(painter, QRectF(plot.right() + theme.px(8), y - height / 2, rect.right() - plot.right() - theme.px(8), height), label, font, LEFT)
        if place >= 0:
            painter.setPen(QPen(theme.color("border.strong"), 1))
            painter.drawLine(QPointF(x_of(place), plot.top()), QPointF(x_of(place), plot.bottom()))

    _plot = QRectF()

    def _pen(self, number: int) -> QPen:
        pen = QPen(self.look.theme.hue(HUES[number], "strong"), 2)
        if DASHES[number]:
            pen.setDashPattern(list(DASHES[number]))
        return pen

    def _figure(self, value: float | None) -> str:
        return self.look.text("insights.nothing") if value is None else isolated(self._written(value))


def _stretches(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Runs of days that were measured."""
    found: list[list[tuple[int, float]]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append((at, value))
    return [stretch for stretch in found if stretch]
