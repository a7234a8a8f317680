"""Customers as the user knows them: joined and separated, described, tagged, flagged, noted on; moods of what they wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session, col, update

from app.models.customer import CustomerWords, Flag, folded_handle
from app.models.tables.agreement import Agreement
from app.models.tables.case import Promise
from app.models.tables.conversation import Conversation, Customer, Identity, Joining, Message, Note
from app.models.tables.order import Order
from app.store.notes import execute, lookup, note
from app.store.writing.order_matching import holder_of, match_customer

_FILLED = ("name", "language", "city", "email", "muted_at", "newsletter_at")
"""Taken from the joined customer where the kept one has nothing."""


class NotJoinable(Exception):
    """The same customer twice, or one that is joined to another already."""


# --- joined and separated


def join(session: Session, kept_id: int, joined_id: int, now_ms: int) -> int:
    """Everything of one customer becomes the other's; answers the joining, by which they are separated again."""
    kept, joined = session.get_one(Customer, kept_id), session.get_one(Customer, joined_id)
    identities = _ids(session, "identity", joined_id)
    if kept_id == joined_id or not identities or not _ids(session, "identity", kept_id):
        raise NotJoinable(f"{joined_id} to {kept_id}")
    moved = {
        "identities": identities,
        "conversations": _ids(session, "conversation", joined_id),
        "promises": _ids(session, "promise", joined_id),
        "agreements": _ids(session, "agreement", joined_id),
        "orders": _ids(session, "shop_order", joined_id),
    }
    before = {**moved, **_fill_in(kept, joined)}
    joining = Joining(kept_id=kept_id, joined_id=joined_id, before=json.dumps(before, ensure_ascii=False), at=now_ms)
    session.add(joining)
    session.flush()
    _move(session, moved, kept_id)
    _tell_lists(session, kept_id)
    match_customer(session, kept_id)
    return joining.id or 0


def separate(session: Session, joining_id: int, now_ms: int) -> None:
    """Gives the joined customer back all that was its own, what came since included; what the user wrote since stays with the kept one."""
    joining = session.get_one(Joining, joining_id)
    if joining.undone_at is not None:
        return
    before: dict[str, Any] = json.loads(joining.before)
    holder = holder_of(session, joining.kept_id)
    own = set(_ids(session, "identity", holder))
    identities = [number for number in before["identities"] if number in own]
    moved = {
        "identities": identities,
        "conversations": _conversations_of(session, holder, identities),
        "orders": _orders_of(session, holder, before["orders"], identities, joining.joined_id),
    }
    moved["promises"] = _of_conversations(session, "promise", holder, moved["conversations"])
    moved["agreements"] = _of_conversations(session, "agreement", holder, moved["conversations"])
    joining.undone_at = now_ms
    session.flush()
    _move(session, moved, joining.joined_id)
    _take_out(session.get_one(Customer, joining.kept_id), before)
    session.flush()
    for number in (joining.kept_id, holder, joining.joined_id):
        _tell_lists(session, number)


def _move(session: Session, moved: dict[str, list[int]], customer_id: int) -> None:
    for table, ids in (
        (Identity, "identities"),
        (Conversation, "conversations"),
        (Promise, "promises"),
        (Agreement, "agreements"),
        (Order, "orders"),
    ):
        for start in range(0, len(moved[ids]), 500):
            chunk = moved[ids][start : start + 500]
            execute(session, update(table).where(col(table.id).in_(chunk)).values(customer_id=customer_id))


def _fill_in(kept: Customer, joined: Customer) -> dict[str, Any]:
    """What the kept customer lacks; answers what it was before, as `_take_out` reads it."""
    filled: dict[str, list[Any]] = {}

    def become(name: str, value: object) -> None:
        old = getattr(kept, name)
        if value != old:
            filled[name] = [old, value]
            setattr(kept, name, value)

    for name in _FILLED:
        become(name, getattr(kept, name) or getattr(joined, name))
    become("note", "\n\n".join(dict.fromkeys(each for each in (kept.note, joined.note) if each)))
    firsts = [each for each in (kept.first_at, joined.first_at) if each is not None]
    become("first_at", min(firsts) if firsts else None)
    added: dict[str, list[str]] = {}
    for name in ("tags", "flags"):
        own, others = json.loads(getattr(kept, name)), json.loads(getattr(joined, name))
        added[name] = [each for each in others if each not in own]
        if added[name]:
            setattr(kept, name, _json([*own, *added[name]]))
    return {"kept": filled, **added}


def _take_out(kept: Customer, before: dict[str, Any]) -> None:
    """Fields that still hold what the joining brought become what they were; what was changed since is the user's."""
    for name, (old, value) in before["kept"].items():
        if getattr(kept, name) == value:
            setattr(kept, name, old)
    for name in ("tags", "flags"):
        left = [each for each in json.loads(getattr(kept, name)) if each not in before[name]]
        setattr(kept, name, _json(left))


