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
MILLISECOND = timedelta(milliseconds=1)
MINUTE_MS = 60_000
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
    answers: tuple[str, ...] = ()
    """Titles of the answers of the playbook that were sent in it."""

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
    known_since: date | None
    """The first day of which any message is known; None: there is none."""
    compares: bool

    def figure(self, measure: Measure) -> Figure:
        return next(each for each in self.figures if each.measure is measure)


class Told(NamedTuple):
    """A figure of one period: its value, what it rests on, and the mean of the same."""

    value: float | None
    samples: int
    mean: float | None


class Side(NamedTuple):
    """What the cases of one period come to by themselves."""

    came: int
    """Cases."""
    figures: Mapping[Measure, Told]
    categories: tuple[CategoryLine, ...]
    """Beside no other period yet."""
    hours: tuple[HoursLine, HoursLine]


class Read(NamedTuple):
    """What was read for the tab."""

    now: Side
    before: Side | None
    """None: the other period is not known whole."""
    standards: Sequence[StandardAnswer] = ()
    heat: Heat = ()
    months: Sequence[MonthLine] = ()
    known_since: date | None = None


class Tally:
    """Adds up the cases of one period, one at a time; spam and trolls are left out. It keeps numbers alone: there may be many cases."""

    def __init__(self) -> None:
        self._came: dict[Category, int] = {}
        self._handled = 0
        self._first: dict[tuple[Category, bool], list[float]] = {}
        """Minutes, by category and whether it began within working hours."""
        self._next: list[float] = []
        self._solved_in: list[float] = []
        self._posts: dict[Category, list[int]] = {}
        self._solved: Counter[Category] = Counter()
        self._by_email = 0
        self._standard = 0
        self._working = 0

    def add(
        self,
        category: Category,
        working: bool,
        answered_in: int | None,
        next_in: Sequence[int],
        solved_in: int | None,
        replies: int,
        by_email: bool,
        standard: bool,
    ) -> None:
        """Durations in milliseconds of working time; see `CaseFacts`."""
        if category in NO_SUPPORT:
            return
        self._came[category] = self._came.get(category, 0) + 1
        self._working += working
        if answered_in is not None:
            self._first.setdefault((category, working), []).append(answered_in / MINUTE_MS)
            self._standard += standard
            self._handled += 1
        elif solved_in is not None:
            self._handled += 1
        if solved_in is not None:
            self._solved[category] += 1
            self._by_email += by_email
            if replies > 0:
                self._solved_in.append(solved_in / MINUTE_MS)
                self._posts.setdefault(category, []).append(replies)
        if next_in:
            self._next += [took / MINUTE_MS for took in next_in]

    def side(self) -> Side:
        """What they come to."""
        came, solved = sum(self._came.values()), sum(self._solved.values())
        first = self._minutes()
        posts = [each for own in self._posts.values() for each in own]
        told = {
            Measure.HANDLED: Told(float(self._handled), self._handled, None),
            Measure.FIRST: _time(first),
            Measure.NEXT: _time(self._next),
            Measure.SOLVED: _share(solved, came),
            Measure.SOLVED_IN: _time(self._solved_in),
            Measure.POSTS: Told(mean(posts), len(posts), None),
            Measure.WITHOUT_EMAIL: _share(solved - self._by_email, solved),
            Measure.STANDARD: _share(self._standard, len(first)),
        }
        categories = [
            CategoryLine(
                category,
                many,
                None,
                median(self._minutes(category=category)),
                self._solved[category] / many,
                mean(self._posts.get(category, ())),
            )
            for category, many in self._came.items()
        ]
        return Side(
            came,
            told,
            tuple(sorted(categories, key=lambda line: (-line.came, line.category))),
            (
                HoursLine(True, self._working, median(self._minutes(working=True))),
                HoursLine(False, came - self._working, median(self._minutes(working=False))),
            ),
        )

    def _minutes(self, category: Category | None = None, working: bool | None = None) -> list[float]:
        """To first replies."""
        return [
            each
            for (of, within), own in self._first.items()
            if category in (None, of) and working in (None, within)
            for each in own
        ]


def side(cases: Iterable[CaseFacts]) -> Side:
    """What cases come to."""
    tally = Tally()
    for case in cases:
        tally.add(
            case.category,
            case.working,
            _milliseconds(case.answered_in),
            [each // MILLISECOND for each in case.next_in],
            _milliseconds(case.solved_in),
            case.replies,
            case.by_email,
            case.standard,
        )
    return tally.side()


def support(read: Read) -> Support:
    """All figures of the tab from what was read."""
    now, then = read.now, read.before
    came = {} if then is None else {line.category: line.came for line in then.categories}
    return Support(
        tuple(_figure(measure, now, then) for measure in Measure),
        now.came,
        now.categories if then is None else tuple(line._replace(before=came.get(line.category, 0)) for line in now.categories),
        now.hours,
        tuple(read.standards),
        read.heat or heat(()),
        tuple(read.months),
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


def heat(messages: Iterable[tuple[int, int, int]]) -> Heat:
    """Of (weekday, hour, how many)."""
    counted: Counter[tuple[int, int]] = Counter()
    for weekday, hour, many in messages:
        counted[weekday, hour] += many
    return tuple(tuple(counted[weekday, hour] for hour in range(24)) for weekday in range(7))


_RESTS: Mapping[Measure, Callable[[CaseFacts], bool]] = {
    Measure.HANDLED: lambda case: case.answered_in is not None or case.solved_in is not None,
    Measure.FIRST: lambda case: case.answered_in is not None,
    Measure.NEXT: lambda case: bool(case.next_in),
    Measure.SOLVED: lambda _case: True,
    Measure.SOLVED_IN: lambda case: case.replies > 0 and case.solved_in is not None,
    Measure.POSTS: lambda case: case.replies > 0 and case.solved_in is not None,
    Measure.WITHOUT_EMAIL: lambda case: case.solved_in is not None,
    Measure.STANDARD: lambda case: case.answered_in is not None,
}
"""Whether a figure rests on a case."""


def _figure(measure: Measure, now: Side, then: Side | None) -> Figure:
    told, before = now.figures[measure], None if then is None else then.figures[measure]
    if before is None:
        return Figure(measure, told.value, None, told.samples, 0, told.mean)
    return Figure(measure, told.value, before.value, told.samples, before.samples, told.mean)


def _time(minutes: Sequence[float]) -> Told:
    return Told(median(minutes), len(minutes), mean(minutes))


def _share(many: int, of: int) -> Told:
    return Told(many / of if of else None, of, None)


def _milliseconds(took: timedelta | None) -> int | None:
    return None if took is None else took // MILLISECOND


def median(values: Sequence[float]) -> float | None:
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
