"""What campaigns cost, which coupons are theirs, what the analytics server counted, and figures of the past out of files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session, col, delete

from app.models.sale import Cost
from app.models.tables.profile import Sample
from app.models.tables.sale import CampaignCost, CampaignCoupon, PastDay, VisitDay
from app.store.notes import execute, insert_many, upsert_many

VisitRow = tuple[int, str, str, str, int]
"""(day's ordinal, utm_campaign, utm_content, goal or empty, count)"""


def save_cost(session: Session, cost: Cost, now_ms: int) -> int:
    """Answers its id."""
    row = session.get(CampaignCost, cost.id) if cost.id is not None else None
    if row is None:
        row = CampaignCost(campaign_id=cost.campaign_id, amount=0, currency="", on_day="", made_at=now_ms)
        session.add(row)
    row.title, row.amount, row.currency, row.on_day = cost.title, cost.amount, cost.currency, cost.on_day.isoformat()
    session.flush()
    return row.id or 0


def remove_cost(session: Session, cost_id: int, at_ms: int | None) -> None:
    """It counts no more; None brings it back."""
    session.get_one(CampaignCost, cost_id).removed_at = at_ms


def set_coupons(session: Session, campaign_id: int, codes: Sequence[str]) -> None:
    """These and no others; one that was another campaign's is this one's."""
    execute(session, delete(CampaignCoupon).where(col(CampaignCoupon.campaign_id) == campaign_id))
    upsert_many(
        session,
        CampaignCoupon,
        [{"code": code, "campaign_id": campaign_id} for code in codes],
        ("code",),
        ("campaign_id",),
    )


def set_visits(session: Session, first: date, last: date, rows: Sequence[VisitRow]) -> None:
    """What was counted on these days, and nothing else of them. Each day gets a row for visits without a campaign: it was asked about."""
    execute(session, delete(VisitDay).where(col(VisitDay.day).between(first.toordinal(), last.toordinal())))
    counts = {(day, "", "", ""): 0 for day in range(first.toordinal(), last.toordinal() + 1)}
    for day, campaign, content, goal, count in rows:
        key = day, campaign, content, goal
        counts[key] = counts.get(key, 0) + count
    insert_many(
        session,
        VisitDay,
        ("day", "campaign", "content", "goal", "count"),
        [(*key, count) for key, count in counts.items()],
    )


def forget_visits(session: Session) -> None:
    """All of them: they are another site's."""
    execute(session, delete(VisitDay))


def add_past(session: Session, rows: Sequence[tuple[str, int, int, int]]) -> None:
    """(metric, account, day's ordinal, gained); the same day again replaces."""
    names = ("metric", "account_id", "day", "gained")
    upsert_many(session, PastDay, [dict(zip(names, row, strict=True)) for row in rows], names[:3], names[3:])


def remove_past(session: Session, rows: Sequence[tuple[str, int, int]]) -> None:
    """(metric, account, day's ordinal)."""
    for metric, account_id, day in rows:
        found = session.get(PastDay, (metric, account_id, day))
        if found is not None:
            session.delete(found)


def remove_samples(session: Session, keys: Sequence[tuple[str, str, int, int]]) -> None:
    """(metric, subject, its id, time in ms): what a file brought is taken back."""
    for key in keys:
        found = session.get(Sample, key)
        if found is not None:
            session.delete(found)
