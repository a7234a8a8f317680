"""What the calendar has before it: the days shown, what is planned there, what is to be placed, which filters hold, and what is chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from app.commands.services import Queries
from app.models.account import AccountRow
from app.models.calendar import CalendarPost, CalendarSpan
from app.runtime.settings import Posting, Shop
from app.ui.calendar.chips import Stance, stance
from app.ui.calendar.days import DAY, View, at, bounds, day_of, days_of, minute_of, turned
from app.ui.page import PageFace

TABLES = ("post", "variant", "outbox", "account", "campaign", "phase", "mark", "sample")
SLOW_MS = 150
"""A page that is not there by then is shown empty, with shapes."""
FIRST_DAYS = {"monday": 1, "saturday": 6, "sunday": 7}


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


@dataclass
class Shown:
    """The days in front and what was read of them."""

    view: View
    anchor: date
    days: list[date]
    span: CalendarSpan = field(default_factory=CalendarSpan)
    by_day: dict[date, list[CalendarPost]] = field(default_factory=dict)
    """What the filters let through, in time order."""


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
        self.holidays: dict[date, str] = {}
        self.filters = Filters()
        self.post_id: int | None = None
        self.slot: Slot | None = None
        self.ticked: set[int] = set()
        self._wanted: tuple[View, date] = ("week", today)
        self._cancel: Callable[[], None] | None = None
        self._years: frozenset[int] = frozenset()
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_MS)
        self._slow.timeout.connect(self._show_empty)

    # ---- settings

    @property
    def first_weekday(self) -> int:
        """1 is Monday: as the user set it, else the habit of language and region."""
        chosen = self._face.services.settings.get(Shop).first_weekday
        return FIRST_DAYS.get(chosen, self._face.words.first_weekday)

    @property
    def day_limit(self) -> int:
        return int(self._face.services.settings.get(Posting).day_limit)

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
        """Another view, or other days; they appear when they are read."""
        self._wanted = (view or self.view, anchor or self.anchor)
        self.read()

    def turn(self, step: int) -> None:
        """The page after (1) or before (-1); what is chosen goes along by days."""
        before = self.anchor
        after = turned(self.view, before, step)
        if self.slot is not None:
            self.slot = self.slot._replace(day=self.slot.day + (after - before))
        self.post_id = None
        self.go(anchor=after)

    def read(self) -> None:
        """Read what is wanted, and show it at once when it is there."""
        if self._cancel is not None:
            self._cancel()
        view, anchor = self._wanted
        days = days_of(view, anchor, self.first_weekday)
        since, until = bounds(days[0], days[-1], self._face.words.zone)

        def ask(queries: Queries) -> _Read:
            span = queries.calendar(since, until, days[0], days[-1])
            return _Read(span, queries.to_place(), queries.accounts(), queries.campaigns())

        def deliver(found: _Read) -> None:
            self._slow.stop()
            self._cancel = None
            self.loading = False
            self.to_place, self.accounts, self.campaigns = found.to_place, found.accounts, found.campaigns
            self._show(Shown(view, anchor, days, found.span))

        if days != self.shown.days:
            self._slow.start()
        self._cancel = self._face.services.reads.later(ask, deliver)
        self._want_holidays(days)

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
        by_day: dict[date, list[CalendarPost]] = defaultdict(list)
        for post in shown.span.posts:
            if post.planned_at is not None and self.filters.lets(post):
                by_day[day_of(post.planned_at, zone)].append(post)
        for posts in by_day.values():
            posts.sort(key=lambda post: (minute_of(post.planned_at, zone) if post.planned_at else 0, post.id))
        self.shown = replace(shown, by_day=dict(by_day))
        there = {post.id for post in shown.span.posts}
        if self.post_id is not None and not self.loading and self.chosen is None:
            self.post_id = None
        self.ticked &= there
        self.filled.emit()

    def _want_holidays(self, days: Sequence[date]) -> None:
        """Names of holidays come from a library that loads when it is first asked; the days do not wait for it."""
        years = frozenset({days[0].year, days[-1].year})
        if years <= self._years:
            return
        self._years |= years

        async def ask() -> None:
            found = await self._face.services.planning.holidays(sorted(years), self._face.words.language)
            self.holidays.update(found)
            if found:
                self.filled.emit()

        self._face.actions.start("holidays", ask())

    def forget_words(self) -> None:
        """The language or the country changed."""
        self.holidays.clear()
        self._years = frozenset()

    # ---- what is there

    def posts(self) -> list[CalendarPost]:
        """All that is shown, in time order."""
        return [post for day in self.shown.days for post in self.shown.by_day.get(day, ())]

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

    def step(self, step: int) -> bool:
        """The next (1) or the post before (-1) in time; False at the end of the page."""
        posts = self.posts()
        ids = [post.id for post in posts]
        if not ids:
            return False
        if self.post_id in ids:
            place = ids.index(self.post_id) + step
        else:
            moment = self.moment
            later = [
                place for place, post in enumerate(posts) if moment is None or (post.planned_at or moment) >= moment
            ]
            place = (later[0] if later else len(ids)) if step > 0 else (later[0] if later else len(ids)) - 1
        if not 0 <= place < len(ids):
            return False
        self.choose(ids[place])
        return True

    @property
    def moment(self) -> datetime | None:
        """The moment of the place chosen."""
        if self.slot is None:
            return None
        return at(self.slot.day, self.slot.minute, self._face.words.zone)

    def next_warning(self, step: int) -> CalendarPost | None:
        """The next post that failed, is to be decided, or is warned of."""
        warned = [
            post
            for post in self.posts()
            if stance(post) in (Stance.FAILED, Stance.DECIDE) or post.warnings or post.signed_out
        ]
        ids = [post.id for post in warned]
        if not ids:
            return None
        if self.post_id in ids:
            return warned[(ids.index(self.post_id) + step) % len(ids)]
        return warned[0 if step > 0 else -1]

    def within(self, day: date) -> bool:
        return self.shown.days[0] <= day <= self.shown.days[0] + (len(self.shown.days) - 1) * DAY
