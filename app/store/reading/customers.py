"""Customers: all that the card shows, who might be the same person, people by name or handle, and the history across networks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from app.models.conversation import Category, ConversationState
from app.models.customer import (
    Candidate,
    CaseLine,
    CustomerDetail,
    CustomerNote,
    Flag,
    HistoryLine,
    Likeness,
    MoodMark,
    OtherConversation,
    Profile,
    PromiseLine,
    folded_handle,
)
from app.models.folding import term
from app.models.message import MessageKind
from app.runtime.clock import from_ms
from app.store import search as index
from app.store.reading import agreements, escalations, orders

MOODS = 8
OTHERS = 20
NOTES = 50
ORDERS = 3
CASES = 3
NEWEST = 40
"""So many conversations of one customer are looked through for messages and cases: the newest."""
CANDIDATES = 12
_PEOPLE = 200
_FIRST_WORDS = 160


def detail(
    connection: sqlite3.Connection, customer_id: int, conversation_id: int | None = None
) -> CustomerDetail | None:
    """What the card shows beside a conversation (which is left out of the others); None when there is no such customer."""
    sql = "SELECT name, city, language, email, note, tags, flags, first_at, muted_at FROM customer WHERE id = ?"
    found = connection.execute(sql, (customer_id,)).fetchone()
    if found is None:
        return None
    name, city, language, email, about, tags, flags, first_at, muted_at = found
    profiles = _profiles(connection, customer_id)
    newest = _newest(connection, customer_id)
    followers = [profile.followers for profile in profiles if profile.followers is not None]
    shown = (name, *(profile.name or profile.handle for profile in profiles))
    cases, case_count = _cases(connection, [number for number, _ in newest])
    return CustomerDetail(
        id=customer_id,
        name=next((each for each in shown if each), ""),
        own_name=name,
        city=city,
        language=language,
        email=email,
        about=about,
        tags=tuple(json.loads(tags)),
        flags=flags_of(flags),
        first_at=None if first_at is None else from_ms(first_at),
        followers=max(followers) if followers else None,
        conversation_count=conversation_count(connection, customer_id),
        profiles=profiles,
        moods=_moods(connection, [number for number, _ in newest]),
        promises=_promises(connection, customer_id),
        cases=cases,
        case_count=case_count,
        others=_others(connection, [number for number, _ in newest if number != conversation_id][:OTHERS]),
        notes=_notes(connection, customer_id),
        orders=tuple(orders.of_customer(connection, customer_id, ORDERS)),
        order_count=orders.count_of_customer(connection, customer_id),
        muted=muted_at is not None,
        agreements=tuple(agreements.of_customer(connection, customer_id)),
        escalations=tuple(escalations.of_customer(connection, customer_id)),
    )


def flags_of(text: str) -> tuple[Flag, ...]:
    """Those that are known, in their order."""
    stored = set(json.loads(text)) if text != "[]" else set()
    return tuple(flag for flag in Flag if flag in stored)


def conversation_count(connection: sqlite3.Connection, customer_id: int) -> int:
    many: int = connection.execute(
        "SELECT count(*) FROM conversation WHERE customer_id = ?", (customer_id,)
    ).fetchone()[0]
    return many


def joining(connection: sqlite3.Connection, joining_id: int) -> tuple[int, int]:
    """(kept, joined)."""
    found = connection.execute("SELECT kept_id, joined_id FROM joining WHERE id = ?", (joining_id,)).fetchone()
    return found[0], found[1]


def heard_by_words(
    connection: sqlite3.Connection, message_ids: Sequence[int], since_ms: int
) -> list[tuple[int, str, int]]:
    """(id, text, mood) of those of these messages of customers, written since then, whose mood the program told as they came."""
    sql = (
        "SELECT id, substr(text, 1, 4000), mood FROM message WHERE id IN ({marks}) AND kind <> ? AND mood IS NOT NULL"
        " AND NOT mood_by_hand AND at > ?"
    )
    marks = ", ".join("?" * len(message_ids))
    values = (*message_ids, MessageKind.OURS, since_ms)
    return [(number, text, mood) for number, text, mood in connection.execute(sql.format(marks=marks), values)]


def unjudged(connection: sqlite3.Connection, customer_id: int) -> list[tuple[int, str, str]]:
    """(id, text, language) of the last messages whose mood nobody looked at."""
    newest = [number for number, _ in _newest(connection, customer_id)]
    ids = [mark.message_id for mark in _moods(connection, newest) if mark.mood is None]
    if not ids:
        return []
    places = ", ".join("?" * len(ids))
    return list(connection.execute(f"SELECT id, text, language FROM message WHERE id IN ({places})", ids))


def history(connection: sqlite3.Connection, customer_id: int, limit: int) -> list[HistoryLine]:
    """The last messages of all conversations, theirs and ours, oldest first."""
    found: list[tuple[int, HistoryLine]] = []
    sql = (
        "SELECT m.id, m.conversation_id, a.network, m.kind, coalesce(nullif(i.name, ''), i.handle, ''), m.text, m.at"
        " FROM message AS m JOIN account AS a ON a.id = m.account_id LEFT JOIN identity AS i ON i.id = m.identity_id"
        " WHERE m.conversation_id = ? ORDER BY m.at DESC, m.id DESC LIMIT ?"
    )
    for number, _ in _newest(connection, customer_id):
        for message_id, conversation_id, network, kind, author, text, at in connection.execute(sql, (number, limit)):
            ours = kind == MessageKind.OURS
            found.append((at, HistoryLine(message_id, conversation_id, network, ours, author, text, from_ms(at))))
    found.sort(key=lambda pair: (pair[0], pair[1].message_id))
    return [line for _, line in found[-limit:]]


# --- who might be the same person


def suggestions(connection: sqlite3.Connection, customer_id: int) -> list[Candidate]:
    """Customers with the same e-mail address, order, handle or display name, the surest reason first. Never because names look alike."""
    own = connection.execute("SELECT name, email FROM customer WHERE id = ?", (customer_id,)).fetchone()
    if own is None:
        return []
    name, email = own
    profiles = _profiles(connection, customer_id)
    reasons: dict[int, tuple[Likeness, str]] = {}

    def note(found: Iterable[int], likeness: Likeness, said: str) -> None:
        for number in found:
            if number != customer_id:
                reasons.setdefault(number, (likeness, said))

    if email:
        note(_with_email(connection, email), Likeness.EMAIL, email)
    for number, order_number in _by_orders(connection, customer_id, email, profiles):
        note([number], Likeness.ORDER, order_number)
    for profile in profiles:
        note(_with_handle(connection, profile.handle), Likeness.HANDLE, profile.handle)
    for each in dict.fromkeys((name, *(profile.name for profile in profiles))):
        if _tells_apart(each):
            note(_with_name(connection, each), Likeness.NAME, each)
    found = candidates(connection, list(reasons)[:CANDIDATES])
    return [each._replace(reason=reasons[each.id][0], detail=reasons[each.id][1]) for each in found]


def people(connection: sqlite3.Connection, text: str, limit: int = CANDIDATES) -> list[Candidate]:
    """Customers found by name or handle."""
    return candidates(connection, _customers(connection, text, limit * 4))[:limit]


def candidates(connection: sqlite3.Connection, ids: Sequence[int]) -> list[Candidate]:
    """In the order of `ids`; those without a profile of their own (joined to another) are left out."""
    found = []
    for number in ids:
        profiles = _profiles(connection, number)
        if not profiles:
            continue
        name = connection.execute("SELECT name FROM customer WHERE id = ?", (number,)).fetchone()[0]
        shown = name or next((each.name for each in profiles if each.name), "") or profiles[0].handle
        pairs = tuple((profile.network, profile.handle) for profile in profiles)
        found.append(Candidate(number, shown, pairs, conversation_count(connection, number)))
    return found


def customers_with_handle(connection: sqlite3.Connection, handle: str) -> list[int]:
    """Who bears exactly this handle, on whatever network."""
    wanted = folded_handle(handle)
    found = _identities(connection, handle)
    return list(dict.fromkeys(number for number, own, _ in found if folded_handle(own) == wanted))


def known_on(connection: sqlite3.Connection, network: str, text: str, limit: int = CANDIDATES) -> list[tuple[str, str]]:
    """(handle, name) of people with a profile on a network, found by name or handle there or elsewhere; who writes most comes first."""
    ids = _customers(connection, text, limit * 4)
    found = []
    for number in ids:
        name = connection.execute("SELECT name FROM customer WHERE id = ?", (number,)).fetchone()[0]
        for profile in _profiles(connection, number):
            if profile.network == network and profile.handle:
                found.append((profile.handle, name or profile.name))
    return list(dict.fromkeys(found))[:limit]


def handles_elsewhere(connection: sqlite3.Connection, handles: Iterable[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """For each of these handles that somebody bears: all handles of these people by network."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for handle in handles:
        for number in customers_with_handle(connection, handle):
            there = found.setdefault(handle, {})
            for profile in _profiles(connection, number):
                there[profile.network] = tuple(dict.fromkeys((*there.get(profile.network, ()), profile.handle)))
    return found


