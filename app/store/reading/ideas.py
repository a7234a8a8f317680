"""What ideas can be made of: messages, kind words, questions of the FAQ, and posts that went well."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.models.conversation import Category, ConversationState
from app.models.faq import FaqWords
from app.models.idea import OlderPost, Origin, OriginKind, Seed, is_same_season
from app.models.message import MessageKind
from app.models.outbox import DeliveryState, OutboxKind
from app.runtime.clock import from_ms, to_ms

DAY_MS = 86_400_000
REST_DAYS = 60
"""A younger post is no old one."""
MOST_WEIGHED = 4000
"""Of the old deliveries, the newest."""
METRICS = ("likes", "reposts", "replies", "clicks")
_CHUNK = 400
_SEED = (
    "SELECT m.id, m.conversation_id, coalesce(nullif(i.name, ''), i.handle), a.network, m.text, c.category,"
    " coalesce(nullif(m.language, ''), c.language), m.at FROM message m JOIN conversation c ON c.id = m.conversation_id"
    " JOIN account a ON a.id = m.account_id JOIN identity i ON i.id = m.identity_id"
    " WHERE NOT m.deleted AND m.text <> '' AND m.kind <> ?"
)


class FaqSeed(NamedTuple):
    """A question of the FAQ, and how often it was asked."""

    words: FaqWords
    url: str
    asked: int


def last_message(connection: sqlite3.Connection, conversation_id: int) -> Seed | None:
    """The customer's last one with words."""
    found = connection.execute(
        f"{_SEED} AND m.conversation_id = ? ORDER BY m.at DESC, m.id DESC LIMIT 1", (MessageKind.OURS, conversation_id)
    ).fetchone()
    return _seed(found) if found else None


def messages(connection: sqlite3.Connection, message_ids: Sequence[int]) -> list[Seed]:
    """Those of customers among them, in this order."""
    found: dict[int, Seed] = {}
    for start in range(0, len(message_ids), _CHUNK):
        some = message_ids[start : start + _CHUNK]
        sql = f"{_SEED} AND m.id IN ({', '.join('?' * len(some))})"
        found.update({row[0]: _seed(row) for row in connection.execute(sql, (MessageKind.OURS, *some))})
    return [found[number] for number in message_ids if number in found]


def kind_words(connection: sqlite3.Connection, limit: int) -> list[Seed]:
    """The last public message of each conversation whose praise was kept, the newest first."""
    rows = connection.execute(
        f"{_SEED} AND m.visibility = 'public' AND m.id IN (SELECT (SELECT n.id FROM message n WHERE n.conversation_id = k.id"
        " AND n.kind <> ? AND NOT n.deleted AND NOT n.thanks ORDER BY n.at DESC, n.id DESC LIMIT 1)"
        " FROM conversation k WHERE k.state = ? AND k.category = ? AND NOT k.private ORDER BY k.last_at DESC LIMIT ?)"
        " ORDER BY m.at DESC, m.id DESC",
        (MessageKind.OURS, MessageKind.OURS, ConversationState.KEPT, Category.PRAISE, limit),
    )
    return [_seed(row) for row in rows]


def question(connection: sqlite3.Connection, entry_id: int) -> FaqSeed | None:
    """None where it is not there, or was removed."""
    found = connection.execute(
        "SELECT question, answer, url, (SELECT count(*) FROM faq_asked a WHERE a.entry_id = e.id) FROM faq_entry e"
        " WHERE e.id = ? AND e.removed_at IS NULL",
        (entry_id,),
    ).fetchone()
    if found is None:
        return None
    return FaqSeed(FaqWords(json.loads(found[0]), json.loads(found[1])), found[2], found[3])


