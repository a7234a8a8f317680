"""The table of posts: the names of its columns, by which it is sorted, and its rows, of which only those in sight are painted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.models.post_table import Column, PostLine, figure_of, largest
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.plain_list import Index, RowRole, Rows
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.row_list import BY_KEYBOARD, HOVERED, SELECTED, RowList, paint_row_ground
from app.ui.widgets.text import draw_text, text_width

FIGURES = (Column.IMPRESSIONS, Column.LIKES, Column.REPOSTS, Column.REPLIES, Column.CLICKS, Column.RATE)
ALWAYS = frozenset({Column.LIKES, Column.REPOSTS, Column.REPLIES, Column.CLICKS})
"""Columns that stand there though no post of the period has such a figure."""
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
FIGURE, DAY, NETWORKS = 84, 92, 84
APART = 8
NARROW = 820
"""Of the table: below it, networks are told beside alone, and columns of figures are as narrow as their names and figures."""
ARROWS = {True: " \u2193", False: " \u2191"}
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
Widths = dict[Column, int]


class Places(NamedTuple):
    """Where the columns stand: left and width of each; no networks where there is little room."""

    of: dict[Column, tuple[float, float]]
    networks: tuple[float, float] | None


def figures_of(lines: Sequence[PostLine]) -> tuple[Column, ...]:
    """The columns that have something to tell."""
    return tuple(each for each in FIGURES if each in ALWAYS or any(figure_of(line, each) is not None for line in lines))


def least_widths(look: Look, figures: Mapping[Column, str], by: Column) -> Widths:
    """`figures`: the columns with the widest of what stands in each; the one that is sorted `by` has an arrow."""
    name_font, font = look.theme.font("captionStrong"), look.theme.font("bodyStrong", tabular=True)
    return {
        column: ceil(max(text_width(_name(look, column, by), name_font), text_width(widest, font))) for column, widest in figures.items()
    }


def places(look: Look, rect: QRectF, widths: Widths) -> Places:
    """`widths`: the least of each column of figures, from left to right."""
    px = look.theme.px
    narrow = rect.width() < px(NARROW)
    right = rect.right() - px(14)
    found: dict[Column, tuple[float, float]] = {}
    for column, least in reversed(widths.items()):
        width = max(0 if narrow else px(FIGURE - APART), least)
        right -= width
        found[column] = (right, width)
        right -= px(APART)
    right -= px(DAY)
    found[Column.SENT] = (right + px(10), px(DAY) - px(10))
    networks = None
    if not narrow:
        right -= px(NETWORKS)
        networks = (right + px(8), px(NETWORKS) - px(8))
    found[Column.TITLE] = (rect.left() + px(14), right - rect.left() - px(14))
    return Places(found, networks)


def _name(look: Look, column: Column, by: Column, *, descending: bool = True) -> str:
    name = look.text(f"insights.column.{column}")
    return name + ARROWS[descending] if column is by else name


class PostHeader(QWidget):
    """One stop: arrows go through the columns, Enter sorts by one, once more turns the order."""

    sorted_by = Signal(object)

    def __init__(self, face: PageFace, rows: PostRows) -> None:
        super().__init__()
        self._face = face
        self.by, self.descending = Column.SENT, True
        self.at = Column.SENT
        self._rows = rows
        """Below it: the columns stand as theirs do."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ownKeys", ["Left", "Right", "Home", "End", "Space"])
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(face.text("insights.rate_said"))
        face.theme.changed.connect(self.updateGeometry)
        self._tell()

    def show_order(self, by: Column, *, descending: bool) -> None:
        self.by, self.descending, self.at = by, descending, by
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(self._face.theme.px(400), self._face.theme.px(30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, columns = Qt.Key(event.key()), (Column.TITLE, Column.SENT, *self._rows.widths)
        if key in STEPS:
            at = columns.index(self.at) if self.at in columns else 0
            self.at = columns[min(max(at + STEPS[key], 0), len(columns) - 1)]
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.at = columns[0 if key == Qt.Key.Key_Home else -1]
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.sorted_by.emit(self.at)
        else:
            super().keyPressEvent(event)
            return
        self._tell()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        found = self._places().of
        column = next((each for each, (left, width) in found.items() if left <= x < left + width), None)
        if column is not None and event.button() == Qt.MouseButton.LeftButton:
            self.at = column
            self.sorted_by.emit(column)
            self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, text = self._face.theme, self._face.text
        painter, rect = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.color("surface.base"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("border.default"))
        keyed = self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
        where = self._places()
        for column, (left, width) in where.of.items():
            chosen = column is self.by
            name = _name(self._face.look, column, self.by, descending=self.descending)
            painter.setPen(theme.color("text.primary" if chosen else "text.secondary"))
            draw_text(painter, QRectF(left, 0, width, rect.height()), name, theme.font("captionStrong"), RIGHT if column in FIGURES else LEFT)
            if keyed and column is self.at:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.color("focus.ring"), theme.stroke("focus")))
                painter.drawRoundedRect(QRectF(left - 3, 3, width + 6, rect.height() - 7), theme.radius("s"), theme.radius("s"))
        if where.networks is not None:
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, QRectF(where.networks[0], 0, where.networks[1], rect.height()), text("insights.networks"), theme.font("captionStrong"), LEFT)

    def _places(self) -> Places:
        room = min(self._rows.viewport().width(), self.width())
        return places(self._face.look, QRectF(0, 0, room, self.height()), self._rows.widths)

    def _tell(self) -> None:
        text = self._face.text
        order = "descending" if self.descending else "ascending"
        self.setAccessibleName(text("insights.sorted", column=text(f"insights.column.{self.by}"), order=text(f"insights.{order}")))
        self.setAccessibleDescription(text(f"insights.column.{self.at}"))
        self.update()


