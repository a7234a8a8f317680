"""What a period brought, beside the period before it. Pure: figures are computed here from what was measured, and say on how much they rest.

A value that nobody measured is None, never 0. A change is only told where both periods were measured whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from app.models.post import PostFormat

DAYS = 28
"""The summary's window (product.md S2)."""
DAY = timedelta(days=1)
SLACK = 2 * DAY
"""A weekend with the computer off leaves a period whole."""


class Period(NamedTuple):
    """Whole days of the shop, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> Period:
        """As many days, right before."""
        return self.moved(-1)

    def moved(self, by: int) -> Period:
        """So many periods later."""
        return Period(self.first + by * self.days * DAY, self.last + by * self.days * DAY)

    def each(self) -> list[date]:
        return [self.first + number * DAY for number in range(self.days)]


def last_days(today: date, days: int = DAYS) -> Period:
    """The last full days: today, which is not over, is none of them."""
    return Period(today - days * DAY, today - DAY)


class Scope(NamedTuple):
    """What Insights is asked for: which days beside which, of whom, and for whom it is told."""

    period: Period
    compared: Period
    """As many days, which may lie anywhere before the period, or overlap it."""
    accounts: tuple[int, ...]
    """Those looked at; all of them where none was chosen. Never none while there is any."""
    zone: tzinfo
    """Whose days they are: the shop's."""
    language: str
    """In which questions and names are told."""


class Metric(StrEnum):
    """What the summary counts."""

    FOLLOWERS = "followers"
    CLICKS = "clicks"
    REPOSTS = "reposts"
    REPLIES = "replies"
    ANSWER_MINUTES = "answer_minutes"
    WITHOUT_EMAIL = "without_email"


LESS_IS_GOOD = frozenset({Metric.ANSWER_MINUTES})
SHARES = frozenset({Metric.WITHOUT_EMAIL})
"""In 0 to 1; the others are counts, or minutes."""
GAINS = (Metric.CLICKS, Metric.REPOSTS, Metric.REPLIES)


class Change(NamedTuple):
    """How much a figure differs from the period before: a share of it, or minutes or a part of 1 more or less."""

    amount: float
    relative: bool
    """`amount` is a share of the figure before."""

    @property
    def direction(self) -> int:
        return (self.amount > 0) - (self.amount < 0)


@dataclass(frozen=True, slots=True)
class Kpi:
    """One figure of the period. `samples` and `samples_before` are what it rests on: accounts, posts or cases."""

    metric: Metric
    value: float | None
    before: float | None = None
    samples: int = 0
    samples_before: int = 0
    series: tuple[float | None, ...] = ()
    """One for each day of the period; None where nothing was measured."""
    series_before: tuple[float | None, ...] = ()
    alike: float | None = None
    """The figure over the same accounts as `before`, where an account came later; None: `value` is that."""

    @property
    def change(self) -> Change | None:
        """None where there is nothing to compare with; from nothing to something is no percentage either."""
        if self.value is None or self.before is None:
            return None
        value = self.value if self.alike is None else self.alike
        if self.metric in LESS_IS_GOOD or self.metric in SHARES:
            return Change(value - self.before, relative=False)
        return Change((value - self.before) / self.before, relative=True) if self.before > 0 else None

    @property
    def is_better(self) -> bool | None:
        """None where nothing changed or nothing is known."""
        change = self.change
        if change is None or change.direction == 0:
            return None
        return (change.direction < 0) == (self.metric in LESS_IS_GOOD)


class Gauge(NamedTuple):
    """A running figure of an account, as it was at the end of days; days without a measurement are missing."""

    account_id: int
    at_start: int | None
    """The last value before the period."""
    days: Mapping[date, int]

    @property
    def last(self) -> int | None:
        return self.days[max(self.days)] if self.days else self.at_start

    def reaches_ends(self, period: Period) -> bool:
        """Whether it was measured about the first and about the last day: what came in between is then known whole, on whichever days."""
        return bool(self.days) and min(self.days) <= period.first + SLACK and max(self.days) >= period.last - SLACK

    def gained(self, days: Sequence[date]) -> tuple[int | None, ...]:
        """Since the beginning, at the end of each day; None where it was not measured. The first measurement is the base where none came
        before the period.
        """
        base = self.at_start if self.at_start is not None else self.days[min(self.days)] if self.days else None
        return tuple(None if base is None or day not in self.days else self.days[day] - base for day in days)


class Answered(NamedTuple):
    """A case that began in the period."""

    opened_on: date
    answered_in: timedelta | None
    """Working time to our first reply; None: none yet."""
    solved: bool
    by_email: bool
    """A manager was asked, or the customer was led to e-mail."""


class PostFigures(NamedTuple):
    """What a post got until now, on all accounts together; None where nothing was measured."""

    post_id: int
    title: str
    pillar: str
    format: PostFormat
    networks: tuple[str, ...]
    figures: Mapping[Metric, int]

    def of(self, metric: Metric) -> int | None:
        return self.figures.get(metric)


