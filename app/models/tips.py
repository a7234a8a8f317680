"""Tips: what the user's own figures advise, each with what it rests on. Pure; where too little is known nothing is said.

Groups are compared by a rank test (Mann and Whitney) beside the size of the difference: a tip needs both, so that one lucky post is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import date, timedelta
from math import sqrt
from typing import NamedTuple, TypeVar

from app.models.insight import Asked
from app.models.post import PostFormat
from app.models.tip import Tip, TipKind
from app.runtime.words import Message, message

DAY = timedelta(days=1)
ASKED_DAYS = 7
"""Questions of so many days."""
WEEKS = 16
"""So far back posts and answers count."""
RIPE = timedelta(days=2)
"""A post younger than this has not got what it will get."""
LEAST_ASKED = 5
LEAST = 8
"""Fewer posts or answers than this, on either side, say nothing."""
LEAST_RATIO = 1.25
SURE = 2.58
"""Standard deviations: chance alone does as much in one of a hundred comparisons."""
LATE_SHARE = 0.2
MOST = 4
"""So many tips are told."""

K = TypeVar("K", bound=Hashable)


class PostResult(NamedTuple):
    """What a post got on an account: clicks, reposts and replies together. Weekday (0 is Monday) and hour are the shop's."""

    post_id: int
    account_id: int
    weekday: int
    hour: int
    pillar: str
    format: PostFormat
    value: int


class FirstAnswer(NamedTuple):
    """A case that was answered: the weekday on which it began (0 is Monday), and whether it took longer than promised."""

    weekday: int
    late: bool


class QuestionDay(NamedTuple):
    """How many questions came on a day; whether a post that sells went out on it or on the one before."""

    many: int
    after_promo: bool


class TipFacts(NamedTuple):
    """What tips are drawn from."""

    today: date
    """The shop's day: not over, so none of the days that count."""
    asked: Sequence[Asked] = ()
    """Of the last seven full days beside the seven before."""
    posts: Sequence[PostResult] = ()
    answers: Sequence[FirstAnswer] = ()
    promise_minutes: int = 60
    seconds_an_answer: int | None = None
    """The user's own pace."""
    questions: Sequence[QuestionDay] = ()
    """Full days since the first question that is known."""


def tips(facts: TipFacts) -> list[Tip]:
    """All that the figures bear out, the most useful first."""
    found = [*_asked(facts), *_slow_days(facts), *_after_promo(facts), *_posts(facts)]
    return found[:MOST]


# -- questions


def _asked(facts: TipFacts) -> list[Tip]:
    """Questions that come again and again and whose answer nobody can read yet."""
    rows = [row for row in facts.asked if not row.published and row.times >= LEAST_ASKED]
    rows.sort(key=lambda row: (-row.times, row.entry_id))
    return [_asked_tip(row, facts) for row in rows[:2]]


def _asked_tip(row: Asked, facts: TipFacts) -> Tip:
    first, last = facts.today - ASKED_DAYS * DAY, facts.today - DAY
    minutes = round(row.times * facts.seconds_an_answer / 60) if facts.seconds_an_answer is not None else 0
    if minutes:
        said = message("tips.asked_saves", question=row.question, n=row.times, minutes=minutes)
        evidence = message(
            "tips.asked_pace_evidence",
            n=row.times,
            first=first,
            last=last,
            before=row.before,
            seconds=facts.seconds_an_answer,
        )
    else:
        said = message("tips.asked", question=row.question, n=row.times)
        evidence = message("tips.asked_evidence", n=row.times, first=first, last=last, before=row.before)
    return Tip(TipKind.ASKED, f"{TipKind.ASKED}:{row.entry_id}", said, evidence, row.entry_id, row.question)


# -- answers


def _slow_days(facts: TipFacts) -> list[Tip]:
    """The weekday on which answers are late far more often than on the others."""
    found: list[tuple[float, Tip]] = []
    for weekday in range(7):
        there = [each.late for each in facts.answers if each.weekday == weekday]
        others = [each.late for each in facts.answers if each.weekday != weekday]
        if len(there) < LEAST or len(others) < LEAST:
            continue
        share, usual = sum(there) / len(there), sum(others) / len(others)
        if share < LATE_SHARE or share < 2 * usual or _apart(sum(there), len(there), sum(others), len(others)) < SURE:
            continue
        first, last = _span(facts)
        day = _weekday(weekday)
        tip = Tip(
            TipKind.SLOW_DAY,
            f"{TipKind.SLOW_DAY}:{weekday}",
            message("tips.slow_day", day=day, late=sum(there), n=len(there)),
            message(
                "tips.slow_day_evidence",
                day=day,
                late=sum(there),
                n=len(there),
                others_late=sum(others),
                others=len(others),
                minutes=facts.promise_minutes,
                first=first,
                last=last,
            ),
        )
        found.append((share, tip))
    return [tip for _, tip in sorted(found, key=lambda each: -each[0])[:1]]


def _after_promo(facts: TipFacts) -> list[Tip]:
    """Whether more is asked on the days on which something was sold, and on those after them, than on all others."""
    there = [day.many for day in facts.questions if day.after_promo]
    others = [day.many for day in facts.questions if not day.after_promo]
    if len(there) < LEAST or len(others) < LEAST or not sum(others):
        return []
    each, usual = sum(there) / len(there), sum(others) / len(others)
    if each / usual < LEAST_RATIO or standing_out(there, others) < SURE:
        return []
    first, last = _span(facts)
    said = message("tips.after_promo", times=round(each / usual, 1))
    evidence = message(
        "tips.after_promo_evidence",
        each=round(each, 1),
        n=len(there),
        usual=round(usual, 1),
        others=len(others),
        first=first,
        last=last,
    )
    return [Tip(TipKind.AFTER_PROMO, str(TipKind.AFTER_PROMO), said, evidence)]


