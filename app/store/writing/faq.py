"""The FAQ: entries and the messages that ask them, written; and replies that carried an entry's link."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Session, col, delete, select

from app.models.faq import FaqState, FaqWords, older_after
from app.models.tables.faq import FaqAsked, FaqEntry, FaqUse
from app.store.notes import execute, upsert_many
from app.store.reading.faq import APART, GATHERED, OLDER
from app.store.writing import settings


class NewGroup(NamedTuple):
    """Questions that belong together: (message, when it was written)."""

    words: FaqWords
    category: str
    members: Sequence[tuple[int, int]]


class Looked(NamedTuple):
    """Up to when messages were looked at, since when, how many questions there were, and whether there were more than can be."""

    at_ms: int
    from_ms: int
    questions: int
    full: bool = False


class Stands(NamedTuple):
    """How an entry stood before an act."""

    state: str
    words: FaqWords
    url: str
    published_at: int | None
    answer_id: int | None
    removed_at: int | None
    older: tuple[str, ...] = ()


class Moved(NamedTuple):
    """Where a message was."""

    asked_id: int
    entry_id: int
    by_hand: bool


class Merged(NamedTuple):
    """What a merging changed."""

    kept_id: int
    kept: Stands
    others: Sequence[tuple[int, Stands]]
    moved: Sequence[Moved]


def add_groups(session: Session, groups: Sequence[NewGroup], now_ms: int) -> list[int]:
    """New entries; messages that belong to one already stay there."""
    made: list[int] = []
    for group in groups:
        entry = FaqEntry(
            state=FaqState.ASKED,
            category=group.category,
            question=_json(group.words.question),
            created_at=now_ms,
            changed_at=now_ms,
        )
        session.add(entry)
        session.flush()
        number = entry.id or 0
        entry.position = number
        made.append(number)
        assign(session, [(number, message_id, at) for message_id, at in group.members])
    return made


def assign(session: Session, rows: Sequence[tuple[int, int, int]]) -> None:
    """(entry, message, when it was written); a message that belongs to one already stays there."""
    upsert_many(
        session,
        FaqAsked,
        [{"entry_id": entry, "message_id": message, "at": at, "by_hand": False} for entry, message, at in rows],
        conflict=("message_id",),
        update=(),
    )


def gathered(session: Session, looked: Looked) -> None:
    """Remember it, for figures and for the next time."""
    values = {"at": looked.at_ms, "from": looked.from_ms, "questions": looked.questions, "full": int(looked.full)}
    settings.save(session, GATHERED, json.dumps({"version": 1, "values": values}))


def stands(session: Session, entry_id: int) -> Stands:
    row = session.get_one(FaqEntry, entry_id)
    words = FaqWords(json.loads(row.question), json.loads(row.answer))
    older = (settings.stored(session, f"{OLDER}{entry_id}") or "").split()
    return Stands(row.state, words, row.url, row.published_at, row.answer_id, row.removed_at, tuple(older))


def restore(session: Session, entry_id: int, before: Stands, now_ms: int) -> Stands:
    """Make it stand so; answers how it stood."""
    was = stands(session, entry_id)
    row = session.get_one(FaqEntry, entry_id)
    row.state, row.url, row.published_at = before.state, before.url, before.published_at
    row.question, row.answer = _json(before.words.question), _json(before.words.answer)
    row.answer_id, row.removed_at, row.changed_at = before.answer_id, before.removed_at, now_ms
    _keep_older(session, entry_id, before.older)
    return was


def write_words(session: Session, entry_id: int, words: FaqWords, now_ms: int) -> Stands:
    """What it says; answers how it stood. A question that was only asked is a draft from now on."""
    was = stands(session, entry_id)
    row = session.get_one(FaqEntry, entry_id)
    row.question, row.answer, row.changed_at = _json(words.question), _json(words.answer), now_ms
    if row.state == FaqState.ASKED:
        row.state = FaqState.DRAFT
    _keep_older(session, entry_id, older_after(was.words, words, was.older))
    return was


def _keep_older(session: Session, entry_id: int, older: Sequence[str]) -> None:
    name = f"{OLDER}{entry_id}"
    if older:
        settings.save(session, name, " ".join(older))
    else:
        settings.forget(session, name)


def put_in_order(session: Session, entry_ids: Sequence[int]) -> list[tuple[int, int]]:
    """Their places; answers the ones before as (entry, place)."""
    before: list[tuple[int, int]] = []
    for place, number in enumerate(entry_ids, 1):
        row = session.get_one(FaqEntry, number)
        before.append((number, row.position))
        row.position = place
    return before


def merge(session: Session, kept_id: int, other_ids: Sequence[int], now_ms: int) -> Merged:
    """What belongs to the others belongs to one from now on; of their words it takes the languages that it lacks."""
    kept = stands(session, kept_id)
    others: list[tuple[int, Stands]] = []
    moved: list[Moved] = []
    question, answer = dict(kept.words.question), dict(kept.words.answer)
    for number in other_ids:
        was = stands(session, number)
        others.append((number, was))
        question = {**was.words.question, **question}
        answer = {**was.words.answer, **answer}
        moved += move(session, _asked_ids(session, number), kept_id, by_hand=False)
        session.get_one(FaqEntry, number).removed_at = now_ms
    row = session.get_one(FaqEntry, kept_id)
    row.question, row.answer, row.changed_at = _json(question), _json(answer), now_ms
    return Merged(kept_id, kept, others, moved)


def separate(session: Session, merged: Merged, now_ms: int) -> None:
    """As before the merging."""
    for number, was in [(merged.kept_id, merged.kept), *merged.others]:
        restore(session, number, was, now_ms)
    put_back(session, merged.moved)


def asked_by(session: Session, message_ids: Sequence[int]) -> list[int]:
    """Ids of the rows that say which question these messages ask."""
    return [row.id or 0 for row in session.exec(select(FaqAsked).where(col(FaqAsked.message_id).in_(message_ids)))]


def move(session: Session, asked_ids: Sequence[int], to: int, *, by_hand: bool = True) -> list[Moved]:
    """Put messages to another entry; answers where they were."""
    before: list[Moved] = []
    for number in asked_ids:
        row = session.get_one(FaqAsked, number)
        before.append(Moved(number, row.entry_id, row.by_hand))
        row.entry_id, row.by_hand = to, by_hand or row.by_hand
    return before


def put_back(session: Session, moved: Sequence[Moved]) -> None:
    for each in moved:
        row = session.get_one(FaqAsked, each.asked_id)
        row.entry_id, row.by_hand = each.entry_id, each.by_hand


def apart(session: Session, now_ms: int) -> int:
    """The entry for what belongs to none."""
    row = session.exec(select(FaqEntry).where(FaqEntry.state == APART)).first()
    if row is None:
        row = FaqEntry(state=APART, created_at=now_ms, changed_at=now_ms)
        session.add(row)
        session.flush()
    return row.id or 0


def link_sent(
    session: Session, entry_ids: Sequence[int], conversation_id: int, outbox_id: int | None, at_ms: int
) -> None:
    """A reply carries the links of these."""
    for number in entry_ids:
        session.add(FaqUse(entry_id=number, conversation_id=conversation_id, outbox_id=outbox_id, at=at_ms))


def link_taken_back(session: Session, outbox_id: int) -> None:
    """The reply was taken back."""
    execute(session, delete(FaqUse).where(col(FaqUse.outbox_id) == outbox_id))


def entries_of(session: Session, conversation_id: int) -> set[int]:
    """The entries that a conversation's messages ask."""
    found = session.connection().exec_driver_sql(
        "SELECT a.entry_id FROM message m JOIN faq_asked a ON a.message_id = m.id WHERE m.conversation_id = ?",
        (conversation_id,),
    )
    return set(found.scalars())


def _asked_ids(session: Session, entry_id: int) -> list[int]:
    return [row.id or 0 for row in session.exec(select(FaqAsked).where(FaqAsked.entry_id == entry_id))]


def _json(words: Mapping[str, str]) -> str:
    return json.dumps(dict(words), ensure_ascii=False)
