"""Campaigns, their phases, marks on the calendar, and copies of posts. Days are ISO dates in the shop's zone."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlmodel import Session, select

from app.models.campaign import breaks_rule
from app.models.post import PostFormat, PostState
from app.models.tables.post import Campaign, Mark, Phase, Post, PostPicture, Variant

DEADLINE = "deadline"
OWN_OF_A_POST = {
    *("id", "state", "planned_at", "zone", "created_at", "saved_at", "deleted_at"),
    *("mark_id", "announcement", "series_id", "series_day"),
}


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


def set_deadline(session: Session, mark_id: int | None, title: str, on_day: str) -> int:
    """A new deadline, or another title and day for one that is there; brings a removed one back. Answers its id."""
    mark = session.get_one(Mark, mark_id) if mark_id is not None else Mark(kind=DEADLINE, title=title, on_day=on_day)
    mark.title, mark.on_day, mark.removed_at = title, on_day, None
    session.add(mark)
    session.flush()
    return mark.id or 0


def remove_mark(session: Session, mark_id: int, at_ms: int | None) -> None:
    """It leaves the calendar; None brings it back."""
    session.get_one(Mark, mark_id).removed_at = at_ms


def copy_post(session: Session, post_id: int, planned_at_ms: int | None, zone: str, now_ms: int) -> int:
    """A draft with the texts, accounts and pictures of a post; answers its id. It is none of a launch's or series' own posts."""
    original = session.get_one(Post, post_id)
    values = original.model_dump(exclude=OWN_OF_A_POST)
    copied = Post(**values, state=PostState.DRAFT, planned_at=planned_at_ms, zone=zone, created_at=now_ms, saved_at=now_ms)
    session.add(copied)
    session.flush()
    number = copied.id or 0
    for variant in session.exec(select(Variant).where(Variant.post_id == post_id)).all():
        session.add(Variant(**{**variant.model_dump(), "post_id": number}))
    for picture in session.exec(select(PostPicture).where(PostPicture.post_id == post_id)).all():
        session.add(PostPicture(**{**picture.model_dump(), "post_id": number}))
    return number


def teaser_against(session: Session, post_id: int, day: date) -> str | None:
    """The campaign whose teaser refuses a post on a day, by name; None where the post may stand there."""
    post = session.get(Post, post_id)
    if post is None or post.campaign_id is None:
        return None
    campaign = session.get_one(Campaign, post.campaign_id)
    on = day.isoformat()
    phases = session.exec(
        select(Phase).where(Phase.campaign_id == post.campaign_id, Phase.starts_on <= on, Phase.ends_on >= on)
    ).all()
    refuses = campaign.removed_at is None and any(breaks_rule(phase.kind, PostFormat(post.format)) for phase in phases)
    return campaign.name if refuses else None


class Standing(NamedTuple):
    """When a post is planned for and what it is; times in milliseconds."""

    state: PostState
    planned_at: int | None
    zone: str
    saved_at: int


def standing(session: Session, post_id: int) -> Standing | None:
    """None when it is not there or was deleted."""
    post = session.get(Post, post_id)
    if post is None or post.deleted_at is not None:
        return None
    return Standing(PostState(post.state), post.planned_at, post.zone, post.saved_at)


def stand(session: Session, post_id: int, standing: Standing) -> None:
    """Put it back to where it stood (undo)."""
    post = session.get_one(Post, post_id)
    post.state, post.planned_at, post.zone, post.saved_at = standing
