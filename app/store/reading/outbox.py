"""The outbox: what is owed, as screens show it and in full for the engine that sends it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.models.account import AccountState
from app.models.delivery import Delivery, PartOut
from app.models.lateness import lateness_of
from app.models.letter import mail_from_json
from app.models.message import Visibility
from app.models.outbox import UNFINISHED, DeliveryState, OutboxKind, OutboxRow, keeper_of
from app.models.post import LinkPreview, Picture, Poll
from app.runtime.clock import from_ms
from app.runtime.words import Message

ASKED_TO_HOLD = "?"
"""`held_id` of what a server was asked to hold and did not answer."""

ANYONE = "anyone"
"""`claimed_by` of what may have left unseen, after an older copy of the data took the place of the data: any part of it may be out."""

WAITS_FOR_LINK = "check.short_link_waits"
"""The reason (message id) of what is kept back until its short link can be made again: no trouble of its account."""

FREE = (
    "o.held_id = '' AND NOT EXISTS (SELECT 1 FROM outbox AS h WHERE h.post_id = o.post_id AND h.account_id = o.account_id"
    f" AND h.id <> o.id AND h.state = '{DeliveryState.LET_GO}' AND h.held_id <> '') AND o.waits_for IS NULL"
)
"""Condition on `o`: no server holds it, nor what it takes the place of (a server is made to let go before anything else is sent), and it
waits for no other delivery."""

TIME_LEFT = (DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.BY_HAND)
"""States in which what a check found can still be mended."""
SHOWN_ALWAYS = (*UNFINISHED, DeliveryState.FAILED, DeliveryState.BY_HAND)
"""States in which something is still to be done, by the program or by the user."""

_DELIVERY = (
    "o.id, o.account_id, a.network, o.kind, o.state, o.key, o.target, o.parts, o.pictures, o.poll, o.visibility, o.warning,"
    " o.language, o.answer_title, o.post_id, o.conversation_id, o.message_id, o.due_at, o.next_try_at, o.attempts, o.progress,"
    " o.claimed_by, o.claim_ends_at, o.first_claimed_at,"
    " o.begun_at, o.quote, o.link_card, o.lateness, o.held_id, o.uploads, o.warnings, o.checked_at, o.reason, o.remote_id, o.url, o.sent_at,"
    " o.deleted_at, o.mail, o.waits_for"
)
_FROM = "outbox AS o JOIN account AS a ON a.id = o.account_id"


def items(
    connection: sqlite3.Connection,
    *,
    post_id: int | None = None,
    conversation_id: int | None = None,
    unfinished: bool = True,
) -> list[OutboxRow]:
    """In order of their time; `unfinished` leaves out what is out or let go."""
    where, values = ["1 = 1"], list[object]()
    if post_id is not None:
        where.append("o.post_id = ?")
        values.append(post_id)
    if conversation_id is not None:
        where.append("o.conversation_id = ?")
        values.append(conversation_id)
    if unfinished:
        where.append(f"o.state IN ({', '.join('?' * len(SHOWN_ALWAYS))})")
        values += SHOWN_ALWAYS
    return rows(connection, " AND ".join(where), values)


def rows(connection: sqlite3.Connection, where: str, values: Sequence[object]) -> list[OutboxRow]:
    """Items for which a condition on `o` (outbox) and `a` (account) holds."""
    sql = (
        "SELECT o.id, o.account_id, a.network, a.handle, o.kind, o.state, o.due_at, o.parts, o.post_id, o.conversation_id, o.message_id,"
        " o.progress, o.attempts, o.next_try_at, o.reason, o.remote_id, o.url, o.sent_at, o.deleted_at,"
        " o.warnings, iif(o.mail = '', '', coalesce(nullif(o.mail ->> 'to_name', ''), o.mail ->> 'to')), o.waits_for"
        f" FROM {_FROM} WHERE {where} ORDER BY o.due_at, o.id"
    )
    return [_row(found) for found in connection.execute(sql, tuple(values))]


def item(connection: sqlite3.Connection, outbox_id: int) -> OutboxRow | None:
    """One item as lists show it, whatever its state."""
    found = rows(connection, "o.id = ?", [outbox_id])
    return found[0] if found else None


def _row(found: tuple[Any, ...]) -> OutboxRow:
    (
        number,
        account_id,
        network,
        handle,
        kind,
        state,
        due_at,
        parts,
        post_id,
        conversation_id,
        message_id,
        progress,
    ) = found[:12]
    attempts, next_try_at, reason, remote_id, url, sent_at, deleted_at, warnings, to, waits_for = found[12:]
    texts = json.loads(parts)
    return OutboxRow(
        id=number,
        account_id=account_id,
        network=network,
        handle=handle,
        kind=OutboxKind(kind),
        state=DeliveryState(state),
        due_at=from_ms(due_at),
        text=texts[0] if texts else "",
        post_id=post_id,
        conversation_id=conversation_id,
        message_id=message_id,
        parts=len(texts),
        parts_out=len(json.loads(progress)),
        attempts=attempts,
        next_try_at=_moment(next_try_at),
        reason=reason,
        remote_id=remote_id,
        url=url,
        sent_at=_moment(sent_at),
        keeper=keeper_of(DeliveryState(state)),
        warnings=warnings_of(warnings) if state in TIME_LEFT else (),
        deleted_at=_moment(deleted_at),
        to=to,
        waits_for=waits_for,
    )


# --- for the engine


def delivery(connection: sqlite3.Connection, outbox_id: int) -> Delivery | None:
    found = deliveries(connection, "o.id = ?", (outbox_id,))
    return found[0] if found else None


def in_state(connection: sqlite3.Connection, state: DeliveryState, account_id: int | None = None) -> list[Delivery]:
    if account_id is None:
        return deliveries(connection, "o.state = ?", (state,))
    return deliveries(connection, "o.state = ? AND o.account_id = ?", (state, account_id))


def to_ask_about(connection: sqlite3.Connection, state: DeliveryState) -> list[Delivery]:
    """Items in a state whose network can be asked: not those of accounts that are signed out or removed."""
    return deliveries(connection, "o.state = ? AND a.state <> ? AND a.removed_at IS NULL", (state, AccountState.SIGNED_OUT))


def out_since(connection: sqlite3.Connection, account_id: int, since_ms: int) -> list[Delivery]:
    """Posts and replies of an account that are out since then."""
    kinds = (OutboxKind.POST, OutboxKind.REPLY)
    where = "o.state = ? AND o.account_id = ? AND o.kind IN (?, ?) AND o.sent_at >= ?"
    return deliveries(connection, where, (DeliveryState.OUT, account_id, *kinds, since_ms))


def parts_out_since(connection: sqlite3.Connection, account_id: int, since_ms: int, but: int) -> tuple[str, ...]:
    """Remote ids of all parts that other items of the account are known to have out, from items created or sent since then."""
    found = connection.execute(
        "SELECT progress FROM outbox WHERE account_id = ? AND id <> ? AND progress <> '[]' AND max(created_at, coalesce(sent_at, 0), due_at) >= ?",
        (account_id, but, since_ms),
    )
    return tuple(part.remote_id for (progress,) in found for part in progress_of(progress))


def next_due(connection: sqlite3.Connection) -> datetime | None:
    """The earliest time at which something waiting may be claimed; None when nothing waits at an account that is ready."""
    sql = (
        f"SELECT min(max(o.due_at, coalesce(o.next_try_at, 0))) FROM {_FROM}"
        f" WHERE o.state = ? AND a.state = ? AND a.removed_at IS NULL AND {FREE}"
        # What `claim` would not take either: behind an item under way, or behind an earlier reply of the same conversation.
        f" AND NOT EXISTS (SELECT 1 FROM outbox AS c WHERE c.state = '{DeliveryState.CLAIMED}' AND c.account_id = o.account_id)"
        f" AND (o.kind <> '{OutboxKind.REPLY}' OR NOT EXISTS (SELECT 1 FROM outbox AS e WHERE e.conversation_id = o.conversation_id"
        f" AND e.account_id = o.account_id AND e.kind = '{OutboxKind.REPLY}' AND e.state = '{DeliveryState.WAITING}'"
        " AND (e.due_at, e.id) < (o.due_at, o.id)))"
    )
    return _moment(connection.execute(sql, (DeliveryState.WAITING, AccountState.READY)).fetchone()[0])


def to_take_back(connection: sqlite3.Connection) -> list[Delivery]:
    """What a server may still hold although it was planned anew or let go."""
    where = "o.held_id <> '' AND o.state IN (?, ?) AND a.removed_at IS NULL AND a.state = ?"
    return deliveries(connection, where, (DeliveryState.WAITING, DeliveryState.LET_GO, AccountState.READY))


def held_ids(connection: sqlite3.Connection, account_id: int) -> frozenset[str]:
    """Ids under which the account's server is known to hold something."""
    sql = "SELECT held_id FROM outbox WHERE account_id = ? AND held_id NOT IN ('', ?)"
    return frozenset(held_id for (held_id,) in connection.execute(sql, (account_id, ASKED_TO_HOLD)))


