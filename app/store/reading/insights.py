"""What was measured in a period and the one before it. Reads a row a day and account, never every sample."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from app.models.faq import FaqState, FaqWords
from app.models.insight import GAINS, Answered, Asked, Gauge, Measured, Metric, Note, Period, PostFigures, Scope
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostFormat
from app.runtime.clock import from_ms

MOST_ASKED = 5
MARKS = ("launch", "contest", "holiday", "own")
LATE_MS = 30 * 86_400_000
"""A post that went out later than this after its time is not looked for."""
Starts = Callable[[date], int]
"""When a day begins, UTC milliseconds."""


def measured(connection: sqlite3.Connection, scope: Scope, starts: Starts) -> Measured:
    """`starts` tells the shop's days."""
    now, then = Days(scope.period, starts), Days(scope.compared, starts)
    networks = dict(connection.execute("SELECT id, network FROM account").fetchall())
    wanted = [number for number in scope.accounts if number in networks]
    asked, questions = _asked(connection, now, then, scope.language)
    return Measured(
        period=scope.period,
        beside=scope.compared,
        followers=[(number, _gauge(connection, number, now), _gauge(connection, number, then)) for number in wanted],
        gains=_gains(connection, wanted, scope.period) | _gains(connection, wanted, scope.compared),
        cases=_cases(connection, wanted, now),
        cases_before=_cases(connection, wanted, then),
        posts=_posts(connection, wanted, now),
        posts_before=len(_sent(connection, wanted, then)),
        asked=asked,
        questions=questions,
        notes=notes(connection, scope.period),
        networks=networks,
        measured_since=_measured_since(connection, wanted, starts),
    )


class Days:
    """When the days of a period begin and end, UTC milliseconds."""

    def __init__(self, period: Period, starts: Starts) -> None:
        self.days = period.each()
        self._edges = [starts(day) for day in self.days]
        self.since = self._edges[0]
        self.until = starts(period.last + timedelta(days=1))

    def day_of(self, at: int) -> date:
        """Of a moment within the period."""
        return self.days[bisect_right(self._edges, at) - 1]


def _gauge(connection: sqlite3.Connection, account_id: int, days: Days) -> Gauge:
    key = "metric = 'followers' AND subject = 'account' AND subject_id = ?"
    first = connection.execute(f"SELECT value FROM sample WHERE {key} AND at < ? ORDER BY at DESC LIMIT 1", (account_id, days.since)).fetchone()
    rows = connection.execute(f"SELECT at, value FROM sample WHERE {key} AND at >= ? AND at < ? ORDER BY at", (account_id, days.since, days.until))
    return Gauge(account_id, first[0] if first else None, {days.day_of(at): value for at, value in rows})


def _gains(connection: sqlite3.Connection, accounts: Sequence[int], period: Period) -> dict[tuple[Metric, int, date], int]:
    found: dict[tuple[Metric, int, date], int] = {}
    sql = "SELECT day, gained FROM figure_day WHERE metric = ? AND account_id = ? AND day BETWEEN ? AND ?"
    for metric in GAINS:
        for number in accounts:
            for day, gained in connection.execute(sql, (metric, number, period.first.toordinal(), period.last.toordinal())):
                found[metric, number, date.fromordinal(day)] = gained
    return found


def _cases(connection: sqlite3.Connection, accounts: Sequence[int], days: Days) -> list[Answered]:
    """Cases that began in the span; spam and trolls are no support. One went by e-mail when a manager was asked about it, or the customer was led there, while it was open."""
    sql = (
        "SELECT s.opened_at, s.answered_in, s.solved_at IS NOT NULL,"
        " EXISTS (SELECT 1 FROM escalation AS e WHERE e.conversation_id = s.conversation_id AND e.asked_at >= s.opened_at"
        " AND e.asked_at <= coalesce(s.solved_at, e.asked_at))"
        " OR EXISTS (SELECT 1 FROM invitation AS i WHERE i.conversation_id = s.conversation_id AND i.invited_at >= s.opened_at"
        " AND i.invited_at <= coalesce(s.solved_at, i.invited_at))"
        " FROM support_case AS s JOIN conversation AS c ON c.id = s.conversation_id"
        f" WHERE s.opened_at >= ? AND s.opened_at < ? AND s.category NOT IN ('spam', 'troll') AND c.account_id IN ({_places(accounts)}) ORDER BY s.opened_at"
    )
    return [
        Answered(days.day_of(opened), None if took is None else timedelta(milliseconds=took), bool(solved), bool(by_email))
        for opened, took, solved, by_email in connection.execute(sql, (days.since, days.until, *accounts))
    ]


def _sent(connection: sqlite3.Connection, accounts: Sequence[int], days: Days) -> dict[int, list[int]]:
    """Posts that went out in the span, with their deliveries."""
    sql = (
        "SELECT post_id, id FROM outbox WHERE state = ? AND kind = ? AND due_at >= ? AND due_at < ? AND sent_at >= ? AND sent_at < ?"
        f" AND post_id IS NOT NULL AND account_id IN ({_places(accounts)}) ORDER BY id"
    )
    found: dict[int, list[int]] = {}
    for post_id, number in connection.execute(
        sql, (DeliveryState.OUT, OutboxKind.POST, days.since - LATE_MS, days.until, days.since, days.until, *accounts)
    ):
        found.setdefault(post_id, []).append(number)
    return found