def _apart(some: int, of: int, others: int, of_others: int) -> float:
    """How far two shares are apart, in standard deviations."""
    whole = (some + others) / (of + of_others)
    spread = sqrt(whole * (1 - whole) * (1 / of + 1 / of_others))
    return (some / of - others / of_others) / spread if spread else 0.0


# -- posts


class _Weighed(NamedTuple):
    """A post, beside what is usual on its accounts (1 is usual)."""

    post: PostResult
    weight: float


def weighed(posts: Sequence[PostResult]) -> list[_Weighed]:
    """One for each post: the mean, over its accounts, of what it got beside the account's median, for accounts differ in size. Accounts
    with few posts, or where hardly anything is ever measured, say nothing.
    """
    by_account: dict[int, list[int]] = defaultdict(list)
    for post in posts:
        by_account[post.account_id].append(post.value)
    usual = {
        account: median(values) for account, values in by_account.items() if len(values) >= LEAST and median(values) > 0
    }
    by_post: dict[int, list[tuple[PostResult, float]]] = defaultdict(list)
    for post in posts:
        if post.account_id in usual:
            by_post[post.post_id].append((post, post.value / usual[post.account_id]))
    return [_Weighed(there[0][0], sum(weight for _, weight in there) / len(there)) for there in by_post.values()]


class _Found(NamedTuple):
    """A group that stands out."""

    tip: Tip
    ratio: float
    posts: frozenset[int]


def _posts(facts: TipFacts) -> list[Tip]:
    """The groups that stand out most; where half of a group's posts made a better tip already, it would tell the same twice."""
    known = weighed(facts.posts)
    found = [
        _best(
            TipKind.FORMAT,
            known,
            lambda post: post.format,
            lambda kind: {"kind": Message(f"tips.format.{kind}")},
            facts,
        ),
        _best(
            TipKind.PILLAR,
            known,
            lambda post: post.pillar,
            lambda pillar: {"pillar": Message(f"pillar.{pillar}")},
            facts,
        ),
        _best(
            TipKind.HOUR,
            known,
            lambda post: (post.weekday, post.hour),
            lambda when: {"day": _weekday(when[0]), "hour": when[1]},
            facts,
        ),
    ]
    told: list[_Found] = []
    for each in sorted((each for each in found if each is not None), key=lambda each: -each.ratio):
        if not any(2 * len(each.posts & better.posts) > len(each.posts) for better in told):
            told.append(each)
    return [each.tip for each in told]


def _best(
    kind: TipKind,
    known: Sequence[_Weighed],
    group_of: Callable[[PostResult], K],
    named: Callable[[K], dict[str, object]],
    facts: TipFacts,
) -> _Found | None:
    """The group of posts that gets far more than all others, where one does."""
    groups: dict[K, list[_Weighed]] = defaultdict(list)
    for each in known:
        groups[group_of(each.post)].append(each)
    best: _Found | None = None
    first, last = _span(facts)
    for group, members in groups.items():
        there = [each.weight for each in members]
        others = [each.weight for other, those in groups.items() if other != group for each in those]
        if not group or len(there) < LEAST or len(others) < LEAST or median(others) <= 0:
            continue
        ratio = median(there) / median(others)
        if ratio < LEAST_RATIO or (best is not None and ratio <= best.ratio) or standing_out(there, others) < SURE:
            continue
        key = f"{kind}:{'-'.join(map(str, group)) if isinstance(group, tuple) else group}"
        said = Message(f"tips.{kind}", {**named(group), "times": round(ratio, 1)})
        evidence = message("tips.posts_evidence", n=len(there), others=len(others), first=first, last=last)
        best = _Found(Tip(kind, key, said, evidence), ratio, frozenset(each.post.post_id for each in members))
    return best


def standing_out(group: Sequence[float], others: Sequence[float]) -> float:
    """How surely a group lies above the others, in standard deviations of the rank sum (Mann and Whitney, corrected for ties)."""
    n, m = len(group), len(others)
    ordered = sorted([(value, True) for value in group] + [(value, False) for value in others])
    ranks, ties, place = 0.0, 0, 0
    while place < n + m:
        end = place
        while end < n + m and ordered[end][0] == ordered[place][0]:
            end += 1
        alike = end - place
        ranks += (place + 1 + end) / 2 * sum(mine for _, mine in ordered[place:end])
        ties += alike**3 - alike
        place = end
    whole = n + m
    variance = n * m / 12 * (whole + 1 - ties / (whole * (whole - 1))) if whole > 1 else 0.0
    return (ranks - n * (n + 1) / 2 - n * m / 2) / sqrt(variance) if variance > 0 else 0.0


def median(values: Sequence[float]) -> float:
    """Of one value or more."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _span(facts: TipFacts) -> tuple[date, date]:
    return facts.today - WEEKS * 7 * DAY, facts.today - DAY


def _weekday(weekday: int) -> Message:
    return Message(f"format.long_weekday.{weekday + 1}")
