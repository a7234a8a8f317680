"""The pieces of a campaign's report: a figure beside its goal, and a table whose rows may be opened."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.charts.chart import Table
from app.ui.notices import announce
from app.ui.page import PageFace
from app.ui.plain_list import PlainList
from app.ui.widgets.surface import Card
from app.ui.widgets.text import ElidedLabel, Label, draw_text, text_width

HEIGHT = 84
ROW = "row.table"
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
WIDEST_FIGURES = 0.62
"""Of the table: figures take more from the words only where they would be cut."""


class FigureCard(Card):
    """Title, figure, and what it rests on or is to reach."""

    def __init__(self, face: PageFace, title: str) -> None:
        look, px = face.look, face.theme.px
        super().__init__(look)
        self._face = face
        self._title = title
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(px(HEIGHT))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(0)
        column.addWidget(ElidedLabel(look, title, "small", "text.secondary"))
        self.figure = Label(look, "", "heading")
        column.addWidget(self.figure)
        self.below = ElidedLabel(look, "", "caption", "text.secondary")
        column.addWidget(self.below)

    def show_figure(self, figure: str, below: str) -> None:
        self.figure.setText(figure)
        self.below.setText(below)
        self.below.setToolTip(below)
        self.setAccessibleName(", ".join(filter(None, (self._title, figure, below))))

    def told(self) -> tuple[str, str, str]:
        """As a row of a table."""
        return self._title, self.figure.text(), self.below.text()


class Line(NamedTuple):
    """A row: its cells in words, and what Enter opens (0: nothing)."""

    cells: tuple[str, ...]
    opens: int = 0


class FigureTable(QWidget):
    """The first columns are words, the others figures; Enter or a double click opens a row, Ctrl+C copies all."""

    opened = Signal(int)

    def __init__(self, face: PageFace, name: str, columns: Sequence[tuple[str, int]], words: int = 1) -> None:
        """`columns`: (title, width where there is room for it; of the first, which takes what is left, none). `words` of them are words."""
        super().__init__()
        self._face = face
        self.name = name
        self.columns = tuple(columns)
        self._words = words
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Titles(face, self))
        self.rows = _FigureRows(face, self)
        self.rows.activated_row.connect(self._open)
        column.addWidget(self.rows)
        self._least: tuple[int, ...] = ()
        face.theme.changed.connect(self._forget_widths)

    def show_lines(self, lines: Sequence[Line]) -> None:
        self._forget_widths()
        self.rows.show_rows(lines)

    def table(self) -> Table:
        return Table(self.name, tuple(title for title, _ in self.columns), tuple(line.cells for line in self.rows.rows))

    def places(self, rect: QRectF) -> list[QRectF]:
        """Where each column stands. Where there is little room, columns are as narrow as their titles and figures."""
        px = self._face.theme.px
        if not self._least:
            self._least = tuple(self._needed(number) for number in range(len(self.columns)))
        wide = [max(px(width), least) for (_, width), least in zip(self.columns[1:], self._least[1:], strict=True)]
        spare = sum(wide) - sum(self._least[1:])
        missing = max(0.0, sum(wide) - rect.width() * WIDEST_FIGURES)
        kept = 1.0 - min(1.0, missing / spare) if spare else 1.0
        right, found = rect.right() - px(6), list[QRectF]()
        for least, most in zip(reversed(self._least[1:]), reversed(wide), strict=True):
            width = least + (most - least) * kept
            right -= width
            found.append(QRectF(right, rect.top(), width, rect.height()))
        found.append(QRectF(rect.left() + px(6), rect.top(), right - rect.left() - px(10), rect.height()))
        return found[::-1]

    def _needed(self, number: int) -> int:
        """For the title and for all that stands below it; words never need more than their column is given where there is room."""
        theme, words = self._face.theme, number < self._words
        title, given = self.columns[number]
        told = max((text_width(line.cells[number], theme.font("small", tabular=not words)) for line in self.rows.rows), default=0.0)
        around = 2 * theme.px(4)
        return around + ceil(max(text_width(title, theme.font("captionStrong", tabular=not words)), min(told, theme.px(given) - around) if words else told))

    def _forget_widths(self) -> None:
        self._least = ()

    def paint_cells(self, painter: QPainter, rect: QRectF, cells: Sequence[str], font: str, colour: str) -> None:
        theme = self._face.theme
        px = theme.px(4)
        for number, (place, cell) in enumerate(zip(self.places(rect), cells, strict=True)):
            words = number < self._words
            painter.setPen(theme.color("text.primary" if number == 0 and font == "body" else colour))
            shown = theme.font(font if number == 0 or font != "body" else "small", tabular=not words)
            draw_text(painter, place.adjusted(px if number else 0, 0, -px, 0), cell, shown, LEFT if words else RIGHT)

    def _open(self, place: int) -> None:
        line = self.rows.rows[place]
        if line.opens:
            self.opened.emit(line.opens)


class _FigureRows(PlainList[Line]):
    """The rows below the titles."""

    def __init__(self, face: PageFace, table: FigureTable) -> None:
        self._table = table
        super().__init__(face, table.name, ROW, self._said, self._paint_line)

    def _said(self, line: Line) -> str:
        named = zip(self._table.columns[1:], line.cells[1:], strict=True)
        return ", ".join((line.cells[0], *(f"{title} {cell}" for (title, _), cell in named)))

    def _paint_line(self, painter: QPainter, rect: QRectF, line: Line, _ground: str) -> None:
        self._table.paint_cells(painter, rect, line.cells, "body", "text.secondary")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QGuiApplication.clipboard().setText(self._table.table().to_text())
            announce(self, self.face.text("insights.copied"), "info")
        else:
            super().keyPressEvent(event)


class _Titles(QWidget):
    """What the columns are, above them."""

    def __init__(self, face: PageFace, table: FigureTable) -> None:
        super().__init__()
        self._face = face
        self._table = table
        face.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._face.theme.px(200), self._face.theme.line("caption") + self._face.theme.px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        titles = [title for title, _ in self._table.columns]
        self._table.paint_cells(QPainter(self), QRectF(self.rect()), titles, "captionStrong", "text.secondary")
