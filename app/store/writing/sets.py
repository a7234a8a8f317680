"""Deliveries that wait for another one, the image set, whose link stands in their text when it is known.

A waiting delivery has `waits_for`; nothing takes it before that is empty again. The link is put into its text in the transaction in
which the set is out; `services/image_sets.py` measures the text and lets it go.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.models.image_set import PLACE, linked, without_place
from app.models.outbox import DeliveryState
from app.models.tables.outbox import OutboxItem

WAITING = (DeliveryState.WAITING, DeliveryState.BY_HAND)
"""States of a delivery that would leave if the set were out."""


class Waiting(NamedTuple):
    """A delivery, and where what it waits for stands."""

    id: int
    account_id: int
    state: DeliveryState
    parts: tuple[str, ...]
    warning: str
    reason: str
    set_state: DeliveryState
    set_network: str
    network: str
    handle: str
    limits: str
    """Of its account, as its row keeps them."""

    @property
    def has_place(self) -> bool:
        """The link is not known yet."""
        return any(PLACE in part for part in self.parts)


def wait(session: Session, outbox_ids: Sequence[int], set_id: int) -> None:
    """These wait for that one; where its link is known already it is put into their texts."""
    first = session.get_one(OutboxItem, set_id)
    for number in outbox_ids:
        session.get_one(OutboxItem, number).waits_for = set_id
    session.flush()
    if first.state == DeliveryState.OUT:
        put_link(session, first)


def put_link(session: Session, first: OutboxItem) -> None:
    """A delivery is out: its link comes into the texts of those that wait for it. Without a link nothing changes."""
    if not first.url or first.post_id is None:
        return
    same = (OutboxItem.post_id == first.post_id, OutboxItem.waits_for == first.id)
    for row in session.exec(select(OutboxItem).where(*same)):
        row.parts = json.dumps([linked(part, first.url) for part in json.loads(row.parts)], ensure_ascii=False)
        row.warnings, row.checked_at = "", None
        if row.state == DeliveryState.BY_HAND:
            row.waits_for, row.reason = None, ""


def free(session: Session, outbox_id: int, now_ms: int) -> None:
    """It may leave: at its time, or now where that has passed while it waited, so that it is late from now on only."""
    row = session.get_one(OutboxItem, outbox_id)
    row.waits_for, row.reason, row.due_at = None, "", max(row.due_at, now_ms)


def forget_link(session: Session, outbox_id: int) -> None:
    """It leaves without the link."""
    row = session.get_one(OutboxItem, outbox_id)
    row.parts = json.dumps([without_place(part) for part in json.loads(row.parts)], ensure_ascii=False)
    row.waits_for, row.reason, row.warnings, row.checked_at = None, "", "", None


def give_link(session: Session, set_id: int, url: str) -> None:
    """The user knows the link of a set that is out."""
    first = session.get_one(OutboxItem, set_id)
    first.url = url
    put_link(session, first)


def set_of(session: Session, outbox_id: int) -> tuple[int, DeliveryState] | None:
    """What a delivery waits for, and where that stands; None where it waits for nothing."""
    number = session.get_one(OutboxItem, outbox_id).waits_for
    return None if number is None else (number, DeliveryState(session.get_one(OutboxItem, number).state))


def say(session: Session, outbox_id: int, reason: str) -> None:
    """Why it waits, a `Message` as JSON."""
    session.get_one(OutboxItem, outbox_id).reason = reason


def waiting(session: Session) -> list[Waiting]:
    """All that wait for a set, with where that stands."""
    session.flush()
    found = session.connection().exec_driver_sql(_WAITING, WAITING)
    return [
        Waiting(
            number,
            account_id,
            DeliveryState(state),
            tuple(json.loads(parts)),
            warning,
            reason,
            DeliveryState(set_state),
            *accounts,
        )
        for number, account_id, state, parts, warning, reason, set_state, *accounts in found
    ]


_WAITING = (
    "SELECT o.id, o.account_id, o.state, o.parts, o.warning, o.reason, w.state, a.network, b.network, b.handle, b.limits"
    " FROM outbox AS o JOIN outbox AS w ON w.id = o.waits_for JOIN account AS a ON a.id = w.account_id JOIN account AS b ON b.id = o.account_id"
    " WHERE o.waits_for IS NOT NULL AND o.state IN (?, ?) ORDER BY o.id"
)


def latest_of(session: Session, post_id: int, account_id: int) -> int | None:
    """The delivery of a post at an account that counts: the last that was not let go."""
    mine = (
        OutboxItem.post_id == post_id,
        OutboxItem.account_id == account_id,
        OutboxItem.state != DeliveryState.LET_GO,
    )
    return session.exec(select(OutboxItem.id).where(*mine).order_by(col(OutboxItem.id).desc())).first()
