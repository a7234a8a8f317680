"""Measured values, stored by the thousand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from app.models.tables.profile import Sample
from app.store.notes import upsert_many

KEY = ("metric", "subject", "subject_id", "at")


def add(session: Session, rows: Sequence[tuple[str, str, int, int, int]]) -> None:
    """Rows of (metric, `account` or `post`, account or outbox id, time in ms, value); the same measurement again replaces the value."""
    columns = (*KEY, "value")
    upsert_many(
        session, Sample, [dict(zip(columns, row, strict=True)) for row in rows], conflict=KEY, update=("value",)
    )


def add_once(session: Session, rows: Sequence[tuple[str, str, int, int, int]], since_ms: Mapping[int, int]) -> None:
    """As `add`, without what was measured already since the time of its account or post: by another process, meanwhile."""
    add(session, [row for row in rows if not _measured(session, *row[:3], since_ms[row[2]])])


def _measured(session: Session, metric: str, subject: str, subject_id: int, since_ms: int) -> bool:
    key = (col(Sample.metric) == metric, col(Sample.subject) == subject, col(Sample.subject_id) == subject_id)
    return session.exec(select(Sample.at).where(*key, col(Sample.at) >= since_ms).limit(1)).first() is not None
