"""A field of days and hours: the deeper the colour, the more; figures stand in it, so that colour never tells alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from app.ui.charts.chart import Chart, Table
from app.ui.charts.frame import CENTRE, LEFT
from app.ui.look import Look
from app.ui.notices import announce
from app.ui.widgets.text import draw_text, text_width

HEIGHT = 190
GAP = 2
LIGHTEST, DEEPEST = 0.08, 0.5
"""Of the colour: figures can be read on it in both themes."""
DEEP = 5
"""So many are told in words."""
EACH_NAMED = 3
"""Every third column is named."""


class HeatChart(Chart):
    """`show_heat` gives it its figures. Arrows walk in all four directions; its places go row by row."""

    def __init__(self, look: Look, name: str, written: Callable[[float], str], first: str) -> None:
        """`first` names the table's first column."""
        super().__init__(look, name, HEIGHT)
        self._written = written
        self._first = first
        self.rows: tuple[tuple[str, tuple[int, ...]], ...] = ()
        self.columns: tuple[str, ...] = ()
        self._cells: list[QRectF] = []
        self.setProperty("ownKeys", ["Left", "Right", "Up", "Down", "Home", "End"])

    def show_heat(self, rows: Sequence[tuple[str, Sequence[int]]], columns: Sequence[str]) -> None:
        """Each row by its name, a figure for each column."""
        self.rows = tuple((name, tuple(values)) for name, values in rows)
        self.columns = tuple(columns)
        self.refreshed()

    @property
    def places(self) -> int:
        return len(self.rows) * len(self.columns)

    def value(self, place: int) -> int:
        return self.rows[place // len(self.columns)][1][place % len(self.columns)]

    def said(self, place: int) -> str:
        row, column = divmod(place, len(self.columns))
        return f"{self.rows[row][0]}, {self.columns[column]}: {self._written(self.value(place))}"

    def telling(self) -> Sequence[int]:
        """The deepest ones."""
        deep = sorted((place for place in range(self.places) if self.value(place)), key=self.value, reverse=True)
        return deep[:DEEP] or super().telling()

    def table(self) -> Table:
        return Table(
            self.accessibleName(),
            (self._first, *self.columns),
            tuple((name, *(self._written(value) for value in values)) for name, values in self.rows),
        )

    def place_at(self, x: float, y: float) -> int:
        return next((place for place, cell in enumerate(self._cells) if cell.contains(x, y)), -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -len(self.columns), Qt.Key.Key_Down: len(self.columns)}.get(Qt.Key(event.key()))
        if step is None or not self.places:
            super().keyPressEvent(event)
            return
        wanted = self.place + step if self.place >= 0 else 0
        if 0 <= wanted < self.places:
            self.look_at(wanted)
        announce(self, self.said(max(0, self.place)), "info")

    def draw(self, painter: QPainter, rect: QRectF, place: int = -1) -> None:
        if not self.places:
            return
        theme, font = self.look.theme, self.look.theme.font("caption", tabular=True)
        line = theme.line("caption")
        left = max(text_width(name, font) for name, _ in self.rows) + theme.px(8)
        width = (rect.width() - left) / len(self.columns)
        height = (rect.height() - line - theme.px(2)) / len(self.rows)
        most = max((value for _, values in self.rows for value in values), default=0) or 1
        self._cells = []
        for row, (name, values) in enumerate(self.rows):
            top = rect.top() + row * height
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, QRectF(rect.left(), top, left - theme.px(8), height), name, font, LEFT)
            for column, value in enumerate(values):
                whole = QRectF(rect.left() + left + column * width, top, width, height)
                self._cells.append(whole)
                self._paint_cell(painter, whole, value, most, marked=len(self._cells) - 1 == place)
        painter.setPen(theme.color("text.secondary"))
        for column in range(0, len(self.columns), EACH_NAMED):
            below = QRectF(rect.left() + left + column * width, rect.bottom() - line, EACH_NAMED * width, line)
            draw_text(painter, below, self.columns[column], font, LEFT)

    def _paint_cell(self, painter: QPainter, whole: QRectF, value: int, most: int, *, marked: bool) -> None:
        theme, font = self.look.theme, self.look.theme.font("caption", tabular=True)
        depth = LIGHTEST + (DEEPEST - LIGHTEST) * value / most
        colour = QColor(theme.color("accent.fill" if value else "surface.sunken"))
        if value:
            colour.setAlphaF(depth)
        painter.setPen(QPen(theme.color("text.primary"), 2) if marked else Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(whole.adjusted(GAP / 2, GAP / 2, -GAP / 2, -GAP / 2), 3, 3)
        told = self._written(value)
        if value and text_width(told, font) <= whole.width() - GAP and theme.line("caption") <= whole.height():
            painter.setPen(theme.color("text.primary"))
            draw_text(painter, whole, told, font, CENTRE)
