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


def keep(session: Session, name: str, value: str) -> str:
    """What is stored, or else this from now on: of several processes that begin at the same moment, all get the first one's."""
    found = stored(session, name)
    if found is None:
        save(session, name, value)
    return value if found is None else found


def stored(session: Session, name: str) -> str | None:
    """A group as it stands in this transaction."""
    setting = session.get(Setting, name)
    return setting.value if setting is not None else None


def forget(session: Session, name: str) -> None:
    """It was never stored."""
    setting = session.get(Setting, name)
    if setting is not None:
        session.delete(setting)
