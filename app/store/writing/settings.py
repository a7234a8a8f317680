"""Settings groups, each one JSON text."""

from __future__ import annotations

from sqlmodel import Session

from app.models.tables.profile import Setting


def save(session: Session, name: str, value: str) -> None:
    """Stores a group, or replaces it."""
    setting = session.get(Setting, name)
    if setting is None:
        session.add(Setting(name=name, value=value))
    else:
        setting.value = value


def stored(session: Session, name: str) -> str | None:
    """A group as it stands in this transaction."""
    setting = session.get(Setting, name)
    return setting.value if setting is not None else None


def forget(session: Session, name: str) -> None:
    """It was never stored."""
    setting = session.get(Setting, name)
    if setting is not None:
        session.delete(setting)
