"""Every KPI of the summary a second way: plain Python over raw samples and cases, on random months with gaps, clock changes, deleted posts,
accounts that came late, and figures that fall. Compared exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from app.models.insight import GAINS, Metric, Period, Scope, Summary
from app.models.post import PostFormat
from app.models.tables.case import Case
from app.models.tables.mail import Escalation, Manager
from app.models.tables.outbox import OutboxItem
from app.models.tables.post import Post
from app.store.database import Database
from app.store.reading.insight_queries import StoreInsightQueries
from app.store.rollup import SEEN_IN_TIME_MS, days
from app.store.writing import rollup, samples
from tests.fakes.clock import FakeClock
from tests.store.making import add_account, arrival, keep

DAY_MS, HOUR_MS = 86_400_000, 3_600_000
ZONES = ("Europe/Madrid", "America/Mexico_City", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")
TODAY = date(2026, 11, 20)
"""Of the Madrid autumn: 25 October has 25 hours and lies in the 28 days; that of 2025 lies in last year's."""


@dataclass
class World:
    """What was written, kept in plain lists."""

    zone: ZoneInfo
    accounts: list[int] = field(default_factory=list)
    sent: dict[int, tuple[int, int, int, PostFormat]] = field(default_factory=dict)
    """(account, post, sent at, format) by delivery."""
    rows: dict[tuple[str, str, int, int], int] = field(default_factory=dict)
    cases: list[tuple[int, int, int | None, bool, bool, str]] = field(default_factory=list)
    """(account, opened, minutes to the first answer, solved, by e-mail, category)."""

    sorted_rows: dict[tuple[str, str, int], list[tuple[int, int]]] = field(default_factory=dict)
    seen: dict[int, date] = field(default_factory=dict)

    def series(self, metric: str, subject: str, number: int) -> list[tuple[int, int]]:
        if not self.sorted_rows:
            for (kind, of, which, at), value in sorted(self.rows.items()):
                self.sorted_rows.setdefault((kind, of, which), []).append((at, value))
        return self.sorted_rows.get((str(metric), subject, number), [])

    def day(self, at: int) -> date:
        if at not in self.seen:
            self.seen[at] = self._day(at)
        return self.seen[at]

    def _day(self, at: int) -> date:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(self.zone).date()


def ms(day: date, hours: float = 0.0) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000 + hours * HOUR_MS)


def build(database: Database, zone: str, seed: int) -> World:
    chance, world = Random(seed), World(ZoneInfo(zone))
    database.write_now(rollup.set_days, days(world.zone), bulk=True)
    begins = TODAY - timedelta(days=420)
    for number in range(4):
        account = add_account(database, f"@aurora{number}", ("mastodon", "bluesky", "x", "mastodon")[number])
        world.accounts.append(account)
        came = begins + timedelta(days=(0, 0, chance.choice((330, 370, 395, 410)), chance.choice((5, 405)))[number])
        total = chance.randrange(50, 4_000)
        day, off = came, 0
        while day < TODAY:
            if off:
                off -= 1
            elif chance.random() < 0.04:
                off = chance.choice((1, 2, 5, 12))
            else:
                for _ in range(chance.choice((1, 1, 2))):
                    total = max(0, total + chance.randrange(-6, 14))
                    world.rows["followers", "account", account, ms(day, chance.uniform(0, 24))] = total
            day += timedelta(days=1)
    posts = [_post(chance, world, number, begins) for number in range(1, 61)]
    accounts_of = {number: chance.sample(world.accounts, chance.choice((1, 1, 2))) for number, *_ in posts}

    def write(session: Session) -> None:
        for number, at, kind, deleted in posts:
            session.add(Post(id=number, title=f"Novedad {number}", format=kind, planned_at=at, created_at=at, saved_at=at, deleted_at=at + DAY_MS if deleted else None))
        session.flush()
        for number, at, kind, deleted in posts:
            for account in accounts_of[number]:
                item = len(world.sent) + 1
                session.add(
                    OutboxItem(
                        id=item, account_id=account, kind="post", state="out", key=f"k{item}", post_id=number, due_at=at, sent_at=at,
                        remote_id=f"r{item}", created_at=at, deleted_at=at + DAY_MS if deleted else None,
                    )
                )  # fmt: skip
                world.sent[item] = (account, number, at, kind)

    database.write_now(write)
    for item, (_, _, at, _) in world.sent.items():
        _figures(chance, world, item, at)
    rows = [(*key, value) for key, value in world.rows.items()]
    chance.shuffle(rows)
    for part in range(0, len(rows), 400):
        database.write_now(samples.add, rows[part : part + 400], bulk=True)
    _cases(database, chance, world)
    return world


