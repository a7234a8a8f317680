"""What the calendar has before it: the days shown, what is planned there, what is to be placed, which filters hold, and what is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.commands.services import Queries
from app.models.account import AccountRow
from app.models.calendar import CalendarPost, CalendarSpan
from app.models.rhythm import Paces
from app.models.stance import stance
from app.runtime.settings import Posting, Shop, first_weekday
from app.ui.calendar.days import DAY, View, at, bounds, clock_change, day_of, days_of, minute_of, turned
from app.ui.calendar.holidays import HolidayNames
from app.ui.calendar.outlook import Asked, Outlook, outlook
from app.ui.page import PageFace

TABLES = ("post", "variant", "outbox", "account", "campaign", "phase", "mark", "sample", "slot", "slot_day")
SLOW_MS = 150
"""Days that are not read by then are shown empty."""
AHEAD_MS = 40
"""So long after a page is shown its neighbours are read."""


class Slot(NamedTuple):
    """A free place: a day and a minute of it."""

    day: date
    minute: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What is shown; an empty set lets everything through."""

    accounts: frozenset[int] = frozenset()
    pillars: frozenset[str] = frozenset()
    campaigns: frozenset[int] = frozenset()
    stances: frozenset[str] = frozenset()

    def lets(self, post: CalendarPost) -> bool:
        return (
            (not self.accounts or not self.accounts.isdisjoint(post.accounts))
            and (not self.pillars or post.pillar in self.pillars)
            and (not self.campaigns or post.campaign_id in self.campaigns)
            and (not self.stances or stance(post) in self.stances)
        )

    @property
    def many(self) -> int:
        return len(self.accounts) + len(self.pillars) + len(self.campaigns) + len(self.stances)

    def toggled(self, group: str, value: int | str) -> Filters:
        return replace(self, **{group: getattr(self, group) ^ {value}})


class _Read(NamedTuple):
    span: CalendarSpan
    to_place: list[CalendarPost]
    accounts: list[AccountRow]
    campaigns: Mapping[int, str]
    outlook: Outlook


@dataclass
class Shown:
    """The days in front and what was read of them."""

    view: View
    anchor: date
    days: list[date]
    span: CalendarSpan = field(default_factory=CalendarSpan)
    by_day: dict[date, list[CalendarPost]] = field(default_factory=dict)
    """What the filters let through, in time order."""
    outlook: Outlook = field(default_factory=Outlook)
    """Of all of them, whatever the filters."""


