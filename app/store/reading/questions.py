"""Posts that ask the community something, and what was replied to them on every account."""

from __future__ import annotations

import json
import sqlite3

from app.models.conversation import Category
from app.models.message import MessageKind
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostState
from app.models.question import QuestionPost, QuestionReply
from app.runtime.clock import from_ms

MOST = 200
MOST_REPLIES = 5_000
_QUIET = (Category.TROLL, Category.SPAM)
_LONGEST_TITLE = 200
_THANKED = (
    "k.thanked_at IS NOT NULL AND EXISTS (SELECT 1 FROM outbox AS o WHERE o.conversation_id = c.id"
    f" AND o.kind = '{OutboxKind.REPLY}' AND o.state <> '{DeliveryState.LET_GO}' AND o.created_at >= k.thanked_at - 60000)"
)
"""Condition on `k` and `c`: thanks that were taken back are none."""


def questions(connection: sqlite3.Connection) -> list[QuestionPost]:
    """The newest first; such as are to come before those that are out."""
    sql = (
        "SELECT p.id, p.title, p.parts, min(o.sent_at) FROM post AS p LEFT JOIN outbox AS o ON o.post_id = p.id AND o.state = ? AND o.kind = ?"
        " WHERE p.question = 1 AND p.deleted_at IS NULL AND (o.id IS NOT NULL OR p.state = ?) GROUP BY p.id"
        " ORDER BY min(o.sent_at) IS NOT NULL, min(o.sent_at) DESC, p.id DESC LIMIT ?"
    )
    found = connection.execute(sql, (DeliveryState.OUT, OutboxKind.POST, PostState.SCHEDULED, MOST)).fetchall()
    ids = [number for number, *_ in found]
    counts, kept, networks = _counts(connection, ids), _kept(connection, ids), _networks(connection, ids)
    return [
        QuestionPost(
            number,
            title or _first_line(parts),
            tuple(networks.get(number, ())),
            None if asked_at is None else from_ms(asked_at),
            *counts.get(number, (0, 0)),
            kept=kept.get(number, 0),
            text="\n\n".join(json.loads(parts)),
        )
        for number, title, parts, asked_at in found
    ]


def replies(connection: sqlite3.Connection, post_id: int) -> list[QuestionReply]:
    """What customers wrote under a post on any account, oldest first; trolls and spam are left out."""
    sql = (
        "SELECT m.id, c.id, c.account_id, a.network, coalesce(nullif(u.name, ''), i.name, ''), coalesce(i.handle, ''), c.customer_id, m.text,"
        " m.language, m.url, m.at, m.liked, coalesce(k.kept, 0), coalesce(k.topic, ''),"
        f" iif({_THANKED}, k.thanked_at, NULL)"
        " FROM conversation AS c JOIN message AS m ON m.conversation_id = c.id JOIN account AS a ON a.id = c.account_id"
        " LEFT JOIN identity AS i ON i.id = m.identity_id LEFT JOIN customer AS u ON u.id = c.customer_id"
        " LEFT JOIN kept_reply AS k ON k.post_id = c.under_post_id AND k.message_id = m.id"
        " WHERE c.under_post_id = ? AND m.kind <> ? AND m.deleted = 0 AND c.private = 0 AND c.category NOT IN (?, ?)"
        " ORDER BY m.at, m.id LIMIT ?"
    )
    values = (post_id, MessageKind.OURS, *_QUIET, MOST_REPLIES)
    return [
        QuestionReply(
            *(
                number,
                conversation_id,
                account_id,
                network,
                author or handle,
                handle,
                customer_id,
                text,
                language,
                url,
                from_ms(at),
            ),
            liked=bool(liked),
            kept=bool(kept),
            topic=topic,
            thanked_at=None if thanked_at is None else from_ms(thanked_at),
        )
        for (
            *(number, conversation_id, account_id, network, author, handle, customer_id, text, language, url, at),
            liked,
            kept,
            topic,
            thanked_at,
        ) in connection.execute(sql, values)
    ]


def thanked_since(connection: sqlite3.Connection, since_ms: int) -> int:
    """Replies to questions that were thanked in words since then, but for those that count as thanks for praise."""
    sql = (
        "SELECT count(*) FROM kept_reply AS k JOIN message AS m ON m.id = k.message_id JOIN conversation AS c ON c.id = m.conversation_id"
        f" WHERE k.thanked_at >= ? AND c.category <> ? AND {_THANKED}"
    )
    return int(connection.execute(sql, (since_ms, Category.PRAISE)).fetchone()[0])


def _counts(connection: sqlite3.Connection, ids: list[int]) -> dict[int, tuple[int, int]]:
    sql = (
        "SELECT c.under_post_id, count(*), count(DISTINCT c.customer_id) FROM conversation AS c JOIN message AS m ON m.conversation_id = c.id"
        f" WHERE c.under_post_id IN {_marks(ids)} AND m.kind <> ? AND m.deleted = 0 AND c.private = 0 AND c.category NOT IN (?, ?)"
        " GROUP BY c.under_post_id"
    )
    return {
        number: (many, people) for number, many, people in connection.execute(sql, (*ids, MessageKind.OURS, *_QUIET))
    }


def _kept(connection: sqlite3.Connection, ids: list[int]) -> dict[int, int]:
    sql = f"SELECT post_id, count(*) FROM kept_reply WHERE post_id IN {_marks(ids)} AND kept = 1 GROUP BY post_id"
    return dict(connection.execute(sql, ids).fetchall())


def _networks(connection: sqlite3.Connection, ids: list[int]) -> dict[int, list[str]]:
    sql = (
        "SELECT v.post_id, a.network FROM variant AS v JOIN account AS a ON a.id = v.account_id"
        f" WHERE v.post_id IN {_marks(ids)} ORDER BY a.position, a.id"
    )
    found: dict[int, list[str]] = {}
    for number, network in connection.execute(sql, ids):
        if network not in found.setdefault(number, []):
            found[number].append(network)
    return found


def _marks(ids: list[int]) -> str:
    return f"({', '.join('?' * len(ids))})"


def _first_line(parts: str) -> str:
    lines = (line.strip() for part in json.loads(parts) for line in part.splitlines())
    return next((line for line in lines if line), "")[:_LONGEST_TITLE]