def _post(chance: Random, world: World, number: int, begins: date) -> tuple[int, int, PostFormat, bool]:
    recent = number % 3 != 0
    day = TODAY - timedelta(days=chance.randrange(0, 70)) if recent else begins + timedelta(days=chance.randrange(0, 90))
    return number, ms(day, chance.uniform(0, 24)), chance.choice(list(PostFormat)), chance.random() < 0.1


def _figures(chance: Random, world: World, item: int, sent: int) -> None:
    """Some figures are never told, some begin late, some fall, and the last come weeks later."""
    for metric in (*GAINS, "likes"):
        if chance.random() < 0.2:
            continue
        at, total = sent + int(chance.choice((0.2, 1, 30, 49, 80)) * HOUR_MS), 0
        while at < ms(TODAY) and chance.random() < 0.92:
            total = max(0, total + chance.randrange(-2, 30))
            world.rows[str(metric), "post", item, at] = total
            at += int(chance.choice((1, 6, 24, 24, 72, 400)) * HOUR_MS) + chance.randrange(HOUR_MS)


def _cases(database: Database, chance: Random, world: World) -> None:
    for place, account in enumerate(world.accounts):
        keep(database, account, *(arrival(f"m{place}-{number}", thread_key=f"t{place}-{number}") for number in range(30)))
    conversations = database.reader.now(lambda c: c.execute("SELECT id, account_id FROM conversation ORDER BY id").fetchall())
    added: list[object] = [Manager(name="Marta", email="marta@tienda.example")]
    for number, account in conversations:
        opened = ms(TODAY - timedelta(days=chance.randrange(0, 60)), chance.uniform(0, 24))
        took = None if chance.random() < 0.3 else chance.randrange(1, 900)
        solved, mailed = chance.random() < 0.7, chance.random() < 0.3
        category = chance.choice(("order", "other", "other", "spam"))
        ends = opened + 20 * HOUR_MS
        added.append(
            Case(
                conversation_id=number, category=category, opened_at=opened, answered_at=None if took is None else opened + took * 60_000,
                answered_in=None if took is None else took * 60_000, solved_at=ends if solved else None,
            )
        )  # fmt: skip
        if mailed:
            added.append(Escalation(conversation_id=number, manager_id=1, account_id=account, token=f"t{number}", asked_at=opened + 60_000))
        world.cases.append((account, opened, took, solved, mailed, category))
    for row in added:
        database.write_now(Session.add, row)


def summary(database: Database, scope: Scope) -> Summary:
    return database.reader.now(lambda connection: StoreInsightQueries(connection, FakeClock()).summary(scope))


# ---- the second way


def gained(world: World, metric: Metric, accounts: Sequence[int], period: Period) -> dict[date, int]:
    """What each day brought, from every sample."""
    found: dict[date, int] = {}
    for item, (account, _, sent, _) in world.sent.items():
        if account not in accounts:
            continue
        series = world.series(metric, "post", item)
        if series:
            first_at, first = series[0]
            base = 0 if first_at - sent <= SEEN_IN_TIME_MS else first
            for (_, before), (at, value) in pairwise([(0, base), *series]):
                day = world.day(at)
                if period.first <= day <= period.last:
                    found[day] = found.get(day, 0) + value - before
    return found


def followers(world: World, account: int) -> list[tuple[date, int]]:
    return [(world.day(at), value) for at, value in world.series("followers", "account", account)]


def whole(world: World, account: int, scope: Scope) -> bool:
    """Measured before both periods began, and about their first and last days; by its posts alone where nobody told followers by then."""
    series = followers(world, account)
    gains = [day for metric in GAINS for day in gained(world, metric, [account], Period(date.min, date.max))]
    if min([day for day, _ in series] + gains, default=date.max) > scope.compared.first:
        return False
    if not any(day <= max(scope.period.last, scope.compared.last) for day, _ in series):
        return True
    for period in (scope.period, scope.compared):
        within = [day for day, _ in series if period.first <= day <= period.last]
        if not any(day <= period.first + timedelta(days=2) for day in within) or not any(day >= period.last - timedelta(days=2) for day in within):
            return False
    return True


def last(world: World, account: int, period: Period) -> int | None:
    return next((value for day, value in reversed(followers(world, account)) if day <= period.last), None)