def local_part(handle: str) -> str:
    """What of a handle a person chose: without the server of federated networks."""
    return folded_handle(handle).partition("@")[0].removesuffix(".bsky.social")


def _with_handle(connection: sqlite3.Connection, handle: str) -> list[int]:
    wanted = local_part(handle)
    return [number for number, own, _ in _identities(connection, wanted) if wanted and local_part(own) == wanted]


def _with_name(connection: sqlite3.Connection, name: str) -> list[int]:
    wanted = " ".join(name.casefold().split())
    found = [number for number, _, own in _identities(connection, name) if " ".join(own.casefold().split()) == wanted]
    for number in _named(connection, name):
        own = connection.execute("SELECT name FROM customer WHERE id = ?", (number,)).fetchone()
        if own is not None and " ".join(own[0].casefold().split()) == wanted:
            found.append(number)
    return found


def _tells_apart(name: str) -> bool:
    """A first name alone is shared by too many; Chinese, Japanese and Korean names are written without a space."""
    return len(name.split()) > 1 or (len(name) > 1 and any("\u3040" <= sign <= "\uffdc" for sign in name))


def _with_email(connection: sqlite3.Connection, email: str) -> list[int]:
    sql = "SELECT id FROM customer WHERE email = ? AND email <> ''"
    return [number for (number,) in connection.execute(sql, (email,))]