def _ids(session: Session, table: str, customer_id: int) -> list[int]:
    found = lookup(session, f"SELECT id FROM {table} WHERE customer_id IN (?*) ORDER BY id", [customer_id])
    return [number for (number,) in found]


def _conversations_of(session: Session, holder: int, identities: Sequence[int]) -> list[int]:
    sql = "SELECT id FROM conversation WHERE customer_id = ? AND +identity_id IN (?*)"
    return [number for (number,) in lookup(session, sql, identities, holder)]


def _of_conversations(session: Session, table: str, holder: int, conversations: Sequence[int]) -> list[int]:
    """Promises or agreements."""
    sql = f"SELECT id FROM {table} WHERE +customer_id = ? AND conversation_id IN (?*)"
    return [number for (number,) in lookup(session, sql, conversations, holder)]


def _orders_of(
    session: Session, holder: int, brought: Sequence[int], identities: Sequence[int], joined_id: int
) -> list[int]:
    """Those that came with the joining, and those that came since and name the joined customer."""
    found = lookup(session, "SELECT handle FROM identity WHERE id IN (?*)", identities)
    handles = {folded_handle(handle) for (handle,) in found}
    email = session.get_one(Customer, joined_id).email
    known = set(brought)
    rows = lookup(session, "SELECT id, handle, email FROM shop_order WHERE customer_id IN (?*)", [holder])
    return [
        number
        for number, handle, address in rows
        if number in known or (handle and handle in handles) or (address and address == email)
    ]


# --- described by hand


def describe(session: Session, customer_id: int, words: CustomerWords) -> CustomerWords:
    """Answers what stood there before."""
    row = session.get_one(Customer, customer_id)
    before = CustomerWords(row.name, row.city, row.language, row.email, row.note, tuple(json.loads(row.tags)))
    row.name, row.city, row.language, row.email, row.note = (
        words.name,
        words.city,
        words.language,
        words.email,
        words.about,
    )
    row.tags = _json(list(words.tags))
    session.flush()
    if words.name != before.name:
        _tell_lists(session, customer_id)
    if words.email != before.email:
        match_customer(session, customer_id)
    return before


def set_flags(session: Session, customer_id: int, flags: Iterable[Flag], wanted_since: int | None = None) -> tuple[Flag, ...]:
    """Answers those it had. `wanted_since` (UTC milliseconds): when they said that they want the newsletter, where that is new."""
    row = session.get_one(Customer, customer_id)
    before = set(json.loads(row.flags))
    wanted = set(flags)
    row.flags = _json([str(flag) for flag in Flag if flag in wanted])
    row.newsletter_at = (row.newsletter_at or wanted_since) if Flag.NEWSLETTER in wanted else None
    return tuple(flag for flag in Flag if flag in before)


def wants_newsletter_since(session: Session, customer_id: int) -> int | None:
    """UTC milliseconds; None: never said so."""
    return session.get_one(Customer, customer_id).newsletter_at


def edit_note(session: Session, note_id: int, text: str) -> str:
    """Answers what it said before."""
    row = session.get_one(Note, note_id)
    before = row.text
    row.text = text
    return before


def remove_note(session: Session, note_id: int) -> tuple[int, str, int]:
    """Answers (conversation, text, time), for bringing it back."""
    row = session.get_one(Note, note_id)
    kept = (row.conversation_id, row.text, row.at)
    session.delete(row)
    return kept


def bring_note_back(session: Session, note_id: int, conversation_id: int, text: str, at: int) -> None:
    if session.get(Note, note_id) is None:
        session.add(Note(id=note_id, conversation_id=conversation_id, text=text, at=at))


# --- moods


def judge(session: Session, moods: Sequence[tuple[int, int]]) -> None:
    """Moods (message, -1 to 1) that the program thinks it hears; what a person said stays."""
    for message_id, mood in moods:
        row = session.get(Message, message_id)
        if row is not None and row.mood is None and not row.mood_by_hand:
            row.mood = mood


def hear_again(session: Session, moods: Sequence[tuple[int, int]]) -> None:
    """Moods (message, -1 to 1) that the program hears better than before; what a person said stays."""
    for message_id, mood in moods:
        row = session.get(Message, message_id)
        if row is not None and row.mood is not None and not row.mood_by_hand:
            row.mood = mood


def correct_mood(
    session: Session, message_id: int, mood: int | None, *, by_hand: bool = True
) -> tuple[int | None, bool]:
    """A person's word, which wins for ever; answers what stood there and whether a person had said it."""
    row = session.get_one(Message, message_id)
    before = (row.mood, row.mood_by_hand)
    row.mood, row.mood_by_hand = mood, by_hand
    return before


def _tell_lists(session: Session, customer_id: int) -> None:
    """Lists show the customer's name in each of its conversations."""
    session.flush()
    note(session, Conversation, _ids(session, "conversation", customer_id))


def _json(value: list[str]) -> str:
    return json.dumps(value, ensure_ascii=False)
