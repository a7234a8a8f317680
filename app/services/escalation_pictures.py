"""Pictures of messages that go with the letter to a manager: taken out of the folder of what was fetched, into the profile's media, and named."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.media.pictures import take_in
from app.models.goes_along import PictureAlong, pictures_along
from app.models.message import ConversationDetail
from app.models.post import Picture
from app.runtime.errors import UserMistake
from app.runtime.words import Words, message

MOST_BYTES = 10_000_000
"""Of all of them together: what every mailbox takes, a third more as it goes over the wire."""
KINDS = {".jpg": "image/jpeg", ".png": "image/png", ".gif": "image/gif", ".webp": "image/webp"}
FileOf = Callable[[str], Path | None]
"""Where the picture of an address lies, if it was ever fetched and may be shown."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture as a letter that is made at once takes it; see `app.mail.composing.Picture`."""

    data: bytes
    content_type: str
    name: str


def going(detail: ConversationDetail, left_out: Collection[str], file_of: FileOf) -> list[PictureAlong]:
    """Those that are here, and that nobody unticked, themselves or their message."""
    here = pictures_along(detail, lambda url: file_of(url) is not None)
    return [each for each in here if each.name not in left_out and each.message not in left_out]


def names_of(pictures: Sequence[PictureAlong], words: Words) -> dict[str, str]:
    """What each is called in the letter and as a file, by its own name; without the ending."""
    word = words.text("escalation.mail.picture")
    return {each.name: f"{word}-{number}" for number, each in enumerate(pictures, 1)}


def take_along(
    pictures: Sequence[PictureAlong], names: Mapping[str, str], file_of: FileOf, media: Path, most: int = MOST_BYTES
) -> tuple[Picture, ...]:
    """Copies into the media folder, where they stay whatever becomes of what was fetched. Blocks.

    Raises UserMistake (field `pictures`) where they are too large together, DiskTrouble where they cannot be written. One that went away, or is
    no picture, is left out: its link stands in the letter.
    """
    taken: list[Picture] = []
    size = 0
    for each in pictures:
        source = file_of(each.kept_as)
        if source is None:
            continue
        try:
            path = take_in(source, media)
        except UserMistake:
            continue
        size += (media / path).stat().st_size
        taken.append(Picture(path, names[each.name]))
    if size > most:
        said = message("escalation.pictures_too_large", size=f"{size / 1e6:.1f}", most=f"{most / 1e6:.0f}")
        raise UserMistake(said, field="pictures")
    return tuple(taken)


def as_files(pictures: Sequence[Picture], media: Path) -> list[PictureFile]:
    """For a letter that is written to a file at once. Blocks."""
    found = []
    for each in pictures:
        path = media / each.path
        kind = KINDS.get(path.suffix, "application/octet-stream")
        found.append(PictureFile(path.read_bytes(), kind, f"{each.alt}{path.suffix}"))
    return found