def _posts(connection: sqlite3.Connection, accounts: Sequence[int], days: Days) -> list[PostFigures]:
    return [_post(connection, number, deliveries) for number, deliveries in _sent(connection, accounts, days).items()]


def _post(connection: sqlite3.Connection, post_id: int, deliveries: Sequence[int]) -> PostFigures:
    title, parts, pillar, kind = connection.execute("SELECT title, parts, pillar, format FROM post WHERE id = ?", (post_id,)).fetchone()
    places = _places(deliveries)
    networks = connection.execute(
        f"SELECT DISTINCT a.network FROM outbox AS o JOIN account AS a ON a.id = o.account_id WHERE o.id IN ({places}) ORDER BY a.position", deliveries
    )
    figures: dict[Metric, int] = {}
    latest = "SELECT value FROM sample WHERE metric = ? AND subject = 'post' AND subject_id = ? ORDER BY at DESC LIMIT 1"
    for metric in GAINS:
        values = [found[0] for number in deliveries if (found := connection.execute(latest, (metric, number)).fetchone()) is not None]
        if values:
            figures[metric] = sum(values)
    return PostFigures(
        post_id, title or first_line(json.loads(parts)), pillar, PostFormat(kind), tuple(name for (name,) in networks), figures
    )


def _asked(connection: sqlite3.Connection, days: Days, before_days: Days, language: str) -> tuple[list[Asked], int]:
    """The questions asked most in the period, and how many questions belong to any."""
    count = "(SELECT count(*) FROM faq_asked AS q WHERE q.entry_id = e.id AND q.at >= ? AND q.at < ?)"
    sql = (
        f"SELECT e.id, e.question, e.category, e.state, {count}, {count} FROM faq_entry AS e"
        " WHERE e.state IN (?, ?, ?) AND e.removed_at IS NULL"
    )
    states = (FaqState.ASKED, FaqState.DRAFT, FaqState.PUBLISHED)
    rows = [
        Asked(number, FaqWords(json.loads(question)).asked_in(language), category, state == FaqState.PUBLISHED, now, before)
        for number, question, category, state, now, before in connection.execute(sql, (days.since, days.until, before_days.since, before_days.until, *states))
        if now
    ]
    rows.sort(key=lambda row: (-row.times, row.entry_id))
    return rows[:MOST_ASKED], sum(row.times for row in rows)


def notes(connection: sqlite3.Connection, period: Period) -> list[Note]:
    """What the calendar says of the days: phases of campaigns, launches, contests, the shop's own days; in the order of time."""
    first, last = period.first.isoformat(), period.last.isoformat()
    phases = connection.execute(
        "SELECT p.starts_on, p.ends_on, c.name || CASE WHEN p.title <> '' THEN ' · ' || p.title ELSE '' END, c.hue FROM phase AS p"
        " JOIN campaign AS c ON c.id = p.campaign_id WHERE p.starts_on <= ? AND p.ends_on >= ? AND c.removed_at IS NULL ORDER BY p.starts_on",
        (last, first),
    )
    marks = connection.execute(
        f"SELECT on_day, on_day, title, '' FROM mark WHERE kind IN ({_places(MARKS)}) AND on_day BETWEEN ? AND ? AND removed_at IS NULL"
        " ORDER BY on_day",
        (*MARKS, first, last),
    )
    found = [Note(date.fromisoformat(begins), date.fromisoformat(ends), title, hue) for begins, ends, title, hue in (*phases, *marks)]
    return sorted(found, key=lambda note: (note.first, note.last))


def _measured_since(connection: sqlite3.Connection, accounts: Sequence[int], starts: Starts) -> dict[int, date]:
    """The first day on which an account, or anything that it posted, was measured."""
    sql = "SELECT min(at) FROM sample WHERE metric = 'followers' AND subject = 'account' AND subject_id = ?"
    gained = "SELECT min(day) FROM figure_day WHERE metric = ? AND account_id = ?"
    found: dict[int, date] = {}
    for number in accounts:
        at = connection.execute(sql, (number,)).fetchone()[0]
        days = [connection.execute(gained, (metric, number)).fetchone()[0] for metric in GAINS]
        known = [date.fromordinal(day) for day in days if day is not None] + ([] if at is None else [_day_of(at, starts)])
        if known:
            found[number] = min(known)
    return found


def _day_of(at: int, starts: Starts) -> date:
    day = from_ms(at).date()  # of UTC: near enough to look from
    while starts(day) > at:
        day -= timedelta(days=1)
    while starts(day + timedelta(days=1)) <= at:
        day += timedelta(days=1)
    return day


def _places(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def first_line(parts: Sequence[str]) -> str:
    """What a post without a title is called."""
    return next((line.strip() for part in parts for line in part.splitlines() if line.strip()), "")
