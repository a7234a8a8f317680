"""All that has a content pillar is given to another one, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.models.slot import Slot as SlotRow
from app.models.tables.post import Pattern, Post, Series, Slot
from app.store.notes import note
from app.store.writing import slots


class Given(NamedTuple):
    """What was given: enough to take it back."""

    posts: tuple[int, ...] = ()
    slots: tuple[SlotRow, ...] = ()
    """As they were; one that would have stood there twice was taken away."""
    texts: tuple[tuple[str, int, str, str], ...] = ()
    """("pattern" or "series", its id, what it held, what it holds now)."""


def give(session: Session, pillar: str, into: str) -> Given:
    """Posts (deleted ones too: they may come back), good times, patterns and recurring posts; empty `into`: to none."""
    posts = tuple(session.exec(select(col(Post.id)).where(Post.pillar == pillar)))
    _set(session, posts, into)
    return Given(
        tuple(number for number in posts if number is not None),
        _give_slots(session, pillar, into),
        _give_texts(session, pillar, into),
    )


def take_back(session: Session, pillar: str, given: Given) -> None:
    """Exactly what was given; a pattern or recurring post that was changed since stays as it is."""
    _set(session, given.posts, pillar)
    slots.bring(session, given.slots)
    for kind, number, before, after in given.texts:
        if kind == "pattern":
            pattern = session.get(Pattern, number)
            if pattern is not None and pattern.steps == after:
                pattern.steps = before
        else:
            series = session.get(Series, number)
            if series is not None and series.draft == after:
                series.draft = before


def _set(session: Session, posts: Sequence[int | None], pillar: str) -> None:
    numbers = [number for number in posts if number is not None]
    if not numbers:
        return
    session.connection().exec_driver_sql(
        "UPDATE post SET pillar = ? WHERE id = ?", [(pillar, number) for number in numbers]
    )
    note(session, Post, numbers)


def _give_slots(session: Session, pillar: str, into: str) -> tuple[SlotRow, ...]:
    before = []
    for slot in session.exec(select(Slot).where(Slot.pillar == pillar)).all():
        before.append(
            SlotRow(slot.id or 0, slot.account_id, slot.weekday, slot.minute, slot.zone, pillar, slot.enabled)
        )
        same = (Slot.account_id == slot.account_id, Slot.weekday == slot.weekday, Slot.minute == slot.minute)
        if session.exec(select(Slot.id).where(*same, Slot.pillar == into)).first() is not None:
            session.delete(slot)
        else:
            slot.pillar = into
    return tuple(before)


def _give_texts(session: Session, pillar: str, into: str) -> tuple[tuple[str, int, str, str], ...]:
    given = []
    for pattern in session.exec(select(Pattern)).all():
        steps = json.loads(pattern.steps)
        if any(each["pillar"] == pillar for each in steps):
            for each in steps:
                each["pillar"] = into if each["pillar"] == pillar else each["pillar"]
            after = json.dumps(steps, ensure_ascii=False)
            given.append(("pattern", pattern.id or 0, pattern.steps, after))
            pattern.steps = after
    for series in session.exec(select(Series)).all():
        draft = json.loads(series.draft)
        if draft.get("pillar", "") == pillar:
            after = json.dumps({**draft, "pillar": into}, ensure_ascii=False)
            given.append(("series", series.id or 0, series.draft, after))
            series.draft = after
    return tuple(given)
