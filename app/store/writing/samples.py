"""Measured values, stored by the thousand."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from app.models.tables.profile import Sample
from app.store.notes import upsert_many

KEY = ("metric", "subject", "subject_id", "at")


def add(session: Session, rows: Sequence[tuple[str, str, int, int, int]]) -> None:
    """Rows of (metric, `account` or `post`, account or outbox id, time in ms, value); the same measurement again replaces the value."""
    columns = (*KEY, "value")
    upsert_many(
        session, Sample, [dict(zip(columns, row, strict=True)) for row in rows], conflict=KEY, update=("value",)
    )
