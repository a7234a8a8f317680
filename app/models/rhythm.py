"""The rhythm of a plan (product.md, P5): floods and silences of accounts, told from posts and their times. Pure; days are those of a zone.

A flood is more than an account's limit on a day, or two posts of one account within 45 minutes. A silence is more days from one post of
an account to its next than the account's limit. What is over is nobody's warning: it cannot be mended any more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise

from app.models.calendar import CalendarPost
from app.runtime.settings import Posting

DAY = timedelta(days=1)
CLOSE = timedelta(minutes=45)
"""Two posts of one account nearer than this are a flood."""
AHEAD_DAYS = 28
"""Silences that begin later are no news: nobody has planned that far."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What an account bears: posts a day, and days from one post to the next."""

    day_limit: int = 5
    silence_days: int = 2


@dataclass(frozen=True, slots=True)
class Paces:
    """Of all accounts; those without one of their own have the general one."""

    general: Pace = field(default_factory=Pace)
    own: Mapping[int, Pace] = field(default_factory=dict)

    @classmethod
    def of_settings(cls, posting: Posting) -> Paces:
        """As they are set."""
        general = Pace(posting.day_limit, posting.silence_days)
        return cls(general, {each: Pace(most or general.day_limit, days or general.silence_days) for each, most, days in posting.paces})

    def of(self, account_id: int) -> Pace:
        return self.own.get(account_id, self.general)

    def day_limit(self, account_id: int) -> int:
        return self.of(account_id).day_limit


class WarningKind(StrEnum):
    """What is the matter."""

    FLOOD = "flood"
    CLOSE = "close"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class RhythmWarning:
    """One thing to look at. Days are those of the shop."""

    kind: WarningKind
    first: date
    """The day; of a silence the day of the post before it, or the first day on which nothing is planned for anybody."""
    last: date
    """The same day; of a silence the day of the next post, or the last day looked at."""
    account_ids: tuple[int, ...]
    post_ids: tuple[int, ...] = ()
    """What makes it, in time order; of a silence nothing."""
    many: int = 0
    """Posts of the account that has the most (flood), minutes between the two (close), days (silence)."""
    limit: int = 0
    everybody: bool = False
    """Of a silence: no account has anything there."""
    open_end: bool = False
    """Of a silence: nothing follows."""

    def covers(self, day: date) -> bool:
        """Whether a day suffers from it: of a silence, the days between."""
        if self.kind is not WarningKind.SILENCE or self.everybody:
            return self.first <= day <= self.last
        return self.first < day and (day < self.last or (self.open_end and day == self.last))


@dataclass(frozen=True, slots=True)
class Edges:
    """Posts just outside of what is looked at, by account: the last before, the first after."""

    before: Mapping[int, datetime] = field(default_factory=dict)
    after: Mapping[int, datetime] = field(default_factory=dict)


NO_EDGES = Edges()


