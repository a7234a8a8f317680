"""What answering came to in a period, beside another (product.md, S4). Pure: computed from the cases that began in it, each figure with its n.

Cases that were sorted as spam or troll are no support and count nowhere. A figure that rests on nothing is None, never 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.models.conversation import Category
from app.models.insight import Change

NO_SUPPORT = frozenset({Category.SPAM, Category.TROLL})
MONTHS = 6
"""Calendar months beside the call centre's."""
STANDARD_GOAL = 0.7
"""What the briefs say of customers' questions: up to 70 % are standard (product.md, A3)."""


class Measure(StrEnum):
    """The figures of answering, in the order in which they are shown."""

    HANDLED = "handled"
    FIRST = "first"
    NEXT = "next"
    SOLVED = "solved"
    SOLVED_IN = "solved_in"
    POSTS = "posts"
    WITHOUT_EMAIL = "without_email"
    STANDARD = "standard"


SHARES = frozenset({Measure.SOLVED, Measure.WITHOUT_EMAIL, Measure.STANDARD})
TIMES = frozenset({Measure.FIRST, Measure.NEXT, Measure.SOLVED_IN})
"""Minutes of working time."""
LESS_IS_GOOD = TIMES | {Measure.POSTS}
NEUTRAL = frozenset({Measure.HANDLED, Measure.STANDARD})
"""More of it is neither good nor bad by itself."""


class CaseFacts(NamedTuple):
    """A case that began in the period. Durations are working time."""

    id: int
    conversation_id: int
    category: Category
    opened_on: date
    weekday: int
    """0 is Monday; in the shop's zone, as `hour` is."""
    hour: int
    working: bool
    """Whether it began within working hours."""
    answered_in: timedelta | None = None
    """To our first reply; None: none yet."""
    next_in: tuple[timedelta, ...] = ()
    """To each further reply, from the first thing the customer wrote that waited for it."""
    solved_in: timedelta | None = None
    """None: not solved yet."""
    replies: int = 0
    by_email: bool = False
    """A manager was asked, or the customer was led to e-mail."""
    standard: bool = False
    """A reply came out of the playbook, or carried a link to the FAQ."""

    @property
    def solved(self) -> bool:
        return self.solved_in is not None

    @property
    def handled(self) -> bool:
        return self.solved or self.answered_in is not None


class Figure(NamedTuple):
    """One figure. `samples` is what it rests on: cases, or replies for `NEXT`."""

    measure: Measure
    value: float | None
    before: float | None = None
    samples: int = 0
    samples_before: int = 0
    mean: float | None = None
    """Where `value` is the median: the mean of the same."""

    @property
    def change(self) -> Change | None:
        """None where there is nothing to compare with; from nothing to something is no percentage."""
        if self.value is None or self.before is None:
            return None
        if self.measure is not Measure.HANDLED:
            return Change(self.value - self.before, relative=False)
        return Change((self.value - self.before) / self.before, relative=True) if self.before > 0 else None

    @property
    def is_better(self) -> bool | None:
        """None where nothing changed, nothing is known, or more is neither good nor bad."""
        change = self.change
        if change is None or change.direction == 0 or self.measure in NEUTRAL:
            return None
        return (change.direction < 0) == (self.measure in LESS_IS_GOOD)


class CategoryLine(NamedTuple):
    """What one category came to."""

    category: Category
    came: int
    before: int | None
    """None: the other period is not known whole."""
    first: float | None
    """Median minutes to the first reply."""
    solved: float | None
    """Share."""
    posts: float | None
    """Mean replies of those that were solved with any."""


class HoursLine(NamedTuple):
    """Cases that began within working hours, or outside of them."""

    working: bool
    came: int
    first: float | None
    """Median working minutes to the first reply."""


class StandardAnswer(NamedTuple):
    """An answer of the playbook, and in how many cases of the period it was sent."""

    title: str
    cases: int


class CallMonth(NamedTuple):
    """What the call centre counted in a calendar month ("2026-11")."""

    month: str
    calls: int | None
    mean_seconds: int | None


class MonthLine(NamedTuple):
    """A calendar month here, and at the call centre; means, as call centres tell them."""

    month: str
    handled: int
    mean_minutes: float | None
    """Working time to the first reply."""
    calls: CallMonth | None
    over: bool
    """Whether the month has ended."""


Heat = tuple[tuple[int, ...], ...]
"""Messages of customers by weekday (0 is Monday) and hour of the shop."""


@dataclass(frozen=True, slots=True)
class Support:
    """The Answers tab."""

    figures: tuple[Figure, ...]
    came: int
    """Cases that began in the period."""
    categories: tuple[CategoryLine, ...]
    """The most frequent first."""
    hours: tuple[HoursLine, HoursLine]
    """Within working hours, and outside."""
    standards: tuple[StandardAnswer, ...]
    heat: Heat
    months: tuple[MonthLine, ...]
    """The newest last."""
    cases: tuple[CaseFacts, ...]
    """All of the period, in order of time: what is behind the figures."""
    known_since: date | None
    """The first day of which any message is known; None: there is none."""
    compares: bool

    def figure(self, measure: Measure) -> Figure:
        return next(each for each in self.figures if each.measure is measure)


