"""What an archive of X holds: the posts of `data/tweets.js`, with their likes and reposts; keeps its shapes to itself.

The files are JavaScript that sets one list (`window.YTD.tweets.part0 = [...]`); older archives call them `tweet.js`. Of media the archive has
copies in `tweets_media`, named by post and address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from typing import Any

from app.models.archive import ArchivedMedia, ArchivedPost
from app.models.order import WrongRow
from app.runtime.words import message
from app.services.archive_files import Archive
from app.services.json_items import items

POSTS = re.compile(r"(?:^|/)data/tweets?(?:-part\d+)?\.js$")
ACCOUNT = re.compile(r"(?:^|/)data/account\.js$")
LONGEST_TEXT = 100_000
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WHEN = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) \+0000 (\d{4})")


def is_one(name: str) -> bool:
    """Whether a file of this name says that the archive is X's."""
    return _own(name) and POSTS.search(name) is not None


def owner(archive: Archive) -> tuple[str, str]:
    """(id, handle) of the account that the archive is of; empty where it does not say."""
    for _, stream in archive.find(lambda name: _own(name) and ACCOUNT.search(name) is not None):
        for item in items(stream, "="):
            told = item.get("account") if isinstance(item, dict) else None
            if isinstance(told, dict):
                return str(told.get("accountId", ""))[:40], str(told.get("username", ""))[:100]
    return "", ""


def posts(archive: Archive, owner_id: str, handle: str) -> Iterator[ArchivedPost | WrongRow | None]:
    """Each post of the account; None for what is none of its own posts (answers to others, reposts). Wrong ones bear their number."""
    number = 0
    for _, stream in archive.find(is_one):
        for item in items(stream, "="):
            number += 1
            told = item.get("tweet", item) if isinstance(item, dict) else None
            try:
                yield _post(told, owner_id, handle)
            except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
                yield WrongRow(number, message("import.wrong.item"))


def _post(told: Any, owner_id: str, handle: str) -> ArchivedPost | None:
    remote_id = str(told.get("id_str") or told["id"])
    if not remote_id.isascii() or not remote_id.isdigit() or len(remote_id) > 25:
        raise ValueError("no id")
    text = str(told.get("full_text") or told.get("text") or "")[:LONGEST_TEXT]
    parent = str(told.get("in_reply_to_status_id_str") or "")
    answers = str(told.get("in_reply_to_user_id_str") or "")
    if (
        text.startswith("RT @")
        or told.get("retweeted_status")
        or (answers and answers != owner_id)
        or (parent and not answers)
    ):
        return None
    entities = told.get("entities") or {}
    media = (told.get("extended_entities") or entities).get("media") or []
    return ArchivedPost(
        remote_id,
        _text(text, entities, media),
        _when(str(told["created_at"])),
        f"https://x.com/{handle or 'i'}/status/{remote_id}",
        parent,
        _language(str(told.get("lang") or "")),
        media=tuple(_media(remote_id, each) for each in media[:8]),
        figures={
            name: int(told[key])
            for name, key in (("likes", "favorite_count"), ("reposts", "retweet_count"))
            if key in told and 0 <= int(told[key]) < 2**53
        },
    )


def _text(text: str, entities: Any, media: Any) -> str:
    """With the links that were shortened in full, without the address of its own media, and its signs as they were typed."""
    for each in entities.get("urls") or []:
        if each.get("expanded_url"):
            text = text.replace(str(each["url"]), str(each["expanded_url"])[:2000])
    for each in media:
        text = text.replace(str(each.get("url") or "\0"), "")
    return unescape(text).strip().encode("utf-8", "replace").decode()


def _media(remote_id: str, told: Any) -> ArchivedMedia:
    """Named by the post and the last part of its address; of a video the best copy is kept."""
    address = str(told.get("media_url_https") or "")
    variants = [
        each for each in (told.get("video_info") or {}).get("variants") or [] if each.get("content_type") == "video/mp4"
    ]
    if variants:
        address = str(max(variants, key=lambda each: int(each.get("bitrate") or 0)).get("url") or "")
    file = address.partition("?")[0].rpartition("/")[2]
    return ArchivedMedia(f"{remote_id}-{file}", str(told.get("ext_alt_text") or "")[:2000])


def _when(text: str) -> datetime:
    found = _WHEN.fullmatch(text)
    if found is None:
        return datetime.fromisoformat(text).astimezone(UTC)
    month, day, hour, minute, second, year = found.groups()
    return datetime(int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), tzinfo=UTC)


def _language(code: str) -> str:
    return (
        code
        if re.fullmatch(r"[a-z]{2,3}", code) and code not in ("und", "zxx", "qme", "qht", "qam", "qct", "qst")
        else ""
    )


def _own(name: str) -> bool:
    return not name.startswith("__MACOSX/")
