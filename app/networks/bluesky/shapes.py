"""Posts and people of the Bluesky API as typed values; keeps to itself which field holds what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.models.message import Attachment
from app.networks import fields
from app.networks.bluesky.refs import Ref, ref_of, strong_ref
from app.networks.fields import Json
from app.networks.network import Person, Profile

LINK = "app.bsky.richtext.facet#link"
RECORD = "app.bsky.embed.record"
WITH_MEDIA = "app.bsky.embed.recordWithMedia"
NAMELESS = "handle.invalid"
"""What the AppView calls people whose handle points elsewhere."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post as far as we use it."""

    ref: Ref
    author: Person
    text: str
    """With the full address of each link, however it is shown."""
    body: str
    """The text as it was written into the record."""
    at: datetime
    parent: Ref | None
    root: Ref | None
    quoted: Ref | None
    language: str
    mark: int
    """The last three digits of the microseconds in its date; -1 where it has no date."""
    attachments: tuple[Attachment, ...] = ()
    likes: int | None = None
    reposts: int | None = None
    replies: int | None = None
    quotes: int | None = None
    like: Ref | None = None
    """Our like of it."""
    repost: Ref | None = None
    closed: bool = False
    """Its author lets us not reply."""
    unquotable: bool = False

    @property
    def thread(self) -> str:
        """Address of the first post of its thread."""
        return (self.root or self.ref).uri


def post_of(view: Json) -> Post | None:
    """`app.bsky.feed.defs#postView`; None when it lacks what every post has."""
    record, viewer = fields.inner(view, "record"), fields.inner(view, "viewer")
    post = record_post(
        strong_ref(view), record, person_of(fields.inner(view, "author")), fields.moment(view, "indexedAt")
    )
    if post is None:
        return None
    return Post(
        ref=post.ref,
        author=post.author,
        text=post.text,
        body=post.body,
        at=post.at,
        parent=post.parent,
        root=post.root,
        quoted=post.quoted,
        language=post.language,
        mark=post.mark,
        attachments=tuple(_attachments(fields.inner(view, "embed"))),
        likes=fields.number(view, "likeCount"),
        reposts=fields.number(view, "repostCount"),
        replies=fields.number(view, "replyCount"),
        quotes=fields.number(view, "quoteCount"),
        like=ref_of(fields.text(viewer, "like")),
        repost=ref_of(fields.text(viewer, "repost")),
        closed=fields.flag(viewer, "replyDisabled"),
        unquotable=fields.flag(viewer, "embeddingDisabled"),
    )


def record_post(ref: Ref | None, record: Json, author: Person, seen_at: datetime | None) -> Post | None:
    """A post from its record alone. Anybody may write any date into one: none counts that lies after the server saw it."""
    written = fields.moment(record, "createdAt")
    at = min((moment for moment in (written, seen_at) if moment is not None), default=None)
    if ref is None or at is None or not author.remote_id or "text" not in record:
        return None
    reply = fields.inner(record, "reply")
    languages = record.get("langs")
    language = languages[0] if isinstance(languages, list) and languages and isinstance(languages[0], str) else ""
    body = fields.text(record, "text")
    return Post(
        ref=ref,
        author=author,
        text=readable(body, record),
        body=body,
        at=at,
        parent=strong_ref(fields.inner(reply, "parent")),
        root=strong_ref(fields.inner(reply, "root")),
        quoted=_quoted(fields.inner(record, "embed")),
        language=language.partition("-")[0].lower(),
        mark=written.microsecond % 1000 if written is not None else -1,
    )


def readable(body: str, record: Json) -> str:
    """The text with each link's own address in place of what it shows: that may be shortened, and it may say anything."""
    encoded = body.encode("utf-8", "replace")
    links: list[tuple[int, int, str]] = []
    for facet in fields.items(record.get("facets")):
        index = fields.inner(facet, "index")
        start, end = fields.number(index, "byteStart"), fields.number(index, "byteEnd")
        uri = next(
            (
                fields.address(each, "uri")
                for each in fields.items(facet.get("features"))
                if fields.text(each, "$type") == LINK
            ),
            "",
        )
        if uri and start is not None and end is not None and 0 <= start < end <= len(encoded):
            links.append((start, end, uri))
    pieces: list[str] = []
    position = 0
    for start, end, uri in sorted(links):
        shown = encoded[start:end].decode("utf-8", "replace")
        if start < position or uri.partition("://")[2].rstrip("/") == shown.rstrip("/") or uri == shown:
            continue
        pieces += [encoded[position:start].decode("utf-8", "replace"), uri]
        position = end
    return "".join(pieces) + encoded[position:].decode("utf-8", "replace")


def person_of(data: Json) -> Person:
    """The author of a post, or a member of a conversation."""
    did, handle = fields.text(data, "did"), fields.text(data, "handle")
    return Person(
        remote_id=did,
        handle=f"@{handle}" if handle and handle != NAMELESS else f"@{did}",
        name=fields.text(data, "displayName").strip(),
        url=f"https://bsky.app/profile/{did}" if did else "",
        avatar=fields.address(data, "avatar"),
        followers=fields.number(data, "followersCount"),
    )


def profile_of(data: Json) -> Profile | None:
    """Who we are; None when the answer is no profile."""
    person = person_of(data)
    if not person.remote_id:
        return None
    return Profile(
        remote_id=person.remote_id,
        handle=person.handle,
        name=person.name,
        url=person.url,
        avatar=person.avatar,
        followers=person.followers,
        following=fields.number(data, "followsCount"),
        posts=fields.number(data, "postsCount"),
    )


def posts_of(views: object) -> list[Post]:
    """The posts in a list; broken ones are left out."""
    found = (post_of(view) for view in fields.items(views))
    return [post for post in found if post is not None]


def _quoted(embed: Json) -> Ref | None:
    kind = fields.text(embed, "$type")
    if kind == RECORD:
        return strong_ref(fields.inner(embed, "record"))
    return strong_ref(fields.inner(embed, "record", "record")) if kind == WITH_MEDIA else None


def _attachments(embed: Json) -> Iterable[Attachment]:
    """Pictures, a video, or the picture of a link's card."""
    kind = fields.text(embed, "$type").partition("#")[0]
    if kind == WITH_MEDIA:
        yield from _attachments(fields.inner(embed, "media"))
    for image in fields.items(embed.get("images")):
        url = fields.address(image, "fullsize")
        if url:
            yield Attachment(url, "image", fields.text(image, "alt"), fields.address(image, "thumb"))
    if kind == "app.bsky.embed.gallery":
        for item in fields.items(embed.get("items")):
            if url := fields.address(item, "fullsize"):
                yield Attachment(url, "image", fields.text(item, "alt"), fields.address(item, "thumbnail"))
    if kind == "app.bsky.embed.video" and (url := fields.address(embed, "playlist")):
        yield Attachment(url, "video", fields.text(embed, "alt"), fields.address(embed, "thumbnail"))
    external = fields.inner(embed, "external")
    if url := fields.address(external, "uri"):
        yield Attachment(url, "other", fields.text(external, "title"), fields.address(external, "thumb"))
