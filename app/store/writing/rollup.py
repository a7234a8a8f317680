"""The shop's days, by which gains of posts are summed: written when its zone is set or changes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, delete

from app.models.tables.profile import FigureDay, LocalDay
from app.store.notes import execute, insert_many
from app.store.rollup import REBUILT


def set_days(session: Session, days: Sequence[tuple[int, int]]) -> None:
    """(start in UTC milliseconds, ordinal) of every day; all sums are made anew by them."""
    execute(session, delete(LocalDay))
    insert_many(session, LocalDay, ("starts_at", "day"), days)
    execute(session, delete(FigureDay))
    session.connection().exec_driver_sql(REBUILT)
