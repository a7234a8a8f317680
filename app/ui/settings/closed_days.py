"""Settings, Answer times: days on which the shop is closed, and days with hours of their own; days are typed as people write them."""

from __future__ import annotations

from datetime import date

from app.language.typed_time import read as read_typed
from app.runtime.settings import LONGEST_NAME
from app.ui.look import Look
from app.ui.settings.hours import Block, minutes_of, text_of
from app.ui.settings.rows_editor import Entry, Value
from app.ui.widgets.field import LineField
from app.ui.widgets.text import Label


def day_typed(look: Look, text: str, today: date) -> date | None:
    """ "24 Dec", "24.12.2026", "tomorrow", "2026-12-24"; a day without a year is the next one of that name."""
    found = read_typed(text, today, alone="day", language=look.words.language)
    return None if found is None or found.time is not None else found.day


def day_text(look: Look, day: date) -> str:
    """ "24 Dec 2026" as the region writes it: it can be typed again."""
    return look.words.range(day, day)


def blocks_typed(text: str) -> tuple[Block, ...] | None:
    """ "10:00-14:00, 16-18": the hours of a day, in order; None for anything else."""
    blocks: list[Block] = []
    for part in text.replace("\N{EN DASH}", "-").replace("\N{EM DASH}", "-").replace(";", ",").replace("，", ",").split(","):
        begin, _, end = (
            (minutes_of(side) for side in part.partition("-")) if part.count("-") == 1 else (None, None, None)
        )
        if begin is None or end is None:
            return None
        end = end or 24 * 60
        if begin >= end or (blocks and begin <= blocks[-1][1]):
            return None
        blocks.append((begin, end))
    return tuple(blocks)


def blocks_text(look: Look, blocks: tuple[Block, ...]) -> str:
    return ", ".join(f"{text_of(look, begin)}\N{EN DASH}{text_of(look, end)}" for begin, end in blocks)


class ClosedEntry(Entry):
    """A name, the first day and the last one; without a last day it is one day."""

    def __init__(self, look: Look, today: date, value: Value | None) -> None:
        super().__init__(look, look.text("settings.closed.remove"))
        self._today = today
        name, first, last = value or ("", "", "")
        self.name = LineField(look, look.text("settings.closed.name"), name, look.text("settings.closed.name_hint"))
        self.name.setMaxLength(LONGEST_NAME)
        self.line.addWidget(self.name, 2)
        self.first = _day_field(look, look.text("settings.closed.first"), first)
        self.last = _day_field(look, look.text("settings.closed.last"), last if last != first else "")
        self.line.addWidget(self.first, 1)
        self.line.addWidget(Label(look, "\N{EN DASH}", "body", "text.tertiary"))
        self.line.addWidget(self.last, 1)
        for field in (self.name, self.first, self.last):
            field.editingFinished.connect(self.edited)
        self.close_line()

    def read(self) -> Value | None:
        typed = [field.text().strip() for field in (self.first, self.last)]
        first, last = (day_typed(self.look, text, self._today) if text else None for text in typed)
        self.first.mark_wrong(bool(typed[0]) and first is None)
        self.last.mark_wrong(bool(typed[1]) and last is None)
        if (typed[0] and first is None) or (typed[1] and last is None):
            self.complain(self.look.text("settings.closed.unreadable"))
            return None
        if first is None:
            self.complain(self.look.text("settings.closed.no_day") if typed[1] else "")
            return None
        if last is not None and last < first:
            self.complain(self.look.text("settings.closed.order"))
            return None
        self.complain("")
        return self.name.text().strip(), first.isoformat(), (last or first).isoformat()


class OpenEntry(Entry):
    """A day and its hours; a day without hours is closed."""

    def __init__(self, look: Look, today: date, value: Value | None) -> None:
        super().__init__(look, look.text("settings.open.remove"))
        self._today = today
        day, blocks = value or ("", ())
        self.day = _day_field(look, look.text("settings.open.day"), day)
        self.hours = LineField(
            look, look.text("settings.open.hours"), blocks_text(look, blocks), look.text("settings.open.hours_hint")
        )
        self.line.addWidget(self.day, 1)
        self.line.addWidget(self.hours, 2)
        for field in (self.day, self.hours):
            field.editingFinished.connect(self.edited)
        self.close_line()

    def read(self) -> Value | None:
        typed_day, typed_hours = self.day.text().strip(), self.hours.text().strip()
        day = day_typed(self.look, typed_day, self._today) if typed_day else None
        blocks = blocks_typed(typed_hours) if typed_hours else None
        self.day.mark_wrong(bool(typed_day) and day is None)
        self.hours.mark_wrong(bool(typed_hours) and blocks is None)
        if typed_day and day is None:
            self.complain(self.look.text("settings.closed.unreadable"))
        elif typed_hours and blocks is None:
            self.complain(self.look.text("settings.open.unreadable"))
        else:
            self.complain("")
        return None if day is None or blocks is None else (day.isoformat(), blocks)


def _day_field(look: Look, name: str, iso: str) -> LineField:
    text = day_text(look, date.fromisoformat(iso)) if iso else ""
    return LineField(look, name, text, look.text("settings.closed.day_hint"))
