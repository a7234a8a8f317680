"""What the videos of a post are, read once each off the screen's thread; which accounts they must be made fit for. No widgets."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from app.commands.publishing_services import VideoFacts
from app.models.account import AccountState
from app.models.post import Picture
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.ui.composer.composition import Composition, Place
from app.ui.composer.drafting import is_video
from app.ui.page import PageFace

MEGABYTE = 1_000_000
LARGE = 50 * MEGABYTE
"""Copying so much takes long enough to wonder whether anything happens."""
MINUTE, HOUR = 60, 3600
CODEC_NAMES = {"h264": "H.264", "mpeg4": "MPEG-4"}


class Films:
    """One for the page. `changed` is called when more is known. A file's name is made from its content, so that facts stay true."""

    def __init__(self, face: PageFace, changed: Callable[[], None]) -> None:
        self._face = face
        self._changed = changed
        self._asked: set[str] = set()
        self.known: Mapping[str, VideoFacts | None] = {}
        self.encoder = False

    def ask(self, pictures: Sequence[Picture]) -> None:
        """Read those that were not asked about yet."""
        for picture in pictures:
            if is_video(picture) and picture.path not in self._asked:
                self._asked.add(picture.path)
                self._face.actions.start("read video", self._read(picture))

    async def _read(self, picture: Picture) -> None:
        posts = self._face.services.posts
        self.encoder = await posts.can_make_fit()
        facts: VideoFacts | None = None
        with contextlib.suppress(UserMistake):  # the checks say that it cannot be read
            facts = await posts.video_facts(picture)
        self.known = {**self.known, picture.path: facts}
        self._changed()


def copying(file: Path) -> Message | None:
    """What is said while a large file is copied into the profile; None for what is there in a moment."""
    try:
        size = file.stat().st_size
    except OSError:  # whoever copies it says so
        return None
    return message("composer.said.copying", name=file.name, megabytes=megabytes(size)) if size >= LARGE else None


def films_of(composition: Composition) -> list[tuple[int, Picture]]:
    """The videos of the post with their places among its pictures."""
    return [(index, picture) for index, picture in enumerate(composition.draft.pictures) if is_video(picture)]


def takers(composition: Composition) -> list[Place]:
    """Accounts that a video would still go to by the program: what is published by hand has no limit that we know."""
    return [place for place in composition.open if place.limits.videos and place.account.state is not AccountState.BY_HAND]


def takes_films(place: Place) -> bool:
    return bool(place.limits.videos) or place.account.state is AccountState.BY_HAND


def can_fit(facts: VideoFacts, place: Place) -> bool:
    """Whether encoding it anew would bring it in: never where it is too long or too short."""
    limits = place.limits
    return not (limits.video_seconds and facts.seconds > limits.video_seconds) and facts.seconds >= limits.video_shortest_seconds


def is_too_much(facts: VideoFacts, place: Place) -> bool:
    """Too many bytes, pixels or pictures a second, or another kind of file than the network takes."""
    limits = place.limits
    return (
        bool(limits.video_bytes and facts.bytes > limits.video_bytes)
        or bool(limits.video_pixels and facts.width * facts.height > limits.video_pixels)
        or bool(limits.video_codecs and facts.codec not in limits.video_codecs)
        or is_too_fast(facts, place)
        or bool(limits.video_types and facts.content_type not in limits.video_types)
    )


def is_too_fast(facts: VideoFacts, place: Place) -> bool:
    """In whole pictures a second, as the services judge it."""
    return bool(place.limits.video_rate) and round(facts.rate) > place.limits.video_rate


def to_make_fit(composition: Composition) -> tuple[Picture, list[int]] | None:
    """The video to be made fit and the accounts to make it fit for; None where there is none, or it would not help."""
    films = films_of(composition)
    facts = composition.films.get(films[0][1].path) if len(films) == 1 else None
    if facts is None or not composition.encoder or composition.locked:
        return None
    places = [place for place in takers(composition) if can_fit(facts, place)]
    if not any(is_too_much(facts, place) for place in places):
        return None
    return films[0][1], [place.id for place in places]


def running_time(seconds: float) -> str:
    """Minutes and seconds as players show them, a part of a second counted whole: "1:20"."""
    whole = -int(-seconds // 1)
    hours, minutes, rest = whole // HOUR, whole % HOUR // MINUTE, whole % MINUTE
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def codec_name(codec: str) -> str:
    """As people write it."""
    return CODEC_NAMES.get(codec, codec.upper())


def megabytes(count: int) -> int:
    """Rounded up: what is a little over a limit is never said to be at it."""
    return -(-count // MEGABYTE)
