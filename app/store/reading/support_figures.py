"""What answering came to: cases of a period with how they went, customers' messages by hour, and calendar months beside the call centre's.

Reads the cases of a span by their index, and of their messages only those that a figure rests on. A span that was read is remembered: whoever
turns to the next period compares it with the one before.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta, tzinfo
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from app.models.conversation import Category
from app.models.insight import Period, Scope
from app.models.message import MessageKind
from app.models.span_memory import SpanMemory
from app.models.support_figures import (
    MONTHS,
    NO_SUPPORT,
    CallMonth,
    CaseFacts,
    MonthLine,
    Read,
    Side,
    StandardAnswer,
    Support,
    Tally,
    heat,
    support,
)
from app.runtime.clock import from_ms

MOST_STANDARDS = 8
QUARTER_MS = 15 * 60_000
"""Hours of no zone begin within a quarter of one."""
Worked = Callable[[int, int], int]
"""Milliseconds of working time between two moments (UTC milliseconds)."""
Starts = Callable[[date], int]
"""When a day begins, UTC milliseconds."""
CATEGORIES = {str(each): each for each in Category}
_NO_SUPPORT = ", ".join(f"'{each}'" for each in sorted(NO_SUPPORT))
_BEGAN = (
    " FROM support_case AS s JOIN conversation AS c ON c.id = s.conversation_id"
    " WHERE s.opened_at >= ? AND s.opened_at < ? AND +c.account_id IN ({accounts})"
    f" AND s.category NOT IN ({_NO_SUPPORT})"
)
_SAID = (
    " FROM support_case AS s CROSS JOIN message AS m ON m.conversation_id = s.conversation_id"
    " WHERE s.opened_at >= ? AND s.opened_at < ? AND m.at >= s.opened_at"
)
_OWN = (
    " NOT EXISTS (SELECT 1 FROM support_case AS n WHERE n.conversation_id = s.conversation_id AND n.opened_at <= {at}"
    " AND (n.opened_at > s.opened_at OR n.opened_at = s.opened_at AND n.id > s.id))"
)
"""What was said at a time belongs to the newest case that had begun by then."""


class _Span(NamedTuple):
    """Of the cases that began in a span."""

    side: Side
    titles: Counter[str]
    """In how many of them each answer of the playbook was sent."""


def read(connection: sqlite3.Connection, scope: Scope, starts: Starts, worked: Worked, now_ms: int, known: SpanMemory) -> Support:
    """`worked` counts working time; `starts` tells the shop's days; `known` is what was read before, as long as nothing changed."""
    accounts = tuple(scope.accounts)
    asked = _Asked(connection, accounts, scope.zone, worked)
    now, before = _edges(scope.period, starts), _edges(scope.compared, starts)
    first = known.get((accounts, "first"), lambda: known_since(connection, accounts))
    span = known.get((accounts, "cases", *now), lambda: asked.span(*now))
    then = known.get((accounts, "cases", *before), lambda: asked.span(*before)) if first is not None and first <= before[0] else None
    ordered = sorted(span.titles.items(), key=lambda each: (-each[1], each[0]))
    return support(
        Read(
            span.side,
            None if then is None else then.side,
            [StandardAnswer(title, many) for title, many in ordered[:MOST_STANDARDS]],
            known.get((accounts, "heard", *now), lambda: heat(asked.heard(*now))),
            _months(connection, accounts, scope.period.last, starts, now_ms, first, known),
            None if first is None else from_ms(first).astimezone(scope.zone).date(),
        )
    )


def cases(connection: sqlite3.Connection, scope: Scope, starts: Starts, worked: Worked) -> list[CaseFacts]:
    """All that are behind the figures of the period, in order of time."""
    return _Asked(connection, scope.accounts, scope.zone, worked).cases(*_edges(scope.period, starts))


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


