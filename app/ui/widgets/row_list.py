"""A list of rows of one height, however long: a table of one column that knows J and K and never measures what it does not show."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.ui.key_names import key_name, this_system
from app.ui.list_keys import MOVES
from app.ui.look import Look
from app.ui.widgets.fill import fill
from app.ui.widgets.viewport import own_viewport

SELECTED, HOVERED, BY_KEYBOARD = 1, 2, 4
"""What changes the look of a row. Not Qt's `QStyle.StateFlag`: for that PySide makes all enums of `QStyle`, 5 ms before the first page."""

class RowList(QTableView):
    """Selects one row; `current_changed` and `activated_row` carry its number, -1 for none."""

    current_changed = Signal(int)
    activated_row = Signal(int)
    ticks_extended = Signal(int, int)
    """Shift+J/K or Shift+arrows: from row, to row."""
    menu_asked = Signal(int, object)
    """A context menu for a row, at a global position."""

    def __init__(self, look: Look, name: str, row_size: str = "row.messageComfortable", parent: QWidget | None = None) -> None:
        """`row_size` is the token of the row's height; `set_row_size` changes it with the density."""
        super().__init__(parent)
        own_viewport(self)
        self._look = look
        self._row_size = row_size
        self._mouse_at = -1
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setAlternatingRowColors(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.moves = MOVES
        """How far each key goes; the key router brings it up to date at each key."""
        self.setProperty("takesMoves", True)
        self.setProperty("ownKeys", ["Up", "Down", "Home", "End", "PageUp", "PageDown"])
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        look.theme.changed.connect(self._resize_rows)
        self._resize_rows()

    def set_row_size(self, row_size: str) -> None:
        """Another height of rows, by its token."""
        self._row_size = row_size
        self._resize_rows()

    @property
    def current_row(self) -> int:
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Select a row and bring it into view; -1 selects none."""
        model = self.model()
        if model is None or not 0 <= row < model.rowCount():
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            return
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        index = model.index(row, 0)
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def marks(self, row: int) -> int:
        """Which of SELECTED, HOVERED (the mouse is over it) and BY_KEYBOARD (the keyboard was used last: show the ring) a row has."""
        marks = SELECTED if self.selectionModel().isRowSelected(row) else 0
        if self.viewport().underMouse() and self.rowAt(self._mouse_at) == row:
            marks |= HOVERED
        return marks | BY_KEYBOARD if self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange) else marks

    def move_by(self, step: int) -> None:
        """The next (+1) or previous (-1) row; stays at the ends."""
        model = self.model()
        if model is not None and model.rowCount():
            self.choose(min(max(self.current_row + step, 0), model.rowCount() - 1))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if self.selectionModel() is not None:
            self.selectionModel().currentRowChanged.connect(lambda now, _before: self.current_changed.emit(now.row()))

    def keyboardSearch(self, _search: str) -> None:
        """Letters are commands, not a search through a million rows."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = key_name(event, this_system())
        step = self.moves.get(name.removeprefix("Shift+"))
        model = self.model()
        last = model.rowCount() - 1 if model is not None else -1
        if step is not None:
            before = self.current_row
            self.move_by(step)
            if name.startswith("Shift+"):
                self.ticks_extended.emit(before, self.current_row)
        elif name in ("Home", "End") and last >= 0:
            self.choose(0 if name == "Home" else last)
        elif name in ("PageUp", "PageDown") and last >= 0:
            rows = max(1, self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize()) - 1)
            self.move_by(rows if name == "PageDown" else -rows)
        elif name == "Return" and self.current_row >= 0:
            self.activated_row.emit(self.current_row)
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse_at = round(event.position().y())
        super().mouseMoveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.rowAt(event.pos().y()) if event.reason() == QContextMenuEvent.Reason.Mouse else self.current_row
        if row >= 0:
            self.choose(row)
            self.menu_asked.emit(row, event.globalPos())

    def _resize_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._look.theme.size(self._row_size))
        self.viewport().update()


def paint_row_ground(
    painter: QPainter,
    rect: QRectF,
    look: Look,
    *,
    selected: bool,
    list_focused: bool = True,
    hovered: bool = False,
    ring: bool = False,
    ground: str = "surface.base",
) -> str:
    """Ground, selection bar, hairline and inner focus ring of a row; answers the token of its ground, for badges on it.

    `list_focused` is whether the list has the focus, `ring` whether the keyboard was used last (`theme.stroke("focus")` wide, inside).
    """
    theme = look.theme
    if selected:
        ground = "surface.selected" if list_focused else "surface.selectedInactive"
    elif hovered:
        ground = "surface.hover"
    fill(painter, rect, theme.color(ground))
    fill(painter, QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.color("border.subtle"))
    if selected:
        bar = theme.color("accent.fill" if list_focused else "border.strong")
        fill(painter, QRectF(rect.left(), rect.top(), theme.stroke("selectionBar"), rect.height()), bar)
    if ring and selected and list_focused:
        width = theme.stroke("focus")
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = QPen(theme.color("focus.ring"), width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawRect(rect.adjusted(width / 2, width / 2, -width / 2, -width / 2))
        painter.restore()
    return ground
