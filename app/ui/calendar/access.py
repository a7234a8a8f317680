"""The calendar for screen readers: a table of hours or weeks by days, its posts buttons within their cells.

Python owns these objects, and Qt points to them: a cell and its buttons are made once by place and live as long as their page; what
they say is looked up when it is asked for.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

from app.ui.calendar.agenda import Agenda
from app.ui.calendar.canvas import Placed
from app.ui.calendar.chips import spoken
from app.ui.calendar.days import at, minute_of
from app.ui.calendar.desk import Slot
from app.ui.calendar.grid import Grid
from app.ui.calendar.week_grid import WeekGrid

INSTALLED = "calendarAccess"


class _Part(QAccessibleInterface):
    """What table, cells and buttons have in common."""

    def __init__(self, grid: Grid, role: QAccessible.Role) -> None:
        super().__init__()
        self.grid = grid
        self._role = role

    def isValid(self) -> bool:
        return True

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> None:  # type: ignore[override]
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        children = (self.child(number) for number in range(self.childCount()))
        return next((child for child in children if child is not None and child.rect().contains(x, y)), None)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: ARG002
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((number for number in range(self.childCount()) if self.child(number) is child), -1)

    def name(self) -> str:
        return ""

    def area(self) -> QRect:
        """On the page."""
        return QRect()

    def text(self, kind: QAccessible.Text) -> str:
        return self.name() if kind == QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Nothing here is typed."""

    def rect(self) -> QRect:
        area = self.area().translated(-self.grid.offset())
        return QRect(self.grid.viewport().mapToGlobal(area.topLeft()), area.size())

    def role(self) -> QAccessible.Role:
        return self._role

    def state(self) -> QAccessible.State:
        """Views behind the one that is shown are not there for screen readers."""
        state = QAccessible.State()
        state.invisible = not self.grid.isVisible()
        return state


class Table(_Part):
    """The page itself."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid, QAccessible.Role.Table)
        self._cells: dict[int, Cell] = {}

    def object(self) -> QObject:
        return self.grid

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        above = self.grid.parentWidget()
        return QAccessible.queryAccessibleInterface(above) if above is not None else None

    def name(self) -> str:
        return self.grid.accessibleName()

    def rect(self) -> QRect:
        return QRect(self.grid.mapToGlobal(self.grid.rect().topLeft()), self.grid.size())

    def state(self) -> QAccessible.State:
        state = super().state()
        state.focusable = True
        state.focused = self.grid.hasFocus()
        return state

    @property
    def columns(self) -> int:
        return 1 if isinstance(self.grid, Agenda) else 7

    def childCount(self) -> int:
        days = len(self.grid.desk.shown.days)
        return 24 * days if isinstance(self.grid, WeekGrid) else days

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        if not 0 <= index < self.childCount():
            return None
        if index not in self._cells:
            self._cells[index] = Cell(self, index)
        return self._cells[index]


class Cell(_Part):
    """An hour of a day, or a day; row and column follow from its place."""

    def __init__(self, table: Table, index: int) -> None:
        super().__init__(table.grid, QAccessible.Role.Cell)
        self._table = table
        self._index = index
        self._buttons: dict[int, Button] = {}

    @property
    def slot(self) -> Slot:
        days = self.grid.desk.shown.days
        if isinstance(self.grid, WeekGrid):
            row, column = divmod(self._index, len(days))
            return Slot(days[column], row * 60)
        return Slot(days[self._index], 0)

    def posts(self) -> list[Placed]:
        slot, zone = self.slot, self.grid.face.words.zone
        there = [placed for placed in self.grid.placed if placed.day == slot.day]
        if not isinstance(self.grid, WeekGrid):
            return there
        return [
            placed
            for placed in there
            if placed.post.planned_at and minute_of(placed.post.planned_at, zone) // 60 == slot.minute // 60
        ]

    def parent(self) -> QAccessibleInterface:
        return self._table

    def name(self) -> str:
        words, slot = self.grid.face.words, self.slot
        day = words.day(slot.day)
        when = words.day_and_time(at(slot.day, slot.minute, words.zone)) if isinstance(self.grid, WeekGrid) else day
        if isinstance(self.grid, WeekGrid):
            many = len(self.posts())
        else:
            many = len(self.grid.desk.shown.by_day.get(slot.day, ()))
        return (
            f"{when}, {self.grid.face.text('calendar.posts', n=many) if many else self.grid.face.text('calendar.free')}"
        )

    def area(self) -> QRect:
        return self.grid.rect_of(self.slot)

    def childCount(self) -> int:
        return len(self.posts())

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        if not 0 <= index < self.childCount():
            return None
        if index not in self._buttons:
            self._buttons[index] = Button(self, index)
        return self._buttons[index]


class Button(_Part):
    """A post in its cell."""

    def __init__(self, cell: Cell, index: int) -> None:
        super().__init__(cell.grid, QAccessible.Role.Button)
        self._cell = cell
        self._index = index

    def _placed(self) -> Placed | None:
        posts = self._cell.posts()
        return posts[self._index] if self._index < len(posts) else None

    def isValid(self) -> bool:
        return self._placed() is not None

    def parent(self) -> QAccessibleInterface:
        return self._cell

    def name(self) -> str:
        placed = self._placed()
        return spoken(self.grid.look, placed.post) if placed is not None else ""

    def area(self) -> QRect:
        placed = self._placed()
        return placed.rect if placed is not None else QRect()

    def state(self) -> QAccessible.State:
        state = super().state()
        placed = self._placed()
        if placed is not None:
            state.selectable = True
            state.selected = placed.post.id in self.grid.desk.ticked or placed.post.id == self.grid.desk.post_id
            state.focused = state.selected and self.grid.hasFocus()
        return state


def table_of(_key: str, thing: QObject) -> QAccessibleInterface | None:
    """The table of a page of the calendar, made once."""
    if not isinstance(thing, Grid):
        return None
    if thing.access is None:
        thing.access = Table(thing)
    return thing.access


def install() -> None:
    """Let Qt ask here; once for the process."""
    application = QApplication.instance()
    if application is not None and not application.property(INSTALLED):
        application.setProperty(INSTALLED, True)
        QAccessible.installFactory(table_of)
