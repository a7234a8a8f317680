"""Texts that were typed and not sent yet: drafts of replies, of posts, and of questions to managers."""

from __future__ import annotations

import json
import sqlite3

from app.models.escalation import SAVED_AT, SheetDraft
from app.models.kept_text import KeptText
from app.models.post import PostState
from app.runtime.clock import from_ms
from app.store.reading.escalations import DRAFT


def kept_texts(connection: sqlite3.Connection, most: int) -> list[KeptText]:
    """The newest first; those without any words are left out."""
    replies = connection.execute(
        "SELECT d.text, d.saved_at, coalesce(nullif(i.name, ''), i.handle), d.conversation_id FROM reply_draft AS d"
        " JOIN conversation AS c ON c.id = d.conversation_id JOIN identity AS i ON i.id = c.identity_id"
        " WHERE trim(d.text) <> '' ORDER BY d.saved_at DESC LIMIT ?",
        (most,),
    )
    found = [KeptText(text, from_ms(at), name, conversation_id=number) for text, at, name, number in replies]
    posts = connection.execute(
        "SELECT parts, saved_at, id FROM post WHERE state = ? AND deleted_at IS NULL ORDER BY saved_at DESC LIMIT ?",
        (PostState.DRAFT, most),
    )
    for parts, at, number in posts:
        text = " ".join(json.loads(parts)).strip()
        if text:
            found.append(KeptText(text, from_ms(at), post_id=number))
    return sorted([*found, *_questions(connection)], key=lambda each: each.saved_at, reverse=True)[:most]


def _questions(connection: sqlite3.Connection) -> list[KeptText]:
    sql = (
        "SELECT s.value, coalesce(nullif(i.name, ''), i.handle), c.id FROM setting AS s"
        " JOIN conversation AS c ON c.id = CAST(substr(s.name, ?) AS INTEGER) JOIN identity AS i ON i.id = c.identity_id"
        " WHERE s.name >= ? AND s.name < ?"
    )
    found = []
    for value, name, number in connection.execute(sql, (len(DRAFT) + 1, DRAFT, f"{DRAFT}a")):
        draft = SheetDraft.from_json(value)
        text = (draft.question or draft.told).strip()
        saved = json.loads(value).get(SAVED_AT) if text else None
        if isinstance(saved, int):
            found.append(KeptText(text, from_ms(saved), name, conversation_id=number, asks_manager=True))
    return found
