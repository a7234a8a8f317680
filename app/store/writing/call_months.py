"""What the call centre counted, by calendar month."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from app.models.support_figures import CallMonth
from app.models.tables.support import CallMonth as Row
from app.store.notes import note


def save(session: Session, months: Sequence[CallMonth], now_ms: int) -> list[CallMonth]:
    """One with neither figure is forgotten. Answers what stood there before, so that saving that takes it back."""
    before = []
    for month in months:
        row = session.get(Row, month.month)
        before.append(CallMonth(month.month, row.calls, row.mean_seconds) if row is not None else CallMonth(month.month, None, None))
        if month.calls is None and month.mean_seconds is None:
            if row is not None:
                session.delete(row)
            continue
        if row is None:
            row = Row(month=month.month, noted_at=now_ms)
        row.calls, row.mean_seconds, row.noted_at = month.calls, month.mean_seconds, now_ms
        session.add(row)
    note(session, Row, None)
    return before
