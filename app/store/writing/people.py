"""The people behind messages: a profile on a network becomes an identity, and a new identity a customer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.models.arrival import Arrival
from app.models.tables.conversation import Customer, Identity
from app.runtime.clock import to_ms
from app.store.notes import insert_many, lookup, next_id, update_many

_SHOWN = ("handle", "name", "url", "avatar", "followers")
_IDENTITY_COLUMNS = ("id", "customer_id", "network", "server", "remote_id", *_SHOWN)
_CUSTOMER_COLUMNS = ("id", "name", "language", "city", "note", "tags", "first_at")


@dataclass(frozen=True, slots=True)
class Known:
    """A profile that is stored."""

    identity_id: int
    customer_id: int


def keep_people(session: Session, network: str, server: str, arrivals: Sequence[Arrival]) -> dict[str, Known]:
    """Stores the authors of messages of customers, given in time order, and answers them by the network's id of their profile.

    `server` is that of the account that saw them: ids of federated networks are local to it.
    """
    last = {arrival.author_id: arrival for arrival in arrivals}
    first = {arrival.author_id: arrival for arrival in reversed(arrivals)}
    sql = f"SELECT remote_id, id, customer_id, {', '.join(_SHOWN)} FROM identity WHERE network = ? AND server = ? AND remote_id IN (?*)"
    known: dict[str, Known] = {}
    changed = []
    for remote_id, number, customer_id, *stored in lookup(session, sql, last, network, server):
        known[remote_id] = Known(number, customer_id)
        told = _shown(last[remote_id])
        if told[4] is None:
            told = (*told[:4], stored[4])
        if list(told) != stored:
            changed.append((*told, number))
    new = [author for author in last if author not in known]
    if new:
        _add(session, network, server, new, first, last, known)
    update_many(session, Identity, _SHOWN, changed)
    return known


def _add(
    session: Session,
    network: str,
    server: str,
    new: Sequence[str],
    first: dict[str, Arrival],
    last: dict[str, Arrival],
    known: dict[str, Known],
) -> None:
    customers, identities = [], []
    customer_id, number = next_id(session, Customer), next_id(session, Identity)
    for author in new:
        arrival = last[author]
        customers.append((customer_id, arrival.author_name, arrival.language, "", "", "[]", to_ms(first[author].at)))
        identities.append((number, customer_id, network, server, author, *_shown(arrival)))
        known[author] = Known(number, customer_id)
        customer_id, number = customer_id + 1, number + 1
    insert_many(session, Customer, _CUSTOMER_COLUMNS, customers)
    insert_many(session, Identity, _IDENTITY_COLUMNS, identities)


def _shown(arrival: Arrival) -> tuple[str, str, str, str, int | None]:
    """In the order of `_SHOWN`."""
    return (
        arrival.author_handle,
        arrival.author_name,
        arrival.author_url,
        arrival.author_avatar,
        arrival.author_followers,
    )
