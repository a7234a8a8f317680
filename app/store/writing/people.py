"""The people behind messages: a profile on a network becomes an identity, and a new identity a customer of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session

from app.models.arrival import Arrival
from app.models.tables.conversation import Customer, Identity
from app.runtime.clock import to_ms
from app.store.notes import insert_many, lookup, next_id, update_many
from app.store.writing.order_matching import match_new

_SHOWN = ("handle", "name", "url", "avatar", "followers")
_IDENTITY_COLUMNS = ("id", "customer_id", "network", "server", "remote_id", *_SHOWN)
_NO_FLAGS: frozenset[str] = frozenset()
_CUSTOMER_COLUMNS = ("id", "name", "language", "city", "note", "tags", "first_at")


class Known(NamedTuple):
    """A profile that is stored."""

    identity_id: int
    customer_id: int
    first_at: int
    """When the customer first wrote, in milliseconds."""
    followers: int | None = None
    flags: frozenset[str] = frozenset()
    muted: bool = False


def keep_people(session: Session, network: str, server: str, arrivals: Sequence[Arrival]) -> dict[str, Known]:
    """Stores the authors of messages of customers, given in time order, and answers them by the network's id of their profile.

    `server` is that of the account that saw them: ids of federated networks are local to it.
    """
    last = {arrival.author_id: arrival for arrival in arrivals}
    first = {arrival.author_id: arrival for arrival in reversed(arrivals)}
    sql = (
        f"SELECT i.remote_id, i.id, i.customer_id, c.first_at, c.flags, c.muted_at, {', '.join(f'i.{column}' for column in _SHOWN)}"
        " FROM identity AS i JOIN customer AS c ON c.id = i.customer_id"
        " WHERE i.network = ? AND i.server = ? AND i.remote_id IN (?*)"
    )
    known: dict[str, Known] = {}
    changed = []
    for remote_id, number, customer_id, first_at, flags, muted_at, *stored in lookup(
        session, sql, last, network, server
    ):
        told = _shown(last[remote_id])
        if told[4] is None:
            told = (*told[:4], stored[4])
        kept = _NO_FLAGS if flags == "[]" else frozenset(json.loads(flags))
        known[remote_id] = Known(number, customer_id, first_at or 0, told[4], kept, muted_at is not None)
        if list(told) != stored:
            changed.append((*told, number))
    new = [author for author in last if author not in known]
    if new:
        _add(session, network, server, new, first, last, known)
        match_new(session, {last[author].author_handle: known[author].customer_id for author in new})
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
        arrival, began_at = last[author], to_ms(first[author].at)
        customers.append((customer_id, arrival.author_name, arrival.language, "", "", "[]", began_at))
        identities.append((number, customer_id, network, server, author, *_shown(arrival)))
        known[author] = Known(number, customer_id, began_at, arrival.author_followers)
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
