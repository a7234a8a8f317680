"""Messages coming in: stored in pages, each once, with their people and conversations, and the cursor that covers them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from sqlmodel import Session

from app.models.arrival import Arrival
from app.models.judgement import Heard, Judge, Judgement, as_it_comes
from app.models.message import Attachment, MessageKind
from app.models.tables.account import Account, Cursor
from app.models.tables.conversation import Message
from app.runtime.clock import to_ms
from app.store.notes import insert_many, lookup, next_id, update_many
from app.store.search import LATEST_MS
from app.store.writing import threads
from app.store.writing.cases import CATEGORIES, CaseBook
from app.store.writing.outbox import UNKNOWN_PREFIX
from app.store.writing.people import Known, keep_people
from app.store.writing.ruling import Rulings
from app.store.writing.threads import Promise, Reading, Thread

BATCH = 500
CATCHING_UP = 50
"""Messages of one page from which on it is no live news."""

_MESSAGE_COLUMNS = (
    "id", "conversation_id", "account_id", "identity_id", "remote_id", "kind", "text", "language", "visibility", "url", "in_reply_to",
    "attachments", "at", "arrived_at", "read", "liked", "boosted", "deleted", "answerable", "outbox_id",
    "answer_title", "thanks", "mood",
)  # fmt: skip

_NOT_JUDGED = Judgement()


def keep(
    session: Session,
    account_id: int,
    arrivals: Sequence[Arrival],
    stream: str,
    cursor: str,
    now_ms: int,
    promise: Promise,
    judge: Judge = as_it_comes,
) -> int:
    """Stores a page and moves the stream's cursor; answers how many messages of customers were new.

    Messages that are there already are only brought up to date, so a page may come twice. A new message of a customer is judged,
    and reopens its conversation, except those ignored as troll or spam. A message of ours that the outbox sent is joined to it, one written on
    another device answers the conversation; one outside every known conversation is not stored.
    """
    is_first = _read_to(session, account_id, stream) == ""
    reading = _reading(
        session, account_id, now_ms, promise, judge, is_first=is_first, many=len(arrivals) >= CATCHING_UP
    )
    new = sum(_keep_batch(reading, arrivals[start : start + BATCH]) for start in range(0, len(arrivals), BATCH))
    move_cursor(session, account_id, stream, cursor, now_ms)
    return new


def keep_earlier(
    session: Session,
    account_id: int,
    arrivals: Sequence[Arrival],
    cursors: Mapping[str, str],
    now_ms: int,
    promise: Promise,
    judge: Judge = as_it_comes,
) -> int:
    """The same for a page of what was said before we came, which follows pages of newer messages; moves several cursors."""
    reading = _reading(session, account_id, now_ms, promise, judge, is_first=True, many=True)
    new = sum(_keep_batch(reading, arrivals[start : start + BATCH]) for start in range(0, len(arrivals), BATCH))
    for stream, cursor in cursors.items():
        move_cursor(session, account_id, stream, cursor, now_ms)
    return new


def move_cursor(session: Session, account_id: int, stream: str, cursor: str, now_ms: int) -> None:
    """How far a stream was read."""
    place = session.get(Cursor, (account_id, stream))
    if place is None:
        session.add(Cursor(account_id=account_id, stream=stream, value=cursor, moved_at=now_ms))
    elif place.value != cursor:
        place.value, place.moved_at = cursor, now_ms


def _read_to(session: Session, account_id: int, stream: str) -> str:
    place = session.get(Cursor, (account_id, stream))
    return "" if place is None else place.value


def _reading(
    session: Session, account_id: int, now_ms: int, promise: Promise, judge: Judge, *, is_first: bool, many: bool
) -> Reading:
    account = session.get_one(Account, account_id)
    return Reading(
        session,
        account_id,
        account.network,
        account.server,
        now_ms,
        promise,
        judge,
        is_first=is_first,
        cases=CaseBook(session),
        catching_up=many,
    )


def set_liked(session: Session, message_id: int, liked: bool) -> None:
    session.get_one(Message, message_id).liked = liked


def set_boosted(session: Session, message_id: int, boosted: bool) -> None:
    session.get_one(Message, message_id).boosted = boosted


def set_deleted(session: Session, message_id: int) -> None:
    """Its author took it back at the network; here it stays, marked."""
    session.get_one(Message, message_id).deleted = True


def set_language(session: Session, message_id: int, language: str) -> None:
    """ISO 639-1, empty when unknown."""
    session.get_one(Message, message_id).language = language


def _keep_batch(reading: Reading, batch: Sequence[Arrival]) -> int:
    by_remote = {arrival.remote_id: arrival for arrival in (batch if _is_sound(batch) else map(_storable, batch))}
    fresh = _bring_up_to_date(reading, by_remote)
    # In time order a conversation's state comes out right whatever the order of the page.
    fresh.sort(key=lambda arrival: arrival.at)
    if not fresh:
        return 0
    people = keep_people(
        reading.session, reading.network, reading.server, [arrival for arrival in fresh if not arrival.ours]
    )
    stand_in = threads.threads_of(reading, fresh, people)
    ours = [arrival for arrival in fresh if arrival.ours]
    fresh = _join_settled(reading, fresh, ours, stand_in)
    number = next_id(reading.session, Message)
    rows, heard_now, rulings, new = [], [], Rulings(), 0
    for arrival in fresh:
        thread = stand_in.get(arrival.remote_id)
        if thread is None:
            continue
        at = min(max(to_ms(arrival.at), 0), LATEST_MS)
        judgement, identity_id = _NOT_JUDGED, None
        if arrival.ours:
            threads.answer(reading, thread, at)
        else:
            author = people[arrival.author_id]
            identity_id = author.identity_id
            judgement = reading.judge(_heard(reading, thread, arrival, at, author))
            befores = threads.hear(reading, thread, arrival, at, judgement)
            before_heard = reading.found.get(arrival.remote_id)
            if befores:
                rulings.add(before_heard or number, thread.id, judgement.ruled, befores)
            new += 1
            if before_heard is not None:
                heard_now.append(
                    (arrival.kind, thread.id, arrival.in_reply_to, arrival.answerable, judgement.thanks, before_heard)
                )
                continue
        rows.append(_message_values(reading, arrival, number, thread.id, identity_id, at, judgement))
        number += 1
    if reading.is_first:
        threads.look_back(reading, stand_in.values())
    threads.store_begun(reading, stand_in.values(), people)
    insert_many(reading.session, Message, _MESSAGE_COLUMNS, rows)
    threads.store_moved(reading, stand_in.values())
    update_many(reading.session, Message, ("kind", "conversation_id", "in_reply_to", "answerable", "thanks"), heard_now)
    rulings.store(reading.session, reading.now_ms)
    return new


def _heard(reading: Reading, thread: Thread, arrival: Arrival, at: int, author: Known) -> Heard:
    return Heard(
        arrival,
        reading.account_id,
        reading.network,
        CATEGORIES[thread.category],
        thread.begins,
        at <= author.first_at,
        author.flags,
        author.followers,
        author.muted,
        reading.catching_up,
    )


def _is_sound(batch: Sequence[Arrival]) -> bool:
    """Whether all of it can be stored as it came, asked at once."""
    return _encodes("".join([text for arrival in batch for text in _texts(arrival)]))


def _texts(arrival: Arrival) -> tuple[str, ...]:
    return (arrival.text, arrival.author_name, arrival.author_handle, arrival.parent_text, arrival.url)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _storable(arrival: Arrival) -> Arrival:
    """Half a surrogate pair, which JSON may hold and SQLite may not, becomes a question mark: one odd message stops no reading."""
    if _encodes("".join(_texts(arrival))):
        return arrival
    values = {field.name: getattr(arrival, field.name) for field in fields(arrival)}
    sound: dict[str, Any] = {name: v.encode("utf-8", "replace").decode() for name, v in values.items() if type(v) is str}
    return replace(arrival, **sound)


def _message_values(
    reading: Reading,
    arrival: Arrival,
    number: int,
    conversation_id: int,
    identity_id: int | None,
    at: int,
    judgement: Judgement,
) -> tuple[object, ...]:
    """In the order of `_MESSAGE_COLUMNS`."""
    kind = MessageKind.OURS if arrival.ours else arrival.kind
    return (
        *(number, conversation_id, reading.account_id, identity_id, arrival.remote_id, str(kind), arrival.text),
        *(judgement.language or arrival.language, str(arrival.visibility), arrival.url, arrival.in_reply_to),
        *(attachments_text(arrival.attachments), at, reading.now_ms, int(arrival.ours), int(arrival.liked)),
        *(int(arrival.boosted), 0, int(arrival.answerable), None, "", int(judgement.thanks), judgement.mood),
    )


# --- messages that are there already


def _bring_up_to_date(reading: Reading, by_remote: dict[str, Arrival]) -> list[Arrival]:
    """Stores what was edited or acted on since; answers those that are new, and those that were only found until now."""
    known = lookup(
        reading.session,
        "SELECT remote_id, id, kind, text, url, attachments, liked, boosted FROM message WHERE account_id = ? AND remote_id IN (?*)",
        by_remote,
        reading.account_id,
    )
    fresh = dict(by_remote)
    edited = []
    for remote_id, number, kind, *stored in known:
        arrival = fresh[remote_id]
        if kind == MessageKind.SEARCH and arrival.kind is not MessageKind.SEARCH and not arrival.ours:
            reading.found[remote_id] = number
        else:
            del fresh[remote_id]
        # A like of ours may be newer than this page: it is never taken back by reading.
        told: list[object] = [arrival.text, arrival.url or stored[1], attachments_text(arrival.attachments)]
        told += [bool(stored[3]) or arrival.liked, bool(stored[4]) or arrival.boosted]
        if told != stored:
            edited.append((*told, number))
    update_many(reading.session, Message, ("text", "url", "attachments", "liked", "boosted"), edited)
    return list(fresh.values())


# --- what the outbox sent


def _join_settled(
    reading: Reading, fresh: list[Arrival], ours: Sequence[Arrival], stand_in: dict[str, Thread]
) -> list[Arrival]:
    """Gives replies that were out by the user's word alone the name they have at the network; answers the rest."""
    if not ours:
        return fresh
    settled = reading.session.connection().exec_driver_sql(
        "SELECT id, conversation_id, text FROM message WHERE account_id = ? AND remote_id >= ? AND remote_id < ? ORDER BY id",
        (reading.account_id, UNKNOWN_PREFIX, UNKNOWN_PREFIX + "\U0010ffff"),
    )
    waiting = {(conversation_id, " ".join(text.split())): number for number, conversation_id, text in settled}
    named, rest = [], []
    for arrival in fresh:
        thread = stand_in.get(arrival.remote_id)
        number = waiting.pop((thread.id, " ".join(arrival.text.split())), None) if arrival.ours and thread else None
        if number is None:
            rest.append(arrival)
        else:
            named.append((arrival.remote_id, arrival.url, number))
    update_many(reading.session, Message, ("remote_id", "url"), named)
    return rest


def attachments_text(attachments: Sequence[Attachment]) -> str:
    """As tables keep them."""
    if not attachments:
        return "[]"
    return json.dumps(
        [
            {"url": each.url, "kind": each.kind, "alt": each.alt, "preview_url": each.preview_url}
            for each in attachments
        ],
        ensure_ascii=False,
    )
