"""What answering came to: cases of a period with how they went, customers' messages by hour, and calendar months beside the call centre's.

Reads the cases of the period by their index and the messages of their conversations, nothing else.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, NamedTuple

from app.models.conversation import Category
from app.models.insight import Period, Scope
from app.models.message import MessageKind
from app.models.support_figures import (
    MONTHS,
    NO_SUPPORT,
    CallMonth,
    CaseFacts,
    MonthLine,
    Read,
    StandardAnswer,
    Support,
    support,
)
from app.runtime.clock import from_ms

CHUNK = 400
MOST_STANDARDS = 8
Worked = Callable[[int, int], int]
"""Milliseconds of working time between two moments (UTC milliseconds)."""
Starts = Callable[[date], int]
"""When a day begins, UTC milliseconds."""
_NO_SUPPORT = ", ".join(f"'{each}'" for each in sorted(NO_SUPPORT))


class _Case(NamedTuple):
    """A case as it is stored; times in UTC milliseconds."""

    id: int
    conversation_id: int
    category: str
    opened_at: int
    answered_in: int | None
    solved_in: int | None
    replies: int
    by_email: int


class _Spoken(NamedTuple):
    """What was said in a case."""

    next_in: list[int]
    titles: set[str]


def read(connection: sqlite3.Connection, scope: Scope, starts: Starts, worked: Worked, now_ms: int) -> Support:
    """`worked` counts working time; `starts` tells the shop's days."""
    accounts = scope.accounts
    since, until = _edges(scope.period, starts)
    before, before_until = _edges(scope.compared, starts)
    first = known_since(connection, accounts)
    known = first is not None and first <= before
    titles: Counter[str] = Counter()
    cases = _facts(connection, accounts, since, until, scope.zone, worked, titles)
    standards = [StandardAnswer(title, many) for title, many in sorted(titles.items(), key=lambda each: (-each[1], each[0]))]
    return support(
        Read(
            cases,
            _facts(connection, accounts, before, before_until, scope.zone, worked, Counter()) if known else None,
            standards[:MOST_STANDARDS],
            _heard(connection, accounts, since, until, scope.zone),
            _months(connection, accounts, scope.period.last, starts, now_ms),
            None if first is None else from_ms(first).astimezone(scope.zone).date(),
        )
    )


def known_since(connection: sqlite3.Connection, accounts: Sequence[int]) -> int | None:
    """When the first message was written that is known of these accounts."""
    # By the index of times: the first that is of one of them comes soon.
    sql = f"SELECT at FROM message WHERE +account_id IN ({_places(accounts)}) ORDER BY at LIMIT 1"
    found = connection.execute(sql, tuple(accounts)).fetchone()
    return found[0] if found else None


def call_months(connection: sqlite3.Connection) -> list[CallMonth]:
    """All that were noted, the newest first."""
    rows = connection.execute("SELECT month, calls, mean_seconds FROM call_month ORDER BY month DESC")
    return [CallMonth(*row) for row in rows]


def _edges(period: Period, starts: Starts) -> tuple[int, int]:
    return starts(period.first), starts(period.last + timedelta(days=1))


def _facts(
    connection: sqlite3.Connection, accounts: Sequence[int], since: int, until: int, zone: tzinfo, worked: Worked, titles: Counter[str]
) -> list[CaseFacts]:
    """Cases that began in the span; `titles` counts the answers of the playbook that were sent in them."""
    sql = (
        "SELECT s.id, s.conversation_id, s.category, s.opened_at, s.answered_in, CASE WHEN s.solved_at IS NULL THEN NULL"
        " ELSE coalesce(s.solved_in, 0) END, s.replies,"
        " EXISTS (SELECT 1 FROM escalation AS e WHERE e.conversation_id = s.conversation_id AND e.asked_at >= s.opened_at"
        " AND e.asked_at <= coalesce(s.solved_at, e.asked_at))"
        " OR EXISTS (SELECT 1 FROM invitation AS i WHERE i.conversation_id = s.conversation_id AND i.invited_at >= s.opened_at"
        " AND i.invited_at <= coalesce(s.solved_at, i.invited_at))"
        " FROM support_case AS s JOIN conversation AS c ON c.id = s.conversation_id"
        f" WHERE s.opened_at >= ? AND s.opened_at < ? AND c.account_id IN ({_places(accounts)})"
        f" AND s.category NOT IN ({_NO_SUPPORT}) ORDER BY s.opened_at, s.id"
    )
    cases = [_Case(*row) for row in connection.execute(sql, (since, until, *accounts))]
    spoken = _spoken(connection, [case for case in cases if case.replies], since, worked)
    found = []
    for case in cases:
        said = spoken.get(case.id)
        titles.update(said.titles - {""} if said is not None else ())
        opened = from_ms(case.opened_at).astimezone(zone)
        found.append(
            CaseFacts(
                case.id,
                case.conversation_id,
                Category(case.category),
                opened.date(),
                opened.weekday(),
                opened.hour,
                worked(case.opened_at, case.opened_at + 1) > 0,
                _span(case.answered_in),
                tuple(timedelta(milliseconds=took) for took in said.next_in) if said is not None else (),
                _span(case.solved_in),
                case.replies,
                bool(case.by_email),
                said is not None and bool(said.titles),
            )
        )
    return found


