"""Conversations while a page of messages is put into them: found or begun, moved by what comes in, and stored once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, select

from app.models.arrival import Arrival
from app.models.case import Asked
from app.models.conversation import Category, ConversationState
from app.models.judgement import Judge, Judgement
from app.models.message import MessageKind, Visibility
from app.models.outbox import OutboxKind
from app.models.tables.conversation import Conversation
from app.models.tables.outbox import OutboxItem
from app.runtime.clock import to_ms
from app.store.notes import insert_many, lookup, next_id, update_many
from app.store.writing.cases import CaseBook
from app.store.writing.conversations import sort_key
from app.store.writing.people import Known
from app.store.writing.ruling import carry_out

Promise = Callable[[Asked], datetime | None]
"""When a message has to be answered; None: no promise."""

LONGEST_SNIPPET = 200

_NEVER_REOPENED = frozenset({Category.TROLL, Category.SPAM})
_CLOSED = frozenset({ConversationState.DONE, ConversationState.KEPT, ConversationState.IGNORED})
_IN_HAND = frozenset({ConversationState.NEEDS_ANSWER, ConversationState.ESCALATED, ConversationState.SNOOZED})
_NEVER = -1

_THREAD_COLUMNS = (
    "id", "customer_id", "state", "category", "priority", "language", "unread", "snippet", "last_at", "ours_at", "answer_by",
    "snoozed_until", "sort_key",
)  # fmt: skip
_HEARD_COLUMNS = ("language", "snippet", "last_at", "ours_at")
"""What every message changes."""
_PLACE_COLUMNS = ("state", "category", "priority", "unread", "answer_by", "snoozed_until", "sort_key")
"""What says in which lists it stands, and where. Left out of the update where it stays: SQLite writes an index anew for each column that
is set, whether or not to what it was."""
_CHANGED_COLUMNS = (*_PLACE_COLUMNS, *_HEARD_COLUMNS)
_NEW_COLUMNS = (
    "id", "account_id", "customer_id", "identity_id", "thread_key", "private", "under_post_id", "parent_text", "parent_url",
    "parent_ours", "tags", *_CHANGED_COLUMNS,
)  # fmt: skip


@dataclass(slots=True)
class Thread:
    """A conversation while messages are put into it. Times: UTC milliseconds."""

    id: int
    customer_id: int
    state: str
    category: str
    priority: int
    language: str
    unread: bool
    snippet: str
    last_at: int
    ours_at: int | None
    answer_by: int | None
    snoozed_until: int | None
    stored_key: int | None = None
    """Its `sort_key` in the file."""
    begins_with: Arrival | None = None
    """The message that a new conversation begins with; None for those that were there."""
    touched: bool = False
    stood: tuple[object, ...] = ()
    """`place` as it is in the file."""

    def __post_init__(self) -> None:
        if self.stored_key is not None:
            self.stood = self._place(self.stored_key)

    @property
    def begins(self) -> bool:
        """Whether nothing was put into it yet."""
        return self.last_at == _NEVER

    def place(self) -> tuple[object, ...]:
        """In the order of `_PLACE_COLUMNS`."""
        return self._place(sort_key(self.state, self.answer_by, self.snoozed_until, self.last_at))

    def heard(self) -> tuple[object, ...]:
        """In the order of `_HEARD_COLUMNS`."""
        return (self.language, self.snippet, self.last_at, self.ours_at)

    def _place(self, key: int) -> tuple[object, ...]:
        state, category = str(self.state), str(self.category)
        return (state, category, self.priority, int(self.unread), self.answer_by, self.snoozed_until, key)


@dataclass(frozen=True, slots=True)
class Reading:
    """What all messages of one page have in common."""

    session: Session
    account_id: int
    network: str
    server: str
    now_ms: int
    promise: Promise
    judge: Judge
    is_first: bool
    """The stream is read for the first time: old messages that we answered long ago are no surprise."""
    cases: CaseBook
    catching_up: bool = False
    """Many came at once."""
    found: dict[str, int] = field(default_factory=dict)
    """Messages that a saved search had found before they came in as said to us: remote id to row id."""


# --- found or begun


def threads_of(reading: Reading, fresh: Sequence[Arrival], people: dict[str, Known]) -> dict[str, Thread]:
    """The conversation of each message by the message's remote id; new ones are not stored yet."""
    by_key = _stored(reading, "thread_key", {arrival.thread_key for arrival in fresh})
    number = next_id(reading.session, Conversation)
    for arrival in fresh:
        if not arrival.thread_key:
            raise ValueError(f"a message without a thread: {arrival.remote_id}")
        if not arrival.ours and arrival.thread_key not in by_key:
            by_key[arrival.thread_key] = _begin(number, arrival, people[arrival.author_id].customer_id)
            number += 1
    threads = {arrival.remote_id: by_key[arrival.thread_key] for arrival in fresh if arrival.thread_key in by_key}
    _follow_replies(reading, [arrival for arrival in fresh if arrival.remote_id not in threads], threads)
    return threads


