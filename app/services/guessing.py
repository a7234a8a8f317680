"""Sorts what begins live by the playbook: where the quick matcher is sure of an answer, the conversation gets that answer's category.

Never while something is stored, but a while after, in small batches, by letters and words alone; what comes in by the page (a first
reading, the morning after a holiday) is left to the user and the rules. Whoever sorted a conversation before, a person or a rule, is right.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from app.models.conversation import Category
from app.models.suggestion import Suggestion
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.tasks import Tasks
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import guesses as reading
from app.store.writing import guesses as writing

Suggest = Callable[[Sequence[str]], Awaitable[Sequence[Sequence[Suggestion]]]]

MOST_AT_ONCE = 20
"""Conversations: more within the time of gathering is no news but a reading of what was."""
BATCH = 10
GATHERING_SECONDS = 0.5
"""News come in bursts; they are looked at together, after who waits for the storing has gone on."""
PAGES_APART = timedelta(seconds=20)
"""So long after a page what follows is still of the same reading."""
FRESH_MS = 2 * 24 * 3600 * 1000
"""What began before is not news."""
REMEMBERED = 2000
APART = 0.85
"""An answer of another category that comes nearer than this to the best leaves it open what the message is about."""
NEVER = frozenset({Category.OTHER, Category.TROLL, Category.SPAM})
"""To take a customer for one of these is for people to do."""


class Guessing:
    """`watch` once the loop runs."""

    def __init__(
        self, database: Database, suggest: Suggest, tasks: Tasks, clock: Clock, offers: Callable[[str], bool] = bool
    ) -> None:
        """`suggest`: what fits messages, quickly, the best first. `offers` answers whether the user works with a category."""
        self._database = database
        self._suggest = suggest
        self._offers = offers
        self._tasks = tasks
        self._clock = clock
        self._waiting: OrderedDict[int, None] = OrderedDict()
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._working = False
        self._read_until = from_ms(0)
        """Until then pages of a reading come in."""

    def watch(self) -> None:
        """From now on look at what comes in."""
        self._database.changed.connect(self._hear)

    def _hear(self, changes: Changes) -> None:
        if not changes.touches("message"):
            return
        ids = [number for number in changes.ids("conversation") if number not in self._seen]
        if len(ids) + len(self._waiting) > MOST_AT_ONCE:
            self._waiting.clear()
            self._read_until = self._clock.now() + PAGES_APART
        if self._clock.now() < self._read_until:
            return
        self._waiting.update(dict.fromkeys(ids))
        if self._waiting and not self._working:
            self._working = True
            self._tasks.spawn("sort by the playbook", self._work(), owner=self)

    async def _work(self) -> None:
        try:
            await self._clock.sleep(GATHERING_SECONDS)
            while self._waiting:
                batch = [self._waiting.popitem(last=False)[0] for _ in range(min(BATCH, len(self._waiting)))]
                self._seen.update(dict.fromkeys(batch))
                while len(self._seen) > REMEMBERED:
                    self._seen.popitem(last=False)
                await self.look_at(batch)
        finally:
            self._working = False

    async def look_at(self, conversation_ids: Sequence[int]) -> int:
        """Sort those of them that have just begun; answers how many."""
        now = to_ms(self._clock.now())
        begun = await self._database.read(reading.begun, conversation_ids, now - FRESH_MS)
        if not begun:
            return 0
        found = await self._suggest([each.text for each in begun])
        guesses = []
        for each, suggestions in zip(begun, found, strict=True):
            category = sure_of(suggestions)
            if category is not None and self._offers(category):
                guesses.append(writing.Guess(each.conversation_id, each.message_id, category))
        return await self._database.write(writing.keep, guesses, now) if guesses else 0


def sure_of(suggestions: Sequence[Suggestion]) -> Category | None:
    """The category of the best answer, unless one of another comes near it."""
    if not suggestions:
        return None
    best = suggestions[0]
    rivals = [each for each in suggestions[1:] if each.category != best.category]
    if best.category in NEVER or any(each.score > best.score * APART for each in rivals):
        return None
    return Category(best.category)
