"""The two lists: questions with how many replied, and the replies of one in their groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.models.question import Collected, QuestionPost, QuestionReply, ReplyGroup
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated, one_line, person
from app.ui.widgets.row_list import BY_KEYBOARD, HOVERED, SELECTED, RowList, paint_row_ground
from app.ui.widgets.text import draw_text, text_width

Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Line(NamedTuple):
    """A row of the replies: a group's heading, or one reply of it."""

    group: ReplyGroup
    reply: QuestionReply | None
    said: str

    @property
    def replies(self) -> tuple[QuestionReply, ...]:
        """What an act on the row is on."""
        return self.group.replies if self.reply is None else (self.reply,)


def lines_of(look: Look, collected: Collected) -> list[Line]:
    """Each group's heading above its replies."""
    return [line for group in collected.groups for line in _lines(look, group)]


def group_name(look: Look, group: ReplyGroup) -> str:
    """What holds it together; those who stand alone are said to."""
    return isolated(one_line(group.name)) if group.name else look.text("questions.alone")


def _lines(look: Look, group: ReplyGroup) -> Iterator[Line]:
    yield Line(group, None, look.words.facts((group_name(look, group), look.text("questions.people", n=group.people))))
    for reply in group.replies:
        marks = [look.text(f"questions.{name}") for name, on in _marks(reply).items() if on]
        who = person(reply.author, reply.handle)
        yield Line(group, reply, look.words.facts([who, network_name(reply.network), *marks, one_line(reply.text)]))


def _marks(reply: QuestionReply) -> dict[str, bool]:
    return {"kept": reply.kept, "thanked": reply.thanked_at is not None, "liked": reply.liked}


ICONS = {
    "kept": ("bookmark-simple", "accent.text"),
    "thanked": ("handshake", "text.secondary"),
    "liked": ("heart-straight-fill", "text.secondary"),
}


class RowsModel(QAbstractListModel):
    """All rows; `show` replaces them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Any] = ()
        self.names: Sequence[str] = ()

    def show(self, rows: Sequence[Any], names: Sequence[str]) -> None:
        """`names` are spoken for who does not see them."""
        self.beginResetModel()
        self.rows, self.names = rows, names
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
        return self.names[index.row()] if role in spoken else None


class Rows(RowList):
    """A list of one of the two kinds."""

    def __init__(self, look: Look, name: str, size: str) -> None:
        super().__init__(look, name, size)
        self.lines = RowsModel()
        self.setModel(self.lines)

    @property
    def row(self) -> Any:
        """What is chosen; None for nothing."""
        return self.lines.rows[self.current_row] if 0 <= self.current_row < len(self.lines.rows) else None


class _Painter(QStyledItemDelegate):
    def __init__(self, look: Look, view: Rows) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def ground(self, painter: QPainter, rect: QRectF, row: int, ground: str = "surface.base") -> None:
        marks = self._view.marks(row)
        paint_row_ground(
            painter,
            rect,
            self._look,
            selected=bool(marks & SELECTED),
            list_focused=self._view.hasFocus(),
            hovered=bool(marks & HOVERED),
            ring=bool(marks & BY_KEYBOARD),
            ground=ground,
        )


class QuestionDelegate(_Painter):
    """The question, below it when it was asked and where; at the right how many replied."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: QuestionPost = self._view.lines.rows[index.row()]
        look, theme, px = self._look, self._look.theme, self._look.theme.px
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.ground(painter, rect, index.row())
        left, right = rect.left() + px(16), rect.right() - px(14)
        figure = look.number(row.people)
        font = theme.font("bodyStrong", tabular=True)
        width = text_width(figure, font) + 1
        painter.setPen(theme.color("text.primary"))
        top = QRectF(left, rect.top() + px(9), right - left, px(22))
        draw_text(painter, QRectF(right - width, top.top(), width, top.height()), figure, font)
        look.icons.paint(
            painter, QRectF(right - width - px(19), top.top() + px(4), px(14), px(14)), "users-three", "text.secondary"
        )
        draw_text(
            painter, top.adjusted(0, 0, -width - px(26), 0), isolated(one_line(row.title)), theme.font("bodyStrong")
        )
        below = QRectF(left, top.bottom() + px(2), right - left, px(20))
        when = look.words.day(row.asked_at) if row.asked_at is not None else look.text("questions.to_come")
        said = " · ".join(filter(None, (when, look.text("questions.kept_many", n=row.kept) if row.kept else "")))
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, below.adjusted(0, 0, -px(20) * len(row.networks), 0), said, theme.font("small"))
        x = right
        for network in reversed(row.networks):
            x -= px(14)
            pixmap = look.icons.brand(network, "text.secondary", px(12), painter.device().devicePixelRatio())
            painter.drawPixmap(round(x), round(below.center().y() - px(6)), pixmap)
            x -= px(5)
        painter.restore()


class ReplyDelegate(_Painter):
    """A heading with its count, or a reply: who, where, its marks, and what it says."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = self._view.lines.rows[index.row()]
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.reply is None:
            self.ground(painter, rect, index.row(), "surface.sunken")
            self._heading(painter, rect, line.group)
        else:
            self.ground(painter, rect, index.row())
            self._reply(painter, rect, line.reply)
        painter.restore()

    def _heading(self, painter: QPainter, rect: QRectF, group: ReplyGroup) -> None:
        look, theme, px = self._look, self._look.theme, self._look.theme.px
        left, right = rect.left() + px(16), rect.right() - px(16)
        middle = QRectF(left, rect.top(), right - left, rect.height())
        if group.by_hand:
            look.icons.paint(
                painter, QRectF(left, rect.center().y() - px(7), px(14), px(14)), "tag-simple", "text.secondary"
            )
            middle.setLeft(left + px(20))
        said = look.text("questions.people", n=group.people)
        width = text_width(said, theme.font("small")) + 1
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, QRectF(right - width, rect.top(), width, rect.height()), said, theme.font("small"))
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, middle.adjusted(0, 0, -width - px(12), 0), group_name(look, group), theme.font("bodyStrong"))

    def _reply(self, painter: QPainter, rect: QRectF, reply: QuestionReply) -> None:
        look, theme, px = self._look, self._look.theme, self._look.theme.px
        left, right = rect.left() + px(16), rect.right() - px(16)
        ratio = painter.device().devicePixelRatio()
        top = QRectF(left, rect.top() + px(8), right - left, px(20))
        for name, on in _marks(reply).items():
            if on:
                icon, colour = ICONS[name]
                look.icons.paint(painter, QRectF(right - px(14), top.top() + px(3), px(14), px(14)), icon, colour)
                right -= px(20)
        painter.drawPixmap(
            round(left),
            round(top.center().y() - px(6)),
            look.icons.brand(reply.network, "text.secondary", px(12), ratio),
        )
        who = isolated(reply.author or reply.handle)
        strong = theme.font("small", weight=600)
        painter.setPen(theme.color("text.primary"))
        x = left + px(18)
        x += draw_text(painter, QRectF(x, top.top(), max(0.0, right - x), top.height()), who, strong) + px(8)
        painter.setPen(theme.color("text.tertiary"))
        if reply.author and right - x > px(40):
            draw_text(
                painter, QRectF(x, top.top(), right - x, top.height()), isolated(reply.handle), theme.font("small")
            )
        painter.setPen(theme.color("text.primary"))
        below = QRectF(left, top.bottom() + px(2), rect.right() - px(16) - left, px(22))
        draw_text(painter, below, isolated(one_line(reply.text)), theme.font("body"))
