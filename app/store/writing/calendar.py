"""Campaigns, their phases, and marks on the calendar. Days are ISO dates in the shop's zone."""

from __future__ import annotations

from sqlmodel import Session

from app.models.tables.post import Campaign, Mark, Phase


def add_campaign(session: Session, name: str, goal: str = "", hue: str = "") -> int:
    """Answers its id."""
    campaign = Campaign(name=name, goal=goal, hue=hue)
    session.add(campaign)
    session.flush()
    return campaign.id or 0


def add_phase(session: Session, campaign_id: int, kind: str, starts_on: str, ends_on: str) -> int:
    """Both days belong to the phase; answers its id."""
    phase = Phase(campaign_id=campaign_id, kind=kind, starts_on=starts_on, ends_on=ends_on)
    session.add(phase)
    session.flush()
    return phase.id or 0


def add_mark(session: Session, kind: str, title: str, on_day: str) -> int:
    """Answers its id."""
    mark = Mark(kind=kind, title=title, on_day=on_day)
    session.add(mark)
    session.flush()
    return mark.id or 0
