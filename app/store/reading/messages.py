"""One conversation with all that its pane shows: messages, replies on their way, notes, the post above, the customer, the draft."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.models.delivery import Delivery
from app.models.mailbox import EMAIL
from app.models.message import (
    Attachment,
    ConversationDetail,
    CustomerRow,
    MessageKind,
    MessageRow,
    NoteRow,
    ParentPost,
    Visibility,
)
from app.models.outbox import DeliveryState, OutboxKind
from app.runtime.clock import from_ms
from app.store.reading import agreements, cases, escalations, invitations, outbox, rules, samples, tags

_MESSAGE = (
    "SELECT m.id, m.conversation_id, m.kind, m.text, m.at, m.visibility, m.language, m.url, m.attachments, m.liked, m.boosted,"
    " m.deleted, m.answerable, m.answer_title, m.outbox_id, m.thanks, i.name, i.handle, a.name, a.handle"
    " FROM message AS m JOIN account AS a ON a.id = m.account_id LEFT JOIN identity AS i ON i.id = m.identity_id"
)
CHUNK = 500


def conversation(connection: sqlite3.Connection, conversation_id: int, limit: int = 60) -> ConversationDetail | None:
    """The newest `limit` messages and what stands around them; None when there is no such conversation."""
    found = connection.execute(
        "SELECT account_id, customer_id, private, under_post_id, parent_text, parent_url, parent_ours FROM conversation WHERE id = ?",
        (conversation_id,),
    ).fetchone()
    if found is None:
        return None
    account_id, customer_id, private, post_id, parent_text, parent_url, parent_ours = found
    newest = _messages(
        connection.execute(
            f"{_MESSAGE} WHERE m.conversation_id = ? ORDER BY m.at DESC, m.id DESC LIMIT ?", (conversation_id, limit)
        )
    )
    total: int = connection.execute(
        "SELECT count(*) FROM message WHERE conversation_id = ?", (conversation_id,)
    ).fetchone()[0]
    newest = _sorted_into(connection, conversation_id, newest)
    shown = sorted([*reversed(newest), *_on_their_way(connection, conversation_id)], key=lambda message: message.at)
    draft = connection.execute(
        "SELECT text, visibility, pictures, language FROM reply_draft WHERE conversation_id = ?", (conversation_id,)
    ).fetchone()
    last = last_of_customer(connection, conversation_id)
    return ConversationDetail(
        id=conversation_id,
        messages=tuple(shown),
        notes=_notes(connection, conversation_id),
        parent=_parent(connection, account_id, post_id) or _parent_as_told(connection, account_id, parent_text, parent_url, parent_ours),
        customer=_customer(connection, customer_id),
        draft=draft[0] if draft else "",
        draft_visibility=Visibility(draft[1]) if draft and draft[1] else None,
        draft_pictures=tuple((picture["path"], picture["alt"]) for picture in json.loads(draft[2])) if draft else (),
        draft_language=draft[3] if draft else "",
        reply_visibility=Visibility.DIRECT if private else last.visibility if last else Visibility.PUBLIC,
        earlier=total - len(newest),
        case=cases.newest(connection, conversation_id),
        agreements=tuple(agreements.of_conversation(connection, conversation_id)),
        continues=invitations.continues(connection, conversation_id),
        goes_on=invitations.goes_on(connection, conversation_id),
        escalations=escalations.of_conversation(connection, conversation_id),
    )


def _sorted_into(connection: sqlite3.Connection, conversation_id: int, messages: list[MessageRow]) -> list[MessageRow]:
    """The messages with their tags and with what rules did to them."""
    borne = tags.of_messages(connection, [message.id for message in messages])
    noted = rules.notes_of_messages(connection, conversation_id)
    if not borne and not noted:
        return messages
    return [
        replace(message, tags=borne.get(message.id, ()), rules=noted.get(message.id, ()))
        if message.id in borne or message.id in noted
        else message
        for message in messages
    ]


def last_of_customer(connection: sqlite3.Connection, conversation_id: int) -> MessageRow | None:
    """What the customer wrote last and did not delete: what a reply answers and a like is on."""
    found = _messages(
        connection.execute(
            f"{_MESSAGE} WHERE m.conversation_id = ? AND m.kind <> ? AND NOT m.deleted ORDER BY m.at DESC, m.id DESC LIMIT 1",
            (conversation_id, MessageKind.OURS),
        )
    )
    return found[0] if found else None


def replies_since(connection: sqlite3.Connection, conversation_id: int, since_ms: int) -> int:
    """How many replies of ours the person of a conversation got since a moment, in any of their conversations, or is about to get."""
    theirs = "SELECT id FROM conversation WHERE customer_id = (SELECT customer_id FROM conversation WHERE id = ?)"
    out: int = connection.execute(
        f"SELECT count(*) FROM message WHERE conversation_id IN ({theirs}) AND at >= ? AND kind = ?",
        (conversation_id, since_ms, MessageKind.OURS),
    ).fetchone()[0]
    waiting: int = connection.execute(
        f"SELECT count(*) FROM outbox WHERE conversation_id IN ({theirs}) AND kind = ? AND state IN (?, ?)",
        (conversation_id, OutboxKind.REPLY, DeliveryState.WAITING, DeliveryState.CLAIMED),
    ).fetchone()[0]
    return out + waiting


def remote(connection: sqlite3.Connection, message_id: int) -> tuple[int, str] | None:
    """(account id, remote id) of a message."""
    found = connection.execute("SELECT account_id, remote_id FROM message WHERE id = ?", (message_id,)).fetchone()
    return (found[0], found[1]) if found else None


def url(connection: sqlite3.Connection, message_id: int) -> str:
    """Where a message stands at its network; empty when unknown."""
    found = connection.execute("SELECT url FROM message WHERE id = ?", (message_id,)).fetchone()
    return found[0] if found else ""


def remote_ids(connection: sqlite3.Connection, account_id: int, asked: Iterable[str]) -> set[str]:
    """Those of the remote ids that are stored already."""
    wanted, known = list(asked), set[str]()
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        sql = f"SELECT remote_id FROM message WHERE account_id = ? AND remote_id IN ({', '.join('?' * len(chunk))})"
        known.update(remote_id for (remote_id,) in connection.execute(sql, (account_id, *chunk)))
    return known


def _messages(found: Iterable[tuple[Any, ...]]) -> list[MessageRow]:
    return [_message(*values) for values in found]


def _message(
    number: int,
    conversation_id: int,
    kind: str,
    text: str,
    at: int,
    visibility: str,
    language: str,
    url: str,
    attachments: str,
    liked: int,
    boosted: int,
    deleted: int,
    answerable: int,
    answer_title: str,
    outbox_id: int | None,
    thanks: int,
    author: str | None,
    handle: str | None,
    our_name: str,
    our_handle: str,
) -> MessageRow:
    ours = kind == MessageKind.OURS
    return MessageRow(
        id=number,
        conversation_id=conversation_id,
        kind=MessageKind(kind),
        author=(our_name or our_handle) if ours else (author or handle or ""),
        handle=our_handle if ours else handle or "",
        text=text,
        at=from_ms(at),
        visibility=Visibility(visibility),
        language=language,
        url=url,
        attachments=attachments_of(attachments),
        liked=bool(liked),
        boosted=bool(boosted),
        deleted=bool(deleted),
        answerable=bool(answerable),
        answer_title=answer_title,
        delivery=DeliveryState.OUT if ours else None,
        outbox_id=outbox_id,
        thanks=bool(thanks),
    )


def attachments_of(text: str) -> tuple[Attachment, ...]:
    if text == "[]":
        return ()
    return tuple(
        Attachment(each["url"], each["kind"], each.get("alt", ""), each.get("preview_url", ""))
        for each in json.loads(text)
    )


def _on_their_way(connection: sqlite3.Connection, conversation_id: int) -> list[MessageRow]:
    """Replies, or those parts of them, that are not out: parts that are have become messages."""
    states = outbox.SHOWN_ALWAYS
    where = f"o.conversation_id = ? AND o.kind = ? AND o.state IN ({', '.join('?' * len(states))})"
    owed = outbox.deliveries(connection, where, (conversation_id, OutboxKind.REPLY, *states))
    if not owed:
        return []
    sql = "SELECT name, handle FROM account WHERE id = ?"
    name, handle = connection.execute(sql, (owed[0].account_id,)).fetchone()
    return [_reply(item, conversation_id, name or handle, handle) for item in owed if item.parts_left]


def _reply(item: Delivery, conversation_id: int, author: str, handle: str) -> MessageRow:
    leaves_at = max(item.due_at, item.next_try_at or item.due_at)
    return MessageRow(
        id=-item.id,
        conversation_id=conversation_id,
        kind=MessageKind.OURS,
        author=author,
        handle=handle,
        text="\n\n".join(item.parts_left),
        at=item.due_at,
        visibility=item.visibility,
        language=item.language,
        answer_title=item.answer_title,
        delivery=item.state,
        outbox_id=item.id,
        leaves_at=leaves_at if item.state is DeliveryState.WAITING else None,
        reason=item.reason,
    )


def _notes(connection: sqlite3.Connection, conversation_id: int) -> tuple[NoteRow, ...]:
    sql = "SELECT id, text, at FROM note WHERE conversation_id = ? ORDER BY at, id"
    return tuple(NoteRow(number, text, from_ms(at)) for number, text, at in connection.execute(sql, (conversation_id,)))


def _parent(connection: sqlite3.Connection, account_id: int, post_id: int | None) -> ParentPost | None:
    """The post of ours, as it went out on this account."""
    if post_id is None:
        return None
    found = connection.execute(
        "SELECT p.parts, p.planned_at, p.pillar, o.id, o.parts, o.url, o.sent_at FROM post AS p"
        " LEFT JOIN outbox AS o ON o.post_id = p.id AND o.account_id = ? AND o.state = ? WHERE p.id = ? ORDER BY o.sent_at DESC LIMIT 1",
        (account_id, DeliveryState.OUT, post_id),
    ).fetchone()
    if found is None:
        return None
    own_parts, planned_at, pillar, outbox_id, parts, url, sent_at = found
    return ParentPost(
        text="\n\n".join(json.loads(parts or own_parts)),
        url=url or "",
        at=_moment(sent_at if sent_at is not None else planned_at),
        pillar=pillar,
        clicks=samples.latest(connection, "clicks", "post", outbox_id) if outbox_id is not None else None,
    )


def _parent_as_told(connection: sqlite3.Connection, account_id: int, text: str, url: str, ours: int) -> ParentPost | None:
    if not text and not url:
        return None
    (network,) = connection.execute("SELECT network FROM account WHERE id = ?", (account_id,)).fetchone()
    return ParentPost(text, url, None, ours=bool(ours), subject=network == EMAIL)


def _customer(connection: sqlite3.Connection, customer_id: int) -> CustomerRow:
    sql = "SELECT name, language, city, note, tags, first_at FROM customer WHERE id = ?"
    name, language, city, note, tags, first_at = connection.execute(sql, (customer_id,)).fetchone()
    sql = "SELECT network, handle, name, followers FROM identity WHERE customer_id = ? ORDER BY id"
    identities = connection.execute(sql, (customer_id,)).fetchall()
    sql = "SELECT count(*) FROM conversation WHERE customer_id = ?"
    cases: int = connection.execute(sql, (customer_id,)).fetchone()[0]
    followers = [many for *_, many in identities if many is not None]
    shown = [name, *(own or handle for _, handle, own, _ in identities)]
    return CustomerRow(
        id=customer_id,
        name=next((candidate for candidate in shown if candidate), ""),
        language=language,
        first_at=_moment(first_at),
        followers=max(followers) if followers else None,
        cases=cases,
        identities=tuple((network, handle) for network, handle, *_ in identities),
        tags=tuple(json.loads(tags)),
        note=note,
        city=city,
    )


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_ms(milliseconds)
