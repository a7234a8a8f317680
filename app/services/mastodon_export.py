"""What an export of Mastodon holds: the posts of `outbox.json`, with their favourites and boosts where the server wrote them.

The shapes are ActivityPub's (Create of a Note, Announce); Mastodon writes `likes` and `shares` with totals since 4.4.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from app.language.html_text import plain_text
from app.models.archive import ArchivedMedia, ArchivedPost
from app.models.order import WrongRow
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.archive_files import Archive
from app.services.json_items import items

PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
LONGEST_TEXT = 100_000
LONGEST_ACTOR = 4_000_000


def is_one(name: str) -> bool:
    """Whether a file of this name says that the archive is Mastodon's."""
    return name.rpartition("/")[2] == "outbox.json" and name.count("/") <= 1 and not name.startswith("__MACOSX/")


def is_actor(name: str) -> bool:
    """Whether a file of this name says whose the archive is."""
    return name.rpartition("/")[2] == "actor.json" and name.count("/") <= 1 and not name.startswith("__MACOSX/")


def owner(archive: Archive) -> tuple[str, str]:
    """(server, handle) of the account that the archive is of; empty where it does not say."""
    for _, stream in archive.find(is_actor):
        data = b""
        while (piece := stream.read(65536)) and len(data) < LONGEST_ACTOR:
            data += piece
        try:
            told = json.loads(data)
            return f"https://{urlsplit(str(told['id'])).hostname or ''}", str(told.get("preferredUsername") or "")[:100]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise UserMistake(message("import.broken"), technical=type(error).__name__) from error
    return "", ""


def posts(archive: Archive) -> Iterator[ArchivedPost | WrongRow | None]:
    """Each post; None for what is none of one's own (answers to others, boosts) or was not for everybody. Wrong ones bear their number."""
    for _, stream in archive.find(is_one):
        for number, item in enumerate(items(stream, '"orderedItems"'), 1):
            try:
                yield _post(item)
            except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
                yield WrongRow(number, message("import.wrong.item"))


def _post(activity: Any) -> ArchivedPost | None:
    if activity.get("type") != "Create" or not isinstance(activity.get("object"), dict):
        return None
    note = activity["object"]
    if note.get("type") not in ("Note", "Question"):
        return None
    where, actor = str(note["id"]), str(activity.get("actor") or "")
    visibility = _visibility(note)
    parent = str(note.get("inReplyTo") or "")
    if not visibility or (parent and not (actor and parent.startswith(f"{actor}/"))):
        return None
    remote_id = _number(where)
    languages = list((note.get("contentMap") or {}).keys())
    figures = {}
    for name, key in (("likes", "likes"), ("reposts", "shares")):
        total = note.get(key, {}).get("totalItems") if isinstance(note.get(key), dict) else None
        if isinstance(total, int) and 0 <= total < 2**53:
            figures[name] = total
    return ArchivedPost(
        remote_id,
        plain_text(str(note.get("content") or "")[:LONGEST_TEXT]).strip(),
        datetime.fromisoformat(str(note["published"])).astimezone(UTC),
        _address(note.get("url")) or where,
        _number(parent) if parent else "",
        str(languages[0])[:2] if len(languages) == 1 else "",
        str(note.get("summary") or "")[:500],
        visibility,
        tuple(
            ArchivedMedia(str(each.get("url") or "").lstrip("/")[:500], str(each.get("name") or "")[:2000])
            for each in (note.get("attachment") or [])[:16]
            if isinstance(each, dict) and each.get("url")
        ),
        figures,
    )


def _number(address: str) -> str:
    found = re.search(r"/(?:statuses|posts)/([0-9A-Za-z]{1,40})$", address)
    if found is None:
        raise ValueError("no id")
    return found[1]


def _visibility(note: Any) -> str:
    """Empty for what was not for everybody."""
    to, copies = _list(note.get("to")), _list(note.get("cc"))
    if any(each in PUBLIC for each in to):
        return "public"
    return "unlisted" if any(each in PUBLIC for each in copies) else ""


def _list(told: Any) -> list[str]:
    return [str(each) for each in told] if isinstance(told, list) else [str(told)] if told else []


def _address(told: Any) -> str:
    return told if isinstance(told, str) and told.startswith("https://") and len(told) < 2000 else ""
