"""Messages coming in: stored in pages, each once, with their people and conversations, and the cursor that covers them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from app.models.arrival import Arrival
from app.models.conversation import Category, ConversationState
from app.models.message import Attachment, MessageKind, Visibility
from app.models.outbox import OutboxKind
from app.models.tables.account import Account, Cursor
from app.models.tables.conversation import Conversation, Message
from app.models.tables.outbox import OutboxItem
from app.runtime.clock import to_ms
from app.store.notes import insert_many, lookup, next_id, update_many
from app.store.search import LATEST_MS
from app.store.writing.conversations import sort_key
from app.store.writing.outbox import UNKNOWN_PREFIX
from app.store.writing.people import Known, keep_people

Promise = Callable[[Arrival], datetime | None]
"""When a message has to be answered; None: no promise."""

BATCH = 500
LONGEST_SNIPPET = 200

_NEVER_REOPENED = frozenset({Category.TROLL, Category.SPAM})
_NEVER = -1

_MESSAGE_COLUMNS = (
    "id", "conversation_id", "account_id", "identity_id", "remote_id", "kind", "text", "language", "visibility", "url", "in_reply_to",
    "attachments", "at", "arrived_at", "read", "liked", "boosted", "deleted", "answerable", "outbox_id",
    "answer_title",
)  # fmt: skip
_THREAD_COLUMNS = (
    "id", "customer_id", "state", "category", "language", "unread", "snippet", "last_at", "ours_at", "answer_by", "snoozed_until",
)  # fmt: skip
_CHANGED_COLUMNS = (
    "state", "language", "unread", "snippet", "last_at", "ours_at", "answer_by", "snoozed_until", "sort_key",
)  # fmt: skip
_NEW_COLUMNS = (
    "id", "account_id", "customer_id", "identity_id", "thread_key", "category", "private", "under_post_id", "parent_text", "parent_url",
    "parent_ours", "tags", *_CHANGED_COLUMNS,
)  # fmt: skip


@dataclass(slots=True)
class _Thread:
    """A conversation while messages are put into it."""

    id: int
    customer_id: int
    state: str
    category: str
    language: str
    unread: bool
    snippet: str
    last_at: int
    ours_at: int | None
    answer_by: int | None
    snoozed_until: int | None
    begins_with: Arrival | None = None
    """The message that a new conversation begins with; None for those that were there."""
    touched: bool = False

    def changed_values(self) -> tuple[object, ...]:
        """In the order of `_CHANGED_COLUMNS`."""
        key = sort_key(self.state, self.answer_by, self.snoozed_until, self.last_at)
        return (
            *(self.state, self.language, self.unread, self.snippet, self.last_at, self.ours_at),
            *(self.answer_by, self.snoozed_until, key),
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """What all messages of one page have in common."""

    session: Session
    account_id: int
    network: str
    server: str
    now_ms: int
    promise: Promise
    is_first: bool
    """The stream is read for the first time: old messages that we answered long ago are no surprise."""


def keep(
    session: Session,
    account_id: int,
    arrivals: Sequence[Arrival],
    stream: str,
    cursor: str,
    now_ms: int,
    promise: Promise,
) -> int:
    """Stores a page and moves the stream's cursor; answers how many messages of customers were new.

    Messages that are there already are only brought up to date, so a page may come twice. A new message of a customer reopens its
    conversation, except those ignored as troll or spam. A message of ours that the outbox sent is joined to it, one written on
    another device answers the conversation; one outside every known conversation is not stored.
    """
    account = session.get_one(Account, account_id)
    place = session.get(Cursor, (account_id, stream))
    reading = _Reading(
        session,
        account_id,
        account.network,
        account.server,
        now_ms,
        promise,
        is_first=place is None or place.value == "",
    )
    new = sum(_keep_batch(reading, arrivals[start : start + BATCH]) for start in range(0, len(arrivals), BATCH))
    if place is None:
        session.add(Cursor(account_id=account_id, stream=stream, value=cursor, moved_at=now_ms))
    elif place.value != cursor:
        place.value, place.moved_at = cursor, now_ms
    return new


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


def _keep_batch(reading: _Reading, batch: Sequence[Arrival]) -> int:
    by_remote = {arrival.remote_id: arrival for arrival in map(_storable, batch)}
    fresh = _bring_up_to_date(reading, by_remote)
    # In time order a conversation's state comes out right whatever the order of the page.
    fresh.sort(key=lambda arrival: arrival.at)
    if not fresh:
        return 0
    people = keep_people(
        reading.session, reading.network, reading.server, [arrival for arrival in fresh if not arrival.ours]
    )
    threads = _threads_of(reading, fresh, people)
    ours = [arrival for arrival in fresh if arrival.ours]
    fresh = _join_settled(reading, fresh, ours, threads)
    number = next_id(reading.session, Message)
    rows, new = [], 0
    for arrival in fresh:
        thread = threads.get(arrival.remote_id)
        if thread is None:
            continue
        at = min(max(to_ms(arrival.at), 0), LATEST_MS)
        if arrival.ours:
            _answer(thread, at)
        else:
            _hear(reading, thread, arrival, at)
            new += 1
        identity_id = None if arrival.ours else people[arrival.author_id].identity_id
        rows.append(_message_values(reading, arrival, number, thread.id, identity_id, at))
        number += 1
    _store_threads(reading, threads.values(), people)
    insert_many(reading.session, Message, _MESSAGE_COLUMNS, rows)
    return new


def _storable(arrival: Arrival) -> Arrival:
    """Half a surrogate pair, which JSON may hold and SQLite may not, becomes a question mark: one odd message stops no reading."""
    try:
        "".join((arrival.text, arrival.author_name, arrival.author_handle, arrival.parent_text, arrival.url)).encode()
    except UnicodeEncodeError:
        values = {field.name: getattr(arrival, field.name) for field in fields(arrival)}
        sound: dict[str, Any] = {
            name: v.encode("utf-8", "replace").decode() for name, v in values.items() if type(v) is str
        }
        return replace(arrival, **sound)
    return arrival


def _message_values(
    reading: _Reading,
    arrival: Arrival,
    number: int,
    conversation_id: int,
    identity_id: int | None,
    at: int,
) -> tuple[object, ...]:
    """In the order of `_MESSAGE_COLUMNS`."""
    kind = MessageKind.OURS if arrival.ours else arrival.kind
    return (
        *(
            number,
            conversation_id,
            reading.account_id,
            identity_id,
            arrival.remote_id,
            kind,
            arrival.text,
            arrival.language,
        ),
        *(
            arrival.visibility,
            arrival.url,
            arrival.in_reply_to,
            attachments_text(arrival.attachments),
            at,
            reading.now_ms,
        ),
        *(arrival.ours, arrival.liked, arrival.boosted, False, arrival.answerable, None, ""),
    )


# --- messages that are there already


def _bring_up_to_date(reading: _Reading, by_remote: dict[str, Arrival]) -> list[Arrival]:
    """Stores what was edited or acted on since; answers those that are new."""
    known = lookup(
        reading.session,
        "SELECT remote_id, id, text, url, attachments, liked, boosted FROM message WHERE account_id = ? AND remote_id IN (?*)",
        by_remote,
        reading.account_id,
    )
    fresh = dict(by_remote)
    edited = []
    for remote_id, number, *stored in known:
        arrival = fresh.pop(remote_id)
        # A like of ours may be newer than this page: it is never taken back by reading.
        told: list[object] = [arrival.text, arrival.url or stored[1], attachments_text(arrival.attachments)]
        told += [bool(stored[3]) or arrival.liked, bool(stored[4]) or arrival.boosted]
        if told != stored:
            edited.append((*told, number))
    update_many(reading.session, Message, ("text", "url", "attachments", "liked", "boosted"), edited)
    return list(fresh.values())


# --- conversations


def _threads_of(reading: _Reading, fresh: Sequence[Arrival], people: dict[str, Known]) -> dict[str, _Thread]:
    """The conversation of each message by the message's remote id; new ones are not stored yet."""
    by_key = _stored_threads(reading, "thread_key", {arrival.thread_key for arrival in fresh})
    number = next_id(reading.session, Conversation)
    for arrival in fresh:
        if not arrival.thread_key:
            raise ValueError(f"a message without a thread: {arrival.remote_id}")
        if not arrival.ours and arrival.thread_key not in by_key:
            by_key[arrival.thread_key] = _begin(reading, number, arrival, people[arrival.author_id].customer_id)
            number += 1
    threads = {arrival.remote_id: by_key[arrival.thread_key] for arrival in fresh if arrival.thread_key in by_key}
    _follow_replies(reading, [arrival for arrival in fresh if arrival.remote_id not in threads], threads)
    return threads


