"""Columns: one a day beside the tick of the period before, or one a bin with its figure on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.charts.chart import FEW, Chart, Table
from app.ui.charts.frame import CENTRE, LEFT, Ground, Span, lay_ground, name_days, notes_of, paint_spans, with_notes
from app.ui.charts.scale import Scale, scale_of
from app.ui.look import Look
from app.ui.widgets.text import draw_text

HEIGHT = 170
GAP = 0.18
"""Of a column's room stays free."""


class Column(NamedTuple):
    """One column. `colour` is a token's path; `value` None is a gap."""

    name: str
    value: float | None
    before: float | None = None
    colour: str = "accent.fill"


class Marker(NamedTuple):
    """A dashed line before a column, with words at its side."""

    place: int
    words: str


class ColumnChart(Chart):
    """`show_days` or `show_bins` gives it its figures."""

    def __init__(self, look: Look, name: str, written: Callable[[float], str], first: str, height: int = HEIGHT, *, bare: bool = False) -> None:
        """`first` names the table's first column. `bare`: without axis and figures, where there is little room."""
        super().__init__(look, name, height)
        self._written = written
        self._first = first
        self._bare = bare
        self.columns: tuple[Column, ...] = ()
        self._days: tuple[date, ...] = ()
        self._marker: Marker | None = None
        self._compares = False
        self._spans: tuple[Span, ...] = ()
        self._rects: list[QRectF] = []

    def show_days(
        self, days: Sequence[date], values: Sequence[float | None], before: Sequence[float | None] = (), spans: Sequence[Span] = ()
    ) -> None:
        """A column a day; those within a span have its hue."""
        then = [*before, *[None] * len(days)][: len(days)]
        self.columns = tuple(
            Column(self.look.words.day(day), value, old, _hue_of(day, spans))
            for day, value, old in zip(days, values, then, strict=True)
        )
        self._days, self._marker, self._compares = tuple(days), None, any(each is not None for each in then)
        self._spans = tuple(spans)
        self.refreshed()

    def show_bins(self, columns: Sequence[Column], marker: Marker | None) -> None:
        self.columns, self._days, self._marker, self._compares, self._spans = tuple(columns), (), marker, False, ()
        self.refreshed()

    @property
    def places(self) -> int:
        return len(self.columns)

    def said(self, place: int) -> str:
        column = self.columns[place]
        told = f"{column.name}: {self._figure(column.value)}"
        if column.before is not None:
            told = self.look.text("insights.said_before", told=told, before=self._figure(column.before))
        return with_notes(self.look, told, self._days[place], self._spans) if self._days else told

    def telling(self) -> Sequence[int]:
        """With the highest of many."""
        known = [place for place, column in enumerate(self.columns) if column.value is not None]
        if self.places <= FEW or not known:
            return super().telling()
        highest = max(known, key=lambda place: self.columns[place].value or 0.0)
        return sorted({0, highest, self.places - 1})

    def marks(self) -> str:
        if not self._days:
            return ""
        return "insights.each_day_and_before" if self._compares else "insights.each_day"

    def table(self) -> Table:
        notes = notes_of(self._days, self._spans)
        columns = [self._first, self.accessibleName(), *([self.look.text("insights.before")] if self._compares else [])]
        columns += [self.look.text("insights.notes")] if notes else []
        rows = (
            (each.name, self._figure(each.value), *([self._figure(each.before)] if self._compares else []), *notes[place : place + 1])
            for place, each in enumerate(self.columns)
        )
        return Table(self.accessibleName(), tuple(columns), tuple(rows))

    def place_at(self, x: float, _y: float) -> int:
        return next((place for place, rect in enumerate(self._rects) if rect.left() <= x < rect.right()), -1)

    def draw(self, painter: QPainter, rect: QRectF, place: int = -1) -> None:
        theme, font = self.look.theme, self.look.theme.font("caption", tabular=True)
        line = theme.line("caption")
        scale = scale_of([value for each in self.columns for value in (each.value, each.before)], 2)
        bare = self._bare and not self.alone
        binned = not self._days and not bare
        if bare or binned:
            # Bins have their figures on top, and the marker's words above them.
            plot = rect.adjusted(0, line * 2 if binned else 0, 0, -theme.px(18) if binned else 0)
            top = max([value for each in self.columns for value in (each.value, each.before) if value is not None], default=0.0) or 1.0
            scale = Scale(0.0, top, (0.0,))
        else:
            ground = lay_ground(painter, rect, self.look, scale, self._written)
            plot = ground.plot
        room = plot.width() / max(1, len(self.columns))
        self._rects = [QRectF(plot.left() + number * room, plot.top(), room, plot.height()) for number in range(len(self.columns))]
        if self._days:  # the columns of a campaign have its colour; what has none is a tint behind them
            ground = Ground(plot, scale)
            paint_spans(painter, ground, self.look, self._spans, self._days, lambda at: plot.left() + at * room, titled=not bare, hued=False)
        if self._days and not bare:
            name_days(painter, ground, self.look, self._days, lambda number: self._rects[number].left())
        for number, (column, own) in enumerate(zip(self.columns, self._rects, strict=True)):
            self._paint_column(painter, column, own, plot, scale, marked=number == place)
            if binned:
                painter.setPen(theme.color("text.secondary"))
                draw_text(painter, QRectF(own.left() - 2, plot.bottom() + 2, room + 4, line), column.name, font, CENTRE)
                if column.value is not None:
                    y = plot.bottom() - scale.place(column.value) * plot.height()
                    draw_text(painter, QRectF(own.left() - 4, y - line - 1, room + 8, line), self._written(column.value), font, CENTRE)
        if binned and self._marker is not None and self._marker.place < len(self._rects):
            self._paint_marker(painter, rect, plot, self._marker)

    def _paint_column(self, painter: QPainter, column: Column, own: QRectF, plot: QRectF, scale: Scale, *, marked: bool) -> None:
        theme = self.look.theme
        side = own.width() * GAP / 2
        if marked:
            painter.fillRect(own, theme.color("surface.hover"))
        if column.value is not None:
            height = max(1.0 if column.value else 0.0, scale.place(column.value) * plot.height())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(column.colour))
            painter.drawRoundedRect(QRectF(own.left() + side, plot.bottom() - height, own.width() - 2 * side, height), 2, 2)
        if column.before is not None:
            y = round(plot.bottom() - scale.place(column.before) * plot.height())
            # A light edge keeps the tick visible on its own column.
            painter.fillRect(QRectF(own.left() + side / 2, y - 2, own.width() - side, 4), theme.color("surface.raised"))
            painter.fillRect(QRectF(own.left() + side / 2, y - 1, own.width() - side, 2), theme.color("text.primary"))

    def _paint_marker(self, painter: QPainter, rect: QRectF, plot: QRectF, marker: Marker) -> None:
        theme, x = self.look.theme, self._rects[marker.place].left()
        pen = QPen(theme.color("text.primary"), 1)
        pen.setDashPattern([3.0, 3.0])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, plot.bottom()))
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(x + 6, rect.top(), rect.right() - x - 6, theme.line("caption")), marker.words, theme.font("caption"), LEFT)

    def _figure(self, value: float | None) -> str:
        return self.look.text("insights.nothing") if value is None else self._written(value)


def _hue_of(day: date, spans: Sequence[Span]) -> str:
    hue = next((span.hue for span in spans if span.hue and span.first <= day <= span.last), "")
    return f"categorical.{hue}.strong" if hue else "accent.fill"
