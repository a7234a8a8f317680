"""Orders read from the shop's file: new ones added, known ones brought up to date, each given to its customer where it names one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Session

from app.models.order import MARKS, ReadOrder
from app.models.tables.order import Order
from app.store.notes import insert_many, lookup, next_id, update_many
from app.store.writing.order_matching import owners_by_email

_TOLD = ("name", "email", "handle", "products", "amount", "currency", "state", "ordered_at", "sold", *MARKS)
_COLUMNS = ("id", "number", "customer_id", *_TOLD, "imported_at")


class Kept(NamedTuple):
    """What became of some orders."""

    new: int
    changed: int
    matched: int


def keep(session: Session, read: Sequence[ReadOrder], by_handle: Mapping[str, int], now_ms: int) -> Kept:
    """Stores orders, each number once in `read`. `by_handle` says who bears a handle alone. Orders that say the same as before stay."""
    by_email = owners_by_email(session, {order.email for order in read if order.email})
    sql = f"SELECT number, id, customer_id, {', '.join(_TOLD)} FROM shop_order WHERE number IN (?*)"
    stored = {row[0]: row[1:] for row in lookup(session, sql, [order.number for order in read])}
    number = next_id(session, Order)
    new: list[tuple[object, ...]] = []
    changed: list[tuple[object, ...]] = []
    matched = 0
    for order in read:
        owner = by_email.get(order.email) if order.email else None
        if owner is None and order.handle:
            owner = by_handle.get(order.handle)
        told = tuple(getattr(order, name) for name in _TOLD)
        known = stored.get(order.number)
        if known is None:
            new.append((number, order.number, owner, *told, now_ms))
            number += 1
            matched += owner is not None
            continue
        row_id, customer_id, *before = known
        # A file without these columns takes nothing away of where an order came from.
        told = (*told[: -len(MARKS)], *(new or old for new, old in zip(told[-len(MARKS) :], before[-len(MARKS) :], strict=True)))
        owner = customer_id if customer_id is not None and _names_the_same(before, told) else owner or customer_id
        matched += owner is not None and owner != customer_id
        if tuple(before) != told or owner != customer_id:
            changed.append((owner, *told, row_id))
    insert_many(session, Order, _COLUMNS, new)
    update_many(session, Order, ("customer_id", *_TOLD), changed)
    return Kept(len(new), len(changed), matched)


def _names_the_same(before: Sequence[object], told: Sequence[object]) -> bool:
    """Whether e-mail address and handle are as they were: then the order stays with its customer."""
    return list(before[1:3]) == list(told[1:3])
