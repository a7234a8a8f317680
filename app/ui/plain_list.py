"""Short lists of painted rows, as high as they are long: campaigns, launches, what travelled furthest. Each says its row in words for the screen reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.ui.page import PageFace
from app.ui.widgets.row_list import BY_KEYBOARD, HOVERED, SELECTED, RowList, paint_row_ground

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")
Paint = Callable[[QPainter, QRectF, Any, str], None]
"""(painter, rect, row, token of the ground)"""
RowRole = Qt.ItemDataRole.UserRole + 1


class Rows(QAbstractTableModel, Generic[T]):
    """Plain rows of one column."""

    def __init__(self, said: Callable[[T], str]) -> None:
        super().__init__()
        self._said = said
        self.rows: tuple[T, ...] = ()

    def show(self, rows: Sequence[T]) -> None:
        """Other rows; where as many are there as before, the choice stays."""
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = tuple(rows)
            self.endResetModel()
            return
        self.rows = tuple(rows)
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(row)
        return None


class _Delegate(QStyledItemDelegate):
    """Ground, then what the list paints."""

    def __init__(self, view: PlainList[Any], paint: Paint) -> None:
        super().__init__(view)
        self._view = view
        self._paint = paint

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, rect = self._view, QRectF(option.rect)
        marks = view.marks(index.row())
        focused = view.hasFocus()
        ground = paint_row_ground(
            painter,
            rect,
            view.face.look,
            selected=bool(marks & SELECTED) and focused,
            list_focused=focused,
            hovered=bool(marks & HOVERED),
            ring=bool(marks & BY_KEYBOARD),
            ground="surface.raised",
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, rect, index.data(RowRole), ground)
        painter.restore()


class PlainList(RowList, Generic[T]):
    """As high as its rows: it stands within a page that scrolls."""

    def __init__(self, face: PageFace, name: str, row_size: str, said: Callable[[T], str], paint: Paint) -> None:
        super().__init__(face.look, name, row_size)
        self.face = face
        self._row_token = row_size
        self._shown: Rows[T] = Rows(said)
        self.setModel(self._shown)
        self.setItemDelegate(_Delegate(self, paint))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(lambda index: self.activated_row.emit(index.row()))
        face.theme.changed.connect(self._settle)

    @property
    def rows(self) -> tuple[T, ...]:
        return self._shown.rows

    @property
    def current(self) -> T | None:
        """The row chosen."""
        return self.rows[self.current_row] if 0 <= self.current_row < len(self.rows) else None

    def show_rows(self, rows: Sequence[T]) -> None:
        """Other rows; the first is chosen where none was."""
        before = self.current_row
        self._shown.show(rows)
        self.choose(min(max(before, 0), len(rows) - 1))
        self._settle()

    def _settle(self) -> None:
        self.setFixedHeight(max(1, len(self.rows)) * self.face.theme.size(self._row_token))

    def sizeHint(self) -> QSize:
        return QSize(self.face.theme.px(240), self.height())