class _Asked:
    """Reads of accounts."""

    def __init__(self, connection: sqlite3.Connection, accounts: Sequence[int], zone: tzinfo, worked: Worked) -> None:
        self._connection = connection
        self._accounts = tuple(accounts)
        self._zone = zone
        self._worked = worked
        self._quarters: dict[int, tuple[date, int, int]] = {}
        self._works: dict[int, bool | None] = {}

    def span(self, since: int, until: int) -> _Span:
        """Only what they come to: the cases themselves would be many to remember."""
        tally, told = Tally(), Counter[str]()
        answers, next_in, works = self._answers(since, until), self._next_in(since, until), self._works_at
        for number, _, category, opened_at, answered_in, solved_in, replies, by_email in self._began(since, until):
            sent = answers.get(number)
            working = works(opened_at)
            tally.add(CATEGORIES[category], working, answered_in, next_in.get(number, ()), solved_in, replies, by_email, sent is not None)
            if sent:
                told.update(sent)
        return _Span(tally.side(), told)

    def cases(self, since: int, until: int) -> list[CaseFacts]:
        """Those that began in a span, in order of time."""
        answers, next_in = self._answers(since, until), self._next_in(since, until)
        return [
            CaseFacts(
                number,
                conversation_id,
                CATEGORIES[category],
                *self._local(opened_at),
                self._works_at(opened_at),
                _span(answered_in),
                tuple(timedelta(milliseconds=took) for took in next_in.get(number, ())),
                _span(solved_in),
                replies,
                bool(by_email),
                number in answers,
                answers.get(number, ()),
            )
            for number, conversation_id, category, opened_at, answered_in, solved_in, replies, by_email in self._began(since, until)
        ]

    def _began(self, since: int, until: int) -> sqlite3.Cursor:
        """Cases with how they went."""
        columns = (
            "s.id, s.conversation_id, s.category, s.opened_at, s.answered_in, CASE WHEN s.solved_at IS NULL THEN NULL"
            " ELSE coalesce(s.solved_in, 0) END, s.replies,"
            " EXISTS (SELECT 1 FROM escalation AS e WHERE e.conversation_id = s.conversation_id AND e.asked_at >= s.opened_at"
            " AND e.asked_at <= coalesce(s.solved_at, e.asked_at))"
            " OR EXISTS (SELECT 1 FROM invitation AS i WHERE i.conversation_id = s.conversation_id AND i.invited_at >= s.opened_at"
            " AND i.invited_at <= coalesce(s.solved_at, i.invited_at))"
        )
        sql = f"SELECT {columns}{_BEGAN.format(accounts=_places(self._accounts))} ORDER BY s.opened_at, s.id"
        return self._connection.execute(sql, (since, until, *self._accounts))

    def heard(self, since: int, until: int) -> Iterable[tuple[int, int, int]]:
        """(weekday, hour, how many) of messages of customers."""
        sql = (
            f"SELECT m.at / {QUARTER_MS}, count(*) FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id WHERE m.at >= ? AND m.at < ?"
            f" AND m.kind NOT IN (?, ?) AND +m.account_id IN ({_places(self._accounts)}) AND c.category NOT IN ({_NO_SUPPORT}) GROUP BY 1"
        )
        for quarter, many in self._connection.execute(sql, (since, until, MessageKind.OURS, MessageKind.SEARCH, *self._accounts)):
            _, weekday, hour = self._local(quarter * QUARTER_MS)
            yield weekday, hour, many

    def _answers(self, since: int, until: int) -> dict[int, tuple[str, ...]]:
        """Titles of answers of the playbook that were sent in cases; without any title it was a link to the FAQ."""
        sent: dict[int, tuple[str, ...]] = {}
        for number, title in self._standards(since, until):
            have = sent.get(number, ())
            sent[number] = have if not title or title in have else (*have, title)
        return sent

    def _standards(self, since: int, until: int) -> Iterable[tuple[int, str]]:
        """(case of any account, answer of the playbook that was sent in it), maybe more than once; a link to the FAQ is the answer ""."""
        sql = (
            f"SELECT s.id, m.answer_title{_SAID} AND s.replies > 0 AND m.kind = 'ours' AND m.answer_title <> '' AND{_OWN.format(at='m.at')}"
            " UNION ALL SELECT s.id, '' FROM faq_use AS f CROSS JOIN support_case AS s ON s.conversation_id = f.conversation_id"
            f" WHERE s.opened_at >= ? AND s.opened_at < ? AND s.opened_at <= f.at AND s.replies > 0 AND{_OWN.format(at='f.at')}"
        )
        yield from self._connection.execute(sql, (since, until, since, until))

    def _next_in(self, since: int, until: int) -> dict[int, list[int]]:
        """Of the cases of any account with more than one reply: working time to each but the first, from what had waited longest for it; a bare "thanks" waits for nothing."""
        sql = (
            f"SELECT s.id, m.kind, m.at, m.thanks{_SAID} AND s.replies > 1 AND{_OWN.format(at='m.at')} ORDER BY s.opened_at, s.id, m.at, m.id"
        )
        found = {}
        for number, rows in groupby(self._connection.execute(sql, (since, until)), itemgetter(0)):
            waits: int | None = None
            answered = False
            took = []
            for _, kind, at, thanks in rows:
                if kind == "ours":
                    if answered and waits is not None:
                        took.append(self._worked(waits, at))
                    answered, waits = True, None
                elif waits is None and not thanks:
                    waits = at
            if took:
                found[number] = took
        return found

    def _local(self, at: int) -> tuple[date, int, int]:
        """(day, weekday, hour) by the shop's clock."""
        quarter = at // QUARTER_MS
        found = self._quarters.get(quarter)
        if found is None:
            moment = from_ms(quarter * QUARTER_MS).astimezone(self._zone)
            found = self._quarters[quarter] = (moment.date(), moment.weekday(), moment.hour)
        return found

    def _works_at(self, at: int) -> bool:
        """Whether it is within working hours; asked once for a quarter of an hour that is so as a whole, or not at all."""
        quarter = at // QUARTER_MS
        if quarter not in self._works:
            many = self._worked(quarter * QUARTER_MS, (quarter + 1) * QUARTER_MS)
            self._works[quarter] = None if 0 < many < QUARTER_MS else many > 0
        found = self._works[quarter]
        return self._worked(at, at + 1) > 0 if found is None else found


def _months(
    connection: sqlite3.Connection,
    accounts: Sequence[int],
    last: date,
    starts: Starts,
    now_ms: int,
    first: int | None,
    known: SpanMemory,
) -> list[MonthLine]:
    """The calendar months up to that of `last`, those before the first message left out."""
    calls = {row.month: row for row in call_months(connection)}
    began = _BEGAN.format(accounts=_places(accounts))
    sql = f"SELECT count(*), avg(s.answered_in){began} AND (s.answered_in IS NOT NULL OR s.solved_at IS NOT NULL)"

    def handled_in(since: int, until: int) -> tuple[int, float | None]:
        found: tuple[int, float | None] = connection.execute(sql, (since, until, *accounts)).fetchone()
        return found

    found = []
    month = date(last.year, last.month, 1)
    for _ in range(MONTHS):
        ends = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        since, until = starts(month), starts(ends)
        name = f"{month:%Y-%m}"
        if (first is not None and first < until) or name in calls:
            handled, mean = known.get((accounts, "month", since, until), partial(handled_in, since, until))
            found.append(MonthLine(name, handled, None if mean is None else mean / 60_000, calls.get(name), until <= now_ms))
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
    return found[::-1]


def _span(milliseconds: int | None) -> timedelta | None:
    return None if milliseconds is None else timedelta(milliseconds=milliseconds)


def _places(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
