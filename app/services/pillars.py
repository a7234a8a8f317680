"""Content pillars and categories as the user has them: each change holds at once, is kept with the settings and can be undone."""

from __future__ import annotations

from collections.abc import Callable

from app.models.sorting import Sorts, Vocabulary, bare, vocabulary
from app.runtime.settings import Settings, Sorting
from app.runtime.words import Message, message
from app.services.undo import Act, Undo
from app.store.database import Database
from app.store.writing import pillars as writing

FIELDS = {"pillar": "pillars", "category": "categories"}


class Pillars:
    """`SortingService` of commands/sorting_services.py, and what other services ask."""

    def __init__(self, database: Database, undo: Undo, settings: Settings, say: Callable[[Message], str]) -> None:
        """`say` speaks the program's language."""
        self._database = database
        self._undo = undo
        self._settings = settings
        self._say = say

    # -- asking

    @property
    def vocabulary(self) -> Vocabulary:
        return vocabulary(self._settings)

    def offered(self, pillar: str) -> str:
        """The pillar, or none where it is not offered: for what the program itself proposes."""
        return pillar if self.vocabulary.pillars.offers(pillar) else ""

    def named(self, text: str) -> str:
        """The pillar that somebody wrote down, by its name or its id; none where there is no such. Those that are offered go first."""
        wanted, pillars = bare(text), self.vocabulary.pillars
        there = sorted(pillars.there, key=lambda each: not pillars.offers(each.id))
        by_name = (each.id for each in there if wanted == bare(self._say(Message(pillars.word(each.id)))))
        return next(by_name, next((each.id for each in there if wanted == each.id), "")) if wanted else ""

    # -- changing

    async def keep(self, sorts: Sorts, said: Message) -> None:
        """All of one kind becomes as given; `said` is what taking it back says. Nothing changed is no act."""
        before = self.vocabulary.of(sorts.kind)
        if before.rows == sorts.rows:
            return
        self._set(sorts)

        async def back() -> None:
            self._set(before)

        async def again() -> None:
            self._set(sorts)

        self._undo.did(Act(said, back, again))

    async def remove(self, pillar: str, into: str | None = None) -> int:
        """Take a pillar away; what has it is given to `into` (empty: to none), or keeps it as long as it is there. Answers how many posts."""
        before = self.vocabulary.pillars
        after = before.without(pillar)
        held = [writing.Given()]

        async def forth() -> None:
            if into is not None:
                held.append(await self._database.write(writing.give, pillar, into))
            self._set(after)

        async def back() -> None:
            self._set(before)
            if into is not None:
                await self._database.write(writing.take_back, pillar, held[-1])

        await forth()

        self._undo.did(Act(message("undone.pillar_removed", name=Message(before.word(pillar))), back, forth))
        return len(held[-1].posts)

    def _set(self, sorts: Sorts) -> None:
        self._settings.change(Sorting, **{FIELDS[sorts.kind]: sorts.rows})
