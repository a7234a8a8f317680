"""What becomes of posts whose time passed while nothing could send them; asked inside the transaction that claims, so nothing slips between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.delivery import Delivery
from app.models.lateness import LATE_FROM, AfterPause, Lateness, LateRule, Pause
from app.models.outbox import DeliveryState
from app.runtime.clock import WallTime, from_wall, to_ms
from app.runtime.words import Message, message
from app.store.database import Session
from app.store.writing import outbox, posts

LOOK_AHEAD_DAYS = 60
"""So far ahead a free day is looked for."""


def apply(session: Session, now: datetime, default: Lateness, shop_zone: str, pause: Pause | None = None) -> list[Message]:
    """Each late post by its own rule, or by the setting. Answers what is to be said of it, one sentence a kind.

    What the last `pause` held back is never dropped for that: it is put before the user.
    """
    happened: Counter[str] = Counter()
    for item, zone in outbox.overdue(session, to_ms(now - LATE_FROM)):
        rule = item.lateness or default
        if now - item.due_at <= rule.patience:
            continue
        paused = pause is not None and pause.held(item.due_at)
        wanted = LateRule.ASK if paused and rule.rule is LateRule.DROP else rule.rule
        done = _settle(session, item, wanted, now, ZoneInfo(zone or shop_zone or "UTC"), paused=paused)
        happened["paused" if paused and done is LateRule.ASK else done] += 1
    return [message(f"late.{what}", n=count) for what, count in happened.items()]


def settle_missed(session: Session, now: datetime, pause: Pause, way: AfterPause, shop_zone: str) -> int:
    """Posts that a pause held back, all in the way that the user chose; answers how many deliveries these are."""
    missed = [(item, zone) for item, zone in outbox.overdue(session, to_ms(now)) if pause.held(item.due_at)]
    for item, zone in missed:
        if way is AfterPause.SEND:
            outbox.reschedule(session, item.id, to_ms(now), to_ms(now))
        else:
            rule = LateRule.NEXT_SLOT if way is AfterPause.MOVE else LateRule.ASK
            _settle(session, item, rule, now, ZoneInfo(zone or shop_zone or "UTC"), paused=True)
    return len(missed)


def _settle(session: Session, item: Delivery, rule: LateRule, now: datetime, zone: ZoneInfo, *, paused: bool = False) -> LateRule:
    """Answers what was done in the end: a post without a free day is put before the user."""
    now_ms = to_ms(now)
    if rule is LateRule.DROP:
        reason = message("outbox.late.dropped", due=item.due_at)
        outbox.move(session, item.id, DeliveryState.LET_GO, now_ms, reason=reason.to_json())
        return rule
    if rule is LateRule.NEXT_SLOT:
        taken = outbox.planned_times(session, item.account_id, to_ms(now - timedelta(days=1)))
        slot = next_free_day(item.due_at, now, zone, [each for each in taken if each != item.due_at])
        if slot is not None:
            skipped = ".skipped" if slot.moved else ""
            reason = message(f"outbox.late.moved{skipped}", due=item.due_at, to=slot.at)
            outbox.move(session, item.id, DeliveryState.WAITING, now_ms, due_ms=to_ms(slot.at), reason=reason.to_json())
            if item.post_id is not None:
                posts.plan(session, item.post_id, to_ms(slot.at), str(zone), now_ms)
            return rule
    reason = message("outbox.late.paused" if paused else "outbox.late.asked", due=item.due_at)
    outbox.move(session, item.id, DeliveryState.FAILED, now_ms, reason=reason.to_json())
    return LateRule.ASK


def next_free_day(due_at: datetime, now: datetime, zone: ZoneInfo, taken: Sequence[datetime]) -> WallTime | None:
    """The same wall time on the next day on which nothing else is planned; None when there is none for long.

    Its hour may be skipped that night: then it is the next minute that exists (`moved`).
    """
    wall = due_at.astimezone(zone).time().replace(tzinfo=None)
    busy: set[date] = {each.astimezone(zone).date() for each in taken}
    today = now.astimezone(zone).date()
    for days in range(LOOK_AHEAD_DAYS):
        day = today + timedelta(days=days)
        slot = from_wall(datetime.combine(day, wall), zone)
        if slot.at > now.astimezone(UTC) and day not in busy:
            return slot
    return None
