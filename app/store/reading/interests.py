"""What customers spoke of: names of the catalogue and tags, counted by people; who of them wants the newsletter; and what is still to be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from app.models.audience import NO_WRITERS
from app.models.interest import Interest, Kind, Reader, Term, spoken_of, stretches
from app.models.message import MessageKind
from app.runtime.rhythm import giving_way

CHUNK = 400
Span = tuple[int, int]
"""UTC milliseconds, from and before."""
_ASKING = "'request', 'question'"
WANTS = "u.newsletter_at IS NOT NULL AND u.email <> '' AND u.muted_at IS NULL"
_FROM = (
    " JOIN message AS m ON m.id = t.message_id JOIN conversation AS c ON c.id = m.conversation_id"
    " JOIN customer AS u ON u.id = c.customer_id"
)
_WITHIN = (
    " m.at >= ? AND m.at < ? AND m.kind NOT IN (?, ?) AND c.category NOT IN ({no_writers}) AND +c.account_id IN ({accounts})"
)


class Spoken(NamedTuple):
    """What a name or a tag came to in a span."""

    kind: str
    term: str
    name: str
    messages: int
    people: int
    asking: int
    reachable: int


def spoken_in(connection: sqlite3.Connection, accounts: Sequence[int], span: Span) -> list[Spoken]:
    """All names and tags of a span; names that the user put away are left out."""
    counts = (
        "count(DISTINCT m.id), count(DISTINCT c.customer_id), count(DISTINCT CASE WHEN c.category IN"
        f" ({_ASKING}) THEN c.customer_id END), count(DISTINCT CASE WHEN {WANTS} THEN c.customer_id END)"
    )
    found: list[Spoken] = []
    for source, key, name in (
        ("message_term AS t JOIN product_term AS p ON p.kind = t.kind AND p.term = t.term AND NOT p.hidden", "t.kind, t.term", "p.name"),
        ("message_tag AS t JOIN tag AS p ON p.id = t.tag_id", "'tag', t.tag_id", "coalesce(nullif(p.name, ''), p.key)"),
    ):
        sql = f"SELECT {key}, {name}, {counts} FROM {source}{_FROM} WHERE{_within(accounts)} GROUP BY 1, 2"
        found += [Spoken(kind, str(term), *rest) for kind, term, *rest in connection.execute(sql, _values(span, accounts))]
    return found


def interests(now: Sequence[Spoken], before: Sequence[Spoken] | None) -> list[Interest]:
    """By people, the most first; `before` is None where the other span is not known whole."""
    then = {(each.kind, each.term): each.people for each in before or ()}
    rows = [
        Interest(
            Kind(each.kind),
            each.term,
            each.name,
            each.messages,
            each.people,
            None if before is None else then.get((each.kind, each.term), 0),
            each.asking,
            each.reachable,
        )
        for each in now
    ]
    return sorted(rows, key=lambda row: (-row.people, -row.messages, row.kind, row.name))


def conversations_of(
    connection: sqlite3.Connection, kind: Kind, term: str, accounts: Sequence[int], span: Span, limit: int
) -> list[int]:
    """In which something was spoken of, the newest first."""
    source, key = ("message_tag", "t.tag_id = CAST(? AS INTEGER) AND ? = 'tag'") if kind is Kind.TAG else ("message_term", "t.term = ? AND t.kind = ?")
    sql = f"SELECT m.conversation_id FROM {source} AS t{_FROM} WHERE {key} AND{_within(accounts)} GROUP BY 1 ORDER BY max(m.at) DESC LIMIT ?"
    return [number for (number,) in connection.execute(sql, (term, kind, *_values(span, accounts), limit))]


def readers(connection: sqlite3.Connection, accounts: Sequence[int], span: Span) -> list[Reader]:
    """Who wants the newsletter, has an e-mail address and spoke of something, with what it was; by address."""
    found: dict[int, tuple[Any, ...]] = {}
    spoken: dict[int, dict[tuple[Kind, str], None]] = {}
    for source, kind, name in (
        ("message_term AS t JOIN product_term AS p ON p.kind = t.kind AND p.term = t.term AND NOT p.hidden", "t.kind", "p.name"),
        ("message_tag AS t JOIN tag AS p ON p.id = t.tag_id", "'tag'", "coalesce(nullif(p.name, ''), p.key)"),
    ):
        sql = (
            f"SELECT u.id, u.email, u.name, u.language, u.newsletter_at, {kind}, {name} FROM {source}{_FROM}"
            f" WHERE {WANTS} AND{_within(accounts)} ORDER BY m.at"
        )
        for number, email, own, language, since, of, named in connection.execute(sql, _values(span, accounts)):
            found[number] = (email, own, language, since)
            spoken.setdefault(number, {})[Kind(of), named] = None
    names = _names(connection, list(found))
    rows = [
        Reader(email, own or names.get(number, ""), language, tuple(spoken[number]), since)
        for number, (email, own, language, since) in found.items()
    ]
    return sorted(rows, key=lambda row: row.email)


def names_known(connection: sqlite3.Connection) -> bool:
    """Whether there is any name of the catalogue to look for."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM product_term)").fetchone()[0])