def _follow_replies(reading: Reading, lost: Sequence[Arrival], threads: dict[str, Thread]) -> None:
    """Our own messages whose thread has another name belong where the message stands that they answer."""
    answered = {arrival.in_reply_to for arrival in lost if arrival.in_reply_to}
    sql = "SELECT remote_id, conversation_id FROM message WHERE account_id = ? AND remote_id IN (?*)"
    stands_in: dict[str, int] = dict(lookup(reading.session, sql, answered, reading.account_id))
    loaded = {thread.id: thread for thread in threads.values()}
    missing = set(stands_in.values()) - loaded.keys()
    loaded.update((thread.id, thread) for thread in _stored(reading, "id", missing).values())
    for arrival in lost:
        if arrival.in_reply_to in threads:
            threads[arrival.remote_id] = threads[arrival.in_reply_to]
        elif arrival.in_reply_to in stands_in:
            threads[arrival.remote_id] = loaded[stands_in[arrival.in_reply_to]]


def _stored(reading: Reading, key: str, values: Iterable[object]) -> dict[str, Thread]:
    sql = f"SELECT {key}, {', '.join(_THREAD_COLUMNS)} FROM conversation WHERE account_id = ? AND {key} IN (?*)"
    found = {name: Thread(*rest) for name, *rest in lookup(reading.session, sql, values, reading.account_id)}
    reading.cases.load(thread.id for thread in found.values())
    return found


def _begin(number: int, arrival: Arrival, customer_id: int) -> Thread:
    category = arrival.category or Category.OTHER
    state = ConversationState.NEEDS_ANSWER
    return Thread(
        number, customer_id, state, category, 0, arrival.language, False, "", _NEVER, None, None, None, begins_with=arrival
    )


# --- moved by what comes in


def hear(reading: Reading, thread: Thread, arrival: Arrival, at: int, judgement: Judgement) -> list[str]:
    """A customer wrote. Answers for each rule of the judgement what stood there before it (JSON, see `ruling`)."""
    begins = thread.begins
    thread.touched = True
    if at >= thread.last_at:
        thread.last_at = at
        thread.snippet = " ".join(arrival.text[: LONGEST_SNIPPET * 4].split())[:LONGEST_SNIPPET]
        thread.language = judgement.language or arrival.language or thread.language
    asks = False if arrival.quiet else _asks(reading, thread, at, judgement, begins=begins)
    if arrival.quiet:
        _lay_aside(thread, judgement, begins=begins)
    reading.cases.heard(thread.id, at, opens=asks)
    if asks:
        thread.answer_by = _answer_by(reading, thread, at)
    if not judgement.ruled:
        return []
    category = thread.category
    befores = [carry_out(thread, ruled) for ruled in judgement.ruled]
    if thread.category != category and thread.state == ConversationState.NEEDS_ANSWER:
        waits_since = at if asks else reading.cases.waits_since(thread.id)
        chosen = thread.answer_by is not None and thread.answer_by == thread.snoozed_until
        if waits_since is not None and (asks or not chosen):
            thread.answer_by = _answer_by(reading, thread, waits_since)
    return befores


def _lay_aside(thread: Thread, judgement: Judgement, *, begins: bool) -> None:
    """What a saved search found waits for nobody, unread: its conversation is seen in the search's own list and moves to no other."""
    if judgement.ignored and begins:
        thread.state = ConversationState.IGNORED
    elif thread.state != ConversationState.IGNORED:
        thread.unread = True
        if begins or thread.state == ConversationState.DONE:
            thread.state = ConversationState.WAITING


