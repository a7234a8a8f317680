"""How live messages sound, by meaning: a while after they were stored with what their words alone say, where the encoder is ready.

Nothing is loaded for it, and nothing waits for it: storing hears by words on the writer's thread; this listens off it and corrects in one small
transaction. What comes in by the page is left alone; what a person said of a message stays, whenever it was said.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from app.runtime.clock import Clock, to_ms
from app.runtime.tasks import Tasks
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import customers as reading
from app.store.writing import customers as writing

Hear = Callable[[Sequence[str]], Awaitable[Sequence[int] | None]]
"""Texts -> 1 happy, -1 unhappy, 0 neither; None where that cannot be told by meaning now."""

MOST_AT_ONCE = 20
"""Messages: more within the time of gathering is a reading of what was, not news."""
GATHERING_SECONDS = 0.5
FRESH_MS = 2 * 24 * 3600 * 1000
REMEMBERED = 2000


class MoodListening:
    """`watch` once the loop runs."""

    def __init__(
        self, database: Database, hear: Hear, is_ready: Callable[[], bool], tasks: Tasks, clock: Clock
    ) -> None:
        """`is_ready`: whether it can be told by meaning without loading anything."""
        self._database = database
        self._hear_texts = hear
        self._is_ready = is_ready
        self._tasks = tasks
        self._clock = clock
        self._waiting: OrderedDict[int, None] = OrderedDict()
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._working = False

    def watch(self) -> None:
        """From now on listen to what comes in."""
        self._database.changed.connect(self._hear)

    def _hear(self, changes: Changes) -> None:
        ids = [number for number in changes.ids("message") if number not in self._seen]
        if not ids or self._database.read_only or not self._is_ready():
            return
        if len(ids) + len(self._waiting) > MOST_AT_ONCE:
            self._waiting.clear()
            return
        self._waiting.update(dict.fromkeys(ids))
        if not self._working:
            self._working = True
            self._tasks.spawn("listen by meaning", self._work(), owner=self)

    async def _work(self) -> None:
        try:
            await self._clock.sleep(GATHERING_SECONDS)
            while self._waiting:
                batch = list(self._waiting)
                self._waiting.clear()
                self._seen.update(dict.fromkeys(batch))
                while len(self._seen) > REMEMBERED:
                    self._seen.popitem(last=False)
                await self.listen(batch)
        finally:
            self._working = False

    async def listen(self, message_ids: Sequence[int]) -> int:
        """Correct those that were heard by words alone; answers how many sound otherwise."""
        since = to_ms(self._clock.now()) - FRESH_MS
        heard = await self._database.read(reading.heard_by_words, message_ids, since)
        if not heard:
            return 0
        moods = await self._hear_texts([text for _, text, _ in heard])
        if moods is None:
            return 0
        other = [(number, now) for (number, _, before), now in zip(heard, moods, strict=True) if now != before]
        if other:
            await self._database.write(writing.hear_again, other)
        return len(other)
