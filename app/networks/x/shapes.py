"""Posts and people of X's API as typed values; keeps to itself which field holds what, in the old and the new spelling."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.message import Attachment
from app.networks import fields
from app.networks.fields import Json
from app.networks.network import Person, Profile
from app.runtime.clock import from_ms

SITE = "https://x.com"
EPOCH_MS = 1_288_834_974_657
LARGEST = (1 << 63) - 1
KINDS = {"photo": "image", "video": "video", "animated_gif": "video"}


@dataclass(frozen=True, slots=True)
class Post:
    """A post as far as we use it. `text` is plain: links in full, without the one that only stands for its pictures."""

    id: str
    at: datetime
    author_id: str
    text: str
    conversation_id: str
    in_reply_to: str
    in_reply_to_user: str
    quoted: str
    media_keys: tuple[str, ...]
    mentioned: frozenset[str]
    """User names in small letters, all that the text names."""
    named: frozenset[str]
    """Of these, those named in what is shown, rather than only in front of a reply."""
    links: tuple[str, ...]
    poll: bool
    language: str
    likes: int | None
    reposts: int | None
    replies: int | None
    quotes: int | None
    impressions: int | None
    profile_visits: int | None
    """Told of one's own posts of the last days alone, and only where it is asked for."""

    def url(self, username: str = "") -> str:
        return post_url(self.id, username)


def post_url(post_id: str, username: str = "") -> str:
    """Without a name X finds it as well."""
    return f"{SITE}/{username.lstrip('@') or 'i/web'}/status/{post_id}"


@dataclass(frozen=True, slots=True)
class Included:
    """What came along with a list of posts."""

    people: Mapping[str, Person]
    posts: Mapping[str, Post]
    media: Mapping[str, Attachment]


def either(value: Json, *names: str) -> Any:
    """The field by the first of its names that is there."""
    return next((value[name] for name in names if name in value), None)


def post_of(data: Json) -> Post | None:
    """None where it lacks what every post has."""
    identity, at = fields.identity(data), fields.moment(data, "created_at")
    if not identity or at is None:
        return None
    note = fields.mapping(either(data, "note_post", "note_tweet"))
    body = fields.text(note, "text") or fields.text(data, "text")
    entities = fields.inner(note, "entities") if fields.text(note, "text") else fields.inner(data, "entities")
    links = fields.items(entities.get("urls"))
    references = fields.items(either(data, "referenced_posts", "referenced_tweets"))
    in_reply_to = _reference(references, "replied_to")
    mentioned = frozenset(_usernames(entities, 0))
    shown_from = _shown_from(data) if in_reply_to and not fields.text(note, "text") else 0
    attachments = fields.inner(data, "attachments")
    keys = attachments.get("media_keys")
    metrics = fields.inner(data, "public_metrics")
    return Post(
        id=identity,
        at=at,
        author_id=fields.identity(data, "author_id"),
        text=_plain(body, links),
        conversation_id=fields.identity(data, "conversation_id") or identity,
        in_reply_to=in_reply_to,
        in_reply_to_user=fields.identity(data, "in_reply_to_user_id"),
        quoted=_reference(references, "quoted"),
        media_keys=tuple(key for key in keys if isinstance(key, str)) if isinstance(keys, list) else (),
        mentioned=mentioned,
        named=frozenset(_usernames(entities, shown_from)) if shown_from else mentioned,
        links=tuple(_target(link) for link in links if not _is_media(link)),
        poll=bool(attachments.get("poll_ids")),
        language=_language(fields.text(data, "lang")),
        likes=fields.number(metrics, "like_count"),
        reposts=_number(metrics, "repost_count", "retweet_count"),
        replies=fields.number(metrics, "reply_count"),
        quotes=fields.number(metrics, "quote_count"),
        impressions=fields.number(metrics, "impression_count"),
        profile_visits=fields.number(fields.inner(data, "non_public_metrics"), "user_profile_clicks"),
    )


def _number(value: Json, *names: str) -> int | None:
    return next((found for name in names if (found := fields.number(value, name)) is not None), None)


def _reference(references: Sequence[Json], kind: str) -> str:
    return next((fields.identity(each) for each in references if fields.text(each, "type") == kind), "")


