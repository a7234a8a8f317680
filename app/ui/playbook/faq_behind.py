"""The right pane of the FAQ: the best answer that was given, and the messages behind a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QMenu, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.models.faq import FaqMessage
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.playbook.faq_desk import FaqDesk
from app.ui.safe_text import one_line, person, shown
from app.ui.widgets.button import Button
from app.ui.widgets.row_list import BY_KEYBOARD, HOVERED, SELECTED, RowList, paint_row_ground
from app.ui.widgets.surface import Line, Pane, PaneHeader
from app.ui.widgets.text import Label, SectionLabel, draw_text

WIDTH = 340
LONGEST_BEST = 600
LINES = 2
FILLED = 0.9
"""So much of a line is filled where it is broken between words."""
Index = QModelIndex | QPersistentModelIndex
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FaqBehindPane(Pane):
    """`wanted` says the conversation of a message that is to be opened."""

    wanted = Signal(int)

    def __init__(self, face: PageFace, desk: FaqDesk) -> None:
        look = face.look
        super().__init__(look, "base", ("left",))
        self._face = face
        self._desk = desk
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        self.header = PaneHeader(look, look.text("faq.behind"))
        column.addWidget(self.header)
        self.best_part = QWidget()
        best = QVBoxLayout(self.best_part)
        best.setContentsMargins(px(16), px(12), px(16), px(12))
        best.setSpacing(px(6))
        best.addWidget(SectionLabel(look, look.text("faq.best")))
        self.best = Label(look, "", "small", wrap=True, selectable=True)
        self.origin = Label(look, "", "caption", "text.secondary", wrap=True)
        self.use = Button(
            look, face.actions.title("faq.use_best"), size="small", clicked=lambda: face.actions.run("faq.use_best")
        )
        for widget in (self.best, self.origin):
            best.addWidget(widget)
        best.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.best_part)
        self.line = Line(look)
        column.addWidget(self.line)
        self.many = SectionLabel(look, "")
        self.many.setContentsMargins(px(16), px(12), px(16), px(6))
        column.addWidget(self.many)
        self.model = MessageModel(look)
        self.rows = MessageRows(look, self.model)
        column.addWidget(self.rows, 1)
        self.rows.activated_row.connect(self._open)
        self.rows.doubleClicked.connect(lambda index: self._open(index.row()))
        self.rows.current_changed.connect(lambda _row: face.actions.refresh())
        self.rows.menu_asked.connect(self._ask_menu)
        desk.opened.connect(self.show_behind)
        desk.looked.connect(self.show_behind)

    @property
    def message(self) -> FaqMessage | None:
        """The chosen one."""
        row = self.rows.current_row
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def show_behind(self) -> None:
        """What the desk found; the chosen message stays chosen, or its place."""
        look, behind = self._look, self._desk.behind
        messages = behind.messages if behind is not None else ()
        before, place = self.message, self.rows.current_row
        blocked = self.rows.blockSignals(True)
        self.model.show(messages)
        if before is not None and messages:
            here = next(
                (row for row, each in enumerate(messages) if each.id == before.id), min(place, len(messages) - 1)
            )
            self.rows.choose(here)
        self.rows.blockSignals(blocked)
        self.many.setText(look.text("faq.messages", n=len(messages)) if behind is not None else "")
        best = behind.best if behind is not None else None
        self.best_part.setVisible(self._desk.compared)
        self.line.setVisible(self._desk.compared)
        self.best.setText(shown(best.text, LONGEST_BEST) if best is not None else look.text("faq.no_best"))
        self.best.recolour("text.primary" if best is not None else "text.secondary")
        said = ""
        if best is not None and behind is not None:
            said = look.text("faq.best_of", n=behind.replies)
            if best.answer_title:
                said = look.text("faq.best_from", title=one_line(best.answer_title))
        self.origin.setText(said)
        self.origin.setVisible(bool(said))
        self.use.setVisible(best is not None and not self._face.services.data.read_only)
        self._face.actions.refresh()

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.model.rows):
            self.wanted.emit(self.model.rows[row].conversation_id)

    def _ask_menu(self, _row: int, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in ("faq.open_message", "faq.move_out"):
            menu.addAction(self._face.actions.action(command))
        menu.popup(at)


class MessageModel(QAbstractListModel):
    """The messages; `show` replaces them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.rows: Sequence[FaqMessage] = ()

    def show(self, rows: Sequence[FaqMessage]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(row.text)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            day = self._look.words.day(row.at)
            return ", ".join((person(row.author, ""), network_name(row.network), day, one_line(row.text)))
        return None


class MessageRows(RowList):
    """Arrows choose, Enter opens the conversation."""

    def __init__(self, look: Look, model: MessageModel) -> None:
        super().__init__(look, look.text("faq.messages_name"), "row.messageCompact")
        self.messages = model
        self.setModel(model)
        self.setItemDelegate(MessageDelegate(look, self))


class MessageDelegate(QStyledItemDelegate):
    """Who and when, and below it what was asked."""

    def __init__(self, look: Look, view: MessageRows) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._view.messages.rows[index.row()]
        theme, px = self._look.theme, self._look.theme.px
        rect = QRectF(option.rect)
        marks = self._view.marks(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_row_ground(
            painter,
            rect,
            self._look,
            selected=bool(marks & SELECTED),
            list_focused=self._view.hasFocus(),
            hovered=bool(marks & HOVERED),
            ring=bool(marks & BY_KEYBOARD),
        )
        left, room = rect.left() + px(16), rect.width() - px(30)
        painter.setPen(theme.color("text.tertiary"))
        top = QRectF(left, rect.top() + px(5), room, px(19))
        when = self._look.words.day(row.at)
        draw_text(painter, top, when, theme.font("caption", tabular=True), RIGHT)
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, top.adjusted(0, 0, -px(70), 0), person(row.author, ""), theme.font("captionStrong"))
        painter.setPen(theme.color("text.primary"))
        self._two_lines(painter, QRectF(left, rect.top() + px(25), room, px(36)), one_line(row.text))
        painter.restore()

    def _two_lines(self, painter: QPainter, rect: QRectF, text: str) -> None:
        """The beginning of a text, broken where it must be."""
        font = self._look.theme.font("small")
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        begin = metrics.elidedText(text, Qt.TextElideMode.ElideRight, FILLED * LINES * rect.width())
        rect.setHeight(LINES * metrics.lineSpacing() + 1)
        painter.drawText(
            rect, int(Qt.TextFlag.TextWrapAnywhere if " " not in begin else Qt.TextFlag.TextWordWrap), begin
        )