def check(world: World, scope: Scope, found: Summary) -> int:
    """Asserts that every figure is the same; answers how many were compared."""
    same = [account for account in scope.accounts if whole(world, account, scope)]
    _check_followers(world, scope, found, same)
    for metric in GAINS:
        kpi = found.kpi(metric)
        now, alike, then = gained(world, metric, scope.accounts, scope.period), gained(world, metric, same, scope.period), gained(world, metric, same, scope.compared)
        assert kpi.value == (sum(now.values()) if now else None)
        assert list(kpi.series) == [now.get(day) for day in scope.period.each()]
        compares = bool(alike) and bool(then)
        assert kpi.before == (sum(then.values()) if compares else None)
        change = kpi.change
        if compares and sum(then.values()) > 0:
            assert change is not None
            assert change.amount == (sum(alike.values()) - sum(then.values())) / sum(then.values())
        else:
            assert change is None
        assert kpi.samples == len({post for account, post, at, _ in world.sent.values() if account in scope.accounts and scope.period.first <= world.day(at) <= scope.period.last})
    _check_answers(world, scope, found)
    _check_averages(world, scope, found)
    return len(found.kpis)


def _check_followers(world: World, scope: Scope, found: Summary, same: Sequence[int]) -> None:
    kpi = found.kpi(Metric.FOLLOWERS)
    known = {account: value for account in scope.accounts if (value := last(world, account, scope.period)) is not None}
    assert kpi.value == (sum(known.values()) if known else None)
    before = {account: value for account in same if (value := last(world, account, scope.compared)) is not None}
    assert kpi.before == (sum(before.values()) if before else None)
    assert (kpi.samples, kpi.samples_before) == (len(known), len(before))
    change = kpi.change
    if before and sum(before.values()) > 0:
        assert change is not None
        assert change.amount == (sum(known[account] for account in before) - sum(before.values())) / sum(before.values())
    else:
        assert change is None
    for place, day in enumerate(scope.period.each()):
        of_day = [next((value for when, value in reversed(followers(world, account)) if when == day), None) for account in known]
        assert kpi.series[place] == (None if not of_day or None in of_day else sum(value or 0 for value in of_day))


def _check_answers(world: World, scope: Scope, found: Summary) -> None:
    for name, period in (("value", scope.period), ("before", scope.compared)):
        cases = [case for case in world.cases if case[0] in scope.accounts and period.first <= world.day(case[1]) <= period.last and case[5] != "spam"]
        took = [case[2] for case in cases if case[2] is not None]
        solved = [case for case in cases if case[3]]
        assert getattr(found.kpi(Metric.ANSWER_MINUTES), name) == (median(took) if took else None)
        assert getattr(found.kpi(Metric.WITHOUT_EMAIL), name) == (sum(not case[4] for case in solved) / len(solved) if solved else None)
        if name == "value":
            assert sum(each.cases for each in found.bins) == len(took)


def _check_averages(world: World, scope: Scope, found: Summary) -> None:
    for average in found.averages:
        for value, sells in ((average.informs, False), (average.sells, True)):
            of_post: dict[int, int] = {}
            for item, (account, post, at, kind) in world.sent.items():
                if account in scope.accounts and scope.period.first <= world.day(at) <= scope.period.last and (kind is PostFormat.PROMO) == sells:
                    series = world.series(average.metric, "post", item)
                    if series:
                        of_post[post] = of_post.get(post, 0) + series[-1][1]
            assert value == (sum(of_post.values()) / len(of_post) if of_post else None)


@pytest.mark.parametrize(("zone", "seed"), [(zone, seed) for seed, zone in enumerate(ZONES * 3)])
def test_every_kpi_is_what_plain_python_finds_in_the_raw_samples(database: Database, zone: str, seed: int) -> None:
    world = build(database, zone, seed)
    chance = Random(seed)
    figures = 0
    for length, back in ((28, 0), (7, 0), (7, 3), (28, 1), (90, 0), (1, chance.randrange(30))):
        period = Period(TODAY - timedelta(days=length), TODAY - timedelta(days=1)).moved(-back)
        last_year = Period(period.first.replace(year=2025), period.first.replace(year=2025) + timedelta(days=length - 1))
        for compared in (period.before, last_year, period.moved(-chance.randrange(2, 4))):
            accounts = tuple(chance.sample(world.accounts, chance.choice((1, 2, 4))))
            scope = Scope(period, compared, accounts, world.zone, "es")
            figures += check(world, scope, summary(database, scope))
    assert figures == 18 * (len(GAINS) + 3), "each figure of each summary"


def test_the_random_months_hold_what_they_should(database: Database) -> None:
    """A comparison that is told, one that is not, a day of 25 hours, and an account that came late: else the test above says nothing."""
    world = build(database, ZONES[0], 0)
    period = Period(TODAY - timedelta(days=28), TODAY - timedelta(days=1))
    scope = Scope(period, period.before, tuple(world.accounts), world.zone, "es")
    found = summary(database, scope)
    assert {whole(world, account, scope) for account in world.accounts} == {True, False}
    assert found.kpi(Metric.FOLLOWERS).change is not None
    assert None in found.kpi(Metric.FOLLOWERS).series
    assert date(2026, 10, 25) in period.each()
