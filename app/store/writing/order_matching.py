"""Whose an order is: found by e-mail address or handle, when orders come in, when customers write for the first time, when an address
is written down. A handle that two customers bear proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlmodel import Session, col, update

from app.models.customer import folded_handle
from app.models.folding import term
from app.models.tables.order import Order
from app.store import search
from app.store.notes import execute, lookup

_BEARERS = 50


def match_new(session: Session, people: Mapping[str, int]) -> None:
    """Customers who wrote for the first time, by their handle: orders that were waiting for one of them."""
    wanted = {folded_handle(handle): customer_id for handle, customer_id in people.items() if folded_handle(handle)}
    sql = "SELECT DISTINCT handle FROM shop_order WHERE handle IN (?*) AND +customer_id IS NULL"
    for (handle,) in lookup(session, sql, wanted):
        if _bearers(session, handle) == {wanted[handle]}:
            give(session, wanted[handle], handle=handle)


def match_customer(session: Session, customer_id: int) -> None:
    """Orders that wait for this customer, by its e-mail address and handles."""
    session.flush()
    for (email,) in lookup(session, "SELECT email FROM customer WHERE id IN (?*) AND email <> ''", [customer_id]):
        give(session, customer_id, email=email)
    for (own,) in lookup(session, "SELECT handle FROM identity WHERE customer_id IN (?*)", [customer_id]):
        handle = folded_handle(own)
        waiting = lookup(
            session, "SELECT 1 FROM shop_order WHERE handle IN (?*) AND +customer_id IS NULL LIMIT 1", [handle]
        )
        if handle and waiting and _bearers(session, handle) == {customer_id}:
            give(session, customer_id, handle=handle)


def owners_by_email(session: Session, emails: Iterable[str]) -> dict[str, int]:
    """The customer of each address; the first known where several wrote down the same. One that is joined to another means the other."""
    found: dict[str, int] = {}
    for email, number in lookup(session, "SELECT email, id FROM customer WHERE email IN (?*) AND email <> ''", emails):
        found[email] = min(number, found.get(email, number))
    return {email: holder_of(session, number) for email, number in found.items()}


def holder_of(session: Session, customer_id: int) -> int:
    """Who holds the profiles of a customer now: itself, or the one to whom it is joined."""
    sql = "SELECT joined_id, kept_id FROM joining WHERE undone_at IS NULL"
    kept_by: dict[int, int] = {row[0]: row[1] for row in session.connection().exec_driver_sql(sql)}
    while customer_id in kept_by:
        customer_id = kept_by.pop(customer_id)
    return customer_id


def give(session: Session, customer_id: int, *, email: str = "", handle: str = "") -> None:
    """Orders without a customer that name this address or handle."""
    named = Order.email == email if email else Order.handle == handle
    execute(session, update(Order).where(named, col(Order.customer_id).is_(None)).values(customer_id=customer_id))  # type: ignore[arg-type]


def _bearers(session: Session, handle: str) -> set[int]:
    """Customers with exactly this handle, found through the index of people."""
    wanted = term(handle, exact=True)
    if not wanted:
        return set()
    sql = (
        "SELECT i.customer_id, i.handle FROM (SELECT rowid AS key FROM person_search WHERE person_search MATCH ? LIMIT ?) AS people"
        " CROSS JOIN identity AS i ON i.id = people.key >> 1 WHERE people.key & 1 = 0"
    )
    rows = session.connection().exec_driver_sql(sql, (search.match_expression([wanted]), _BEARERS))
    return {customer_id for customer_id, own in rows if folded_handle(own) == handle}