class Read(NamedTuple):
    """What was read for the tab."""

    cases: Sequence[CaseFacts]
    cases_before: Sequence[CaseFacts] | None
    """None: the other period is not known whole."""
    standards: Sequence[StandardAnswer] = ()
    messages: Iterable[tuple[int, int]] = ()
    """(weekday, hour) of each message of a customer."""
    months: Sequence[MonthLine] = ()
    known_since: date | None = None


def support(read: Read) -> Support:
    """All figures of the tab from what was read."""
    now = [case for case in read.cases if case.category not in NO_SUPPORT]
    then = None if read.cases_before is None else [case for case in read.cases_before if case.category not in NO_SUPPORT]
    return Support(
        tuple(_figure(measure, now, then) for measure in Measure),
        len(now),
        _categories(now, then),
        (_hours(now, working=True), _hours(now, working=False)),
        tuple(read.standards),
        heat(read.messages),
        tuple(read.months),
        tuple(now),
        read.known_since,
        then is not None,
    )


def behind(measure: Measure, cases: Sequence[CaseFacts]) -> list[CaseFacts]:
    """The cases that a figure rests on, those first that weigh most on it."""
    found = list(filter(_RESTS[measure], cases))
    order: Mapping[Measure, Callable[[CaseFacts], object]] = {
        Measure.FIRST: lambda case: -(case.answered_in or timedelta()),
        Measure.NEXT: lambda case: -max(case.next_in),
        Measure.SOLVED: lambda case: case.solved,
        Measure.SOLVED_IN: lambda case: -(case.solved_in or timedelta()),
        Measure.POSTS: lambda case: -case.replies,
        Measure.WITHOUT_EMAIL: lambda case: not case.by_email,
        Measure.STANDARD: lambda case: not case.standard,
    }
    key = order.get(measure)
    newest = sorted(found, key=lambda case: case.id, reverse=True)
    return newest if key is None else sorted(newest, key=key)  # type: ignore[arg-type]


def heat(messages: Iterable[tuple[int, int]]) -> Heat:
    counted = Counter(messages)
    return tuple(tuple(counted[weekday, hour] for hour in range(24)) for weekday in range(7))


_RESTS: Mapping[Measure, Callable[[CaseFacts], bool]] = {
    Measure.HANDLED: lambda case: case.handled,
    Measure.FIRST: lambda case: case.answered_in is not None,
    Measure.NEXT: lambda case: bool(case.next_in),
    Measure.SOLVED: lambda _case: True,
    Measure.SOLVED_IN: lambda case: case.solved and case.replies > 0,
    Measure.POSTS: lambda case: case.solved and case.replies > 0,
    Measure.WITHOUT_EMAIL: lambda case: case.solved,
    Measure.STANDARD: lambda case: case.answered_in is not None,
}
"""Whether a figure rests on a case."""
_VALUE: Mapping[Measure, Callable[[CaseFacts], float]] = {
    Measure.HANDLED: lambda _case: 1.0,
    Measure.FIRST: lambda case: _minutes(case.answered_in),
    Measure.SOLVED: lambda case: float(case.solved),
    Measure.SOLVED_IN: lambda case: _minutes(case.solved_in),
    Measure.POSTS: lambda case: float(case.replies),
    Measure.WITHOUT_EMAIL: lambda case: float(not case.by_email),
    Measure.STANDARD: lambda case: float(case.standard),
}


def _values(measure: Measure, cases: Sequence[CaseFacts]) -> list[float]:
    """What a figure is made of; times in minutes, shares as ones and noughts."""
    found = list(filter(_RESTS[measure], cases))
    if measure is Measure.NEXT:
        return [_minutes(took) for case in found for took in case.next_in]
    return list(map(_VALUE[measure], found))


def _figure(measure: Measure, now: Sequence[CaseFacts], then: Sequence[CaseFacts] | None) -> Figure:
    values, before = _values(measure, now), None if then is None else _values(measure, then)
    return Figure(
        measure,
        _told(measure, values),
        None if before is None else _told(measure, before),
        len(values),
        len(before or ()),
        mean(values) if measure in TIMES else None,
    )


def _told(measure: Measure, values: Sequence[float]) -> float | None:
    if measure is Measure.HANDLED:
        return float(len(values))
    return median(values) if measure in TIMES else mean(values)


def _categories(now: Sequence[CaseFacts], then: Sequence[CaseFacts] | None) -> tuple[CategoryLine, ...]:
    before = None if then is None else Counter(case.category for case in then)
    lines = []
    for category, came in Counter(case.category for case in now).items():
        own = [case for case in now if case.category is category]
        lines.append(
            CategoryLine(
                category,
                came,
                None if before is None else before[category],
                median(_values(Measure.FIRST, own)),
                mean(_values(Measure.SOLVED, own)),
                mean(_values(Measure.POSTS, own)),
            )
        )
    return tuple(sorted(lines, key=lambda line: (-line.came, line.category)))


def _hours(cases: Sequence[CaseFacts], *, working: bool) -> HoursLine:
    own = [case for case in cases if case.working is working]
    return HoursLine(working, len(own), median(_values(Measure.FIRST, own)))


def median(values: Sequence[float]) -> float | None:
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _minutes(took: timedelta | None) -> float:
    return (took or timedelta()) / timedelta(minutes=1)
