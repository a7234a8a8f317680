"""What the composer asks while a post is written: hashtags, people, spelling, what was said before. Imports nothing that loads late."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from app.models.hashtags import HashtagSet
from app.models.post import Picture
from app.models.said import Said


class DraftingQueries(Protocol):
    """Plain reads."""

    def hashtag_sets(self) -> list[HashtagSet]:
        """By name."""

    def hashtags_known(self, campaign_id: int | None = None) -> list[str]:
        """To complete with, without "#": the campaign's, then own ones by how often they were used, then all others."""

    def people_on(self, network: str, text: str, limit: int = 6) -> list[tuple[str, str]]:
        """(handle, name) of people known on a network, by name or handle there or elsewhere."""

    def handles_elsewhere(self, handles: Sequence[str]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """For each of the handles that somebody known bears: all handles of that person by network."""


class DraftingService(Protocol):
    """Changes can be undone; the rest changes nothing and works off the screen's thread."""

    async def save_hashtags(self, kept: HashtagSet) -> int:
        """Make or change a set; answers its id. Raises UserMistake without a name or tags."""

    async def remove_hashtags(self, set_id: int) -> None: ...

    async def said_before(self, texts: Sequence[str], post_id: int | None) -> Said | None:
        """The own post of the last 90 days (planned ones included) that says nearly the same as one of the texts."""

    def spells(self, language: str) -> bool:
        """Whether there is a dictionary of it."""

    async def misspelt(self, text: str, language: str) -> list[tuple[int, int]]:
        """(start, end) in code points."""

    async def suggestions(self, word: str, language: str) -> list[str]: ...

    async def keep_words(self, words: Collection[str]) -> None:
        """Right from now on, in every language."""

    async def crop(self, picture: Picture, box: tuple[float, float, float, float]) -> Picture:
        """The part of a picture (left, top, right, bottom as shares of it) as a picture of its own; the first one stays as it is."""

    def picture_path(self, picture: Picture) -> Path: ...
