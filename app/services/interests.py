"""Which messages speak of what is sold: names of the catalogue are learned from the product feeds, and looked for in what customers wrote.

Runs in the background, a piece at a time, and each message once: figures then count rows and read no text. A name that is new in the
catalogue has what was written in the last months looked through again.
"""

from __future__ import annotations

import asyncio
import json
from typing import NamedTuple

from app.models.interest import Term, terms_of
from app.runtime.clock import Clock, to_ms
from app.runtime.rhythm import sharing_the_time
from app.runtime.tasks import Tasks
from app.runtime.words import message
from app.services.undo import Act, Undo
from app.store.changes import Changes
from app.store.database import Database, Session
from app.store.reading import interests as reading
from app.store.reading import settings as settings_reading
from app.store.writing import interests as writing
from app.store.writing import settings as settings_writing

PRODUCTS, MESSAGES = 1000, 200
"""Rows of one piece."""
GATHERING_SECONDS = 2.0
"""After news: more comes mostly."""
LOOKED_BACK_MS = 400 * 86_400_000
MARKER = "interests"
"""Stored setting: how far was read."""


class _Marker(NamedTuple):
    product: int = 0
    message: int = 0


class Interests:
    """`watch` once the loop runs."""

    def __init__(self, database: Database, undo: Undo, tasks: Tasks, clock: Clock) -> None:
        self._database = database
        self._undo = undo
        self._tasks = tasks
        self._clock = clock
        self._wanted = False
        self._working = False
        self._products_changed = False
        self._at: _Marker | None = None
        self._stored = 0

    def watch(self) -> None:
        """Look at what came while the program was closed, and from now on at what comes."""
        self._database.changed.connect(self._hear)
        self._want()

    async def put_away(self, term: Term, *, hidden: bool = True) -> None:
        """It is a common word and no interest, or is one again; can be taken back."""
        await self._database.write(lambda s: writing.put_away(s, term.kind, term.term, hidden=hidden))

        async def back() -> None:
            await self._database.write(lambda s: writing.put_away(s, term.kind, term.term, hidden=not hidden))

        async def forth() -> None:
            await self._database.write(lambda s: writing.put_away(s, term.kind, term.term, hidden=hidden))

        self._undo.did(Act(message("undone.interest", name=term.name), back, forth))

    def _hear(self, changes: Changes) -> None:
        if changes.all_of("product"):  # a feed was read; that one of them was used says nothing new
            self._products_changed = True
        if self._products_changed or changes.touches("message"):
            self._want()

    def _want(self) -> None:
        self._wanted = True
        if not self._working and not self._database.read_only:
            self._working = True
            self._tasks.spawn("interests", self._work(), owner=self)

    async def _work(self) -> None:
        try:
            while self._wanted:
                await self._clock.sleep(GATHERING_SECONDS)
                self._wanted = False
                await self.gather()
        finally:
            self._working = False

    async def gather(self) -> int:
        """Everything that was not looked at yet; answers in how many messages something was found."""
        with sharing_the_time():
            return await self._gather(await self._marker())

    async def _gather(self, marker: _Marker) -> int:
        if self._products_changed:  # a feed was read again: names may have changed under the same ids
            self._products_changed = False
            marker = marker._replace(product=0)
        marker = await self._learn(marker)
        found = 0
        while True:
            since = to_ms(self._clock.now()) - LOOKED_BACK_MS
            rows, last = await self._database.read(reading.messages_after, marker.message, since, MESSAGES)
            if last == marker.message:
                return found
            spoken = await self._database.read(reading.spoken, rows)
            marker = self._at = marker._replace(message=last)
            if spoken or last - self._stored >= MESSAGES:
                await self._keep(spoken, marker)
            found += len({number for number, _, _ in spoken})

    async def _learn(self, marker: _Marker) -> _Marker:
        """New names; where there are any, all messages are looked at again."""
        new = 0
        while products := await self._database.read(reading.products_after, marker.product, PRODUCTS):
            terms = await asyncio.to_thread(_terms, products)
            known = set(await self._database.read(reading.known_terms, [each.term for each in terms]))
            fresh = [each for each in terms if (each.kind, each.term) not in known]
            if fresh and not new:  # first noted that all is to be looked at again: a crash in between forgets nothing
                await self._keep([], marker._replace(message=0))
            if fresh:
                new += await self._database.write(writing.keep_terms, fresh, bulk=True)
            marker = self._at = _Marker(products[-1][0], 0 if new else marker.message)
        return marker

    async def _keep(self, spoken: list[tuple[int, str, str]], marker: _Marker) -> None:
        def keep(session: Session) -> None:
            writing.keep_spoken(session, spoken)
            settings_writing.save(session, MARKER, json.dumps(marker))

        await self._database.write(keep, bulk=True)
        self._stored = marker.message

    async def _marker(self) -> _Marker:
        """How far was read; what was looked at without finding anything is stored with the next piece only."""
        if self._at is not None:
            return self._at
        stored = await self._database.read(settings_reading.value, MARKER)
        return _Marker(*json.loads(stored)) if stored else _Marker()


def _terms(products: list[tuple[int, str, str, str]]) -> list[Term]:
    found: dict[tuple[str, str], Term] = {}
    for _, title, maker, style in products:
        for term in terms_of(title, maker, style):
            found.setdefault((term.kind, term.term), term)
    return list(found.values())
