"""What the user makes of replies to a question: kept as the best, put into a group, thanked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session

from app.models.tables.post import KeptReply


class Stood(NamedTuple):
    """How a reply stood before an act; all of it empty where nothing was noted about it."""

    message_id: int
    kept: bool = False
    topic: str = ""
    thanked_at: int | None = None


def note(
    session: Session,
    post_id: int,
    message_ids: Sequence[int],
    now_ms: int,
    *,
    kept: bool | None = None,
    topic: str | None = None,
    thanked: bool = False,
) -> list[Stood]:
    """Notes what is given and leaves the rest; answers how they stood."""
    before = []
    for number in message_ids:
        row = session.get(KeptReply, (post_id, number))
        before.append(Stood(number) if row is None else Stood(number, row.kept, row.topic, row.thanked_at))
        if row is None:
            row = KeptReply(post_id=post_id, message_id=number, kept=False, at=now_ms)
            session.add(row)
        row.kept = row.kept if kept is None else kept
        row.topic = row.topic if topic is None else topic
        row.thanked_at = now_ms if thanked else row.thanked_at
    return before


def stand(session: Session, post_id: int, before: Sequence[Stood], now_ms: int) -> None:
    """Puts them back to how they stood."""
    for each in before:
        row = session.get(KeptReply, (post_id, each.message_id))
        if row is None:
            row = KeptReply(post_id=post_id, message_id=each.message_id, at=now_ms)
            session.add(row)
        row.kept, row.topic, row.thanked_at = each.kept, each.topic, each.thanked_at
        if each == Stood(each.message_id):
            session.delete(row)
