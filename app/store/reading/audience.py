"""Whom accounts reach in a period: followers by day, who wrote, how far posts were carried, and what customers spoke of."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from app.models.audience import NO_WRITERS, Audience, Growth, Reach, Writer, Writers, growth, influence, ranked
from app.models.insight import DAY, SLACK, Gauge, Period, Scope
from app.models.message import MessageKind, Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.runtime.clock import from_ms
from app.store.reading import interests
from app.store.reading.support_figures import known_since

CHUNK = 400
REACTIONS = ("replies", "reposts", "clicks")
Starts = Callable[[date], int]
"""When a day begins, UTC milliseconds."""


class Spoken(NamedTuple):
    """All that one person wrote in a period."""

    messages: int
    public: int
    conversation_id: int
    network: str
    language: str
    """The one they wrote most in."""


class _Person(NamedTuple):
    """A customer as stored."""

    name: str
    handle: str
    network: str
    followers: int | None
    first_at: int | None


def read(connection: sqlite3.Connection, scope: Scope, starts: Starts) -> Audience:
    """All of the tab. `starts` tells the shop's days."""
    known = {
        number: (number, network, handle)
        for number, network, handle in connection.execute("SELECT id, network, handle FROM account")
        if number in scope.accounts
    }
    accounts = [number for number in scope.accounts if number in known]
    since, until = _edges(scope.period, starts)
    before, before_until = _edges(scope.compared, starts)
    first = known_since(connection, accounts)
    compares = first is not None and first <= before
    spoken = _spoken(connection, accounts, since, until)
    then = _spoken(connection, accounts, before, before_until) if compares else None
    people = _people(connection, list(spoken))
    grown = [_growth(connection, known[number], scope, starts) for number in accounts]
    return Audience(
        scope.period,
        tuple(grown),
        Writers(
            len(spoken),
            None if then is None else len(then),
            sum(_is_new(people[number], since) for number in spoken),
            None if then is None else sum(_is_new(person, before) for person in _people(connection, list(then)).values()),
            sum(each.messages for each in spoken.values()),
            _most(each.language for each in spoken.values()),
            _most(each.network for each in spoken.values()),
        ),
        ranked([_writer(number, people[number], each) for number, each in spoken.items()]),
        tuple(_reach(connection, each, scope, starts) for each in grown),
        tuple(interests.interests(connection, accounts, (since, until), (before, before_until) if compares else None)),
        interests.readers_count(connection, list(spoken), wanting=True),
        interests.readers_count(connection, list(spoken), wanting=False),
        interests.names_known(connection),
        None if first is None else from_ms(first).astimezone(scope.zone).date(),
        compares,
    )


def _edges(period: Period, starts: Starts) -> tuple[int, int]:
    return starts(period.first), starts(period.last + DAY)


# --- growth


def _gauge(connection: sqlite3.Connection, account_id: int, period: Period, starts: Starts) -> Gauge:
    """The last value of each day; what stood before the period only where it is of its eve."""
    days = period.each()
    edges = [starts(day) for day in days]
    key = "metric = 'followers' AND subject = 'account' AND subject_id = ?"
    at_start = connection.execute(
        f"SELECT value FROM sample WHERE {key} AND at >= ? AND at < ? ORDER BY at DESC LIMIT 1",
        (account_id, starts(period.first - SLACK), edges[0]),
    ).fetchone()
    rows = connection.execute(
        f"SELECT at, value FROM sample WHERE {key} AND at >= ? AND at < ? ORDER BY at", (account_id, *_edges(period, starts))
    )
    return Gauge(account_id, at_start[0] if at_start else None, {days[bisect_right(edges, at) - 1]: value for at, value in rows})


def _growth(connection: sqlite3.Connection, account: tuple[int, str, str], scope: Scope, starts: Starts) -> Growth:
    now = _gauge(connection, account[0], scope.period, starts)
    then = _gauge(connection, account[0], scope.compared, starts)
    return growth(account, now, then, scope.period, scope.compared)


