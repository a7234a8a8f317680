"""Going on by e-mail: what came before a conversation, how it goes on, and what a reply by e-mail answers."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from app.models.invitation import Continued
from app.models.letter import Mail
from app.models.mailbox import EMAIL
from app.models.message import MessageKind, Visibility
from app.runtime.clock import from_ms

MOST_CHAIN = 20
"""Message-IDs of References; RFC 5322 wants all, servers want lines that end."""


class Basis(NamedTuple):
    """What an invitation is made of."""

    name: str
    email: str
    """Of the customer; empty where it is not known."""
    language: str
    order_number: str
    network: str


def basis(connection: sqlite3.Connection, conversation_id: int) -> Basis | None:
    """None where there is no such conversation."""
    found = connection.execute(
        "SELECT coalesce(nullif(i.name, ''), nullif(k.name, ''), i.handle, ''), k.email, coalesce(nullif(c.language, ''), k.language),"
        " a.network, k.id FROM conversation AS c JOIN customer AS k ON k.id = c.customer_id JOIN account AS a ON a.id = c.account_id"
        " LEFT JOIN identity AS i ON i.id = c.identity_id WHERE c.id = ?",
        (conversation_id,),
    ).fetchone()
    if found is None:
        return None
    name, email, language, network, customer_id = found
    orders = connection.execute(
        "SELECT number FROM shop_order WHERE customer_id = ? LIMIT 2", (customer_id,)
    ).fetchall()
    return Basis(name, email, language, orders[0][0] if len(orders) == 1 else "", network)


def continues(connection: sqlite3.Connection, conversation_id: int) -> Continued | None:
    """The conversation that this one goes on from."""
    found = connection.execute(
        "SELECT v.conversation_id, v.invited_at, v.taken_at, v.address, o.visibility FROM invitation AS v"
        " LEFT JOIN outbox AS o ON o.id = v.outbox_id WHERE v.led_to = ? ORDER BY v.id LIMIT 1",
        (conversation_id,),
    ).fetchone()
    if found is None:
        return None
    earlier, invited_at, taken_at, address, visibility = found
    proven = bool(address) or visibility == Visibility.DIRECT
    return _continued(connection, earlier, taken_at or invited_at)._replace(proven=proven)


def goes_on(connection: sqlite3.Connection, conversation_id: int) -> Continued | None:
    """The conversation by e-mail that this one led to, or that its customer was invited to."""
    found = connection.execute(
        "SELECT led_to, coalesce(taken_at, invited_at) FROM invitation WHERE conversation_id = ? ORDER BY led_to IS NULL, id DESC LIMIT 1",
        (conversation_id,),
    ).fetchone()
    if found is None:
        return None
    led_to, at = found
    return Continued(0, EMAIL, "", 0, from_ms(at)) if led_to is None else _continued(connection, led_to, at)


def mail_of(connection: sqlite3.Connection, conversation_id: int) -> Mail | None:
    """What a reply in a conversation by e-mail is addressed to, and answers; None where the conversation is none of a mailbox."""
    found = connection.execute(
        "SELECT i.remote_id, i.name, c.parent_text, c.thread_key FROM conversation AS c JOIN account AS a ON a.id = c.account_id"
        " JOIN identity AS i ON i.id = c.identity_id WHERE c.id = ? AND a.network = ?",
        (conversation_id, EMAIL),
    ).fetchone()
    if found is None:
        return None
    address, name, subject, root = found
    said = connection.execute(
        "SELECT remote_id, kind FROM message WHERE conversation_id = ? ORDER BY at DESC, id DESC LIMIT ?",
        (conversation_id, MOST_CHAIN),
    ).fetchall()
    known = dict.fromkeys((root.partition(" ")[0], *(remote_id for remote_id, _ in reversed(said))))
    ids = [each for each in known if each.startswith("<") and each.endswith(">")]
    theirs = next((remote_id for remote_id, kind in said if kind != MessageKind.OURS and remote_id in ids), "")
    token = connection.execute(
        "SELECT token FROM invitation WHERE led_to = ? ORDER BY id LIMIT 1", (conversation_id,)
    ).fetchone()
    return Mail(
        to=address,
        to_name=name,
        subject=f"Re: {subject}".strip(),
        in_reply_to=theirs,
        chain=tuple(ids),
        token=token[0] if token else "",
    )


def _continued(connection: sqlite3.Connection, conversation_id: int, at: int) -> Continued:
    network, name = connection.execute(
        "SELECT a.network, coalesce(nullif(i.name, ''), i.handle, '') FROM conversation AS c JOIN account AS a ON a.id = c.account_id"
        " LEFT JOIN identity AS i ON i.id = c.identity_id WHERE c.id = ?",
        (conversation_id,),
    ).fetchone()
    many = connection.execute("SELECT count(*) FROM message WHERE conversation_id = ?", (conversation_id,)).fetchone()[
        0
    ]
    return Continued(conversation_id, network, name, many, from_ms(at))