class Asked(NamedTuple):
    """A frequent question: how often it was asked in the period, and in the one before."""

    entry_id: int
    question: str
    category: str
    published: bool
    times: int
    before: int


class Note(NamedTuple):
    """Something on the calendar that explains a figure: a launch, a phase of a campaign, a contest, a holiday."""

    first: date
    last: date
    title: str
    hue: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What was read for a period and the one before it."""

    period: Period
    followers: Sequence[tuple[int, Gauge, Gauge]] = ()
    """(account id, in the period, in the one before)."""
    gains: Mapping[tuple[Metric, int, date], int] = field(default_factory=dict)
    """By metric, account and day, of both periods; a day that is missing was not measured."""
    cases: Sequence[Answered] = ()
    cases_before: Sequence[Answered] = ()
    posts: Sequence[PostFigures] = ()
    """Of the period."""
    posts_before: int = 0
    asked: Sequence[Asked] = ()
    questions: int = 0
    """How many questions of the period belong to some entry."""
    notes: Sequence[Note] = ()
    networks: Mapping[int, str] = field(default_factory=dict)
    """Of each account."""
    measured_since: Mapping[int, date] = field(default_factory=dict)
    """The first day on which each account was measured; those that never were are missing."""
    beside: Period | None = None
    """The other period; None: the one right before."""

    @property
    def compared(self) -> Period:
        return self.beside or self.period.before

    @property
    def alike(self) -> frozenset[int]:
        """Accounts that were measured whole in both periods: figures are compared over them alone, so that a new account is no growth.

        One whose followers nobody tells (it is kept by hand) is known by its posts alone.
        """
        unmeasured = {
            number
            for number, now, then in self.followers
            if (now.last is not None or then.last is not None)
            and not (now.reaches_ends(self.period) and then.reaches_ends(self.compared))
        }
        return frozenset(number for number, since in self.measured_since.items() if since <= self.compared.first) - unmeasured


class Line(NamedTuple):
    """What one network gained."""

    network: str
    values: tuple[int | None, ...]

    @property
    def last(self) -> int | None:
        return next((value for value in reversed(self.values) if value is not None), None)


class Bin(NamedTuple):
    """First answers that took up to so long; None: longer than all others."""

    until: timedelta | None
    cases: int


BINS = (5, 15, 30, 60, 120, 240, 480)
"""Minutes of working time."""


class Average(NamedTuple):
    """A figure a post, of posts that inform and of posts that sell; None where none of them was measured."""

    metric: Metric
    informs: float | None
    sells: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The Summary page."""

    period: Period
    kpis: tuple[Kpi, ...]
    followers: tuple[Line, ...]
    bins: tuple[Bin, ...]
    posts: tuple[PostFigures, ...]
    """Of the period, in the order in which they were planned."""
    asked: tuple[Asked, ...]
    questions: int
    averages: tuple[Average, ...]
    informs: int
    sells: int
    notes: tuple[Note, ...]
    compares_from: date | None
    """The first day on which both periods will have been measured, where they are not now; None: they are, or nothing ever was, or
    they never will be.
    """
    compared: Period
    compares: bool
    """Whether the other period was measured at all."""

    def kpi(self, metric: Metric) -> Kpi:
        return next(kpi for kpi in self.kpis if kpi.metric is metric)


def summarize(measured: Measured) -> Summary:
    """All figures of the page from what was measured."""
    period = measured.period
    since = min(measured.measured_since.values(), default=None)
    whole = since is not None and since <= measured.compared.first
    kpis = (_followers(measured), *(_gains(measured, metric) for metric in GAINS), _answer_minutes(measured), _without_email(measured))
    sells = [post for post in measured.posts if post.format is PostFormat.PROMO]
    informs = [post for post in measured.posts if post.format is not PostFormat.PROMO]
    return Summary(
        period,
        kpis,
        _lines(measured),
        _bins(measured.cases),
        tuple(measured.posts),
        tuple(measured.asked),
        measured.questions,
        tuple(Average(metric, _average(informs, metric), _average(sells, metric)) for metric in GAINS),
        len(informs),
        len(sells),
        tuple(measured.notes),
        None if whole or since is None or measured.compared != period.before else since + 2 * period.days * DAY,
        measured.compared,
        whole,
    )


def top_by(posts: Sequence[PostFigures], metric: Metric, most: int) -> list[PostFigures]:
    """Those that got most of it; what was not measured is not among them."""
    known = [post for post in posts if post.of(metric) is not None]
    return sorted(known, key=lambda post: (-(post.of(metric) or 0), post.post_id))[:most]


