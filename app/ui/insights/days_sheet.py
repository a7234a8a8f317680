"""What is behind the growth of an account: its followers on each day on which they were counted, and what came or went since."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.audience import Growth
from app.models.insight import Period
from app.ui.dialogs import Sheet
from app.ui.insights.audience_columns import signed
from app.ui.insights.cases_sheet import names
from app.ui.insights.column_list import ColumnList, Figures
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import one_line
from app.ui.widgets.fitting import Fitting
from app.ui.widgets.text import Label

WIDTH = 520


class CountedDay(NamedTuple):
    """A day on which followers were counted."""

    day: date
    followers: int
    gained: int | None
    """Since the day counted before; None: there is none in the period, nor on its eve."""


def counted_days(growth: Growth, period: Period) -> list[CountedDay]:
    """The newest first. What came on the first day is known where it was counted just before the period too."""
    known = [(day, gained) for day, gained in zip(period.each(), growth.series, strict=False) if gained is not None]
    if not known or growth.followers is None:
        return []
    base = growth.followers - known[-1][1]
    found, before = [], 0
    for place, (day, gained) in enumerate(known):
        first_ever = place == 0 and gained == 0
        found.append(CountedDay(day, base + gained, None if first_ever else gained - before))
        before = gained
    return found[::-1]


class DaysSheet(Sheet):
    """A list to read; Esc closes it."""

    def __init__(self, face: PageFace, host: QWidget, growth: Growth, period: Period) -> None:
        look, text = face.look, face.text
        title = names(text("audience.growth"), f"{network_name(growth.network)} {one_line(growth.handle)}")
        super().__init__(look, host, title, width=WIDTH)
        columns = [
            Figures(text("insights.day"), lambda row: look.words.long_day(row.day)),
            Figures(text("audience.followers"), lambda row: look.number(row.followers), 96, strong=True),
            Figures(text("audience.net"), lambda row: signed(look, row.gained), 96),
        ]
        self.rows = ColumnList(face, title, columns)
        self.rows.show_rows(counted_days(growth, period))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows.heads())
        column.addWidget(self.rows)
        if self.rows.rows:
            self.body.addWidget(Fitting(inside))
        else:
            inside.deleteLater()
            self.body.addWidget(Label(look, text("insights.not_measured"), "body", "text.secondary", wrap=True))
