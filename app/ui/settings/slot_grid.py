"""The week of an account's good times: a column a weekday with a switch, its times as buttons, and a plus. Wholly by keyboard: arrows go
about, Enter changes, Delete takes away, Ins or the plus adds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.best_time import BestTime
from app.models.slot import Slot, SlotGrid, overlaps
from app.ui.look import Look
from app.ui.widgets.button import IconButton
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.text import draw_text, text_width

MONDAY = datetime(2000, 1, 3, tzinfo=UTC)
"""Any Monday: weekday and minute of a slot are told on it."""
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def time_text(look: Look, minute: int) -> str:
    """A time of day as the shop writes it."""
    return look.words.time((MONDAY + timedelta(minutes=minute)).replace(tzinfo=look.words.zone))


def slot_text(look: Look, weekday: int, minute: int, pillar: str = "") -> str:
    """ "Monday 11:00, queue Offers"."""
    day, time = look.words.weekday(weekday + 1, long=True), time_text(look, minute)
    day = day[:1].upper() + day[1:]
    if queue := look.pillar_name(pillar):
        return look.text("slots.slot_queue", day=day, time=time, queue=queue)
    return look.text("slots.slot", day=day, time=time)


class TimeChip(QAbstractButton):
    """A good time; of a queue with the stripe of its pillar; dashed with a star where it is only offered."""

    removed = Signal()
    gone = Signal(int, int)
    """An arrow: (right, down)."""

    def __init__(
        self, look: Look, text: str, name: str, *, pillar: str = "", offered: bool = False, faint: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self._pillar = pillar
        self._offered = offered
        self._faint = faint
        self.near = False
        self.setText(text)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px(30) + int(text_width(self.text(), theme.font("small", tabular=True))), theme.px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(56), self._look.theme.px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, px = self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._faint:
            painter.setOpacity(0.5)
        edge = (
            "status.warn.strong"
            if self.near
            else "border.strong"
            if self._offered or self.underMouse()
            else "border.default"
        )
        pen = QPen(theme.color(edge), 1)
        if self._offered:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush if self._offered else theme.color("surface.raised"))
        painter.drawRoundedRect(rect, theme.radius("chip"), theme.radius("chip"))
        x = px(8)
        if self._offered:
            self._look.icons.paint(painter, QRectF(x, 0, px(12), self.height()), "star", "text.tertiary")
            x += px(15)
        elif self._pillar:
            hue, icon = theme.pillar(self._pillar)
            self._look.icons.paint(
                painter, QRectF(x, 0, px(12), self.height()), icon.removeprefix("ph."), theme.hue(hue, "text")
            )
            x += px(15)
        painter.setPen(theme.color("text.tertiary" if self._offered else "text.primary"))
        draw_text(
            painter, QRectF(x, 0, self.width() - x - 2, self.height()), self.text(), theme.font("small", tabular=True)
        )

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            self.gone.emit(*ARROWS[key])
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class WeekOfSlots(QWidget):
    """Says what is wanted; whoever keeps the slots does it and shows the grid anew."""

    add_wanted = Signal(int)
    """On a weekday."""
    change_wanted = Signal(object)
    """A Slot."""
    remove_wanted = Signal(object)
    day_switched = Signal(int, bool)
    best_wanted = Signal(object)
    """A BestTime."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(look.theme.px(6))
        self.columns: list[list[QWidget]] = []
        """By weekday: what arrows go through, from above."""
        self.switches: list[CheckBox] = []

    def show_grid(
        self, account_id: int, grid: SlotGrid, best: Sequence[BestTime], first_weekday: int, *, read_only: bool
    ) -> None:
        """The focus stays where it was, as far as that is still there."""
        held = self._held()
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        slots = grid.of(account_id)
        near = overlaps([slot for slot in slots if grid.open(slot)])
        self.columns, self.switches = [[] for _ in range(7)], []
        for number in range(7):
            weekday = (first_weekday - 1 + number) % 7
            is_on = (account_id, weekday) not in grid.off
            there = [slot for slot in slots if slot.weekday == weekday]
            offered = [each for each in best if each.weekday == weekday]
            self._row.addWidget(self._column(weekday, there, offered, near, is_on=is_on, read_only=read_only), 1)
        self._take_focus(held)

    def _column(
        self,
        weekday: int,
        slots: Sequence[Slot],
        best: Sequence[BestTime],
        near: Mapping[int, int],
        *,
        is_on: bool,
        read_only: bool,
    ) -> QWidget:
        look, px = self._look, self._look.theme.px
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(5))
        day = look.words.weekday(weekday + 1, long=True)
        switch = CheckBox(look, look.words.weekday(weekday + 1), checked=is_on)
        switch.setAccessibleName(look.text("slots.day_on", day=day))
        switch.setEnabled(not read_only)
        switch.toggled.connect(partial(self.day_switched.emit, weekday))
        self.switches.append(switch)
        column.addWidget(switch)
        parts: list[tuple[int, TimeChip]] = []
        for slot in slots:
            name = slot_text(look, slot.weekday, slot.minute, slot.pillar)
            chip = TimeChip(look, time_text(look, slot.minute), name, pillar=slot.pillar, faint=not is_on)
            if slot.id in near:
                chip.near = True
                chip.setToolTip(f"{name}\n{look.text('slots.too_near', n=near[slot.id])}")
                chip.setAccessibleDescription(look.text("slots.too_near", n=near[slot.id]))
            chip.clicked.connect(partial(self.change_wanted.emit, slot))
            chip.removed.connect(partial(self.remove_wanted.emit, slot))
            parts.append((slot.minute, chip))
        for each in best if is_on else ():
            name = look.text("slots.add_best", when=slot_text(look, each.weekday, each.minute))
            chip = TimeChip(look, time_text(look, each.minute), name, offered=True)
            chip.clicked.connect(partial(self.best_wanted.emit, each))
            parts.append((each.minute, chip))
        for _, chip in sorted(parts, key=lambda part: part[0]):
            chip.setEnabled(not read_only)
            chip.gone.connect(partial(self._go, weekday, chip))
            column.addWidget(chip)
            self.columns[weekday].append(chip)
        add = _Plus(look, look.text("slots.add", day=day), partial(self._go, weekday))
        add.clicked.connect(partial(self.add_wanted.emit, weekday))
        add.setEnabled(not read_only)
        self.columns[weekday].append(add)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return widget

    def note(self) -> str:
        """What the focused chip says of itself, for the line below."""
        return next((part.accessibleName() for column in self.columns for part in column if part.hasFocus()), "")

    def chip(self, weekday: int, place: int) -> QWidget:
        return self.columns[weekday][place]

    def _go(self, weekday: int, part: QWidget, right: int, down: int) -> None:
        order = [(self._first + number) % 7 for number in range(7)]
        column = order[(order.index(weekday) + right) % 7]
        here = self.columns[weekday].index(part)
        place = min(here, len(self.columns[column]) - 1) if right else here + down
        if 0 <= place < len(self.columns[column]):
            self.columns[column][place].setFocus(Qt.FocusReason.OtherFocusReason)
        elif place < 0:
            self.switches[order.index(weekday)].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _first(self) -> int:
        return self._look.words.first_weekday - 1

    def _held(self) -> tuple[int, int] | None:
        """(weekday, place) of the focus; -1 is the day's switch."""
        for weekday, column in enumerate(self.columns):
            for place, part in enumerate(column):
                if part.hasFocus():
                    return weekday, place
        for number, switch in enumerate(self.switches):
            if switch.hasFocus():
                return (self._first + number) % 7, -1
        return None

    def _take_focus(self, held: tuple[int, int] | None) -> None:
        if held is None:
            return
        weekday, place = held
        if place < 0:
            self.switches[(weekday - self._first) % 7].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            column = self.columns[weekday]
            column[min(place, len(column) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)


class _Plus(IconButton):
    """Adds a time; arrows lead on from it."""

    def __init__(self, look: Look, name: str, go: Callable[[QWidget, int, int], object]) -> None:
        super().__init__(look, "plus", name, framed=True)
        self._go = go

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in ARROWS:
            self._go(self, *ARROWS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