class Rhythm:
    """The posts of a span by account and day. Made once a span; what placing one post would do is asked of it."""

    def __init__(self, posts: Iterable[CalendarPost], zone: tzinfo) -> None:
        self.zone = zone
        self.days: dict[date, dict[int, int]] = {}
        """By day: posts of each account."""
        self.there: dict[date, list[CalendarPost]] = defaultdict(list)
        """By day, as they came."""
        self.posted: dict[int, set[date]] = defaultdict(set)
        """By account: days with a post."""
        self._known: dict[int, date] = {}
        for post in posts:
            if post.planned_at is not None and post.accounts:
                self.there[self.day_of(post.planned_at)].append(post)
        for day, there in self.there.items():
            counts = self.days[day] = {}
            for accounts, many in Counter([post.accounts for post in there]).items():  # most go to the same few
                for account in accounts:
                    counts[account] = counts.get(account, 0) + many
            for account in counts:
                self.posted[account].add(day)

    def day_of(self, moment: datetime) -> date:
        """Days begin on quarters of an hour, and a month has far fewer of them than posts: each is looked up once."""
        quarter = int(moment.timestamp() // 900)
        day = self._known.get(quarter)
        if day is None:
            day = self._known[quarter] = moment.astimezone(self.zone).date()
        return day

    def most(self, day: date, paces: Paces) -> tuple[int, int]:
        """(posts, limit) of the account that is furthest beyond its limit on a day; (0, 0) where none is."""
        found = (0, 0)
        for account, many in self.days.get(day, {}).items():
            limit = paces.day_limit(account)
            if many > limit and many - limit > found[0] - found[1]:
                found = (many, limit)
        return found


def look(
    rhythm: Rhythm, days: Sequence[date], accounts: Sequence[int], paces: Paces, now: datetime, edges: Edges = NO_EDGES
) -> list[RhythmWarning]:
    """All that is to be warned of within the days, which follow each other; in the order of time. `accounts` are those that publish."""
    today = now.astimezone(rhythm.zone).date()
    floods = _floods(rhythm, days, paces, now)
    flooded = {each.first for each in floods}
    near = _close(rhythm, [day for day in days if day >= today and day not in flooded], now)
    found = floods + near + _silences(rhythm, days, accounts, paces, today, edges)
    return sorted(found, key=lambda each: (each.first, each.kind, each.account_ids))


def _floods(rhythm: Rhythm, days: Sequence[date], paces: Paces, now: datetime) -> list[RhythmWarning]:
    """Of accounts and days on which something is still to come."""
    found, today = [], now.astimezone(rhythm.zone).date()
    for day in days:
        if day < today:
            continue
        counts = rhythm.days.get(day, {})
        over = {account for account, many in counts.items() if many > paces.day_limit(account)}
        if over and day == today:
            over &= {
                account
                for post in rhythm.there[day]
                if post.planned_at is not None and post.planned_at >= now
                for account in post.accounts
            }
        if over:
            worst = max(sorted(over), key=lambda account: counts[account] - paces.day_limit(account))
            posts = [
                (post.planned_at, post.id)
                for post in rhythm.there[day]
                if post.planned_at is not None and not over.isdisjoint(post.accounts)
            ]
            posts.sort()
            ids = tuple(number for _, number in posts)
            found.append(RhythmWarning(WarningKind.FLOOD, day, day, tuple(sorted(over)), ids, counts[worst], paces.day_limit(worst)))
    return found


def _close(rhythm: Rhythm, days: Sequence[date], now: datetime) -> list[RhythmWarning]:
    """Each pair once, with the accounts that have both. On a day that is flooded anyway nothing more is said."""
    times: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for day in days:
        for post in rhythm.there.get(day, ()):
            if post.planned_at is not None and post.planned_at >= now - CLOSE:
                for account in post.accounts:
                    times[account].append((post.planned_at, post.id))
    pairs: dict[tuple[datetime, datetime, int, int], list[int]] = defaultdict(list)
    for account, those in times.items():
        for (at, one), (then, other) in pairwise(sorted(those)):
            if then - at < CLOSE and then >= now:
                pairs[at, then, one, other].append(account)
    found = []
    for (at, then, one, other), accounts in pairs.items():
        day, minutes = at.astimezone(rhythm.zone).date(), round((then - at) / timedelta(minutes=1))
        found.append(RhythmWarning(WarningKind.CLOSE, day, day, tuple(sorted(accounts)), (one, other), minutes, 45))
    return found


def _silences(
    rhythm: Rhythm, days: Sequence[date], accounts: Sequence[int], paces: Paces, today: date, edges: Edges
) -> list[RhythmWarning]:
    """Accounts that are silent over the same days are one; where all of them are, the days without anything are."""
    spans: dict[tuple[date, date, bool], list[int]] = defaultdict(list)
    for account in accounts:
        for span in _gaps(rhythm, account, days, paces.of(account).silence_days, today, edges):
            spans[span].append(account)
    empty = _empty(rhythm, days, accounts, paces, today, edges)
    told = {day for first, last in empty for day in days if first <= day <= last}
    found = []
    for (first, last, open_end), silent in spans.items():
        limit = min(paces.of(account).silence_days for account in silent)
        warning = RhythmWarning(
            WarningKind.SILENCE, first, last, tuple(sorted(silent)), (), (last - first).days, limit, open_end=open_end
        )
        still = [day for day in days if day > today and warning.covers(day)]
        if not told or len([day for day in still if day not in told]) > 1:
            found.append(warning)
    for first, last in empty:
        limit = max((paces.of(account).silence_days for account in accounts), default=0)
        found.append(
            RhythmWarning(
                WarningKind.SILENCE,
                first,
                last,
                tuple(sorted(accounts)),
                (),
                (last - first).days + 1,
                limit,
                everybody=True,
            )
        )
    return found


def _gaps(
    rhythm: Rhythm, account: int, days: Sequence[date], limit: int, today: date, edges: Edges
) -> list[tuple[date, date, bool]]:
    """(day of the post before, day of the next, whether none follows) of an account's silences that touch the days and are not over."""
    zone = rhythm.zone
    posted = set(rhythm.posted.get(account, ()))
    before, after = edges.before.get(account), edges.after.get(account)
    if before is not None:
        posted.add(before.astimezone(zone).date())
    if after is not None:
        posted.add(after.astimezone(zone).date())
    order = sorted(posted)
    if not order:
        return []
    found = [
        (one, other, False)
        for one, other in pairwise(order)
        if (other - one).days > limit and other > today and one + DAY <= days[-1] and other - DAY >= days[0]
    ]
    end = days[-1]
    if after is None and order[-1] < end and end >= today and (end - max(order[-1], today - DAY)).days > limit:
        found.append((order[-1], end, True))
    return [each for each in found if max(each[0], today) <= today + AHEAD_DAYS * DAY]


def _empty(
    rhythm: Rhythm, days: Sequence[date], accounts: Sequence[int], paces: Paces, today: date, edges: Edges
) -> list[tuple[date, date]]:
    """Runs of days to come, as long as the shortest silence allowed or longer, on which no account has anything; only where something
    was ever planned.
    """
    if not accounts or not (rhythm.days or edges.before or edges.after):
        return []
    least = min(paces.of(account).silence_days for account in accounts)
    runs: list[tuple[date, date]] = []
    begins: date | None = None
    for day in [*days, None]:
        if day is not None and day > today and day <= today + AHEAD_DAYS * DAY and not rhythm.days.get(day):
            begins = begins or day
            ends = day
        elif begins is not None:
            if (ends - begins).days + 1 >= least:
                runs.append((begins, ends))
            begins = None
    return runs
