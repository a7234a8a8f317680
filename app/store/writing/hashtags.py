"""Hashtag sets: kept and removed."""

from __future__ import annotations

import json

from sqlmodel import Session

from app.models.hashtags import HashtagSet
from app.models.tables.post import HashtagSet as Row


def save(session: Session, kept: HashtagSet) -> int:
    """A new one, or other words for one that is there (one that was removed comes back under its id); answers the id."""
    row = session.get(Row, kept.id) if kept.id is not None else None
    if row is None:
        row = Row(id=kept.id, name=kept.name)
        session.add(row)
    row.name, row.tags = kept.name, json.dumps(list(kept.tags), ensure_ascii=False)
    session.flush()
    return row.id or 0


def remove(session: Session, set_id: int) -> HashtagSet | None:
    """Answers what it was."""
    row = session.get(Row, set_id)
    if row is None:
        return None
    before = HashtagSet(set_id, row.name, tuple(json.loads(row.tags)))
    session.delete(row)
    return before
