"""Opening hours: a row a weekday with its blocks, typed as times; what is typed wrongly is said below the row. Wholly by keyboard: adding
and taking away leave the focus where one goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.runtime.settings import MINUTES_A_DAY, WEEKDAY, Hours
from app.ui.look import Look
from app.ui.widgets.button import IconButton
from app.ui.widgets.field import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label, text_width

_TIME = re.compile(r"\s*(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(?:([ap])\.?\s*m?\.?)?\s*", re.IGNORECASE)

Block = tuple[int, int]
Day = tuple[Block, ...]


def minutes_of(text: str) -> int | None:
    """ "9", "9:30", "9.30 p.m.", "21h30" as minutes since midnight; "24:00" is the end of the day; None for anything else."""
    found = _TIME.fullmatch(text.replace("\u00a0", " ").replace("\u202f", " "))
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    total = hour * 60 + minute
    return total if minute < 60 and total <= MINUTES_A_DAY else None


def text_of(look: Look, minutes: int) -> str:
    """A time of day as the shop writes it; the end of the day as midnight."""
    moment = datetime(2000, 1, 3, minutes // 60 % 24, minutes % 60, tzinfo=look.words.zone)
    return look.words.time(moment)


class HoursEditor(QWidget):
    """Says `changed(hours)` when a block is complete; whoever keeps it may refuse and call `complain`."""

    changed = Signal(object)

    def __init__(self, look: Look, hours: Hours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._hours = hours
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(6))
        self._days = [_DayRow(look, day, hours[day], self._day_changed, self.copy_menu) for day in range(7)]
        for row in self._days:
            column.addWidget(row)

    @property
    def hours(self) -> Hours:
        return self._hours

    def choose(self, hours: Hours) -> None:
        """Show other hours; says nothing."""
        self._hours = hours
        for row, day in zip(self._days, hours, strict=True):
            row.show_day(day)

    def complain(self, sentence: str, day: int | None = None) -> None:
        """Say what is wrong, beside the day that was changed last unless told."""
        self._days[self._last if day is None else day].complain(sentence)

    _last = 0

    def _day_changed(self, day: int, blocks: Day) -> None:
        self._last = day
        self._say(tuple(blocks if number == day else each for number, each in enumerate(self._hours)))

    def copy_menu(self, day: int, parent: QWidget) -> QMenu:
        """The days that may open as this one: each other one, the working week, all."""
        menu = QMenu(parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text, weekday = self._look.text, self._look.words.weekday
        many = [(text("settings.hours.copy_week"), range(5)), (text("settings.hours.copy_all"), range(7))]
        for name, days in (
            *many,
            *((weekday(each + 1, long=True), range(each, each + 1)) for each in range(7) if each != day),
        ):
            action = menu.addAction(name[:1].upper() + name[1:])
            action.triggered.connect(lambda _checked=False, days=days: self.copy(day, days))
            if days == many[-1][1]:
                menu.addSeparator()
        return menu

    def copy(self, day: int, days: Iterable[int]) -> None:
        """These days open as `day` does."""
        self._last = day
        same = set(days) - {day}
        for each in same:
            self._days[each].show_day(self._hours[day])
        self._say(tuple(self._hours[day] if number in same else each for number, each in enumerate(self._hours)))

    def _say(self, hours: Hours) -> None:
        if hours != self._hours:
            self._hours = hours
            self.changed.emit(hours)


class _DayRow(QWidget):
    """The name of a weekday, its blocks, and a button for one more."""

    def __init__(
        self,
        look: Look,
        day: int,
        blocks: Day,
        changed: Callable[[int, Day], None],
        copy_menu: Callable[[int, QWidget], QMenu],
    ) -> None:
        super().__init__()
        self._look = look
        self._day = day
        self._changed = changed
        self._blocks: Day = ()
        self._fields: list[_BlockFields] = []
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self._name = look.words.weekday(day + 1, long=True)
        name = Label(look, self._name[:1].upper() + self._name[1:], "body")
        widest = max(
            text_width(look.words.weekday(number, long=True), look.theme.font("body")) for number in range(1, 8)
        )
        name.setFixedWidth(round(widest) + px(12))
        name.setFixedHeight(look.theme.size("control.input"))
        row.addWidget(name)
        self._room = QWidget()
        self._flow = FlowLayout(self._room, px(8))
        row.addWidget(self._room, 1)
        self.add = IconButton(look, "plus", look.text("settings.hours.add", day=self._name), clicked=self._add)
        row.addWidget(self.add)
        self.copy = IconButton(look, "copy", look.text("settings.hours.copy", day=self._name))
        self.copy.clicked.connect(
            lambda: copy_menu(day, self.copy).popup(self.copy.mapToGlobal(self.copy.rect().bottomLeft()))
        )
        row.addWidget(self.copy)
        nest(column, row)
        self._wrong = Label(look, "", "caption", "status.danger.text", wrap=True)
        self._wrong.hide()
        column.addWidget(self._wrong)
        self.show_day(blocks)

    def show_day(self, blocks: Day) -> None:
        self._blocks = blocks
        self._wrong.hide()
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fields = [
            _BlockFields(self._look, self._name, block, self._edited(number), self._removed(number))
            for number, block in enumerate(blocks)
        ]
        for fields in self._fields:
            self._flow.addWidget(fields)
        if not blocks:
            closed = Label(self._look, self._look.text("settings.hours.closed"), "body", "text.tertiary")
            closed.setFixedHeight(self._look.theme.size("control.input"))
            self._flow.addWidget(closed)

    def complain(self, sentence: str) -> None:
        self._wrong.setText(sentence)
        self._wrong.show()

    def _edited(self, number: int) -> Callable[[Block | None], None]:
        def edited(block: Block | None) -> None:
            if block is None:
                self.complain(self._look.text("settings.hours.unreadable"))
                return
            self._wrong.hide()
            self._blocks = tuple(block if place == number else each for place, each in enumerate(self._blocks))
            self._changed(self._day, self._blocks)

        return edited

    def _removed(self, number: int) -> Callable[[], None]:
        def removed() -> None:
            blocks = tuple(each for place, each in enumerate(self._blocks) if place != number)
            self.show_day(blocks)
            self._changed(self._day, blocks)
            following = self._fields[min(number, len(blocks) - 1)].remove if blocks else self.add
            following.setFocus(Qt.FocusReason.OtherFocusReason)

        return removed

    def _add(self) -> None:
        """One block more: usual hours on a closed day, else two hours after the last block where there is room."""
        if not self._blocks:
            blocks: Day = WEEKDAY
        else:
            start = self._blocks[-1][1] + 60
            if start + 60 > MINUTES_A_DAY:
                return
            blocks = (*self._blocks, (start, min(start + 120, MINUTES_A_DAY)))
        self.show_day(blocks)
        self._changed(self._day, blocks)
        self._fields[-1].show()
        self._fields[-1].first.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fields[-1].first.selectAll()


class _BlockFields(QWidget):
    """From, to, and a button that takes the block away."""

    def __init__(
        self, look: Look, day: str, block: Block, edited: Callable[[Block | None], None], removed: Callable[[], None]
    ) -> None:
        super().__init__()
        self._edited = edited
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(4))
        width = round(text_width(text_of(look, 22 * 60 + 58), look.theme.font("body"))) + look.theme.px(20)
        self.first = LineField(look, look.text("settings.hours.from", day=day), text_of(look, block[0]))
        self._to = LineField(look, look.text("settings.hours.to", day=day), text_of(look, block[1]))
        for line in (self.first, self._to):
            line.setFixedWidth(width)
            line.editingFinished.connect(self._finished)
        row.addWidget(self.first)
        row.addWidget(Label(look, "–", "body", "text.tertiary"))
        row.addWidget(self._to)
        self.remove = IconButton(look, "x", look.text("settings.hours.remove", day=day), size=24, clicked=removed)
        row.addWidget(self.remove)
        self.adjustSize()

    def _finished(self) -> None:
        start, end = minutes_of(self.first.text()), minutes_of(self._to.text())
        self.first.mark_wrong(start is None)
        self._to.mark_wrong(end is None)
        if start is None or end is None:
            self._edited(None)
        else:
            self._edited((start, end or MINUTES_A_DAY))
