"""Tags: made, renamed, merged, retired, and put on messages. A tag is never deleted: rules and messages name it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from app.models.tables.tag import MessageTag, Tag
from app.store.notes import insert_many, lookup, note

Borne = tuple[int, int, int | None, int]
"""(message id, tag id, rule id, milliseconds): one tag on one message."""

_COLUMNS = ("message_id", "tag_id", "rule_id", "at")


def add(session: Session, name: str) -> int:
    """Behind the others. One of that name that was retired comes back."""
    known = named(session, name)
    if known is not None:
        known.retired_at = None
        return known.id or 0
    last = session.exec(select(Tag.position).order_by(col(Tag.position).desc()).limit(1)).first()
    tag = Tag(name=name, position=0 if last is None else last + 1)
    session.add(tag)
    session.flush()
    return tag.id or 0


def named(session: Session, name: str) -> Tag | None:
    """The tag of a name, whatever its case."""
    return next((tag for tag in session.exec(select(Tag)) if tag.name and tag.name.casefold() == name.casefold()), None)


def rename(session: Session, tag_id: int, name: str) -> str:
    """Answers the name it had. Empty gives a tag of the program its own words back."""
    tag = session.get_one(Tag, tag_id)
    before, tag.name = tag.name, name
    return before


def retire(session: Session, tag_id: int, now_ms: int | None) -> None:
    """Not offered any more; None: offered again."""
    session.get_one(Tag, tag_id).retired_at = now_ms


def put(session: Session, message_ids: Sequence[int], tag_id: int, now_ms: int) -> list[Borne]:
    """Puts a tag on messages; answers those that did not bear it."""
    borne = _borne(session, tag_id, message_ids)
    new: list[Borne] = [(number, tag_id, None, now_ms) for number in dict.fromkeys(message_ids) if number not in borne]
    insert_many(session, MessageTag, _COLUMNS, new)
    return new


def take(session: Session, message_ids: Sequence[int], tag_id: int) -> list[Borne]:
    """Takes a tag off messages; answers what was there."""
    found = list(_borne(session, tag_id, message_ids).values())
    remove(session, found)
    return found


def bring(session: Session, borne: Sequence[Borne]) -> None:
    """Puts tags back as they were."""
    for tag_id in {each[1] for each in borne}:
        wanted = [each for each in borne if each[1] == tag_id]
        there = _borne(session, tag_id, [each[0] for each in wanted])
        insert_many(session, MessageTag, _COLUMNS, [each for each in wanted if each[0] not in there])


def remove(session: Session, borne: Sequence[Borne]) -> None:
    """Takes off exactly these."""
    if not borne:
        return
    pairs = [(message_id, tag_id) for message_id, tag_id, *_ in borne]
    sql = "DELETE FROM message_tag WHERE message_id = ? AND tag_id = ?"
    session.connection().exec_driver_sql(sql, pairs)
    note(session, MessageTag, (message_id for message_id, _ in pairs))


def merge(session: Session, tag_id: int, into: int, now_ms: int) -> tuple[list[Borne], list[Borne]]:
    """What bears the one bears the other from now on, and the one is retired; answers what was taken off and what was put on."""
    sql = "SELECT message_id, tag_id, rule_id, at FROM message_tag WHERE tag_id = ?"
    taken: list[Borne] = [tuple(row) for row in session.connection().exec_driver_sql(sql, (tag_id,))]
    there = _borne(session, into, [each[0] for each in taken])
    remove(session, taken)
    new = [(message_id, into, rule_id, at) for message_id, _, rule_id, at in taken if message_id not in there]
    insert_many(session, MessageTag, _COLUMNS, new)
    retire(session, tag_id, now_ms)
    return taken, new


def part(session: Session, tag_id: int, taken: Sequence[Borne], put_on: Sequence[Borne]) -> None:
    """Takes a merging back; `taken` and `put_on` are its answers."""
    remove(session, put_on)
    retire(session, tag_id, None)
    bring(session, taken)


def _borne(session: Session, tag_id: int, message_ids: Sequence[int]) -> dict[int, Borne]:
    sql = "SELECT message_id, tag_id, rule_id, at FROM message_tag WHERE tag_id = ? AND message_id IN (?*)"
    found = lookup(session, sql, message_ids, tag_id)
    return {message_id: (message_id, tag_id, rule_id, at) for message_id, tag_id, rule_id, at in found}