def _follow_replies(reading: _Reading, lost: Sequence[Arrival], threads: dict[str, _Thread]) -> None:
    """Our own messages whose thread has another name belong where the message stands that they answer."""
    answered = {arrival.in_reply_to for arrival in lost if arrival.in_reply_to}
    sql = "SELECT remote_id, conversation_id FROM message WHERE account_id = ? AND remote_id IN (?*)"
    stands_in: dict[str, int] = dict(lookup(reading.session, sql, answered, reading.account_id))
    loaded = {thread.id: thread for thread in threads.values()}
    missing = set(stands_in.values()) - loaded.keys()
    loaded.update((thread.id, thread) for thread in _stored_threads(reading, "id", missing).values())
    for arrival in lost:
        if arrival.in_reply_to in threads:
            threads[arrival.remote_id] = threads[arrival.in_reply_to]
        elif arrival.in_reply_to in stands_in:
            threads[arrival.remote_id] = loaded[stands_in[arrival.in_reply_to]]


def _stored_threads(reading: _Reading, key: str, values: Iterable[object]) -> dict[str, _Thread]:
    sql = f"SELECT {key}, {', '.join(_THREAD_COLUMNS)} FROM conversation WHERE account_id = ? AND {key} IN (?*)"
    return {name: _Thread(*rest) for name, *rest in lookup(reading.session, sql, values, reading.account_id)}