def older_posts(connection: sqlite3.Connection, now: datetime, limit: int) -> list[OlderPost]:
    """Posts that went out a while ago and brought something: those of this season of other years first, then what brought most."""
    rows = connection.execute(
        "SELECT o.id, o.post_id, o.sent_at, a.network FROM outbox o JOIN account a ON a.id = o.account_id"
        " WHERE o.state = ? AND o.kind = ? AND o.deleted_at IS NULL AND o.sent_at < ? AND o.post_id IS NOT NULL"
        " ORDER BY o.sent_at DESC LIMIT ?",
        (DeliveryState.OUT, OutboxKind.POST, to_ms(now) - REST_DAYS * DAY_MS, MOST_WEIGHED),
    ).fetchall()
    brought = _figures(connection, [row[0] for row in rows])
    posts: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for delivery, post_id, sent_at, network in rows:
        posts[post_id].append((delivery, sent_at, network))
    repeated = _repeated(connection)
    found = []
    for post_id, deliveries in posts.items():
        likes, reposts, replies, clicks = (
            sum(brought.get(each[0], {}).get(name, 0) for each in deliveries) for name in METRICS
        )
        out_at = from_ms(min(each[1] for each in deliveries))
        networks = tuple(dict.fromkeys(each[2] for each in deliveries))
        season, again = is_same_season(out_at, now), repeated.get(post_id)
        found.append(OlderPost(post_id, "", "", "", networks, out_at, likes, reposts, replies, clicks, season, again))
    found = [each for each in found if each.weight]
    found.sort(key=lambda each: (each.repeated_at is not None, not each.same_season, -each.weight))
    return _with_words(connection, found[: limit * 2])[:limit]


def older_post(connection: sqlite3.Connection, post_id: int) -> OlderPost | None:
    """One of them, with its figures; None where it never went out."""
    rows = connection.execute(
        "SELECT o.id, o.sent_at, a.network FROM outbox o JOIN account a ON a.id = o.account_id"
        " WHERE o.post_id = ? AND o.state = ? AND o.sent_at IS NOT NULL",
        (post_id, DeliveryState.OUT),
    ).fetchall()
    if not rows:
        return None
    brought = _figures(connection, [row[0] for row in rows])
    likes, reposts, replies, clicks = (sum(each.get(name, 0) for each in brought.values()) for name in METRICS)
    networks = tuple(dict.fromkeys(row[2] for row in rows))
    out_at = from_ms(min(row[1] for row in rows))
    bare = OlderPost(post_id, "", "", "", networks, out_at, likes, reposts, replies, clicks)
    return next(iter(_with_words(connection, [bare])), None)


def _figures(connection: sqlite3.Connection, deliveries: Sequence[int]) -> dict[int, dict[str, int]]:
    """The last value of each figure, by delivery."""
    found: dict[int, dict[str, int]] = {}
    for start in range(0, len(deliveries), _CHUNK):
        some = deliveries[start : start + _CHUNK]
        for metric in METRICS:
            sql = (
                "SELECT o.id, (SELECT value FROM sample s WHERE s.metric = ? AND s.subject = 'post' AND s.subject_id = o.id"
                f" ORDER BY s.at DESC LIMIT 1) FROM outbox o WHERE o.id IN ({', '.join('?' * len(some))})"
            )
            for delivery, value in connection.execute(sql, (metric, *some)):
                if value:
                    found.setdefault(delivery, {})[metric] = value
    return found


def _repeated(connection: sqlite3.Connection) -> dict[int, datetime]:
    rows = connection.execute(
        "SELECT origin, created_at FROM post WHERE origin LIKE '%\"repeat\"%' AND deleted_at IS NULL ORDER BY created_at"
    )
    found: dict[int, datetime] = {}
    for text, at in rows:
        origin = Origin.from_text(text)
        if origin.kind is OriginKind.REPEAT:
            found[origin.number] = from_ms(at)
    return found


def _with_words(connection: sqlite3.Connection, bare: Sequence[OlderPost]) -> list[OlderPost]:
    told: list[OlderPost] = []
    for each in bare:
        row = connection.execute(
            "SELECT title, parts, pillar FROM post WHERE id = ? AND deleted_at IS NULL", (each.post_id,)
        ).fetchone()
        if row is None:
            continue
        text = "\n\n".join(json.loads(row[1])).strip()
        title = row[0] or next((line.strip() for line in text.splitlines() if line.strip()), "")
        told.append(each._replace(title=title[:200], text=text[:600], pillar=row[2]))
    return told


def _seed(row: tuple[int, int, str, str, str, str, str, int]) -> Seed:
    number, conversation_id, author, network, text, category, language, at = row
    return Seed(number, conversation_id, author, network, text, category, language, from_ms(at))
