"""Pictures and videos of a post as the server keeps them: what an upload's id holds, and the bytes at hand should the server want them again.

An upload nobody refers to is deleted after minutes, and a picture's size is judged only when the post is written: so the last few pictures stay
in memory until then. The same bytes always give the same blob, which keeps a repeated record identical.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from app.networks import fields
from app.networks.fields import Json
from app.networks.outgoing import Upload
from app.runtime.errors import Offline
from app.runtime.words import Message

MOST_KEPT = 8


@dataclass(frozen=True, slots=True)
class Media:
    """One picture or video as a post's record names it."""

    blob: Json
    alt: str = ""
    width: int = 0
    height: int = 0
    video: bool = False

    @property
    def text(self) -> str:
        """As an upload's id."""
        return json.dumps(
            {"blob": self.blob, "alt": self.alt, "width": self.width, "height": self.height, "video": self.video},
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @property
    def content_hash(self) -> str:
        return fields.text(fields.inner(self.blob, "ref"), "$link")

    @property
    def shape(self) -> dict[str, object]:
        """Its aspect ratio, where that is known."""
        return (
            {"aspectRatio": {"width": self.width, "height": self.height}} if self.width > 0 and self.height > 0 else {}
        )


def media_of(text: str) -> Media:
    """What `upload` answered."""
    try:
        data = fields.mapping(json.loads(text))
    except ValueError:
        data = fields.NOTHING
    blob = fields.inner(data, "blob")
    if not blob:
        raise Offline(Message("network.bluesky.picture_lost"), technical="an upload's id that is none")
    return Media(
        blob,
        fields.text(data, "alt"),
        fields.number(data, "width") or 0,
        fields.number(data, "height") or 0,
        fields.flag(data, "video"),
    )


def media_with(blob: Json, upload: Upload, *, video: bool = False) -> Media:
    """An upload that the server took."""
    return Media(dict(blob), fields.clean(upload.alt), upload.width, upload.height, video)


class Kept:
    """The last few pictures that were uploaded, by the hash of their content."""

    def __init__(self) -> None:
        self._uploads: OrderedDict[str, Upload] = OrderedDict()

    def keep(self, media: Media, upload: Upload) -> None:
        self._uploads[media.content_hash] = upload
        while len(self._uploads) > MOST_KEPT:
            self._uploads.popitem(last=False)

    def find(self, media: Media) -> Upload | None:
        return self._uploads.get(media.content_hash)

    def drop(self, used: Sequence[Media]) -> None:
        """The post is out."""
        for media in used:
            self._uploads.pop(media.content_hash, None)
