"""Campaigns with their phases and figures, launches and patterns, as screens and services read them. Removed ones are left out."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from app.models.campaign import (
    CampaignFigures,
    CampaignPhase,
    CampaignPlan,
    CampaignRow,
    Goal,
    LaunchPlan,
    LaunchRow,
    Pattern,
    PhaseKind,
    steps_from_text,
)
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostFormat, PostState
from app.runtime.clock import to_ms
from app.store.reading import samples

_CAMPAIGN = "SELECT id, name, goal, hue, accounts, tags, slug FROM campaign WHERE removed_at IS NULL"
_LAUNCH = (
    "SELECT m.id, m.title, m.on_day, m.minute, m.url, m.campaign_id, m.pattern_id, coalesce(c.name, '') FROM mark AS m"
    " LEFT JOIN campaign AS c ON c.id = m.campaign_id AND c.removed_at IS NULL WHERE m.kind = 'launch' AND m.removed_at IS NULL"
)
_KINDS = {str(kind): kind for kind in PhaseKind}


def rows(connection: sqlite3.Connection) -> list[CampaignRow]:
    """The newest first; those without a phase before all others."""
    plans = [_plan(connection, found) for found in connection.execute(f"{_CAMPAIGN} ORDER BY id").fetchall()]
    plans.sort(key=lambda plan: (plan.starts_on or date.max, plan.id or 0), reverse=True)
    listed = []
    for plan in plans:
        assert plan.id is not None
        posts, out = _counts(connection, "campaign_id", plan.id)
        listed.append(CampaignRow(plan, posts, out, _sum(connection, "clicks", _sent(connection, plan.id))))
    return listed


def campaign(connection: sqlite3.Connection, campaign_id: int) -> CampaignPlan | None:
    found = connection.execute(f"{_CAMPAIGN} AND id = ?", (campaign_id,)).fetchone()
    return None if found is None else _plan(connection, found)


def _plan(connection: sqlite3.Connection, found: Sequence[Any]) -> CampaignPlan:
    number, name, goal, hue, accounts, tags, slug = found
    phases = connection.execute(
        "SELECT kind, starts_on, ends_on, title, posts_a_day, id FROM phase WHERE campaign_id = ? ORDER BY starts_on, id",
        (number,),
    )
    return CampaignPlan(
        name=name,
        goal=Goal.from_text(goal),
        hue=hue,
        accounts=tuple(json.loads(accounts)),
        tags=tuple(json.loads(tags)),
        slug=slug,
        phases=tuple(
            CampaignPhase(
                _KINDS.get(kind, PhaseKind.PROMO),
                date.fromisoformat(begins),
                date.fromisoformat(ends),
                title,
                posts,
                each,
            )
            for kind, begins, ends, title, posts, each in phases
        ),
        id=number,
    )


def figures(
    connection: sqlite3.Connection, plan: CampaignPlan, since: datetime | None, until: datetime | None
) -> CampaignFigures:
    """What its posts did. Followers are those its accounts won between two moments (aware UTC); without them they are not counted."""
    assert plan.id is not None
    sql = (
        "SELECT count(*), sum(format = ?) FROM post WHERE campaign_id = ? AND deleted_at IS NULL AND state <> ?"
        " AND (planned_at IS NOT NULL OR state = ?)"
    )
    values = (PostFormat.PROMO, plan.id, PostState.IDEA, PostState.SCHEDULED)
    many, sells = connection.execute(sql, values).fetchone()
    sent = _sent(connection, plan.id)
    won = None
    if since is not None and until is not None and plan.accounts:
        won = samples.gained(connection, "followers", "account", plan.accounts, to_ms(since), to_ms(until))
    return CampaignFigures(
        posts=many,
        informs=many - (sells or 0),
        sells=sells or 0,
        out=_counts(connection, "campaign_id", plan.id)[1],
        clicks=_sum(connection, "clicks", sent),
        followers=won,
        replies=_sum(connection, "replies", sent),
        until=until if won is not None else None,
    )


def announced(connection: sqlite3.Connection, campaign_id: int) -> dict[int, tuple[str, int | None]]:
    """By post: which announcement it is, and with which launch it moves."""
    found = connection.execute(
        "SELECT id, announcement, mark_id FROM post WHERE campaign_id = ? AND deleted_at IS NULL", (campaign_id,)
    )
    return {number: (kind, launch_id) for number, kind, launch_id in found}


def launches(connection: sqlite3.Connection, campaign_id: int | None = None) -> list[LaunchRow]:
    """Of one campaign, or all of them; the latest day first."""
    sql, values = _LAUNCH, ()
    if campaign_id is not None:
        sql, values = f"{_LAUNCH} AND m.campaign_id = ?", (campaign_id,)  # type: ignore[assignment]
    return [
        _launch(connection, found)
        for found in connection.execute(f"{sql} ORDER BY m.on_day DESC, m.id DESC", values).fetchall()
    ]


def launch(connection: sqlite3.Connection, launch_id: int) -> LaunchRow | None:
    found = connection.execute(f"{_LAUNCH} AND m.id = ?", (launch_id,)).fetchone()
    return None if found is None else _launch(connection, found)


def _launch(connection: sqlite3.Connection, found: Sequence[Any]) -> LaunchRow:
    number, title, on_day, minute, url, campaign_id, pattern_id, campaign_name = found
    plan = LaunchPlan(title, date.fromisoformat(on_day), minute, url, campaign_id, pattern_id, number)
    return LaunchRow(plan, *_counts(connection, "mark_id", number), campaign_name)


def patterns(connection: sqlite3.Connection) -> list[Pattern]:
    """The user's own, by name."""
    found = connection.execute("SELECT name, steps, id FROM pattern WHERE removed_at IS NULL ORDER BY name, id")
    return [Pattern(name, steps_from_text(steps), number) for name, steps, number in found]


def slugs(connection: sqlite3.Connection, but: int | None) -> set[str]:
    """Names in links that other campaigns have."""
    found = connection.execute(
        "SELECT slug FROM campaign WHERE removed_at IS NULL AND id IS NOT ? AND slug <> ''", (but,)
    )
    return {slug for (slug,) in found}


# -- figures -------------------------------------------------------------------------------------------------------------------


def _counts(connection: sqlite3.Connection, column: str, number: int) -> tuple[int, int]:
    """How many posts there are, and of how many something is out."""
    sql = (
        "SELECT count(*), sum(EXISTS (SELECT 1 FROM outbox AS o WHERE o.post_id = p.id AND o.kind = ? AND o.state = ?)) FROM post AS p"
        f" WHERE p.{column} = ? AND p.deleted_at IS NULL AND p.state <> ? AND (p.planned_at IS NOT NULL OR p.state = ?)"
    )
    values = (OutboxKind.POST, DeliveryState.OUT, number, PostState.IDEA, PostState.SCHEDULED)
    many, out = connection.execute(sql, values).fetchone()
    return many, out or 0


def _sent(connection: sqlite3.Connection, campaign_id: int) -> list[int]:
    """Deliveries of its posts that are out."""
    sql = (
        "SELECT o.id FROM outbox AS o JOIN post AS p ON p.id = o.post_id WHERE p.campaign_id = ? AND p.deleted_at IS NULL"
        " AND o.kind = ? AND o.state = ?"
    )
    return [number for (number,) in connection.execute(sql, (campaign_id, OutboxKind.POST, DeliveryState.OUT))]


def _sum(connection: sqlite3.Connection, metric: str, deliveries: Iterable[int]) -> int | None:
    found = [
        value for number in deliveries if (value := samples.latest(connection, metric, "post", number)) is not None
    ]
    return sum(found) if found else None
