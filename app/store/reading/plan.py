"""The plan with its whole texts, for files and print: the calendar's posts, and what each account gets and has of them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.models.calendar import CalendarPost
from app.models.plan import Place, Plan, PlannedPost
from app.runtime.clock import from_ms
from app.store.reading import calendar

_CHUNK = 500
_TEXTS = "SELECT id, parts, saved_at FROM post WHERE id IN (?*)"
_PLACES = (
    "SELECT v.post_id, a.id, a.network, a.handle, v.parts FROM variant AS v JOIN account AS a ON a.id = v.account_id"
    " WHERE v.post_id IN (?*) ORDER BY a.position, a.id"
)
_OUT = (
    "SELECT post_id, account_id, CASE WHEN state = 'out' AND deleted_at IS NULL THEN url ELSE '' END,"
    " max(coalesce(sent_at, 0), coalesce(claimed_at, 0), coalesce(first_claimed_at, 0), coalesce(deleted_at, 0))"
    " FROM outbox WHERE post_id IN (?*) ORDER BY id"
)
_LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}»”’]")


def plan(connection: sqlite3.Connection, since_ms: int, until_ms: int, first: date, last: date) -> Plan:
    """Posts with a time in [since, until), drafts included; phases and marks of the days first to last."""
    span = calendar.span(connection, since_ms, until_ms, first, last)
    ids = [post.id for post in span.posts]
    texts = {row[0]: row for row in _rows(connection, _TEXTS, ids)}
    places, urls, touched = _by_post(connection, ids)
    names = calendar.campaigns(connection)
    posts = []
    for post in span.posts:
        _, parts, saved_at = texts[post.id]
        text = joined(json.loads(parts))
        goes_to = tuple(
            Place(network, handle, joined(json.loads(own)) if own else "", urls.get((post.id, account_id), ""))
            for account_id, network, handle, own in places.get(post.id, ())
        )
        changed_at = from_ms(max(saved_at, touched.get(post.id, 0)))
        posts.append(PlannedPost(post, text, goes_to, _campaign(post, names), link_of(text, goes_to), changed_at))
    return Plan(first, last, tuple(posts), span.phases, span.marks)


def _by_post(
    connection: sqlite3.Connection, ids: Sequence[int]
) -> tuple[dict[int, list[tuple[Any, ...]]], dict[tuple[int, int], str], dict[int, int]]:
    """(accounts by post, addresses by post and account, last change of a delivery by post)."""
    places: dict[int, list[tuple[Any, ...]]] = {}
    for post_id, *rest in _rows(connection, _PLACES, ids):
        places.setdefault(post_id, []).append(tuple(rest))
    urls: dict[tuple[int, int], str] = {}
    touched: dict[int, int] = {}
    for post_id, account_id, url, changed in _rows(connection, _OUT, ids):
        if url:
            urls[post_id, account_id] = url
        touched[post_id] = max(touched.get(post_id, 0), changed)
    return places, urls, touched


def _rows(connection: sqlite3.Connection, sql: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        found += connection.execute(sql.replace("?*", ",".join("?" * len(chunk))), chunk).fetchall()
    return found


def _campaign(post: CalendarPost, names: dict[int, str]) -> str:
    return names.get(post.campaign_id, "") if post.campaign_id is not None else ""


def joined(parts: Sequence[str]) -> str:
    """The parts of a thread as one text."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip())


def link_of(text: str, places: Sequence[Place]) -> str:
    """Where it is out first, else the first link of the text."""
    url = next((place.url for place in places if place.url.startswith(("https://", "http://"))), "")
    found = _LINK.search(text)
    return url or (found[0] if found else "")
