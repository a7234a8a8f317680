"""What a picture of a customer's is, which decides whether it is fetched and how small it is kept."""

from __future__ import annotations

from enum import StrEnum


class PictureKind(StrEnum):
    """A person's face, or a picture in a message."""

    FACE = "face"
    PICTURE = "picture"