def deletes(connection: sqlite3.Connection, account_id: int, remote_id: str, states: Sequence[DeliveryState]) -> bool:
    """Whether the deletion of what begins with this remote id is owed already, in one of these states."""
    sql = f"SELECT target FROM outbox WHERE account_id = ? AND kind = ? AND state IN ({', '.join('?' * len(states))})"
    found = connection.execute(sql, (account_id, OutboxKind.DELETE, *states))
    return any(remote_id in target.split() for (target,) in found)


def to_hand_over(
    connection: sqlite3.Connection, networks: Sequence[str], from_ms: int, settled_ms: int, free_until_ms: int, limit: int
) -> list[Delivery]:
    """Posts of one part due after `from_ms` that a server of these networks could hold, the next first; only those owed since before
    `settled_ms`, of accounts that owe nothing else until `free_until_ms`: it would have to wait for the server's answer.
    """
    where = (
        "o.state = ? AND o.kind = ? AND o.due_at >= ? AND o.created_at <= ? AND o.progress = '[]' AND json_array_length(o.parts) = 1"
        " AND coalesce(o.next_try_at, 0) < o.due_at"
        f" AND a.state = ? AND a.removed_at IS NULL AND a.network IN ({', '.join('?' * len(networks))}) AND {FREE}"
        f" AND NOT EXISTS (SELECT 1 FROM outbox AS s WHERE s.account_id = o.account_id AND s.state = '{DeliveryState.WAITING}' AND s.due_at < ?)"
    )
    values = (DeliveryState.WAITING, OutboxKind.POST, from_ms, settled_ms, AccountState.READY, *networks, free_until_ms)
    return deliveries(connection, where, values, limit)


