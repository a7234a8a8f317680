"""A post as its record says it: text, date, place in a thread, and the one embed it may have. Pure: the same draft is the same record."""

from __future__ import annotations

from dataclasses import dataclass

from app.networks import fields
from app.networks.bluesky.media import Media, media_of
from app.networks.bluesky.refs import POST, Ref
from app.networks.outgoing import LinkCard

MOST_PICTURES = 4


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a post's record is made of."""

    text: str
    date: str
    facets: tuple[dict[str, object], ...] = ()
    language: str = ""
    parent: Ref | None = None
    root: Ref | None = None
    quoted: Ref | None = None
    media: tuple[Media, ...] = ()
    card: LinkCard | None = None
    """Shown where there are neither pictures nor a video: a post has room for one of them."""

    def record(self) -> dict[str, object]:
        """`app.bsky.feed.post`."""
        record: dict[str, object] = {"$type": POST, "text": self.text, "createdAt": self.date}
        if self.facets:
            record["facets"] = list(self.facets)
        if self.language:
            record["langs"] = [self.language]
        if self.parent is not None and self.root is not None:
            record["reply"] = {"root": self.root.strong, "parent": self.parent.strong}
        shown = self._shown()
        if self.quoted is not None:
            quote = {"$type": "app.bsky.embed.record", "record": self.quoted.strong}
            record["embed"] = (
                {"$type": "app.bsky.embed.recordWithMedia", "record": quote, "media": shown} if shown else quote
            )
        elif shown:
            record["embed"] = shown
        return record

    def _shown(self) -> dict[str, object]:
        video = next((each for each in self.media if each.video), None)
        if video is not None:
            alt = {"alt": video.alt} if video.alt else {}
            return {"$type": "app.bsky.embed.video", "video": video.blob, **alt, **video.shape}
        if self.media:
            images = [{"image": each.blob, "alt": each.alt, **each.shape} for each in self.media[:MOST_PICTURES]]
            return {"$type": "app.bsky.embed.images", "images": images}
        if self.card is None:
            return {}
        external: dict[str, object] = {
            "uri": self.card.url,
            "title": fields.clean(self.card.title),
            "description": fields.clean(self.card.description),
        }
        if self.card.thumb:
            external["thumb"] = media_of(self.card.thumb).blob
        return {"$type": "app.bsky.embed.external", "external": external}
