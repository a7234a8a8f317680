"""What was measured in a period and the one before it. Reads a row a day and account, never every sample."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from app.models.faq import FaqState, FaqWords
from app.models.insight import GAINS, Answered, Asked, Gauge, Measured, Metric, Note, Period, PostFigures
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostFormat
from app.runtime.clock import from_ms

MOST_ASKED = 5
LATE_MS = 30 * 86_400_000
"""A post that went out later than this after its time is not looked for."""
Starts = Callable[[date], int]
"""When a day begins, UTC milliseconds."""


def measured(
    connection: sqlite3.Connection, period: Period, accounts: Sequence[int], starts: Starts, language: str
) -> Measured:
    """`accounts` are those that are looked at; `starts` tells the shop's days; questions are told in `language`."""
    before = period.before
    edges = [starts(day) for day in (*before.each(), *period.each(), period.last + timedelta(days=1))]
    days = [*before.each(), *period.each()]

    def day_of(at: int) -> date:
        return days[bisect_right(edges, at) - 1]

    since, middle, until = edges[0], edges[before.days], edges[-1]
    networks = dict(connection.execute("SELECT id, network FROM account").fetchall())
    wanted = [number for number in accounts if number in networks]
    followers = [
        (
            number,
            _gauge(connection, number, middle, until, day_of),
            _gauge(connection, number, since, middle, day_of),
        )
        for number in wanted
    ]
    asked, questions = _asked(connection, (since, middle, until), language)
    return Measured(
        period=period,
        followers=followers,
        gains=_gains(connection, wanted, before.first, period.last),
        cases=_cases(connection, wanted, middle, until, day_of),
        cases_before=_cases(connection, wanted, since, middle, day_of),
        posts=_posts(connection, wanted, middle, until),
        posts_before=len(_sent(connection, wanted, since, middle)),
        asked=asked,
        questions=questions,
        notes=_notes(connection, period),
        networks=networks,
        measured_since=_measured_since(connection, wanted, starts),
    )


def _gauge(connection: sqlite3.Connection, account_id: int, since: int, until: int, day_of: Callable[[int], date]) -> Gauge:
    key = "metric = 'followers' AND subject = 'account' AND subject_id = ?"
    first = connection.execute(f"SELECT value FROM sample WHERE {key} AND at < ? ORDER BY at DESC LIMIT 1", (account_id, since)).fetchone()
    rows = connection.execute(f"SELECT at, value FROM sample WHERE {key} AND at >= ? AND at < ? ORDER BY at", (account_id, since, until))
    return Gauge(account_id, first[0] if first else None, {day_of(at): value for at, value in rows})


def _gains(connection: sqlite3.Connection, accounts: Sequence[int], first: date, last: date) -> dict[tuple[Metric, int, date], int]:
    found: dict[tuple[Metric, int, date], int] = {}
    sql = "SELECT day, gained FROM figure_day WHERE metric = ? AND account_id = ? AND day BETWEEN ? AND ?"
    for metric in GAINS:
        for number in accounts:
            for day, gained in connection.execute(sql, (metric, number, first.toordinal(), last.toordinal())):
                found[metric, number, date.fromordinal(day)] = gained
    return found


def _cases(
    connection: sqlite3.Connection, accounts: Sequence[int], since: int, until: int, day_of: Callable[[int], date]
) -> list[Answered]:
    """Cases that began in the span. One went by e-mail when a manager was asked about it, or the customer was led there, while it was open."""
    sql = (
        "SELECT s.opened_at, s.answered_in, s.solved_at IS NOT NULL,"
        " EXISTS (SELECT 1 FROM escalation AS e WHERE e.conversation_id = s.conversation_id AND e.asked_at >= s.opened_at"
        " AND e.asked_at <= coalesce(s.solved_at, e.asked_at))"
        " OR EXISTS (SELECT 1 FROM invitation AS i WHERE i.conversation_id = s.conversation_id AND i.invited_at >= s.opened_at"
        " AND i.invited_at <= coalesce(s.solved_at, i.invited_at))"
        " FROM support_case AS s JOIN conversation AS c ON c.id = s.conversation_id"
        f" WHERE s.opened_at >= ? AND s.opened_at < ? AND c.account_id IN ({_places(accounts)}) ORDER BY s.opened_at"
    )
    return [
        Answered(day_of(opened), None if took is None else timedelta(milliseconds=took), bool(solved), bool(by_email))
        for opened, took, solved, by_email in connection.execute(sql, (since, until, *accounts))
    ]