class PostRows(RowList):
    """All posts of the period; those in sight are painted."""

    def __init__(self, face: PageFace) -> None:
        super().__init__(face.look, face.text("insights.tab_posts"), "row.table")
        self.face = face
        self.by = Column.SENT
        self.figures: Mapping[Column, str] = dict.fromkeys(FIGURES, "")
        """With the widest of what stands in each."""
        face.theme.changed.connect(self._measure)
        self._measure()
        self._shown: Rows[PostLine] = Rows(self.said)
        self.setModel(self._shown)
        self.setItemDelegate(_Delegate(self))
        self.doubleClicked.connect(lambda index: self.activated_row.emit(index.row()))

    @property
    def rows(self) -> tuple[PostLine, ...]:
        return self._shown.rows

    @property
    def current(self) -> PostLine | None:
        return self.rows[self.current_row] if 0 <= self.current_row < len(self.rows) else None

    def show_rows(self, rows: Sequence[PostLine], by: Column, figures: Sequence[Column]) -> None:
        """The post that was chosen stays so, where it is still there."""
        chosen = self.current.id if self.current is not None else None
        self.by = by
        self.figures = {column: self._said(value, column) for column, value in largest(rows, figures).items()}
        self._measure()
        self._shown.show(rows)
        self.choose(next((place for place, row in enumerate(rows) if row.id == chosen), 0 if rows else -1))

    def _measure(self) -> None:
        self.widths = least_widths(self.face.look, self.figures, self.by)
        """Of the columns of figures: as many asked for them as there are rows in sight."""

    def told(self, line: PostLine, column: Column) -> str:
        """What stands in a column of figures."""
        return self._said(figure_of(line, column), column)

    def _said(self, value: float | None, column: Column) -> str:
        look = self.face.look
        if value is None:
            return look.text("insights.nothing")
        return look.words.percent(value, 1) if column is Column.RATE else look.number(round(value))

    def day(self, line: PostLine) -> str:
        return self.face.words.day(line.sent_at)

    def said(self, line: PostLine) -> str:
        text = self.face.text
        figures = (f"{text(f'insights.column.{column}')} {self.told(line, column)}" for column in FIGURES if figure_of(line, column) is not None)
        networks = (network_name(each) for each in line.networks)
        gone = text("insights.gone") if line.gone else ""
        return ", ".join(filter(None, (isolated(one_line(line.title)), gone, self.day(line), *networks, *figures)))


class _Delegate(QStyledItemDelegate):
    def __init__(self, view: PostRows) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view, rect = self._view, QRectF(option.rect)
        face, theme = view.face, view.face.theme
        line: PostLine = index.data(RowRole)
        marks = view.marks(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(
            painter, rect, face.look, selected=bool(marks & SELECTED), list_focused=view.hasFocus(), hovered=bool(marks & HOVERED), ring=bool(marks & BY_KEYBOARD)
        )
        where = places(face.look, rect, view.widths)
        for column in view.figures:
            strong = column is view.by
            left, width = where.of[column]
            painter.setPen(theme.color("text.primary" if strong else "text.secondary"))
            font = theme.font("bodyStrong" if strong else "small", tabular=True)
            draw_text(painter, QRectF(left, rect.top(), width, rect.height()), view.told(line, column), font, RIGHT)
        left, width = where.of[Column.SENT]
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, QRectF(left, rect.top(), width, rect.height()), view.day(line), theme.font("small", tabular=True), LEFT)
        if where.networks is not None:
            self._networks(painter, line, where.networks[0], rect)
        self._title(painter, line, *where.of[Column.TITLE], rect)
        painter.restore()

    def _networks(self, painter: QPainter, line: PostLine, at: float, rect: QRectF) -> None:
        face, glyph = self._view.face, self._view.face.theme.px(14)
        for network in line.networks[:4]:
            pixmap = face.icons.brand(network, size=glyph, ratio=painter.device().devicePixelRatioF())
            painter.drawPixmap(QPointF(at, rect.center().y() - glyph / 2), pixmap)
            at += glyph + face.theme.px(5)

    def _title(self, painter: QPainter, line: PostLine, left: float, width: float, rect: QRectF) -> None:
        face, theme = self._view.face, self._view.face.theme
        size = theme.size("icon.m")
        if line.pillar:
            hue, icon = theme.pillar(line.pillar)
            painter.fillRect(QRectF(left, rect.top() + 5, 4, rect.height() - 10), theme.hue(hue, "strong"))
            face.icons.paint(painter, QRectF(left + theme.px(10), rect.center().y() - size / 2, size, size), icon, theme.hue(hue, "text"))
        begins = left + theme.px(16) + size
        room = left + width - begins - theme.px(6)
        if line.gone:
            told, font = face.text("insights.gone"), theme.font("caption")
            wide = text_width(told, font) + 2
            painter.setPen(theme.color("text.tertiary"))
            draw_text(painter, QRectF(begins + room - wide, rect.top(), wide, rect.height()), told, font, RIGHT)
            room -= wide + theme.px(6)
        painter.setPen(theme.color("text.secondary" if line.gone else "text.primary"))
        draw_text(painter, QRectF(begins, rect.top(), room, rect.height()), isolated(one_line(line.title)), theme.font("body"))
