"""What helps while a post is written: hashtag sets, spelling, what was said before, pictures cut to size."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from app.language.likeness import Texts
from app.media.cropping import Box, crop
from app.models.hashtags import HashtagSet, typed_tags
from app.models.post import Picture
from app.models.said import Said
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.errors import UserMistake
from app.runtime.settings import Settings, Spelling
from app.runtime.words import message
from app.services.undo import Act, Undo
from app.store.database import Database
from app.store.reading import hashtags as reading
from app.store.writing import hashtags

SAID_DAYS = timedelta(days=90)
AHEAD = timedelta(days=400)
LONGEST_NAME = 60
LONGEST_TITLE = 80


class Speller(Protocol):
    """Words of several languages; blocks."""

    @staticmethod
    def knows(language: str) -> bool: ...

    def wrong(self, text: str, language: str, own: Collection[str] = ()) -> list[tuple[int, int]]: ...

    def suggestions(self, word: str, language: str) -> list[str]: ...


class PicturesOfPosts(Protocol):
    """Where pictures of posts lie, and how one gets there."""

    def picture_path(self, picture: Picture) -> Path: ...

    async def add_picture(self, source: Path) -> Picture: ...


@dataclass
class _Index:
    """Texts of own posts, by post; what did not change since is not read into it again."""

    texts: Texts = field(default_factory=Texts)
    saved: dict[int, int] = field(default_factory=dict)
    known: dict[int, tuple[int, str]] = field(default_factory=dict)
    """(time, title)."""


class Drafting:
    """The speller loads a dictionary when it is first asked in its language, on a worker thread."""

    def __init__(
        self, database: Database, undo: Undo, clock: Clock, settings: Settings, posts: PicturesOfPosts, speller: Speller
    ) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock
        self._settings = settings
        self._posts = posts
        self._speller = speller
        self._index = _Index()
        self._changes, self._indexed = 1, 0
        """Commits of posts that were heard of; how many of them the index has."""
        self._turn = asyncio.Lock()
        database.changed.connect(self._hear)

    def _hear(self, changes: object) -> None:
        touches = getattr(changes, "touches", None)
        self._changes += touches is None or touches("post")

    # -- hashtags

    async def save_hashtags(self, kept: HashtagSet) -> int:
        """A set has a name and tags; "#" and doubles are taken away."""
        kept = replace(kept, name=" ".join(kept.name.split())[:LONGEST_NAME], tags=typed_tags(" ".join(kept.tags)))
        if not kept.name:
            raise UserMistake(message("hashtags.no_name"), field="name")
        if not kept.tags:
            raise UserMistake(message("hashtags.no_tags"), field="tags")
        sets = await self._database.read(reading.sets)
        if any(each.name.casefold() == kept.name.casefold() and each.id != kept.id for each in sets):
            raise UserMistake(message("hashtags.same_name", name=kept.name), field="name")
        before = next((each for each in sets if each.id == kept.id), None)
        set_id: int = await self._database.write(hashtags.save, kept)

        async def back() -> None:
            if before is None:
                await self._database.write(hashtags.remove, set_id)
            else:
                await self._database.write(hashtags.save, before)

        self._undo.did(Act(message("undone.hashtags", name=kept.name), back))
        return set_id

    async def remove_hashtags(self, set_id: int) -> None:
        before: HashtagSet | None = await self._database.write(hashtags.remove, set_id)
        if before is None:
            return

        async def back() -> None:
            await self._database.write(hashtags.save, before)

        self._undo.did(Act(message("undone.hashtags", name=before.name), back))

    # -- what was said

    async def said_before(self, texts: Sequence[str], post_id: int | None) -> Said | None:
        """Looked for on a worker thread, in an index that is brought up to date when posts changed."""
        async with self._turn:
            now = self._clock.now()
            rows, changes = None, self._changes
            if self._indexed != changes:
                rows = await self._database.read(reading.said_since, to_ms(now - SAID_DAYS), to_ms(now + AHEAD))
                self._indexed = changes
            return await asyncio.to_thread(self._find, rows, list(texts), post_id, to_ms(now - SAID_DAYS))

    def _find(self, rows: list[tuple[int, int, int, str]] | None, texts: Sequence[str], post_id: int | None, since_ms: int) -> Said | None:
        index = self._index
        if rows is not None:
            there = {number for number, *_ in rows}
            for gone in index.saved.keys() - there:
                index.texts.drop(gone)
                del index.saved[gone], index.known[gone]
            for number, at, saved_at, parts in rows:
                if index.saved.get(number) != saved_at:
                    words = "\n".join(json.loads(parts))
                    index.texts.put(number, words)
                    index.saved[number] = saved_at
                    index.known[number] = (at, next((line.strip() for line in words.splitlines() if line.strip()), "")[:LONGEST_TITLE])
                else:
                    index.known[number] = (at, index.known[number][1])
        found = [near for text in texts if (near := index.texts.nearest(text, post_id)) is not None and index.known[near[0]][0] >= since_ms]
        if not found:
            return None
        number, alike = max(found, key=lambda near: near[1])
        at, title = index.known[number]
        return Said(number, from_ms(at), title, alike)

    # -- spelling

    def spells(self, language: str) -> bool:
        """By the language alone: loads nothing."""
        return self._speller.knows(language)

    async def misspelt(self, text: str, language: str) -> list[tuple[int, int]]:
        """Nothing where there is no dictionary, or where the user wants none."""
        wishes = self._settings.get(Spelling)
        if not wishes.on or not self.spells(language):
            return []
        own = frozenset(wishes.words.casefold().split())
        return await asyncio.to_thread(lambda: self._speller.wrong(text, language, own))

    async def suggestions(self, word: str, language: str) -> list[str]:
        if not self.spells(language):
            return []
        return await asyncio.to_thread(lambda: self._speller.suggestions(word, language))

    async def keep_words(self, words: Collection[str]) -> None:
        wishes = self._settings.get(Spelling)
        known = wishes.words.split()
        new = [word for word in words if word.casefold() not in {each.casefold() for each in known}]
        if new:
            self._settings.change(Spelling, words=" ".join([*known, *new]))

    # -- pictures

    def picture_path(self, picture: Picture) -> Path:
        return self._posts.picture_path(picture)

    async def crop(self, picture: Picture, box: Box) -> Picture:
        """A new file in the profile; the description goes along."""
        source = self._posts.picture_path(picture)
        with TemporaryDirectory() as folder:
            made = await asyncio.to_thread(crop, source, box, Path(folder))
            cut = await self._posts.add_picture(made)
        return replace(cut, alt=picture.alt)
