"""Whom accounts reach in a period: followers by day, who wrote, how far posts were carried, and what customers spoke of."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from app.models.audience import (
    NO_WRITERS,
    TOP_WRITERS,
    Audience,
    Growth,
    Reach,
    Writer,
    Writers,
    growth,
    influence,
    rank,
    weight,
)
from app.models.insight import DAY, SLACK, Gauge, Period, Scope
from app.models.message import MessageKind, Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.span_memory import SpanMemory
from app.runtime.clock import from_ms
from app.store.reading import interests
from app.store.reading.support_figures import known_since

CHUNK = 400
REACTIONS = ("replies", "reposts", "clicks")
Starts = Callable[[date], int]
"""When a day begins, UTC milliseconds."""


class Spoken(NamedTuple):
    """Somebody, and all that they wrote in a span."""

    customer_id: int
    messages: int
    public: int
    language: str
    """The one they wrote most in."""
    account_id: int
    """To which they wrote most."""
    first_at: int | None
    followers: int | None
    """Of their largest profile."""
    has_email: int
    wants: int
    """The newsletter."""


class Wrote(NamedTuple):
    """Who wrote in a span; people are counted, and only the top is told by name."""

    people: int
    new: int
    messages: int
    languages: tuple[tuple[str, int], ...]
    networks: tuple[tuple[str, int], ...]
    top: tuple[Writer, ...]
    wanting: int
    """The newsletter, with an e-mail address."""
    with_email: int


NOBODY = Wrote(0, 0, 0, (), (), (), 0, 0)


def read(connection: sqlite3.Connection, scope: Scope, starts: Starts, remembered: SpanMemory) -> Audience:
    """All of the tab. `starts` tells the shop's days; `remembered` is what was read before, as long as nothing changed."""
    known = {
        number: (number, network, handle)
        for number, network, handle in connection.execute("SELECT id, network, handle FROM account")
        if number in scope.accounts
    }
    accounts = tuple(number for number in scope.accounts if number in known)
    span, before = _edges(scope.period, starts), _edges(scope.compared, starts)
    first = remembered.get((accounts, "first"), lambda: known_since(connection, accounts))
    compares = first is not None and first <= before[0]

    def wrote_in(span: tuple[int, int]) -> Wrote:
        return remembered.get((accounts, "wrote", *span), lambda: _wrote(connection, accounts, span, known))

    def interests_in(span: tuple[int, int]) -> list[interests.Spoken]:
        return remembered.get((accounts, "interests", *span), lambda: interests.spoken_in(connection, accounts, span))

    wrote, then = wrote_in(span), wrote_in(before) if compares else NOBODY
    grown = [_growth(connection, known[number], scope, starts) for number in accounts]
    return Audience(
        scope.period,
        tuple(grown),
        Writers(
            wrote.people,
            then.people if compares else None,
            wrote.new,
            then.new if compares else None,
            wrote.messages,
            wrote.languages,
            wrote.networks,
        ),
        wrote.top,
        tuple(_reach(connection, each, scope, starts, remembered) for each in grown),
        tuple(interests.interests(interests_in(span), interests_in(before) if compares else None)),
        wrote.wanting,
        wrote.with_email,
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


def _reach(connection: sqlite3.Connection, account: Growth, scope: Scope, starts: Starts, remembered: SpanMemory) -> Reach:
    """How many ever wrote to an account, and what its posts of the period brought."""
    wrote = remembered.get("ever wrote", lambda: _ever_wrote(connection)).get(account.account_id, 0)
    posts, gained = _carried(connection, account.account_id, scope.period, starts)
    posts_before, gained_before = _carried(connection, account.account_id, scope.compared, starts)
    then = _gauge(connection, account.account_id, scope.compared, starts).last
    return Reach(
        *account[:3], account.followers, wrote, posts, *gained, influence_before=influence(then, posts_before, gained_before)
    )


def _ever_wrote(connection: sqlite3.Connection) -> dict[int, int]:
    """How many people ever wrote to each account."""
    # In the order in which they lie in the file, and told apart here: that takes half the time of asking for each account.
    sql = (
        "SELECT c.account_id, c.customer_id FROM conversation AS c NOT INDEXED"
        " WHERE EXISTS (SELECT 1 FROM message AS m WHERE m.conversation_id = c.id AND m.kind NOT IN (?, ?))"
    )
    people: dict[int, set[int]] = {}
    for account_id, customer_id in connection.execute(sql, (MessageKind.OURS, MessageKind.SEARCH)):
        people.setdefault(account_id, set()).add(customer_id)
    return {account_id: len(own) for account_id, own in people.items()}


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


def _written(accounts: Sequence[int], others: str = "") -> str:
    """What counts as written to these accounts in a span; values are `_values`."""
    return (
        f" FROM message AS m JOIN conversation AS c ON c.id = m.conversation_id{others}"
        f" WHERE m.at >= ? AND m.at < ? AND m.kind NOT IN (?, ?) AND +c.account_id IN ({_places(accounts)})"
        f" AND c.category NOT IN ({_places(NO_WRITERS)})"
    )


def _values(accounts: Sequence[int], since: int, until: int) -> tuple[Any, ...]:
    return (since, until, MessageKind.OURS, MessageKind.SEARCH, *accounts, *NO_WRITERS)


def _wrote(
    connection: sqlite3.Connection, accounts: Sequence[int], span: tuple[int, int], known: Mapping[int, tuple[int, str, str]]
) -> Wrote:
    people = new = messages = wanting = with_email = 0
    languages, networks = Counter[str](), Counter[str]()
    top: list[tuple[tuple[bool, int, int, int], Spoken]] = []
    for each in _spoken(connection, accounts, *span):
        people += 1
        new += each.first_at is not None and each.first_at >= span[0]
        messages += each.messages
        wanting += each.wants
        with_email += each.has_email
        languages[each.language] += 1
        networks[known[each.account_id][1]] += 1
        place = rank(weight(each.followers, each.public), each.messages, each.customer_id)
        if len(top) < TOP_WRITERS or place < top[-1][0]:
            insort(top, (place, each))
            del top[TOP_WRITERS:]
    named = _named(connection, accounts, [each for _, each in top], known, span)
    return Wrote(people, new, messages, _most(languages), _most(networks), named, wanting, with_email)


def _spoken(connection: sqlite3.Connection, accounts: Sequence[int], since: int, until: int) -> Iterator[Spoken]:
    """Each customer who wrote in the span to these accounts."""
    language = "substr(coalesce(m.language, ''), 1, 2)"
    sql = (
        f"SELECT c.customer_id, count(*), sum(m.visibility IN (?, ?)), min({language}), min(c.account_id), u.first_at,"
        " (SELECT max(i.followers) FROM identity AS i WHERE i.customer_id = c.customer_id),"
        f" u.email <> '' AND u.muted_at IS NULL, {interests.WANTS}, min({language}) <> max({language}), min(c.account_id) <> max(c.account_id)"
        f"{_written(accounts, ' JOIN customer AS u ON u.id = c.customer_id')} GROUP BY c.customer_id"
    )
    values = (Visibility.PUBLIC, Visibility.UNLISTED, *_values(accounts, since, until))
    mixed: list[Spoken] = []
    for number, messages, public, spoke, account_id, first_at, followers, email, wants, languages, several in connection.execute(sql, values):
        each = Spoken(number, messages, public, spoke, account_id, first_at, followers, email, wants)
        if languages or several:
            mixed.append(each)
        else:
            yield each
    most = _mostly(connection, accounts, since, until, [each.customer_id for each in mixed])
    for each in mixed:
        spoke, account_id = most[each.customer_id]
        yield each._replace(language=spoke, account_id=account_id)


def _mostly(
    connection: sqlite3.Connection, accounts: Sequence[int], since: int, until: int, customers: Sequence[int]
) -> dict[int, tuple[str, int]]:
    """(language, account) that people used most, those first who were earlier where it is even; of those who used several."""
    found: dict[int, tuple[str, int]] = {}
    networks = dict(connection.execute("SELECT id, network FROM account"))
    for start in range(0, len(customers), CHUNK):
        some = customers[start : start + CHUNK]
        sql = f"SELECT c.customer_id, m.language, c.account_id{_written(accounts)} AND c.customer_id IN ({_places(some)}) ORDER BY c.customer_id, m.at, m.id"
        for number, rows in groupby(connection.execute(sql, (*_values(accounts, since, until), *some)), itemgetter(0)):
            own = list(rows)
            network = Counter(networks[account_id] for *_, account_id in own).most_common(1)[0][0]
            spoke = Counter((language or "")[:2] for _, language, _ in own).most_common(1)[0][0]
            found[number] = spoke, next(account_id for *_, account_id in own if networks[account_id] == network)
    return found


def _named(
    connection: sqlite3.Connection,
    accounts: Sequence[int],
    spoken: Sequence[Spoken],
    known: Mapping[int, tuple[int, str, str]],
    span: tuple[int, int],
) -> tuple[Writer, ...]:
    """Some people by name, each with the newest conversation."""
    names: dict[int, tuple[str, str]] = {}
    sql = (
        "SELECT u.id, u.name, i.name, i.handle FROM customer AS u LEFT JOIN identity AS i ON i.customer_id = u.id"
        f" WHERE u.id IN ({_places(spoken)}) ORDER BY i.id DESC"
    )
    for number, name, shown, handle in connection.execute(sql, [each.customer_id for each in spoken]):
        names[number] = name or shown or handle or "", handle or ""
    newest = f"SELECT m.conversation_id{_written(accounts)} AND c.customer_id = ? ORDER BY m.at DESC, m.id DESC LIMIT 1"
    found = []
    for each in spoken:
        conversation_id = connection.execute(newest, (*_values(accounts, *span), each.customer_id)).fetchone()[0]
        name, handle = names[each.customer_id]
        network = known[each.account_id][1]
        found.append(Writer(each.customer_id, name, handle, network, each.messages, each.public, each.followers, conversation_id))
    return tuple(found)


def _most(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted.items(), key=lambda each: (-each[1], each[0])))


def _places(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