def _asks(reading: Reading, thread: Thread, at: int, judgement: Judgement, *, begins: bool) -> bool:
    """Moves the conversation as its customers' messages do; answers whether it needs an answer because of this one."""
    if judgement.raised and thread.category in _NEVER_REOPENED:
        thread.category = Category.OTHER
    elif thread.state == ConversationState.IGNORED and thread.category in _NEVER_REOPENED:
        return False
    if judgement.ignored and (begins or thread.state not in _IN_HAND):
        thread.state, thread.answer_by, thread.snoozed_until = ConversationState.IGNORED, None, None
        return False
    if judgement.thanks and not begins:
        return False
    thread.unread = True
    if begins:
        return True
    if thread.state == ConversationState.NEEDS_ANSWER:
        return False
    if reading.is_first and thread.ours_at is not None and at < thread.ours_at:
        return False
    if thread.state in _CLOSED:
        thread.priority = 0  # what put the last case before others says nothing of this one
    thread.state, thread.snoozed_until = ConversationState.NEEDS_ANSWER, None
    return True


def answer(reading: Reading, thread: Thread, at: int) -> None:
    """We wrote on another device: what the outbox sends becomes a message as soon as it is out, and is known here."""
    reading.cases.replied(thread.id, at)
    thread.touched = True
    thread.ours_at = max(thread.ours_at or 0, at)
    if thread.state == ConversationState.NEEDS_ANSWER and at >= thread.last_at:
        thread.state, thread.answer_by, thread.unread = ConversationState.WAITING, None, False


def look_back(reading: Reading, threads: Iterable[Thread]) -> None:
    """Older messages came after newer ones: the promise counts from the first that nobody answered."""
    for thread in threads:
        if (
            thread.touched
            and thread.begins_with is None
            and thread.answer_by is not None
            and thread.state == ConversationState.NEEDS_ANSWER
        ):
            waits_since = reading.cases.waits_since(thread.id)
            answered_since = waits_since is not None and thread.ours_at is not None and waits_since <= thread.ours_at
            if waits_since is not None and not answered_since and thread.answer_by != thread.snoozed_until:
                thread.answer_by = _answer_by(reading, thread, waits_since)


def _answer_by(reading: Reading, thread: Thread, at: int) -> int | None:
    promised = reading.promise(reading.cases.asked(thread.id, at, reading.account_id, thread.category))
    return None if promised is None else to_ms(promised)


# --- stored


def store_begun(reading: Reading, threads: Iterable[Thread], people: dict[str, Known]) -> None:
    """Those that were not there: before the messages that belong to them."""
    begun = [(thread, thread.begins_with) for thread in _each(threads) if thread.begins_with is not None]
    posts = _posts_above(
        reading, [arrival.parent_id for _, arrival in begun if arrival.parent_id and arrival.parent_ours]
    )
    new = [
        (
            *(thread.id, reading.account_id, thread.customer_id, people[arrival.author_id].identity_id),
            *(arrival.thread_key, int(_is_private(arrival)), posts.get(arrival.parent_id)),
            *(arrival.parent_text, arrival.parent_url, int(arrival.parent_ours), "[]"),
            *thread.place(),
            *thread.heard(),
        )
        for thread, arrival in begun
    ]
    insert_many(reading.session, Conversation, _NEW_COLUMNS, new)


def store_moved(reading: Reading, threads: Iterable[Thread]) -> None:
    """Those that were there, and all cases: after the messages, which was measured to cost less than before them."""
    each = _each(threads)
    moved, stayed = [], []
    for thread in each:
        if thread.begins_with is None and thread.touched:
            place = thread.place()
            if place == thread.stood:
                stayed.append((*thread.heard(), thread.id))
            else:
                moved.append((*place, *thread.heard(), thread.id))
    update_many(reading.session, Conversation, _CHANGED_COLUMNS, moved)
    update_many(reading.session, Conversation, _HEARD_COLUMNS, stayed)
    reading.cases.store((thread.id, thread.state, thread.category, thread.last_at) for thread in each)


def _each(threads: Iterable[Thread]) -> list[Thread]:
    """Each once, however many messages it got."""
    return list({thread.id: thread for thread in threads}.values())


def _is_private(arrival: Arrival) -> bool:
    return arrival.kind is MessageKind.PRIVATE or arrival.visibility is Visibility.DIRECT


def _posts_above(reading: Reading, remote_ids: Sequence[str]) -> dict[str, int]:
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