def _spoken(connection: sqlite3.Connection, cases: Sequence[_Case], since: int, worked: Worked) -> dict[int, _Spoken]:
    """None of the cases began before `since`. How each case went on after its first reply, and what was sent in it out of the playbook; a link to the FAQ is the title ""."""
    numbers = sorted({case.conversation_id for case in cases})
    wanted = {case.id for case in cases}
    found: dict[int, _Spoken] = {}
    for start in range(0, len(numbers), CHUNK):
        some = numbers[start : start + CHUNK]
        begins = _begins(connection, some)
        messages: dict[int, list[tuple[Any, ...]]] = {}
        sql = (
            f"SELECT conversation_id, kind, at, answer_title, thanks FROM message WHERE conversation_id IN ({_places(some)})"
            " AND at >= ? ORDER BY conversation_id, at, id"
        )
        for row in connection.execute(sql, (*some, since)):
            own = begins.get(row[0])
            case_id = None if own is None else own[1][0] if len(own[0]) == 1 and own[0][0] <= row[2] else _case_at(own, row[2])
            if case_id in wanted:
                messages.setdefault(case_id, []).append(row)
        for case_id, rows in messages.items():
            found[case_id] = _Spoken(_next_in(rows, worked), {title for _, kind, _, title, _ in rows if kind == MessageKind.OURS and title})
        sql = f"SELECT conversation_id, at FROM faq_use WHERE conversation_id IN ({_places(some)})"
        for number, at in connection.execute(sql, some):
            case_id = _case_at(begins[number], at) if number in begins else None
            if case_id in found:
                found[case_id].titles.add("")
    return found


def _begins(connection: sqlite3.Connection, conversations: Sequence[int]) -> dict[int, tuple[list[int], list[int]]]:
    """(when each case began, its id) of each conversation, in order of time."""
    found: dict[int, tuple[list[int], list[int]]] = {}
    sql = (
        f"SELECT conversation_id, opened_at, id FROM support_case WHERE conversation_id IN ({_places(conversations)})"
        " ORDER BY conversation_id, opened_at, id"
    )
    for number, opened_at, case_id in connection.execute(sql, tuple(conversations)):
        times, ids = found.setdefault(number, ([], []))
        times.append(opened_at)
        ids.append(case_id)
    return found


def _case_at(begins: tuple[list[int], list[int]], at: int) -> int | None:
    place = bisect_right(begins[0], at) - 1
    return begins[1][place] if place >= 0 else None


def _next_in(rows: Sequence[tuple[Any, ...]], worked: Worked) -> list[int]:
    """Working time to each reply but the first, from what had waited longest for it; a bare "thanks" waits for nothing."""
    waits: int | None = None
    answered = False
    found = []
    for _conversation, kind, at, _title, thanks in rows:
        if kind == MessageKind.OURS:
            if answered and waits is not None:
                found.append(worked(waits, at))
            answered, waits = True, None
        elif waits is None and not thanks:
            waits = at
    return found


def _heard(
    connection: sqlite3.Connection, accounts: Sequence[int], since: int, until: int, zone: tzinfo
) -> list[tuple[int, int]]:
    """Weekday and hour of each message of a customer."""
    sql = (
        "SELECT m.at FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id WHERE m.at >= ? AND m.at < ?"
        f" AND m.kind NOT IN (?, ?) AND +m.account_id IN ({_places(accounts)}) AND c.category NOT IN ({_NO_SUPPORT})"
    )
    found = []
    for (at,) in connection.execute(sql, (since, until, MessageKind.OURS, MessageKind.SEARCH, *accounts)):
        moment = datetime.fromtimestamp(at / 1000, zone)
        found.append((moment.weekday(), moment.hour))
    return found


def _months(connection: sqlite3.Connection, accounts: Sequence[int], last: date, starts: Starts, now_ms: int) -> list[MonthLine]:
    """The calendar months up to that of `last`, those before the first message left out."""
    calls = {row.month: row for row in call_months(connection)}
    first = known_since(connection, accounts)
    sql = (
        "SELECT count(*), avg(s.answered_in) FROM support_case AS s JOIN conversation AS c ON c.id = s.conversation_id"
        f" WHERE s.opened_at >= ? AND s.opened_at < ? AND c.account_id IN ({_places(accounts)}) AND s.category NOT IN ({_NO_SUPPORT})"
        " AND (s.answered_in IS NOT NULL OR s.solved_at IS NOT NULL)"
    )
    found = []
    month = date(last.year, last.month, 1)
    for _ in range(MONTHS):
        ends = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        since, until = starts(month), starts(ends)
        name = f"{month:%Y-%m}"
        if (first is not None and first < until) or name in calls:
            handled, mean = connection.execute(sql, (since, until, *accounts)).fetchone()
            found.append(MonthLine(name, handled, None if mean is None else mean / 60_000, calls.get(name), until <= now_ms))
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return found[::-1]


def _span(milliseconds: int | None) -> timedelta | None:
    return None if milliseconds is None else timedelta(milliseconds=milliseconds)


def _places(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
