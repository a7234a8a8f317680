"""The report on a period as plain data: what it is made of, and when it is due. Pure; nothing here knows how it is painted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.models.insight import Period
from app.runtime.words import Message

LANGUAGES = ("en", "es", "fr", "ru", "zh")
"""A report can be written in."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = timedelta(days=1)
_FIGURE = re.compile(r"[+\-−±]?\s*\d")


class Form(StrEnum):
    """What kind of file a report is; the ending of its name."""

    PDF = "pdf"
    HTML = "html"


class Rhythm(StrEnum):
    """How often a report is made by itself."""

    NEVER = "never"
    WEEK = "week"
    FOUR_WEEKS = "four_weeks"

    @property
    def days(self) -> int:
        """What each is about."""
        return 7 if self is Rhythm.WEEK else 28


class ReportTable(NamedTuple):
    """Figures in words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class ReportChart(NamedTuple):
    """A chart: `alt` says in words what it shows, `table` holds its figures; `svg` is its drawing, with text as text."""

    title: str
    about: str
    alt: str
    table: ReportTable
    svg: bytes = b""
    width: int = 0
    height: int = 0
    """In pixels, as `svg` is drawn."""


class ReportFigure(NamedTuple):
    """One figure with its change; `better` is None where nobody can say."""

    title: str
    figure: str
    change: str
    better: bool | None
    before: str
    rests: str


class ReportPart(NamedTuple):
    """What one tab of Insights tells."""

    id: str
    title: str
    figures: tuple[ReportFigure, ...] = ()
    charts: tuple[ReportChart, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    """Beside those of the charts."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A whole report in one language; everything in it is ready to stand."""

    language: str
    title: str
    shop: str
    days: str
    """Which days it is about."""
    facts: tuple[str, ...]
    """What it is compared with, whose figures they are, when it was made."""
    parts: tuple[ReportPart, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    """Words of the frame: `figures`, `behind`, `page`."""
    last: date = date.min
    """The last of them."""
    logo: bytes = b""
    """PNG; empty: none."""
    country: str = ""
    """Whose paper it is printed on."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """Of a page, as #RRGGBB."""


class ReportWanted(NamedTuple):
    """What somebody asks for."""

    period: Period
    compared: Period
    accounts: tuple[int, ...] = ()
    """None: all."""
    language: str = ""
    """Empty: the shop's."""
    pictures: bool = False
    """With every chart as a file of its own, which takes longer."""


class ReportFrame(NamedTuple):
    """What a report says of itself."""

    shop: str
    country: str
    logo: bytes
    """PNG; empty: none."""
    made_at: datetime


class ReportState(NamedTuple):
    """How the reports that are made by themselves stand."""

    next_on: date | None = None
    made_on: date | None = None
    """The day for which the last one was made."""
    files: tuple[str, ...] = ()
    """Names of those of this run of the program."""
    trouble: Message | None = None


class Picture(NamedTuple):
    """A chart as a file of its own."""

    title: str
    kind: str
    """`png` or `svg`."""
    content: bytes


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """A painted report."""

    document: ReportDocument
    pdf: bytes = b""
    pictures: tuple[Picture, ...] = ()
    sheets: tuple[ReportTable, ...] = ()
    """All tables, those that the report shows in another way too."""


class Schedule(NamedTuple):
    """When reports are made by themselves. `weekday` 0 is Monday, `hour` that of the shop's clock."""

    rhythm: Rhythm
    weekday: int = 0
    hour: int = 8

    def is_day(self, day: date) -> bool:
        """Every week on its weekday; every fourth week counts from the first day of the calendar, so that nothing has to be remembered."""
        if self.rhythm is Rhythm.NEVER or day.weekday() != self.weekday:
            return False
        return self.rhythm is Rhythm.WEEK or (day.toordinal() // 7) % 4 == 0


def last_due(schedule: Schedule, local: datetime) -> date | None:
    """The last day on which one was due at this local time; None: never."""
    if schedule.rhythm is Rhythm.NEVER:
        return None
    begin = local.date() if local.hour >= schedule.hour else local.date() - DAY
    return next(day for back in range(28) if schedule.is_day(day := begin - back * DAY))


def next_due(schedule: Schedule, local: datetime) -> date | None:
    """The day on which the next one is due; None: never."""
    if schedule.rhythm is Rhythm.NEVER:
        return None
    begin = local.date() if local.hour < schedule.hour else local.date() + DAY
    return next(day for ahead in range(28) if schedule.is_day(day := begin + ahead * DAY))


def wanted_on(schedule: Schedule, due: date, language: str) -> ReportWanted:
    """The whole days before the one on which it is due, beside as many before them."""
    period = Period(due - schedule.rhythm.days * DAY, due - DAY)
    return ReportWanted(period, period.before, (), language)


def holds_figures(cells: Sequence[str]) -> bool:
    """Whether a column of a table holds figures: they stand at the right."""
    told = [cell for cell in cells if cell and cell != "—"]
    return any(cells) and all(_FIGURE.match(cell) for cell in told)


def addresses(text: str) -> tuple[str, ...]:
    """E-mail addresses as they are typed: between commas, semicolons or blanks; each once."""
    found = text.translate(dict.fromkeys(map(ord, ",;，、；"), " ")).split()
    return tuple(dict.fromkeys(found))


def alt_of(said: Sequence[str], *, whole: bool) -> str:
    """Places of a chart in words. `whole`: there are no others."""
    return ("; " if whole else "; … ").join(said)