def _followers(measured: Measured) -> Kpi:
    """At the end of the period."""
    days, before, same = measured.period.each(), measured.compared.each(), measured.alike
    known = {number: now for number, now, _ in measured.followers if now.last is not None}
    value = sum(now.last or 0 for now in known.values()) if known else None
    series = _summed([now.days for now in known.values()], days)
    then = {number: gauge for number, _, gauge in measured.followers if number in same & known.keys() and gauge.last is not None}
    if not then:
        return Kpi(Metric.FOLLOWERS, value, None, len(known), 0, series)
    return Kpi(
        Metric.FOLLOWERS,
        value,
        sum(gauge.last or 0 for gauge in then.values()),
        len(known),
        len(then),
        series,
        _summed([gauge.days for gauge in then.values()], before),
        None if len(then) == len(known) else sum(known[number].last or 0 for number in then),
    )


def _summed(gauges: Sequence[Mapping[date, int]], days: Sequence[date]) -> tuple[float | None, ...]:
    """A day on which one of the accounts was not measured is a gap: a sum of some would look like a loss."""
    return tuple(sum(gauge[day] for gauge in gauges) if gauges and all(day in gauge for gauge in gauges) else None for day in days)


def _gains(measured: Measured, metric: Metric) -> Kpi:
    days, before, same = measured.period.each(), measured.compared.each(), measured.alike
    all_of: dict[date, int] = {}
    of_same: dict[date, int] = {}
    others = False
    for (kind, account, day), gained in measured.gains.items():
        if kind is not metric:
            continue
        all_of[day] = all_of.get(day, 0) + gained
        if account in same:
            of_same[day] = of_same.get(day, 0) + gained
        elif measured.period.first <= day <= measured.period.last:
            others = True
    value, then, now = _total(all_of, days), _total(of_same, before), _total(of_same, days)
    compares = then is not None and now is not None
    return Kpi(
        metric,
        value,
        then if compares else None,
        len(measured.posts),
        measured.posts_before if compares else 0,
        tuple(all_of.get(day) for day in days),
        tuple(of_same.get(day) for day in before) if then is not None else (),
        now if compares and others else None,
    )


def _total(by_day: Mapping[date, int], days: Sequence[date]) -> int | None:
    found = [by_day[day] for day in days if day in by_day]
    return sum(found) if found else None


def _answer_minutes(measured: Measured) -> Kpi:
    """The median of working time to the first reply."""
    now, then = ([case for case in cases if case.answered_in is not None] for cases in (measured.cases, measured.cases_before))
    by_day = {day: _median([_minutes(case) for case in now if case.opened_on == day]) for day in measured.period.each()}
    return Kpi(
        Metric.ANSWER_MINUTES,
        _median([_minutes(case) for case in now]),
        _median([_minutes(case) for case in then]),
        len(now),
        len(then),
        tuple(by_day.values()),
    )


def _without_email(measured: Measured) -> Kpi:
    """The share of solved cases for which nobody had to write an e-mail."""
    now, then = ([case for case in cases if case.solved] for cases in (measured.cases, measured.cases_before))
    by_day = {day: _share([case for case in now if case.opened_on == day]) for day in measured.period.each()}
    return Kpi(Metric.WITHOUT_EMAIL, _share(now), _share(then), len(now), len(then), tuple(by_day.values()))


def _share(cases: Sequence[Answered]) -> float | None:
    return sum(not case.by_email for case in cases) / len(cases) if cases else None


def _minutes(case: Answered) -> float:
    assert case.answered_in is not None
    return case.answered_in / timedelta(minutes=1)


def _median(values: Sequence[float]) -> float | None:
    ordered = sorted(values)
    half = len(ordered) // 2
    if not ordered:
        return None
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _lines(measured: Measured) -> tuple[Line, ...]:
    """What each network gained in followers, the one that gained most first."""
    days = measured.period.each()
    by_network: dict[str, list[tuple[int | None, ...]]] = {}
    for account_id, gauge, _ in measured.followers:
        if gauge.days:
            by_network.setdefault(measured.networks[account_id], []).append(gauge.gained(days))
    lines = [Line(network, tuple(_whole(each) for each in zip(*rows, strict=True))) for network, rows in by_network.items()]
    return tuple(sorted(lines, key=lambda line: (-(line.last or 0), line.network)))


def _whole(values: tuple[int | None, ...]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _bins(cases: Sequence[Answered]) -> tuple[Bin, ...]:
    took = [_minutes(case) for case in cases if case.answered_in is not None]
    edges = [0.0, *map(float, BINS)]
    found = [
        Bin(timedelta(minutes=until), sum(since <= each < until for each in took)) for since, until in pairwise(edges)
    ]
    return (*found, Bin(None, sum(each >= edges[-1] for each in took)))


def _average(posts: Sequence[PostFigures], metric: Metric) -> float | None:
    known = [figure for post in posts if (figure := post.of(metric)) is not None]
    return sum(known) / len(known) if known else None