class Desk(QObject):
    """Reads on a worker thread; a page turned to appears when it is read, with everything on it."""

    filled = Signal()
    """Other days, or other posts on them."""
    moved = Signal()
    """Another post or place is chosen, or other posts are ticked."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        today = day_of(face.clock.now(), face.words.zone)
        self.shown = Shown("week", today, days_of("week", today, self.first_weekday))
        self.loading = True
        self.to_place: list[CalendarPost] = []
        self.accounts: list[AccountRow] = []
        self.campaigns: Mapping[int, str] = {}
        self.public = HolidayNames(face, self.filled.emit)
        self.holidays = self.public.days
        self.filters = Filters()
        self.post_id: int | None = None
        self.slot: Slot | None = None
        self.ticked: set[int] = set()
        self._wanted: tuple[View, date] = ("week", today)
        self._cancel: Callable[[], None] | None = None
        self._ahead: dict[tuple[View, date], _Read] = {}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(AHEAD_MS)
        self._soon.timeout.connect(self._look_ahead)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(self._show_empty)

    # ---- settings

    @property
    def first_weekday(self) -> int:
        """1 is Monday: as the user set it, else the habit of language and region."""
        return first_weekday(self._face.services.settings.get(Shop), self._face.words.first_weekday)

    @property
    def paces(self) -> Paces:
        """What the accounts bear."""
        posting = self._face.services.settings.get(Posting)
        return Paces.of_settings(posting)

    @property
    def view(self) -> View:
        return self._wanted[0]

    @property
    def anchor(self) -> date:
        return self._wanted[1]

    @property
    def today(self) -> date:
        return day_of(self._face.clock.now(), self._face.words.zone)

    # ---- going about

    def go(self, view: View | None = None, anchor: date | None = None) -> None:
        """Another view, or other days; they appear when they are read, at once where they were read ahead."""
        self._wanted = (view or self.view, anchor or self.anchor)
        self._read(self._ahead.pop(self._key(*self._wanted), None))

    def turn(self, step: int) -> None:
        """The page after (1) or before (-1); what is chosen goes along by days."""
        before = self.anchor
        after = turned(self.view, before, step)
        if self.slot is not None:
            self.slot = self.slot._replace(day=self.slot.day + (after - before))
        self.post_id = None
        self.go(anchor=after)

    def read(self) -> None:
        """Read what is wanted anew; what was read ahead is of no use any more."""
        self._ahead = {}
        self._read(None)

    def _read(self, ahead: _Read | None) -> None:
        if self._cancel is not None:
            self._cancel()
        view, anchor = self._wanted
        days = days_of(view, anchor, self.first_weekday)

        def deliver(found: _Read) -> None:
            self._slow.stop()
            self._cancel = None
            self.loading = False
            self.to_place, self.accounts, self.campaigns = found.to_place, found.accounts, found.campaigns
            self._show(Shown(view, anchor, days, found.span, outlook=found.outlook))
            self._soon.start()

        if ahead is not None:
            deliver(ahead)
        else:
            if days != self.shown.days:
                self._slow.start()
            self._cancel = self._face.services.reads.later(self._question(view, anchor, days), deliver)
        self.public.want(days)

    def _question(self, view: View, anchor: date, days: Sequence[date]) -> Callable[[Queries], _Read]:
        zone = self._face.words.zone
        since, until = bounds(days[0], days[-1], zone)
        selling = self._face.services.settings.get(Posting).selling
        asked = Asked(view, anchor, days, self.paces, selling, zone, self._face.clock.now())

        def ask(queries: Queries) -> _Read:
            span = queries.calendar(since, until, days[0], days[-1])
            accounts = queries.accounts()
            plan = outlook(asked, span, queries.slots(), accounts, queries.edges(since, until))
            return _Read(span, queries.to_place(), accounts, queries.campaigns(), plan)

        return ask

    def _key(self, view: View, anchor: date) -> tuple[View, date]:
        return view, days_of(view, anchor, self.first_weekday)[0]

    def _look_ahead(self) -> None:
        """Read the pages before and after, so that turning to them takes no longer than painting them."""
        ahead = self._ahead
        for step in (1, -1):
            anchor = turned(self.view, self.anchor, step)
            key = self._key(self.view, anchor)
            if key not in ahead:
                question = self._question(self.view, anchor, days_of(self.view, anchor, self.first_weekday))
                self._face.services.reads.later(question, partial(ahead.__setitem__, key))

    def filter(self, filters: Filters) -> None:
        self.filters = filters
        self._show(self.shown)

    def _show_empty(self) -> None:
        """It takes longer: the days are shown without their posts."""
        view, anchor = self._wanted
        self.loading = True
        self._show(Shown(view, anchor, days_of(view, anchor, self.first_weekday)))

    def _show(self, shown: Shown) -> None:
        zone = self._face.words.zone
        lets = self.filters.lets if self.filters.many else None
        by_day: dict[date, list[CalendarPost]] = {}
        for day, posts in shown.outlook.by_day.items():
            if there := [post for post in posts if lets is None or lets(post)]:
                by_day[day] = there
        for day, posts in by_day.items():
            if clock_change(day, zone):  # elsewhere the order of moments is that of wall times
                posts.sort(key=lambda post: (minute_of(post.planned_at, zone) if post.planned_at else 0, post.id))
        self.shown = replace(shown, by_day=by_day)
        if self.post_id is not None and not self.loading and self.chosen is None:
            self.post_id = None
        if self.ticked:
            self.ticked &= {post.id for post in shown.span.posts}
        self.filled.emit()

    # ---- what is there

    def post(self, post_id: int | None) -> CalendarPost | None:
        """One of the span, filtered out or not, or of those to be placed."""
        everything = (*self.shown.span.posts, *self.to_place)
        return next((post for post in everything if post.id == post_id), None)

    @property
    def chosen(self) -> CalendarPost | None:
        return self.post(self.post_id)

    def acted_on(self) -> list[CalendarPost]:
        """The ticked posts, else the chosen one."""
        if self.ticked:
            return [post for post in self.shown.span.posts if post.id in self.ticked]
        chosen = self.chosen
        return [chosen] if chosen is not None else []

    # ---- choosing

    def choose(self, post_id: int | None, slot: Slot | None = None) -> None:
        """A post, or a free place."""
        self.post_id = post_id
        post = self.post(post_id)
        if post is not None and post.planned_at is not None:
            zone = self._face.words.zone
            slot = Slot(day_of(post.planned_at, zone), minute_of(post.planned_at, zone))
        self.slot = slot or self.slot
        self.moved.emit()

    def tick(self) -> None:
        """Tick or untick the chosen post."""
        if self.post_id is not None:
            self.ticked ^= {self.post_id}
            self.moved.emit()

    @property
    def moment(self) -> datetime | None:
        """The moment of the place chosen."""
        if self.slot is None:
            return None
        return at(self.slot.day, self.slot.minute, self._face.words.zone)

    def within(self, day: date) -> bool:
        return self.shown.days[0] <= day <= self.shown.days[0] + (len(self.shown.days) - 1) * DAY
