"""The conditions of a search as SQL on a message `m` and its conversation `c`; names are looked up first, so that each is a comparison."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from app.models.conversation import ConversationState
from app.models.find import CONVERSATION_FLAGS, MESSAGE_FLAGS, STATES, Condition, Wanted
from app.models.folding import level, term
from app.models.message import MessageKind
from app.store.search import match_expression

SOON_MS = 60 * 60 * 1000
MOST_NAMED = 2000
"""People by one name; the newest count."""
RARE = 2000
"""A state with so few conversations is sorted instead of gone through."""

_OURS = f"m.kind = '{MessageKind.OURS}'"
_FLAGS = {
    "unread": "c.unread = 1",
    "private": "c.private = 1",
    "praise": "(c.state = 'kept' OR c.category = 'praise')",
    "priority": "c.priority > 0",
    "vip": "EXISTS (SELECT 1 FROM customer AS u WHERE u.id = c.customer_id AND u.flags LIKE '%\"vip\"%')",
    "thanks": "m.thanks = 1",
    "found": f"m.kind = '{MessageKind.SEARCH}'",
}
_HAS = {
    "picture": 'm.attachments LIKE \'%"kind": "image"%\'',
    "video": 'm.attachments LIKE \'%"kind": "video"%\'',
    "link": "(m.text LIKE '%http://%' OR m.text LIKE '%https://%')",
    "note": "EXISTS (SELECT 1 FROM note AS n WHERE n.conversation_id = c.id)",
    "reply": "c.ours_at IS NOT NULL",
}
_OF_MESSAGES = ("picture", "video", "link")


class Filter(NamedTuple):
    """`sql` is true for what is wanted; the rest is for choosing what drives."""

    sql: str
    values: tuple[object, ...] = ()
    of_messages: bool = False
    """Whether it speaks of `m`; otherwise it holds for `c` alone."""
    impossible: bool = False
    """Nothing can fit: there is no such person, account or tag."""
    people: tuple[int, ...] | None = None
    """Customers who wrote it, where that was asked."""
    account: int | None = None
    """The only account asked for."""
    tag: int | None = None
    """The only tag asked for."""
    rare_states: tuple[str, ...] | None = None


def of(connection: sqlite3.Connection, wanted: Wanted, now_ms: int) -> Filter:
    """What the conditions of `wanted` ask for. Its days bound messages and are for whoever goes through them in order of time."""
    parts: list[str] = []
    values: list[object] = []
    accounts, tags = _accounts(connection, wanted.of("account")), _tags(connection, wanted.of("tag"))
    if accounts is not None:
        parts.append(f"c.account_id IN ({_listed(accounts)})")
    if tags is not None:
        parts.append(_tagged(tags))
    parts += _not_named(connection, wanted)
    people, sent = _senders(connection, wanted)
    parts += [sent] if sent else []
    states = [value for value in wanted.of("is") if value in STATES]
    for chosen, column, no in (
        (states, "c.state", ""),
        (wanted.of("category"), "c.category", ""),
        ([value for value in wanted.of("is", negated=True) if value in STATES], "c.state", "NOT "),
        (wanted.of("category", negated=True), "c.category", "NOT "),
    ):
        if chosen:
            parts.append(f"{column} {no}IN ({', '.join('?' * len(chosen))})")
            values += chosen
    for condition in wanted.conditions:
        sql = _plain(condition, now_ms)
        if sql:
            parts.append(f"NOT ({sql})" if condition.negated else f"({sql})")
    return Filter(
        sql=" AND ".join(parts) or "1",
        values=tuple(values),
        of_messages=speaks_of_messages(wanted),
        impossible=() in (accounts, tags, people),
        people=people,
        account=accounts[0] if accounts is not None and len(accounts) == 1 else None,
        tag=tags[0] if tags is not None and len(tags) == 1 else None,
        rare_states=_rare(connection, states),
    )


def _senders(connection: sqlite3.Connection, wanted: Wanted) -> tuple[tuple[int, ...] | None, str]:
    """(customers, the condition that one of them wrote it, or we did); None and empty where nobody was named."""
    names = wanted.of("from")
    if not names:
        return None, ""
    people = _people(connection, [name for name in names if name != "us"])
    theirs = f"(NOT {_OURS} AND c.customer_id IN ({_listed(people)}))"
    return (None, f"({theirs} OR {_OURS})") if "us" in names else (people, theirs)


def _not_named(connection: sqlite3.Connection, wanted: Wanted) -> list[str]:
    """Conditions that somebody, an account or a tag is not meant."""
    parts = []
    accounts = _accounts(connection, wanted.of("account", negated=True))
    tags = _tags(connection, wanted.of("tag", negated=True))
    names = wanted.of("from", negated=True)
    people = _people(connection, [name for name in names if name != "us"])
    if accounts:
        parts.append(f"c.account_id NOT IN ({_listed(accounts)})")
    if tags:
        parts.append(f"NOT {_tagged(tags)}")
    if people:
        parts.append(f"c.customer_id NOT IN ({_listed(people)})")
    if "us" in names:
        parts.append(f"NOT {_OURS}")
    return parts


def speaks_of_messages(wanted: Wanted) -> bool:
    """Whether a condition is about single messages."""
    return (
        wanted.since is not None
        or wanted.until is not None
        or any(
            condition.operator in ("from", "tag")
            or (condition.operator == "is" and condition.value in MESSAGE_FLAGS)
            or (condition.operator == "has" and condition.value in _OF_MESSAGES)
            for condition in wanted.conditions
        )
    )


def _plain(condition: Condition, now_ms: int) -> str:
    """A condition that needs no looking up; empty for the others."""
    if condition.operator == "has":
        return _HAS[condition.value]
    if condition.operator != "is" or condition.value not in (*CONVERSATION_FLAGS, *MESSAGE_FLAGS):
        return ""
    last = {"late": now_ms - 1, "soon": now_ms + SOON_MS}.get(condition.value)
    if last is None:
        return _FLAGS[condition.value]
    return f"c.state = '{ConversationState.NEEDS_ANSWER}' AND c.answer_by <= {int(last)}"


def _accounts(connection: sqlite3.Connection, names: Sequence[str]) -> tuple[int, ...] | None:
    """Ids by network, handle or the beginning of a handle; None where no name was given."""
    if not names:
        return None
    known = connection.execute("SELECT id, network, handle, name, server FROM account").fetchall()
    found: list[int] = []
    for name in map(_bare, names):
        exact = [row[0] for row in known if name in (row[1], _bare(row[2]), _bare(row[3]))]
        found += exact or [row[0] for row in known if any(_bare(text).startswith(name) for text in row[2:4])]
    return tuple(dict.fromkeys(found))


def _bare(name: str) -> str:
    return level(name).strip().lstrip("@")


def _people(connection: sqlite3.Connection, names: Sequence[str]) -> tuple[int, ...]:
    """Customers by a name or a handle."""
    found: dict[int, None] = {}
    for name in names:
        expression = match_expression([wanted] if (wanted := term(name)) else [])
        if not expression:
            continue
        sql = (
            "WITH people AS (SELECT rowid AS key FROM person_search WHERE person_search MATCH ? ORDER BY rowid DESC LIMIT ?)"
            " SELECT i.customer_id FROM people JOIN identity AS i ON i.id = people.key >> 1 WHERE people.key & 1 = 0"
            " UNION SELECT people.key >> 1 FROM people WHERE people.key & 1 = 1"
        )
        found |= dict.fromkeys(number for (number,) in connection.execute(sql, (expression, MOST_NAMED)))
    return tuple(found)


def _tags(connection: sqlite3.Connection, names: Sequence[str]) -> tuple[int, ...] | None:
    if not names:
        return None
    wanted = {level(name).replace("-", " ") for name in names}
    rows = connection.execute("SELECT id, key, name FROM tag").fetchall()
    return tuple(number for number, key, name in rows if {key, level(name).replace("-", " ")} & wanted)


def _tagged(tags: Sequence[int]) -> str:
    return f"EXISTS (SELECT 1 FROM message_tag AS g WHERE g.message_id = m.id AND g.tag_id IN ({_listed(tags)}))"


def _rare(connection: sqlite3.Connection, states: Sequence[str]) -> tuple[str, ...] | None:
    if not states:
        return None
    places = ", ".join("?" * len(states))
    many = connection.execute(
        f"SELECT coalesce(sum(count), 0) FROM counter WHERE state IN ({places})", tuple(states)
    ).fetchone()[0]
    return tuple(states) if many <= RARE else None


def _listed(ids: Sequence[int]) -> str:
    return ", ".join(str(int(number)) for number in ids)