def _reach(connection: sqlite3.Connection, account: Growth, scope: Scope, starts: Starts) -> Reach:
    """How many ever wrote to an account, and what its posts of the period brought."""
    wrote = connection.execute(
        "SELECT count(DISTINCT c.customer_id) FROM conversation AS c WHERE c.account_id = ?"
        " AND EXISTS (SELECT 1 FROM message AS m WHERE m.conversation_id = c.id AND m.kind NOT IN (?, ?))",
        (account.account_id, MessageKind.OURS, MessageKind.SEARCH),
    ).fetchone()[0]
    posts, gained = _carried(connection, account.account_id, scope.period, starts)
    posts_before, gained_before = _carried(connection, account.account_id, scope.compared, starts)
    then = _gauge(connection, account.account_id, scope.compared, starts).last
    return Reach(
        *account[:3], account.followers, wrote, posts, *gained, influence_before=influence(then, posts_before, gained_before)
    )


def _carried(
    connection: sqlite3.Connection, account_id: int, period: Period, starts: Starts
) -> tuple[int, tuple[int | None, int | None, int | None]]:
    """(posts that went out, what was gained of `REACTIONS`)."""
    sql = (
        "SELECT count(*) FROM outbox WHERE account_id = ? AND state = ? AND kind = ? AND due_at < ? AND sent_at >= ? AND sent_at < ?"
    )
    since, until = _edges(period, starts)
    posts = connection.execute(sql, (account_id, DeliveryState.OUT, OutboxKind.POST, until, since, until)).fetchone()[0]
    gained = "SELECT sum(gained) FROM figure_day WHERE metric = ? AND account_id = ? AND day BETWEEN ? AND ?"
    days = period.first.toordinal(), period.last.toordinal()
    replies, reposts, clicks = (connection.execute(gained, (metric, account_id, *days)).fetchone()[0] for metric in REACTIONS)
    return posts, (replies, reposts, clicks)


# --- who writes


def _spoken(connection: sqlite3.Connection, accounts: Sequence[int], since: int, until: int) -> dict[int, Spoken]:
    """By customer: what they wrote in the span to these accounts."""
    sql = (
        "SELECT c.customer_id, a.network, m.language, m.visibility IN (?, ?), m.conversation_id FROM message AS m"
        " JOIN conversation AS c ON c.id = m.conversation_id JOIN account AS a ON a.id = c.account_id"
        f" WHERE m.at >= ? AND m.at < ? AND m.kind NOT IN (?, ?) AND +c.account_id IN ({_places(accounts)})"
        f" AND c.category NOT IN ({_places(NO_WRITERS)}) ORDER BY m.at, m.id"
    )
    values = (Visibility.PUBLIC, Visibility.UNLISTED, since, until, MessageKind.OURS, MessageKind.SEARCH, *accounts, *NO_WRITERS)
    by_person: dict[int, list[tuple[Any, ...]]] = {}
    for customer_id, *rest in connection.execute(sql, values):
        by_person.setdefault(customer_id, []).append(tuple(rest))
    return {
        customer_id: Spoken(
            len(rows),
            sum(public for _, _, public, _ in rows),
            rows[-1][3],
            Counter(network for network, *_ in rows).most_common(1)[0][0],
            Counter((language or "")[:2] for _, language, *_ in rows).most_common(1)[0][0],
        )
        for customer_id, rows in by_person.items()
    }


def _people(connection: sqlite3.Connection, customers: Sequence[int]) -> dict[int, _Person]:
    found: dict[int, _Person] = {}
    for start in range(0, len(customers), CHUNK):
        some = customers[start : start + CHUNK]
        profiles: dict[int, list[tuple[Any, ...]]] = {}
        sql = f"SELECT customer_id, handle, name, network, followers FROM identity WHERE customer_id IN ({_places(some)}) ORDER BY id"
        for customer_id, *profile in connection.execute(sql, some):
            profiles.setdefault(customer_id, []).append(tuple(profile))
        for customer_id, name, first_at in connection.execute(
            f"SELECT id, name, first_at FROM customer WHERE id IN ({_places(some)})", some
        ):
            own = profiles.get(customer_id, [("", "", "", None)])
            handle, shown, network, _ = own[0]
            followers = [each for *_, each in own if each is not None]
            found[customer_id] = _Person(name or shown or handle, handle, network, max(followers, default=None), first_at)
    return found


def _is_new(person: _Person, since: int) -> bool:
    return person.first_at is not None and person.first_at >= since


def _writer(customer_id: int, person: _Person, spoken: Spoken) -> Writer:
    return Writer(
        customer_id,
        person.name,
        person.handle,
        spoken.network,
        spoken.messages,
        spoken.public,
        person.followers,
        spoken.conversation_id,
    )


def _most(names: Any) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(names).items(), key=lambda each: (-each[1], each[0])))


def _places(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
