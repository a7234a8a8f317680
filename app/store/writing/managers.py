"""Managers: added, described, removed and brought back."""

from __future__ import annotations

import json

from sqlmodel import Session

from app.models.manager import ManagerRow
from app.models.tables.mail import Manager


def save(session: Session, row: ManagerRow) -> int:
    """Keeps one as it is described and answers its id; `row.id` 0: a new one."""
    kept = session.get_one(Manager, row.id) if row.id else Manager(name=row.name, email=row.email)
    kept.name, kept.role, kept.email, kept.zone, kept.is_masked = row.name, row.role, row.email, row.zone, row.is_masked
    kept.topics = json.dumps(list(row.topics), ensure_ascii=False)
    kept.languages = json.dumps(list(row.languages), ensure_ascii=False)
    kept.hours = json.dumps([list(day) for day in row.hours])
    session.add(kept)
    session.flush()
    return kept.id or 0


def remove(session: Session, manager_id: int, now_ms: int) -> None:
    """Off the lists; what was asked of them stays."""
    session.get_one(Manager, manager_id).removed_at = now_ms


def restore(session: Session, manager_id: int) -> None:
    """On the lists again."""
    session.get_one(Manager, manager_id).removed_at = None
