"""Whether a post of ours is the part whose fate is unknown: compares text, place, pictures and poll; asks nobody."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from enum import Enum

from app.language import entities
from app.networks.outgoing import Outgoing
from app.networks.x.shapes import Post, leading_names

MARGIN = timedelta(seconds=60)
"""How much earlier than our first attempt a post may be dated."""


class Likeness(Enum):
    """What a comparison can say."""

    SAME = "same"
    WORDLESS = "wordless"
    """No text on either side, and as many pictures: it may be it."""
    INCOMPLETE = "incomplete"
    """Our text, but without the pictures, the poll or the place in the thread that we sent: no proof either way."""
    OTHER = "other"


def likeness(part: Outgoing, post: Post) -> Likeness:
    """Compare a part with a post that is young enough to be it."""
    if post.id in part.others or (post.in_reply_to and post.in_reply_to != part.reply_to):
        return Likeness.OTHER
    wanted, found = comparable(part.text), comparable(post.text)
    if part.reply_to:  # X itself puts the names of whom it answers in front
        wanted, found = (
            text.removeprefix(leading_names(f"{text} ").rstrip()).strip() or text for text in (wanted, found)
        )
    if wanted != found:
        return Likeness.OTHER
    complete = (
        post.in_reply_to == part.reply_to
        and len(post.media_keys) == len(part.media_ids)
        and post.poll == (part.poll is not None)
    )
    if not wanted:
        return Likeness.WORDLESS if complete else Likeness.OTHER
    return Likeness.SAME if complete else Likeness.INCOMPLETE


def comparable(text: str) -> str:
    """Composed letters, one blank for any, and links without what X may add or change: scheme, capitals of the host, last slash."""
    text = unicodedata.normalize("NFC", text)
    pieces: list[str] = []
    position = 0
    for link in entities.find(text, "x").links:
        pieces += [text[position : link.start], bare(link.value)]
        position = link.end
    return " ".join("".join((*pieces, text[position:])).split())


def bare(link: str) -> str:
    """A link as it is compared."""
    link = re.sub(r"^https?://", "", link, flags=re.IGNORECASE)
    host, slash, rest = link.partition("/")
    return f"{host.lower()}{slash}{rest}".rstrip("/")