def to_upload(connection: sqlite3.Connection, from_ms: int, until_ms: int) -> list[Delivery]:
    """Posts with pictures due in [from, until) of which nothing is uploaded yet."""
    where = (
        "o.state = ? AND o.kind = ? AND o.due_at >= ? AND o.due_at < ? AND o.progress = '[]' AND o.uploads = ''"
        f" AND (o.pictures <> '[]' OR o.link_card <> '') AND a.state = ? AND a.removed_at IS NULL AND {FREE}"
    )
    return deliveries(connection, where, (DeliveryState.WAITING, OutboxKind.POST, from_ms, until_ms, AccountState.READY))


def of_remote(connection: sqlite3.Connection, account_id: int, url: str) -> str:
    """Remote id of what has this address, as far as this account knows it; empty when it does not."""
    sql = (
        "SELECT remote_id FROM outbox WHERE account_id = :account AND url = :url AND remote_id <> ''"
        " UNION ALL SELECT remote_id FROM message WHERE account_id = :account AND url = :url LIMIT 1"
    )
    found = connection.execute(sql, {"account": account_id, "url": url}).fetchone()
    return found[0] if found else ""


def thread_root(connection: sqlite3.Connection, account_id: int, remote_id: str) -> str:
    """The first post of the thread in which something we know stands, as far up as we know the thread."""
    seen = {remote_id}
    while True:
        sql = "SELECT in_reply_to FROM message WHERE account_id = ? AND remote_id = ?"
        found = connection.execute(sql, (account_id, remote_id)).fetchone()
        if found is None or not found[0] or found[0] in seen:
            break
        remote_id = found[0]
        seen.add(remote_id)
    sql = (
        "SELECT o.remote_id FROM outbox AS o, json_each(o.progress) AS part"
        " WHERE o.account_id = ? AND o.kind = ? AND o.progress <> '[]' AND json_extract(part.value, '$.id') = ? LIMIT 1"
    )
    found = connection.execute(sql, (account_id, OutboxKind.POST, remote_id)).fetchone()
    return found[0] if found and found[0] else remote_id


