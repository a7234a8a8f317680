"""Hashtag sets, the hashtags of own posts and campaigns, and what was said of late."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

from app.models.hashtags import HashtagSet, tags_in
from app.models.post import PostState

LOOKED_AT = 400
"""Own posts, the newest first, whose hashtags are offered."""


def sets(connection: sqlite3.Connection) -> list[HashtagSet]:
    """By name."""
    found = connection.execute("SELECT id, name, tags FROM hashtag_set ORDER BY name COLLATE NOCASE, id").fetchall()
    return [HashtagSet(number, name, tuple(json.loads(tags))) for number, name, tags in found]


def known(connection: sqlite3.Connection, campaign_id: int | None = None) -> list[str]:
    """Tags to complete with: those of the campaign, then own ones by how often they were used, then those of sets and other campaigns."""
    campaigns = {
        number: json.loads(tags) for number, tags in connection.execute("SELECT id, tags FROM campaign WHERE removed_at IS NULL ORDER BY id DESC")
    }
    used: Counter[str] = Counter()
    sql = "SELECT parts FROM post WHERE deleted_at IS NULL AND parts LIKE '%#%' ORDER BY id DESC LIMIT ?"
    for (parts,) in connection.execute(sql, (LOOKED_AT,)):
        used.update(list(dict.fromkeys(tag for part in json.loads(parts) for tag in tags_in(part))))
    found = [*campaigns.get(campaign_id or 0, ()), *(tag for tag, _ in used.most_common())]
    found += [tag for each in sets(connection) for tag in each.tags]
    found += [tag for tags in campaigns.values() for tag in tags]
    first: dict[str, str] = {}
    for tag in found:
        first.setdefault(tag.casefold(), tag)
    return list(first.values())


def said_since(connection: sqlite3.Connection, since_ms: int, until_ms: int) -> list[tuple[int, int, int, str]]:
    """(id, time, saved at, JSON of the parts) of planned posts and of those that are out, of a span."""
    sql = (
        "SELECT id, planned_at, saved_at, parts FROM post WHERE planned_at >= ? AND planned_at < ? AND state = ? AND deleted_at IS NULL"
        " ORDER BY planned_at, id"
    )
    return [tuple(row) for row in connection.execute(sql, (since_ms, until_ms, PostState.SCHEDULED))]