def put_away(connection: sqlite3.Connection) -> list[Term]:
    """Names that are no interest, as the user said."""
    rows = connection.execute("SELECT kind, term, name FROM product_term WHERE hidden ORDER BY name")
    return [Term(Kind(kind), term, name) for kind, term, name in rows]


# --- what gathering asks


def products_after(connection: sqlite3.Connection, product_id: int, limit: int) -> list[tuple[int, str, str, str]]:
    """(id, title, maker, kind), in order of ids."""
    sql = "SELECT id, title, maker, kind FROM product WHERE id > ? ORDER BY id LIMIT ?"
    return connection.execute(sql, (product_id, limit)).fetchall()


def messages_after(connection: sqlite3.Connection, message_id: int, since: int, limit: int) -> tuple[list[tuple[int, str]], int]:
    """((id, text) of those of customers written since then, the last id looked at); ids in order."""
    sql = "SELECT id, kind, at, substr(text, 1, 6000) FROM message WHERE id > ? ORDER BY id LIMIT ?"
    rows = connection.execute(sql, (message_id, limit)).fetchall()
    own = [(number, text) for number, kind, at, text in rows if kind != MessageKind.OURS and at >= since]
    return own, rows[-1][0] if rows else message_id


def known_terms(connection: sqlite3.Connection, said: Sequence[str]) -> list[tuple[str, str]]:
    """(kind, term) of those that are names of the catalogue."""
    found: list[tuple[str, str]] = []
    for start in range(0, len(said), CHUNK):
        some = said[start : start + CHUNK]
        found += connection.execute(f"SELECT kind, term FROM product_term WHERE term IN ({_places(some)})", tuple(some))
    return found


def spoken(connection: sqlite3.Connection, rows: Sequence[tuple[int, str]]) -> list[tuple[int, str, str]]:
    """(message id, kind, term) of what these texts (id, text) speak of."""
    places = {number: stretches(text) for number, text in giving_way(rows, 20)}
    said = sorted({each for own in places.values() for each in own})
    known: dict[str, list[tuple[str, str]]] = {}
    for kind, term in known_terms(connection, said):
        known.setdefault(term, []).append((kind, term))
    return [
        (number, kind, term)
        for number, own in places.items()
        for kind, term in spoken_of(own, [each for said_so in own.keys() & known.keys() for each in known[said_so]])
    ]


# --- inside


def _within(accounts: Sequence[int]) -> str:
    return _WITHIN.format(no_writers=", ".join(f"'{each}'" for each in NO_WRITERS), accounts=_places(accounts))


def _values(span: Span, accounts: Sequence[int]) -> tuple[Any, ...]:
    return (*span, MessageKind.OURS, MessageKind.SEARCH, *accounts)


def _names(connection: sqlite3.Connection, customers: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(customers), CHUNK):
        some = customers[start : start + CHUNK]
        sql = f"SELECT customer_id, coalesce(nullif(name, ''), handle) FROM identity WHERE customer_id IN ({_places(some)}) ORDER BY id DESC"
        found.update(connection.execute(sql, tuple(some)).fetchall())
    return found


def _places(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
