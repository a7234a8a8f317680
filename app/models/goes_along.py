"""Which pictures of a conversation may go with a question to a manager: those that are kept here, each with the name it is left out by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from app.models.message import ConversationDetail, MessageKind

MOST_PICTURES = 8
"""The newest; of those before them the links go along."""
IMAGE = "image"


class PictureAlong(NamedTuple):
    """A picture of a message of the customer."""

    name: str
    """What it is left out by: "p12.0"."""
    message: str
    """The name its message is left out by: without the message it does not go either."""
    url: str
    """Where it is at the network, as the transcript says."""
    kept_as: str
    """The address under which it was fetched."""
    alt: str
    at: datetime


def pictures_along(detail: ConversationDetail, is_here: Callable[[str], bool]) -> list[PictureAlong]:
    """In time. `is_here` says of an address whether its picture is kept on this computer."""
    found: list[PictureAlong] = []
    for each in sorted(detail.messages, key=lambda message: message.at):
        if each.id <= 0 or each.deleted or each.kind is MessageKind.OURS:
            continue
        for place, file in enumerate(each.attachments):
            kept_as = file.preview_url or file.url
            if file.kind == IMAGE and kept_as and is_here(kept_as):
                name = f"p{each.id}.{place}"
                found.append(PictureAlong(name, f"m{each.id}", file.url, kept_as, file.alt, each.at))
    return found[-MOST_PICTURES:]