def _by_orders(
    connection: sqlite3.Connection, customer_id: int, email: str, profiles: Sequence[Profile]
) -> list[tuple[int, str]]:
    """(customer id, order number): orders that name this customer and stand with another, or the other way round."""
    found: list[tuple[int, str]] = []
    handles = [folded_handle(profile.handle) for profile in profiles]
    for column, values in (("email", [email] if email else []), ("handle", handles)):
        for value in values:
            sql = f"SELECT customer_id, number FROM shop_order WHERE {column} = ? AND customer_id IS NOT NULL LIMIT 20"
            found += [(number, order) for number, order in connection.execute(sql, (value,)) if number != customer_id]
    sql = "SELECT DISTINCT number, email, handle FROM shop_order WHERE customer_id = ? LIMIT 50"
    for order, other_email, handle in connection.execute(sql, (customer_id,)).fetchall():
        if other_email:
            found += [(number, order) for number in _with_email(connection, other_email) if number != customer_id]
        if handle:
            found += [(number, order) for number in customers_with_handle(connection, handle) if number != customer_id]
    return found


def _expression(text: str) -> str:
    """All words that were typed, each also as the beginning of one."""
    return index.match_expression([word for piece in text.split() if (word := term(piece))])


def _customers(connection: sqlite3.Connection, text: str, limit: int) -> list[int]:
    expression = _expression(text)
    if not expression:
        return []
    sql = (
        "WITH people AS (SELECT rowid AS key FROM person_search WHERE person_search MATCH ? LIMIT ?)"
        " SELECT CASE WHEN people.key & 1 THEN people.key >> 1 ELSE i.customer_id END"
        " FROM people LEFT JOIN identity AS i ON people.key & 1 = 0 AND i.id = people.key >> 1"
    )
    found = (number for (number,) in connection.execute(sql, (expression, limit)))
    return list(dict.fromkeys(number for number in found if number is not None))


def _identities(connection: sqlite3.Connection, text: str) -> list[tuple[int, str, str]]:
    """(customer id, handle, name) of profiles that hold these words."""
    expression = _expression(text)
    if not expression:
        return []
    sql = (
        "WITH people AS (SELECT rowid AS key FROM person_search WHERE person_search MATCH ? LIMIT ?)"
        " SELECT i.customer_id, i.handle, i.name FROM people CROSS JOIN identity AS i ON i.id = people.key >> 1 WHERE people.key & 1 = 0"
    )
    return list(connection.execute(sql, (expression, _PEOPLE)))


def _named(connection: sqlite3.Connection, text: str) -> list[int]:
    expression = _expression(text)
    if not expression:
        return []
    sql = "SELECT rowid >> 1 FROM person_search WHERE person_search MATCH ? AND rowid & 1 = 1 LIMIT ?"
    return [number for (number,) in connection.execute(sql, (expression, _PEOPLE))]


# --- parts of the card


