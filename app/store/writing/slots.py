"""Good times of accounts: added, changed, taken away; whole days switched off and on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, select

from app.models.slot import Slot as SlotRow
from app.models.tables.post import Slot, SlotDay


def add(session: Session, account_id: int, weekday: int, minute: int, zone: str, pillar: str = "") -> int:
    """Answers its id; one that is there already at that minute and for that queue is it."""
    known = session.exec(
        select(Slot).where(
            Slot.account_id == account_id, Slot.weekday == weekday, Slot.minute == minute, Slot.pillar == pillar
        )
    ).first()
    if known is not None:
        known.enabled = True
        return known.id or 0
    slot = Slot(account_id=account_id, weekday=weekday, minute=minute, zone=zone, pillar=pillar)
    session.add(slot)
    session.flush()
    return slot.id or 0


def bring(session: Session, slots: Sequence[SlotRow]) -> None:
    """Put slots back as they were, or to other values: the same ids."""
    for each in slots:
        slot = session.get(Slot, each.id)
        if slot is None:
            slot = Slot(
                id=each.id, account_id=each.account_id, weekday=each.weekday, minute=each.minute, zone=each.zone
            )
            session.add(slot)
        slot.account_id, slot.weekday, slot.minute = each.account_id, each.weekday, each.minute
        slot.zone, slot.pillar, slot.enabled = each.zone, each.pillar, each.enabled


def remove(session: Session, slot_ids: Sequence[int]) -> None:
    for number in slot_ids:
        slot = session.get(Slot, number)
        if slot is not None:
            session.delete(slot)


def switch_day(session: Session, account_id: int, weekday: int, *, on: bool) -> None:
    """Its slots keep their times."""
    day = session.get(SlotDay, (account_id, weekday))
    if on and day is not None:
        session.delete(day)
    elif not on and day is None:
        session.add(SlotDay(account_id=account_id, weekday=weekday))