def _usernames(entities: Json, shown_from: int) -> list[str]:
    mentions = fields.items(entities.get("mentions"))
    return [
        fields.text(each, "username").lower() for each in mentions if (fields.number(each, "start") or 0) >= shown_from
    ]


def _shown_from(data: Json) -> int:
    """Where the part of a reply begins that X shows; the names in front of it were put there by X."""
    shown = data.get("display_text_range")
    if isinstance(shown, list) and shown and isinstance(shown[0], int):
        return shown[0]
    return len(leading_names(fields.text(data, "text")))


def leading_names(text: str) -> str:
    """The run of names at the beginning of a reply."""
    match = re.match(r"(?:@\w{1,20}\s+)+", text)
    return match[0] if match else ""


def _is_media(link: Json) -> bool:
    """The link that X puts at the end for the post's own pictures."""
    return (
        bool(fields.text(link, "media_key"))
        or re.search(r"/(?:photo|video)/\d+$", fields.text(link, "expanded_url")) is not None
    )


def _target(link: Json) -> str:
    return fields.text(link, "unwound_url") or fields.text(link, "expanded_url") or fields.text(link, "url")


def _plain(body: str, links: Sequence[Json]) -> str:
    """As it was typed, as far as X lets it be known: X escapes &, < and >, and shortens each link."""
    for link in links:
        short = fields.text(link, "url")
        if not short:
            continue
        if _is_media(link):
            body = re.sub(rf"\s*{re.escape(short)}\s*$", "", body)
        body = body.replace(short, fields.text(link, "expanded_url") or short)
    return html.unescape(body).strip()


def _language(code: str) -> str:
    """X's own codes for what has no language (`und`, `zxx`, `qme`...) are left out; `in` and `iw` are old names."""
    if code in ("und", "zxx") or code.startswith("q"):
        return ""
    return {"in": "id", "iw": "he"}.get(code, code)


def person_of(data: Json) -> Person:
    name = fields.text(data, "username")
    return Person(
        remote_id=fields.identity(data),
        handle=f"@{name}" if name else "",
        name=fields.text(data, "name").strip(),
        url=f"{SITE}/{name}" if name else "",
        avatar=fields.address(data, "profile_image_url"),
        followers=fields.number(fields.inner(data, "public_metrics"), "followers_count"),
    )


def profile_of(data: Json) -> Profile | None:
    """Who we are; None when the answer is no account."""
    person = person_of(data)
    if not person.remote_id or not person.handle:
        return None
    metrics = fields.inner(data, "public_metrics")
    return Profile(
        remote_id=person.remote_id,
        handle=person.handle,
        name=person.name,
        url=person.url,
        avatar=person.avatar,
        followers=person.followers,
        following=fields.number(metrics, "following_count"),
        posts=_number(metrics, "post_count", "tweet_count"),
    )


def posts_of(data: Any) -> list[Post]:
    """The posts in a list; broken ones are left out."""
    return [post for item in fields.items(data) if (post := post_of(item)) is not None]


def included_of(data: Any) -> Included:
    """People, posts and media that came along, by id."""
    included = fields.inner(data, "includes")
    people = [person_of(item) for item in fields.items(included.get("users"))]
    posts = posts_of(either(included, "posts", "tweets"))
    media = {fields.text(item, "media_key"): _attachment(item) for item in fields.items(included.get("media"))}
    return Included({each.remote_id: each for each in people}, {each.id: each for each in posts}, media)


def _attachment(data: Json) -> Attachment:
    preview = fields.address(data, "preview_image_url")
    url = fields.address(data, "url") or preview
    return Attachment(url, KINDS.get(fields.text(data, "type"), "other"), fields.text(data, "alt_text"), preview)


def number_of(identity: str) -> int:
    """X's ids grow with time; as a number, for comparing."""
    return int(identity) if identity.isascii() and identity.isdigit() else 0


def written_at(identity: str) -> datetime:
    """When a post was written: its id begins with the milliseconds since X began to count so."""
    return from_ms((min(number_of(identity), LARGEST) >> 22) + EPOCH_MS)
