"""Campaigns, phases, launches and patterns as they are kept. Days are ISO dates in the shop's zone."""

from __future__ import annotations

import json
from datetime import date, timedelta

from sqlmodel import Session, col, select

from app.models.campaign import CampaignPlan, LaunchPlan, Pattern, steps_to_text
from app.models.tables.post import Campaign, Mark, Phase, Post
from app.models.tables.post import Pattern as PatternRow

LAUNCH = "launch"


def save(session: Session, plan: CampaignPlan, now_ms: int) -> int:
    """The whole of it with its phases; answers its id. A phase keeps its id where it has one."""
    row = session.get(Campaign, plan.id) if plan.id is not None else None
    if row is None:
        row = Campaign(id=plan.id, name=plan.name, created_at=now_ms)
        session.add(row)
    row.name, row.goal, row.hue, row.slug = plan.name, plan.goal.to_text(), plan.hue, plan.slug
    row.accounts, row.tags = json.dumps(list(plan.accounts)), json.dumps(list(plan.tags), ensure_ascii=False)
    session.flush()
    number = row.id or 0
    kept = {phase.id: phase for phase in session.exec(select(Phase).where(Phase.campaign_id == number)).all()}
    for each in plan.phases:
        phase = kept.pop(each.id, None)
        if phase is None:
            phase = Phase(id=each.id, campaign_id=number, kind=each.kind, starts_on="", ends_on="")
            session.add(phase)
        phase.kind, phase.title, phase.posts_a_day = each.kind, each.title, each.posts_a_day
        phase.starts_on, phase.ends_on = each.starts_on.isoformat(), each.ends_on.isoformat()
    for gone in kept.values():
        session.delete(gone)
    session.flush()
    return number


def remove(session: Session, campaign_id: int, at_ms: int | None) -> None:
    """It leaves every list, its posts stay; None brings it back."""
    session.get_one(Campaign, campaign_id).removed_at = at_ms


def shift(session: Session, campaign_id: int, days: int) -> None:
    """All phases and days of a campaign, so many days later."""
    for phase in session.exec(select(Phase).where(Phase.campaign_id == campaign_id)).all():
        phase.starts_on, phase.ends_on = _later(phase.starts_on, days), _later(phase.ends_on, days)
    marks = select(Mark).where(Mark.campaign_id == campaign_id, col(Mark.removed_at).is_(None))
    for mark in session.exec(marks).all():
        mark.on_day = _later(mark.on_day, days)


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def save_launch(session: Session, plan: LaunchPlan) -> int:
    """Answers its id."""
    assert plan.on_day is not None
    mark = session.get(Mark, plan.id) if plan.id is not None else None
    if mark is None:
        mark = Mark(id=plan.id, kind=LAUNCH, title=plan.title, on_day="")
        session.add(mark)
    mark.title, mark.on_day, mark.minute, mark.url = plan.title, plan.on_day.isoformat(), plan.minute, plan.url
    mark.campaign_id, mark.pattern_id, mark.removed_at = plan.campaign_id, plan.pattern_id, None
    session.flush()
    return mark.id or 0


def remove_launch(session: Session, launch_id: int, at_ms: int | None) -> None:
    """It leaves the calendar; None brings it back."""
    session.get_one(Mark, launch_id).removed_at = at_ms


def join_campaign(session: Session, launch_id: int, campaign_id: int | None, now_ms: int) -> None:
    """The posts of a launch belong to the campaign that it belongs to."""
    for post in session.exec(select(Post).where(Post.mark_id == launch_id, col(Post.deleted_at).is_(None))).all():
        if post.campaign_id != campaign_id:
            post.campaign_id, post.saved_at = campaign_id, now_ms


def save_pattern(session: Session, pattern: Pattern) -> int:
    """Answers its id."""
    row = session.get(PatternRow, pattern.id) if pattern.id is not None else None
    if row is None:
        row = PatternRow(id=pattern.id, name=pattern.name)
        session.add(row)
    row.name, row.steps, row.removed_at = pattern.name, steps_to_text(pattern.steps), None
    session.flush()
    return row.id or 0


def remove_pattern(session: Session, pattern_id: int, at_ms: int | None) -> None:
    """It is offered no more; None brings it back."""
    session.get_one(PatternRow, pattern_id).removed_at = at_ms
