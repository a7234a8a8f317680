"""Posts of an archive as history: out, with the moment and the address at which they went out. None of it is ever owed again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Session

from app.models.archive import ArchivedPost
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import Picture, PostFormat, PostState
from app.models.tables.outbox import OutboxItem
from app.models.tables.post import Post, PostPicture, Variant
from app.models.tables.profile import Sample
from app.runtime.clock import to_ms
from app.store.notes import lookup, note, update_many
from app.store.writing import samples
from app.store.writing.posts import pictures_text

METRICS = ("likes", "reposts", "replies", "quotes", "clicks")
KEY = "archive"
"""Begins the key of such a delivery; account and remote id follow."""


class Thread(NamedTuple):
    """A post, or the posts of one's own that went on from it, in their order."""

    posts: tuple[ArchivedPost, ...]
    pictures: tuple[Picture, ...] = ()


def keep(session: Session, account_id: int, zone: str, threads: Sequence[Thread], measured_ms: int) -> list[int]:
    """Stores posts of an account; answers their ids. The caller has looked for what is here already."""
    made: list[int] = []
    figures: list[tuple[str, str, int, int, int]] = []
    for thread in threads:
        first = thread.posts[0]
        at = to_ms(first.at)
        parts = json.dumps([post.text for post in thread.posts], ensure_ascii=False)
        post = Post(
            parts=parts,
            state=PostState.SCHEDULED,
            format=PostFormat.MEDIA if thread.pictures or first.media else PostFormat.INFORMS,
            visibility=first.visibility,
            warning=first.warning,
            language=first.language,
            planned_at=at,
            zone=zone,
            track_clicks=False,
            created_at=at,
            saved_at=at,
        )
        session.add(post)
        session.flush()
        post_id = post.id or 0
        made.append(post_id)
        session.add(Variant(post_id=post_id, account_id=account_id))
        session.add_all(
            PostPicture(post_id=post_id, position=place, path=picture.path, alt=picture.alt)
            for place, picture in enumerate(thread.pictures)
        )
        item = OutboxItem(
            account_id=account_id,
            kind=OutboxKind.POST,
            state=DeliveryState.OUT,
            key=f"{KEY}:{account_id}:{first.remote_id}",
            post_id=post_id,
            parts=parts,
            pictures=pictures_text(thread.pictures),
            visibility=first.visibility,
            warning=first.warning,
            language=first.language,
            due_at=at,
            progress=json.dumps([{"id": each.remote_id, "url": each.url} for each in thread.posts]),
            remote_id=first.remote_id,
            url=first.url,
            sent_at=at,
            created_at=at,
        )
        session.add(item)
        session.flush()
        figures += _figures(first.figures, item.id or 0, max(at, measured_ms))
    if figures:
        samples.add(session, figures)
    return made


def _figures(told: Mapping[str, int], delivery: int, at_ms: int) -> list[tuple[str, str, int, int, int]]:
    return [(metric, "post", delivery, at_ms, value) for metric, value in told.items()]


def remove(session: Session, post_ids: Sequence[int], now_ms: int) -> None:
    """Takes an import back: its posts leave every list and count nowhere, and may come in again. What customers answered to stays."""
    held = {
        row[0]
        for row in lookup(session, "SELECT under_post_id FROM conversation WHERE under_post_id IN (?*)", post_ids)
    }
    going = [number for number in post_ids if number not in held]
    rows = lookup(session, f"SELECT id, post_id FROM outbox WHERE key LIKE '{KEY}:%' AND post_id IN (?*)", going)
    if not rows:
        return
    connection = session.connection()
    figures = [(metric, row[0]) for metric in METRICS for row in rows]
    connection.exec_driver_sql("DELETE FROM sample WHERE metric = ? AND subject = 'post' AND subject_id = ?", figures)
    note(session, Sample, None)
    # Let go of instead of deleted: each table that may point to a delivery would be searched for each of thousands.
    columns = ("state", "key", "remote_id", "progress", "sent_at")
    gone = [(str(DeliveryState.LET_GO), f"{KEY} taken back {row[0]}", "", "[]", None, row[0]) for row in rows]
    update_many(session, OutboxItem, columns, gone)
    update_many(session, Post, ("deleted_at",), [(now_ms, row[1]) for row in rows])