def _profiles(connection: sqlite3.Connection, customer_id: int) -> tuple[Profile, ...]:
    joined: dict[int, int] = {}
    sql = "SELECT id, before FROM joining WHERE kept_id = ? AND undone_at IS NULL ORDER BY id"
    for joining_id, before in connection.execute(sql, (customer_id,)):
        joined.update((number, joining_id) for number in json.loads(before)["identities"])
    sql = "SELECT id, network, handle, name, url, followers FROM identity WHERE customer_id = ? ORDER BY id"
    rows = connection.execute(sql, (customer_id,))
    return tuple(
        Profile(number, network, handle, name, url, followers, joined.get(number))
        for number, network, handle, name, url, followers in rows
    )


def _newest(connection: sqlite3.Connection, customer_id: int) -> list[tuple[int, int]]:
    """(id, when the customer last wrote) of the newest conversations."""
    sql = "SELECT id, last_at FROM conversation WHERE customer_id = ? ORDER BY +last_at DESC, id DESC LIMIT ?"
    return list(connection.execute(sql, (customer_id, NEWEST)))


def _moods(connection: sqlite3.Connection, conversation_ids: Sequence[int]) -> tuple[MoodMark, ...]:
    found: list[tuple[int, int, int | None, int, str]] = []
    sql = (
        "SELECT at, id, mood, mood_by_hand, substr(text, 1, 4000) FROM message WHERE conversation_id = ? AND kind <> ?"
        " ORDER BY at DESC, id DESC LIMIT ?"
    )
    for number in conversation_ids:
        found += connection.execute(sql, (number, MessageKind.OURS, MOODS)).fetchall()
    found.sort()
    return tuple(
        MoodMark(number, mood, bool(by_hand), from_ms(at), text) for at, number, mood, by_hand, text in found[-MOODS:]
    )


def _promises(connection: sqlite3.Connection, customer_id: int) -> tuple[PromiseLine, ...]:
    sql = "SELECT id, text, due_at FROM promise WHERE customer_id = ? AND kept_at IS NULL AND let_go_at IS NULL ORDER BY due_at, id LIMIT 20"
    return tuple(
        PromiseLine(number, text, from_ms(due)) for number, text, due in connection.execute(sql, (customer_id,))
    )


def _cases(connection: sqlite3.Connection, conversation_ids: Sequence[int]) -> tuple[tuple[CaseLine, ...], int]:
    """The last ones that were solved, and how many cases there were in all."""
    rows: list[tuple[int, int, int, str, int | None, int | None]] = []
    sql = "SELECT opened_at, id, conversation_id, category, solved_at, solved_in FROM support_case WHERE conversation_id = ?"
    for number in conversation_ids:
        rows += connection.execute(sql, (number,)).fetchall()
    solved = sorted((row for row in rows if row[4] is not None), reverse=True)[:CASES]
    lines = tuple(
        CaseLine(
            number,
            conversation_id,
            Category(category),
            from_ms(opened_at),
            _first_words(connection, conversation_id, opened_at),
            _moment(solved_at),
            solved_in,
        )
        for opened_at, number, conversation_id, category, solved_at, solved_in in solved
    )
    return lines, len(rows)


def _first_words(connection: sqlite3.Connection, conversation_id: int, opened_at: int) -> str:
    sql = "SELECT text FROM message WHERE conversation_id = ? AND at >= ? AND kind <> ? ORDER BY at, id LIMIT 1"
    found = connection.execute(sql, (conversation_id, opened_at, MessageKind.OURS)).fetchone()
    return " ".join(found[0][: _FIRST_WORDS * 2].split())[:_FIRST_WORDS] if found else ""


def _others(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[OtherConversation, ...]:
    if not ids:
        return ()
    places = ", ".join("?" * len(ids))
    sql = (
        "SELECT c.id, a.network, c.state, c.category, c.snippet, c.last_at FROM conversation AS c JOIN account AS a ON a.id = c.account_id"
        f" WHERE c.id IN ({places}) ORDER BY +c.last_at DESC, c.id DESC"
    )
    return tuple(
        OtherConversation(number, network, ConversationState(state), Category(category), snippet, from_ms(last_at))
        for number, network, state, category, snippet, last_at in connection.execute(sql, tuple(ids))
    )


def _notes(connection: sqlite3.Connection, customer_id: int) -> tuple[CustomerNote, ...]:
    sql = (
        "SELECT n.id, n.conversation_id, n.text, n.at FROM conversation AS c CROSS JOIN note AS n ON n.conversation_id = c.id"
        " WHERE c.customer_id = ? ORDER BY n.at DESC, n.id DESC LIMIT ?"
    )
    found = connection.execute(sql, (customer_id, NOTES))
    return tuple(
        CustomerNote(number, conversation_id, text, from_ms(at)) for number, conversation_id, text, at in found
    )


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)
