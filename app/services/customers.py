"""What the user knows and decides about customers: joined, separated, described, flagged, noted on; each act can be taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from app.models.customer import CustomerWords, Flag, folded_email
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.undo import Act, Undo
from app.store.database import Database
from app.store.reading import customers as reading
from app.store.writing import customers as writing

LONGEST_TAG = 40
MOST_TAGS = 30


@dataclass(slots=True)
class _Joining:
    """Which joining stands now: doing it again makes another."""

    id: int


Hear = Callable[[str, str], Awaitable[int]]
"""(text, language) -> 1 happy, -1 unhappy, 0 neither."""


class Customers:
    """The acts. Each is one transaction and one entry of the undo list."""

    def __init__(self, database: Database, undo: Undo, clock: Clock, hear: Hear) -> None:
        """`hear` answers how a text in a language sounds."""
        self._database = database
        self._hear = hear
        self._undo = undo
        self._clock = clock

    def _now(self) -> int:
        return to_ms(self._clock.now())

    # -- one person

    async def join(self, kept_id: int, joined_id: int) -> int:
        """Two customers are one from now on; answers the joining."""
        joining = _Joining(await self._join(kept_id, joined_id))

        async def back() -> None:
            await self._database.write(writing.separate, joining.id, self._now())

        async def forth() -> None:
            joining.id = await self._join(kept_id, joined_id)

        self._undo.did(Act(message("undone.joined"), back, forth))
        return joining.id

    async def separate(self, joining_id: int) -> None:
        """Each has again what is its own."""
        kept_id, joined_id = await self._database.read(reading.joining, joining_id)
        await self._database.write(writing.separate, joining_id, self._now())
        joining = _Joining(joining_id)

        async def back() -> None:
            joining.id = await self._join(kept_id, joined_id)

        async def forth() -> None:
            await self._database.write(writing.separate, joining.id, self._now())

        self._undo.did(Act(message("undone.separated"), back, forth))

    async def _join(self, kept_id: int, joined_id: int) -> int:
        try:
            return await self._database.write(writing.join, kept_id, joined_id, self._now())
        except writing.NotJoinable as error:
            raise UserMistake(message("customer.not_joinable"), technical=str(error)) from error

    # -- described

    async def describe(self, customer_id: int, words: CustomerWords) -> None:
        """Name, city, language, e-mail address, tags, and what kind of customer it is."""
        email = folded_email(words.email)
        if words.email.strip() and not email:
            raise UserMistake(message("customer.no_email", text=words.email.strip()[:60]), field="email")
        words = words._replace(
            name=" ".join(words.name.split()),
            city=" ".join(words.city.split()),
            email=email,
            about=words.about.strip(),
            tags=tidy_tags(words.tags),
        )
        before = await self._database.write(writing.describe, customer_id, words)
        if before == words:
            return

        async def back() -> None:
            await self._database.write(writing.describe, customer_id, before)

        async def forth() -> None:
            await self._database.write(writing.describe, customer_id, words)

        self._undo.did(Act(message("undone.described"), back, forth))

    async def flag(self, customer_id: int, flags: Sequence[Flag]) -> None:
        """These flags and no others."""
        now = to_ms(self._clock.now())
        since = await self._database.write(writing.wants_newsletter_since, customer_id)
        before = await self._database.write(writing.set_flags, customer_id, flags, now)

        async def back() -> None:
            await self._database.write(writing.set_flags, customer_id, before, since)

        async def forth() -> None:
            await self._database.write(writing.set_flags, customer_id, flags, now)

        self._undo.did(Act(message("undone.flagged"), back, forth))

    # -- notes

    async def edit_note(self, note_id: int, text: str) -> None:
        """Another text for a note of ours; an empty one removes it."""
        if not text.strip():
            await self.remove_note(note_id)
            return
        before = await self._database.write(writing.edit_note, note_id, text.strip())

        async def back() -> None:
            await self._database.write(writing.edit_note, note_id, before)

        self._undo.did(Act(message("undone.note"), back))

    async def remove_note(self, note_id: int) -> None:
        kept = await self._database.write(writing.remove_note, note_id)

        async def back() -> None:
            await self._database.write(writing.bring_note_back, note_id, *kept)

        self._undo.did(Act(message("undone.note_removed"), back))

    # -- moods

    async def correct_mood(self, message_id: int, to: int | None) -> None:
        """A person's word on how a message sounds (-1, 0, 1); None gives the program its own opinion back."""
        if to is None:
            before = await self._database.write(lambda s: writing.correct_mood(s, message_id, None, by_hand=False))
        else:
            before = await self._database.write(writing.correct_mood, message_id, to)

        async def back() -> None:
            await self._database.write(lambda s: writing.correct_mood(s, message_id, before[0], by_hand=before[1]))

        self._undo.did(Act(message("undone.mood"), back))

    async def judge(self, customer_id: int) -> None:
        """Moods of the last messages that came before the program listened for them. Not an act to undo."""
        unheard = await self._database.read(reading.unjudged, customer_id)
        moods = [(number, await self._hear(text, language)) for number, text, language in unheard]
        if moods:
            await self._database.write(writing.judge, moods)


def tidy_tags(tags: Sequence[str]) -> tuple[str, ...]:
    """Without white space and doubles ("Vinyl" and "vinyl" are one), in the order they were written."""
    found: dict[str, str] = {}
    for tag in tags:
        plain = " ".join(tag.replace(",", " ").split())[:LONGEST_TAG].strip()
        if plain:
            found.setdefault(plain.casefold(), plain)
    return tuple(found.values())[:MOST_TAGS]
