"""The list of questions: how often each was asked and whether that grows, in which languages, where it stands and what its link saves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.models.faq import FaqRow, FaqState
from app.ui.look import Look
from app.ui.safe_text import one_line
from app.ui.widgets.chip import chip_width, language_chip, paint_chip
from app.ui.widgets.row_list import BY_KEYBOARD, HOVERED, SELECTED, RowList, paint_row_ground
from app.ui.widgets.text import draw_text, text_width

Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
MOST_LANGUAGES = 4
FIGURES = 56
_STATES = {
    FaqState.ASKED: ("chat-circle-dots", "text.secondary"),
    FaqState.DRAFT: ("pencil-simple", "text.secondary"),
    FaqState.PUBLISHED: ("check-circle", "status.success.text"),
    FaqState.HIDDEN: ("prohibit", "text.tertiary"),
}


class Line(NamedTuple):
    """What a row shows."""

    entry_id: int
    title: str
    state: FaqState
    state_said: str
    asked: str
    way: str
    """Icon of the trend; empty for none."""
    change: str
    """What stands beside the icon: by how much, or that it is new."""
    languages: tuple[str, ...]
    linked: str
    said: str
    """All of it, for who does not see it."""


def line_of(look: Look, row: FaqRow) -> Line:
    """A row in words."""
    text = look.text
    title = one_line(row.words.asked_in(look.words.language)) or text("faq.no_words")
    state = text(f"faq.state_{row.state}")
    change, way, trend_said = "", "", ""
    trend = row.trend
    if trend is not None and trend.new:
        change, trend_said = text("faq.new"), text("faq.trend_new")
    elif trend is not None:
        way = {1: "arrow-up-bold", -1: "arrow-down-bold"}.get(trend.way, "")
        change = look.number(trend.by) if trend.way else "="
        trend_said = text("faq.trend_said", n=row.before or 0)
    linked = ""
    if row.state is FaqState.PUBLISHED and row.conversations:
        linked = text("faq.linked_share", share=look.words.percent(row.linked / row.conversations, 0))
    said = [title, text("faq.asked_times", n=row.count), trend_said, state, linked]
    if row.languages:
        said.append(
            text("playbook.row_languages", languages=look.words.write([each.upper() for each in row.languages]))
        )
    return Line(
        row.id,
        title,
        row.state,
        state,
        look.number(row.count),
        way,
        change,
        row.languages[:MOST_LANGUAGES],
        linked,
        look.words.facts(said),
    )


class FaqModel(QAbstractListModel):
    """All rows; `show` replaces them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Line] = ()

    def show(self, rows: Sequence[Line]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def place_of(self, entry_id: int | None) -> int:
        return next((place for place, row in enumerate(self.rows) if row.entry_id == entry_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.said
        return None


class FaqRows(RowList):
    """Enter says `activated_row`."""

    def __init__(self, look: Look, model: FaqModel) -> None:
        super().__init__(look, look.text("faq.list"), "row.messageCompact")
        self.questions = model
        self.setModel(model)
        self.setItemDelegate(FaqDelegate(look, self))


class FaqDelegate(QStyledItemDelegate):
    """Paints a row: the question, below it state, languages and the link's share; at the right the figures."""

    def __init__(self, look: Look, view: FaqRows) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.questions.rows[index.row()]
        theme, px = self._look.theme, self._look.theme.px
        rect = QRectF(option.rect)
        marks = self._view.marks(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(marks & SELECTED)
        paint_row_ground(
            painter,
            rect,
            self._look,
            selected=chosen,
            list_focused=self._view.hasFocus(),
            hovered=bool(marks & HOVERED),
            ring=bool(marks & BY_KEYBOARD),
        )
        left, right = rect.left() + px(16), rect.right() - px(14)
        room = right - px(FIGURES) - px(8) - left
        hidden = row.state is FaqState.HIDDEN
        painter.setPen(theme.color("text.tertiary" if hidden else "text.primary"))
        title = QRectF(left, rect.top() + px(9), room, px(22))
        draw_text(painter, title, row.title, theme.font("body", weight=600 if chosen else 500))
        self._below(painter, QRectF(left, rect.top() + px(33), right - left, px(20)), row)
        painter.setPen(theme.color("text.tertiary" if hidden else "text.primary"))
        count = QRectF(right - px(FIGURES), rect.top() + px(9), px(FIGURES), px(22))
        draw_text(painter, count, row.asked, theme.font("bodyStrong", tabular=True), RIGHT)
        self._change(painter, right, rect.top() + px(33), row)
        painter.restore()

    def _below(self, painter: QPainter, rect: QRectF, row: Line) -> None:
        theme, px = self._look.theme, self._look.theme.px
        icon, ink = _STATES[row.state]
        self._look.icons.paint(painter, QRectF(rect.left(), rect.top(), px(13), rect.height()), icon, ink)
        painter.setPen(theme.color(ink))
        x = rect.left() + px(18)
        small = theme.font("caption")
        end = rect.right() - px(FIGURES)
        x += draw_text(painter, QRectF(x, rect.top(), end - x, rect.height()), row.state_said, small) + px(8)
        for code in row.languages:
            chip = language_chip(code)
            if x + chip_width(self._look, chip) > end:
                break
            x += paint_chip(painter, x, rect.top() + px(1), self._look, chip, px(17)) + px(4)
        if row.linked and x + px(24) < end:
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, QRectF(x + px(4), rect.top(), end - x - px(4), rect.height()), row.linked, small)

    def _change(self, painter: QPainter, right: float, top: float, row: Line) -> None:
        if not row.change:
            return
        theme, px = self._look.theme, self._look.theme.px
        font = theme.font("caption", tabular=True)
        new = not row.way and row.change != "="
        painter.setPen(theme.color("accent.text" if new else "text.secondary"))
        width = text_width(row.change, font)
        draw_text(painter, QRectF(right - width - 1, top, width + 1, px(20)), row.change, font, RIGHT)
        if row.way:
            self._look.icons.paint(
                painter, QRectF(right - width - px(16), top, px(12), px(20)), row.way, "text.secondary"
            )
