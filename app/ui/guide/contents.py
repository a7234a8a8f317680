"""The column at the left of the guide: its pages, or what a search found, as a list that is walked through by keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.ui.look import Look
from app.ui.plain_list import RowRole, Rows
from app.ui.widgets.row_list import BY_KEYBOARD, HOVERED, SELECTED, RowList, paint_row_ground
from app.ui.widgets.text import draw_text

GROUND = "surface.base"


class Entry(NamedTuple):
    """A page, or a place in one; `below` is the second line of what was found."""

    place: str
    title: str
    below: str = ""


class GuideContents(RowList):
    """`current_changed` and `activated_row` carry the number of an entry."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.text("guide.contents"), "row.view")
        self._shown: Rows[Entry] = Rows(lambda entry: f"{entry.title}, {entry.below}" if entry.below else entry.title)
        self.setModel(self._shown)
        self.setItemDelegate(_Delegate(self, look))

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self._shown.rows

    @property
    def current(self) -> Entry | None:
        return self.entries[self.current_row] if 0 <= self.current_row < len(self.entries) else None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Other entries; none of them is chosen."""
        self.set_row_size("row.listTwoLine" if any(entry.below for entry in entries) else "row.view")
        self._shown.show(())
        self._shown.show(entries)
        self.choose(-1)

    def choose_place(self, place: str) -> None:
        """The entry of a page, said to nobody."""
        self.selectionModel().blockSignals(True)
        self.choose(next((number for number, entry in enumerate(self.entries) if entry.place == place), -1))
        self.selectionModel().blockSignals(False)
        self.viewport().update()


class _Delegate(QStyledItemDelegate):
    """A title; below it, smaller, where it was found."""

    def __init__(self, view: GuideContents, look: Look) -> None:
        super().__init__(view)
        self._view = view
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, rect, marks = self._look, QRectF(option.rect), self._view.marks(index.row())
        entry = index.data(RowRole)
        paint_row_ground(
            painter,
            rect,
            look,
            selected=bool(marks & SELECTED),
            list_focused=self._view.hasFocus(),
            hovered=bool(marks & HOVERED),
            ring=bool(marks & BY_KEYBOARD),
            ground=GROUND,
        )
        theme = look.theme
        inset = theme.px(10)
        room = rect.adjusted(inset, 0, -inset, 0)
        painter.setPen(theme.color("text.primary"))
        if not entry.below:
            draw_text(painter, room, entry.title, theme.font("body", weight=600 if marks & SELECTED else 0))
            return
        top = (rect.height() - theme.line("body") - theme.line("caption")) / 2
        first = QRectF(room.left(), rect.top() + top, room.width(), theme.line("body"))
        draw_text(painter, first, entry.title, theme.font("body", weight=600))
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, first.translated(0, theme.line("body")), entry.below, theme.font("caption"))