def next_lease_end(connection: sqlite3.Connection) -> datetime | None:
    """When the first of the running claims may be taken over."""
    sql = "SELECT min(claim_ends_at) FROM outbox WHERE state = ?"
    return _moment(connection.execute(sql, (DeliveryState.CLAIMED,)).fetchone()[0])


def deliveries(connection: sqlite3.Connection, where: str, values: Sequence[object], limit: int = -1) -> list[Delivery]:
    """Items in full, for which a condition on `o` (outbox) and `a` (account) holds; the next due first."""
    sql = f"SELECT {_DELIVERY} FROM {_FROM} WHERE {where} ORDER BY o.due_at, o.id LIMIT {limit}"
    return [as_delivery(tuple(found)) for found in connection.execute(sql, tuple(values))]


DELIVERY_SQL = f"SELECT {_DELIVERY} FROM {_FROM}"
"""For those who read inside a write transaction: `as_delivery` makes a row of it."""


OVERDUE_SQL = (
    f"SELECT {_DELIVERY}, coalesce(p.zone, '') FROM {_FROM} LEFT JOIN post AS p ON p.id = o.post_id"
    f" WHERE o.state = ? AND o.kind = ? AND o.due_at < ? AND o.progress = '[]' AND a.state = ? AND a.removed_at IS NULL AND {FREE}"
    " ORDER BY o.due_at, o.id"
)
"""Posts of accounts that are ready, of which no part is out although their time has passed; the zone of their time comes last."""


def as_delivery(found: tuple[Any, ...]) -> Delivery:
    """A row of `DELIVERY_SQL`."""
    values: dict[str, Any] = dict(zip(_DELIVERY_FIELDS, found, strict=True))
    values.update(
        kind=OutboxKind(values["kind"]),
        state=DeliveryState(values["state"]),
        parts=tuple(json.loads(values["parts"])),
        pictures=pictures_of(values["pictures"]),
        poll=poll_of(values["poll"]),
        visibility=Visibility(values["visibility"]),
        progress=progress_of(values["progress"]),
        link_card=link_card_of(values["link_card"]),
        lateness=lateness_of(values["lateness"]),
        warnings=warnings_of(values["warnings"]),
        mail=mail_from_json(values["mail"]),
        **{name: _moment(values[name]) for name in _MOMENTS},
    )
    return Delivery(**values)


_DELIVERY_FIELDS = [column.split(".")[1] for column in _DELIVERY.split(", ")]
_MOMENTS = ("due_at", "next_try_at", "claim_ends_at", "first_claimed_at", "begun_at", "checked_at", "sent_at", "deleted_at")


def progress_of(text: str) -> tuple[PartOut, ...]:
    return tuple(PartOut(part["id"], part.get("url", "")) for part in json.loads(text))


def pictures_of(text: str) -> tuple[Picture, ...]:
    return tuple(Picture(picture["path"], picture.get("alt", "")) for picture in json.loads(text))


def link_card_of(text: str) -> LinkPreview | None:
    return LinkPreview(**json.loads(text)) if text else None


def warnings_of(text: str) -> tuple[Message, ...]:
    return tuple(Message.from_json(each) for each in json.loads(text)) if text else ()


def poll_of(text: str) -> Poll | None:
    if not text:
        return None
    poll = json.loads(text)
    return Poll(tuple(poll["options"]), poll["hours"], poll["multiple"])


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)
