"""A sheet in which several of many are picked: a line to search by, rows to tick by mouse or by keys, and a button that says how many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.safe_text import isolated, one_line
from app.ui.widgets.button import Button
from app.ui.widgets.checks import paint_check
from app.ui.widgets.field import LineField
from app.ui.widgets.row_list import BY_KEYBOARD, HOVERED, SELECTED, RowList, paint_row_ground
from app.ui.widgets.text import Label, draw_text, text_width

Index = QModelIndex | QPersistentModelIndex
SHOWN_ROWS = 8
LEAST_ROWS = 2
"""In a low window."""


class Pick(NamedTuple):
    """One thing to pick. `aside` stands at the right; `quiet` ones may be picked and are shown fainter."""

    key: int
    title: str
    detail: str = ""
    aside: str = ""
    quiet: bool = False


class _Model(QAbstractTableModel):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.rows: tuple[Pick, ...] = ()
        self.ticked: dict[int, None] = {}

    def show(self, rows: Sequence[Pick]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self._look.text("ideas.picked" if row.key in self.ticked else "ideas.not_picked")
            return ", ".join(filter(None, (row.title, row.detail, row.aside, said)))
        return None


class PickList(RowList):
    """Space, X or a click ticks; Return asks for what the sheet is for."""

    ticks_changed = Signal()
    wanted = Signal()

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, "row.listTwoLine")
        self.picks = _Model(look)
        self.setModel(self.picks)
        self.setItemDelegate(_Delegate(look, self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setProperty(
            "ownKeys", ["Up", "Down", "Home", "End", "PageUp", "PageDown", "Space", "X", "Return"]
        )

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), SHOWN_ROWS * self._look.theme.size("row.listTwoLine"))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), LEAST_ROWS * self._look.theme.size("row.listTwoLine"))

    def show_rows(self, rows: Sequence[Pick]) -> None:
        """Other rows; what was ticked stays ticked, also where it is not shown any more."""
        self.picks.show(rows)
        if rows:
            self.choose(0)
        self.viewport().update()

    def ticked(self) -> list[int]:
        """In the order in which they were ticked; else the row that is chosen."""
        if self.picks.ticked:
            return list(self.picks.ticked)
        row = self.current_row
        return [self.picks.rows[row].key] if 0 <= row < len(self.picks.rows) else []

    def tick(self, row: int) -> None:
        """Tick a row, or take the tick away."""
        if 0 <= row < len(self.picks.rows):
            key = self.picks.rows[row].key
            if key in self.picks.ticked:
                del self.picks.ticked[key]
            else:
                self.picks.ticked[key] = None
            self.viewport().update()
            self.ticks_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_X):
            self.tick(self.current_row)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self.tick(self.rowAt(event.position().toPoint().y()))


class _Delegate(QStyledItemDelegate):
    """Check box, title over detail, and what stands aside."""

    def __init__(self, look: Look, rows: PickList) -> None:
        super().__init__(rows)
        self._look = look
        self._rows = rows

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, theme, px = self._look, self._look.theme, self._look.theme.px
        pick = self._rows.picks.rows[index.row()]
        marks = self._rows.marks(index.row())
        rect = QRectF(option.rect)
        paint_row_ground(
            painter,
            rect,
            look,
            selected=bool(marks & SELECTED),
            list_focused=self._rows.hasFocus(),
            hovered=bool(marks & HOVERED),
            ring=bool(marks & BY_KEYBOARD),
            ground="surface.raised",
        )
        side = theme.size("control.checkbox")
        box = QRectF(rect.left() + px(12), rect.center().y() - side / 2, side, side)
        paint_check(painter, box, look, checked=pick.key in self._rows.picks.ticked)
        left, right = box.right() + px(12), rect.right() - px(12)
        aside, small = pick.aside, theme.font("caption", tabular=True)
        if aside:
            width = text_width(aside, small) + 1
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, QRectF(right - width, rect.top(), width, rect.height()), aside, small)
            right -= width + px(12)
        title, detail = theme.line("body"), theme.line("caption") if pick.detail else 0
        top = rect.center().y() - (title + detail) / 2
        painter.setPen(theme.color("text.tertiary" if pick.quiet else "text.primary"))
        draw_text(painter, QRectF(left, top, right - left, title), isolated(one_line(pick.title)), theme.font("body"))
        if detail:
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, QRectF(left, top + title, right - left, detail), pick.detail, theme.font("caption"))


class PickSheet(Sheet):
    """`make` hears the keys that were ticked, or the one that is chosen."""

    def __init__(
        self,
        face: PageFace,
        host: QWidget,
        title: str,
        said: str,
        make: Callable[[list[int]], None],
        *,
        button: str = "ideas.make",
        search: str = "",
        width: int = 640,
    ) -> None:
        """`button` is the message id of what the button says for n; `search` what stands in the search line while it is empty."""
        look = face.look
        super().__init__(look, host, title, width=width)
        self._face = face
        self._make = make
        self.gone = False
        self.closed.connect(self._go)
        self._button_id = button
        self.said = Label(look, said, "small", "text.secondary", wrap=True)
        self.body.addWidget(self.said)
        self.search = LineField(look, search or title, placeholder=search)
        self.search.setVisible(bool(search))
        self.body.addWidget(self.search)
        self.list = PickList(look, title)
        self.body.addWidget(self.list)
        self.none = Label(look, "", "small", "text.secondary", wrap=True)
        self.none.hide()
        self.body.addWidget(self.none)
        self.foot.addStretch(1)
        self.go = Button(look, "", kind="primary", key="Return", clicked=self.make)
        self.foot.addWidget(self.go)
        self.list.ticks_changed.connect(self._count)
        self.list.current_changed.connect(lambda _row: self._count())
        self.list.wanted.connect(self.make)
        self.search.returnPressed.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self._count()

    def show_rows(self, rows: Sequence[Pick], none: str) -> None:
        """What may be picked; `none` is said where there is nothing."""
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.none.setText(none)
        self._count()
        self.place()

    def make(self) -> None:
        """Do it for what is ticked, and go."""
        chosen = self.list.ticked()
        if chosen and self.go.isEnabled():
            self.close_now()
            self._make(chosen)

    def _go(self) -> None:
        self.gone = True

    def _count(self) -> None:
        many = len(self.list.ticked())
        self.go.setEnabled(many > 0)
        self.go.setText(self._look.text(self._button_id, n=max(1, many)))