def _begin(reading: _Reading, number: int, arrival: Arrival, customer_id: int) -> _Thread:
    category = arrival.category or Category.OTHER
    state = ConversationState.NEEDS_ANSWER
    answer_by = _answer_by(reading, arrival)
    return _Thread(
        number, customer_id, state, category, arrival.language, True, "", _NEVER, None, answer_by, None, arrival
    )


def _hear(reading: _Reading, thread: _Thread, arrival: Arrival, at: int) -> None:
    """A customer wrote."""
    thread.touched = True
    if at >= thread.last_at:
        thread.last_at = at
        thread.snippet = " ".join(arrival.text[: LONGEST_SNIPPET * 4].split())[:LONGEST_SNIPPET]
        thread.language = arrival.language or thread.language
    if thread.state == ConversationState.IGNORED and thread.category in _NEVER_REOPENED:
        return
    thread.unread = True
    if thread.state == ConversationState.NEEDS_ANSWER:
        return
    if reading.is_first and thread.ours_at is not None and at < thread.ours_at:
        return
    thread.state, thread.snoozed_until = ConversationState.NEEDS_ANSWER, None
    thread.answer_by = _answer_by(reading, arrival)


def _answer(thread: _Thread, at: int) -> None:
    """We wrote on another device: what the outbox sends becomes a message as soon as it is out, and is known here."""
    thread.touched = True
    thread.ours_at = max(thread.ours_at or 0, at)
    if thread.state == ConversationState.NEEDS_ANSWER and at >= thread.last_at:
        thread.state, thread.answer_by, thread.unread = ConversationState.WAITING, None, False


def _answer_by(reading: _Reading, arrival: Arrival) -> int | None:
    promised = reading.promise(arrival)
    return None if promised is None else to_ms(promised)


def _store_threads(reading: _Reading, threads: Iterable[_Thread], people: dict[str, Known]) -> None:
    each = list({thread.id: thread for thread in threads}.values())
    begun = [(thread, thread.begins_with) for thread in each if thread.begins_with is not None]
    posts = _posts_above(
        reading, [arrival.parent_id for _, arrival in begun if arrival.parent_id and arrival.parent_ours]
    )
    new = [
        (
            *(
                thread.id,
                reading.account_id,
                thread.customer_id,
                people[arrival.author_id].identity_id,
                arrival.thread_key,
            ),
            *(
                thread.category,
                _is_private(arrival),
                posts.get(arrival.parent_id),
                arrival.parent_text,
                arrival.parent_url,
            ),
            *(arrival.parent_ours, "[]", *thread.changed_values()),
        )
        for thread, arrival in begun
    ]
    insert_many(reading.session, Conversation, _NEW_COLUMNS, new)
    changed = [
        (*thread.changed_values(), thread.id) for thread in each if thread.begins_with is None and thread.touched
    ]
    update_many(reading.session, Conversation, _CHANGED_COLUMNS, changed)


def _is_private(arrival: Arrival) -> bool:
    return arrival.kind is MessageKind.PRIVATE or arrival.visibility is Visibility.DIRECT


def _posts_above(reading: _Reading, remote_ids: Sequence[str]) -> dict[str, int]:
    """Our posts by the remote id of any of their parts."""
    if not remote_ids:
        return {}
    sql = "SELECT remote_id, post_id FROM outbox WHERE account_id = ? AND remote_id IN (?*) AND post_id IS NOT NULL"
    found: dict[str, int] = dict(lookup(reading.session, sql, set(remote_ids), reading.account_id))
    if not set(remote_ids) - found.keys():
        return found
    # Later parts of threads, and parts of what is not wholly out yet, are written in the progress alone.
    threads = select(OutboxItem.post_id, OutboxItem.progress).where(
        OutboxItem.account_id == reading.account_id, OutboxItem.kind == OutboxKind.POST, OutboxItem.progress != "[]"
    )
    for post_id, progress in reading.session.exec(threads):
        if post_id is not None:
            found.update((part["id"], post_id) for part in json.loads(progress))
    return found


# --- what the outbox sent


def _join_settled(
    reading: _Reading, fresh: list[Arrival], ours: Sequence[Arrival], threads: dict[str, _Thread]
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
        thread = threads.get(arrival.remote_id)
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