def _sent(connection: sqlite3.Connection, accounts: Sequence[int], since: int, until: int) -> dict[int, list[int]]:
    """Posts that went out in the span, with their deliveries."""
    sql = (
        "SELECT post_id, id FROM outbox WHERE state = ? AND kind = ? AND due_at >= ? AND due_at < ? AND sent_at >= ? AND sent_at < ?"
        f" AND post_id IS NOT NULL AND account_id IN ({_places(accounts)}) ORDER BY id"
    )
    found: dict[int, list[int]] = {}
    for post_id, number in connection.execute(
        sql, (DeliveryState.OUT, OutboxKind.POST, since - LATE_MS, until, since, until, *accounts)
    ):
        found.setdefault(post_id, []).append(number)
    return found


def _posts(connection: sqlite3.Connection, accounts: Sequence[int], since: int, until: int) -> list[PostFigures]:
    return [_post(connection, number, deliveries) for number, deliveries in _sent(connection, accounts, since, until).items()]


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
        post_id, title or _first_line(json.loads(parts)), pillar, PostFormat(kind), tuple(name for (name,) in networks), figures
    )


def _asked(connection: sqlite3.Connection, edges: tuple[int, int, int], language: str) -> tuple[list[Asked], int]:
    """The questions asked most in the period, and how many questions belong to any."""
    since, middle, until = edges
    count = "(SELECT count(*) FROM faq_asked AS q WHERE q.entry_id = e.id AND q.at >= ? AND q.at < ?)"
    sql = (
        f"SELECT e.id, e.question, e.category, e.state, {count}, {count} FROM faq_entry AS e"
        " WHERE e.state IN (?, ?, ?) AND e.removed_at IS NULL"
    )
    states = (FaqState.ASKED, FaqState.DRAFT, FaqState.PUBLISHED)
    rows = [
        Asked(number, FaqWords(json.loads(question)).asked_in(language), category, state == FaqState.PUBLISHED, now, before)
        for number, question, category, state, now, before in connection.execute(sql, (middle, until, since, middle, *states))
        if now
    ]
    rows.sort(key=lambda row: (-row.times, row.entry_id))
    return rows[:MOST_ASKED], sum(row.times for row in rows)


def _notes(connection: sqlite3.Connection, period: Period) -> list[Note]:
    first, last = period.first.isoformat(), period.last.isoformat()
    phases = connection.execute(
        "SELECT p.starts_on, p.ends_on, c.name, c.hue FROM phase AS p JOIN campaign AS c ON c.id = p.campaign_id"
        " WHERE p.kind = 'promo' AND p.starts_on <= ? AND p.ends_on >= ? AND c.removed_at IS NULL ORDER BY p.starts_on",
        (last, first),
    )
    marks = connection.execute(
        "SELECT on_day, on_day, title, '' FROM mark WHERE kind = 'launch' AND on_day BETWEEN ? AND ? AND removed_at IS NULL ORDER BY on_day",
        (first, last),
    )
    return [
        Note(date.fromisoformat(begins), date.fromisoformat(ends), title, hue) for begins, ends, title, hue in (*phases.fetchall(), *marks.fetchall())
    ]


def _measured_since(connection: sqlite3.Connection, accounts: Sequence[int], starts: Starts) -> date | None:
    """The first whole day on which an account was measured."""
    sql = "SELECT min(at) FROM sample WHERE metric = 'followers' AND subject = 'account' AND subject_id = ?"
    times = [at for number in accounts if (at := connection.execute(sql, (number,)).fetchone()[0]) is not None]
    if not times:
        return None
    day = from_ms(min(times)).date()  # of UTC: near enough to look from
    while starts(day) > min(times):
        day -= timedelta(days=1)
    while starts(day + timedelta(days=1)) <= min(times):
        day += timedelta(days=1)
    return day


def _places(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _first_line(parts: Sequence[str]) -> str:
    return next((line.strip() for part in parts for line in part.splitlines() if line.strip()), "")
