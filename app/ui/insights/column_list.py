"""Lists of figures in columns: painted rows with their heads above, the same as a table, and said in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.charts.chart import Table
from app.ui.page import PageFace
from app.ui.plain_list import PlainList
from app.ui.safe_text import isolated
from app.ui.widgets.text import draw_text, text_width

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ROW = "row.table"
APART = 8


class Figures(NamedTuple):
    """One column. `width` is the least, for it is never narrower than its words; 0 takes what the others leave: one in a list, the first."""

    title: str
    told: Callable[[Any], str]
    width: int = 0
    strong: bool = False


class ColumnList(PlainList[Any]):
    """`icon` tells (icon, hue) of a row, or None; Enter and a double click open it (`activated_row`)."""

    def __init__(
        self, face: PageFace, name: str, columns: Sequence[Figures], icon: Callable[[Any], tuple[str, str] | None] | None = None
    ) -> None:
        self.columns = tuple(columns)
        self._icon = icon
        self._heads: QWidget | None = None
        self._widths: tuple[int, ...] = ()
        super().__init__(face, name, ROW, self._words, self._paint_figures)
        face.theme.changed.connect(self._forget_widths)

    def heads(self) -> QWidget:
        """The titles of the columns, to stand above it."""
        self._heads = _Heads(self)
        return self._heads

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Without any there is nothing to see, heads included."""
        self._forget_widths()
        super().show_rows(rows)
        for part in (self, self._heads):
            if part is not None and part.parentWidget() is not None:  # else it would become a window
                part.setVisible(bool(rows))

    def table(self, rows: Sequence[Any] | None = None) -> Table:
        """Of all rows, or of others than those that are shown."""
        listed = self.rows if rows is None else rows
        return Table(
            self.accessibleName(),
            tuple(column.title for column in self.columns),
            tuple(tuple(column.told(row) for column in self.columns) for row in listed),
        )

    def rooms(self, rect: QRectF) -> list[QRectF]:
        """Where each column stands in a row."""
        px = self.face.theme.px
        if not self._widths:
            self._widths = tuple(self._needed(column) if column.width else 0 for column in self.columns)
        taken = sum(width + px(APART) for width in self._widths if width)
        found, x = [], rect.left()
        for needed in self._widths:
            width = needed or max(px(40), rect.width() - taken - px(4))
            found.append(QRectF(x, rect.top(), width, rect.height()))
            x += width + px(APART)
        return found

    def _needed(self, column: Figures) -> int:
        """For its title and for what its rows tell."""
        theme = self.face.theme
        font = theme.font("bodyStrong" if column.strong else "small", tabular=True)
        told = max((text_width(column.told(row), font) for row in self.rows), default=0)
        return max(theme.px(column.width), ceil(text_width(column.title, theme.font("captionStrong"))), ceil(told))

    def _forget_widths(self) -> None:
        self._widths = ()

    def _words(self, row: Any) -> str:
        first, *others = self.columns
        return ", ".join([first.told(row), *(f"{column.title} {column.told(row)}" for column in others)])

    def _paint_figures(self, painter: QPainter, rect: QRectF, row: Any, _ground: str) -> None:
        theme = self.face.theme
        for column, room in zip(self.columns, self.rooms(rect.adjusted(theme.px(4), 0, -theme.px(4), 0)), strict=True):
            begins = room.left()
            lead = self._icon(row) if self._icon is not None and not column.width else None
            if lead is not None:
                size = theme.size("icon.m")
                self.face.icons.paint(painter, QRectF(begins, room.center().y() - size / 2, size, size), lead[0], theme.hue(lead[1], "text"))
                begins += size + theme.px(6)
            strong = column.strong or not column.width
            painter.setPen(theme.color("text.primary" if strong else "text.secondary"))
            font = theme.font("bodyStrong" if column.strong else "body" if not column.width else "small", tabular=True)
            own = QRectF(begins, room.top(), room.right() - begins, room.height())
            draw_text(painter, own, column.told(row) if column.width else isolated(column.told(row)), font, RIGHT if column.width else LEFT)


class _Heads(QWidget):
    """Painted exactly above the columns of its list."""

    def __init__(self, rows: ColumnList) -> None:
        super().__init__()
        self._rows = rows
        self.setAccessibleName(rows.face.look.words.enumeration(column.title for column in rows.columns))
        rows.face.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        theme = self._rows.face.theme
        return QSize(theme.px(120), theme.line("caption") + theme.px(4))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = self._rows.face.theme, QPainter(self)
        painter.setPen(theme.color("text.secondary"))
        for column, room in zip(self._rows.columns, self._rows.rooms(QRectF(self.rect()).adjusted(theme.px(4), 0, -theme.px(4), 0)), strict=True):
            draw_text(painter, room, column.title, theme.font("captionStrong"), RIGHT if column.width else LEFT)
