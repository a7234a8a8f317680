"""Finds questions that are asked often, without any network: reads the messages of a period, groups them, and stores what belongs together."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.language.asking import is_question, question_of, tidied
from app.language.grouping import (
    GROUPS_NEAR,
    NEAR_IN_MEANING,
    NEAR_TO_ENTRY,
    Bunch,
    Gathered,
    Pair,
    Reading,
    bunches,
    joined,
    most_typical,
    pairs_by_letters,
)
from app.language.personal import personal
from app.models.faq import FaqGathered, FaqWords
from app.models.message import MessageKind
from app.runtime.clock import Clock, to_ms
from app.runtime.rhythm import giving_way, sharing_the_time
from app.runtime.signals import Signal
from app.store.database import Database
from app.store.reading import faq as reading
from app.store.reading.faq import DAY_MS, QuestionRow, SeedRow
from app.store.writing import faq as writing

MOST_QUESTIONS = 20_000
MOST_READ = 400_000
"""Messages that are gone through for them."""
PAGE = 2_000
MOST_SEEDS = 2_000
MOST_COMPARED = 4_000
"""Bunches that are compared by meaning: those of most questions."""
HELD_AT_ONCE = 48
STORED_AT_ONCE = 40
"""Groups in one transaction."""
ASSIGNED_AT_ONCE = 500
"""Messages that come to entries, in one transaction."""
GROUPS_APART = 10
"""So many groups are prepared without a rest."""
TOLD_EACH = 250
UNDERSTANDS_WITHIN_S = 60.0
"""After this long, letters and words must do."""
COMPARED = 300
"""Characters of a question that are compared by meaning."""
MOST_TYPICAL_OF = 60


Near = Iterable[tuple[int, int, float]]
"""(first, second, how near)."""


class Sense(Protocol):
    """Compares texts by meaning: `services/suggesting.py`."""

    async def understand(self) -> bool:
        """Wait until it can; false where it cannot on this computer."""

    async def hold(self, texts: Sequence[str], *, anew: bool) -> bool: ...

    async def pairs(self, groups: Sequence[Sequence[int]], least: float) -> Near | None: ...

    async def near(self, texts: Sequence[str], least: float) -> Near | None: ...


class Stopped(Exception):
    """The user ended it; what was not stored is not there."""


@dataclass
class _Run:
    """One search for questions."""

    loop: asyncio.AbstractEventLoop
    stop: threading.Event = field(default_factory=threading.Event)
    seeds: list[SeedRow] = field(default_factory=list)
    asked: list[QuestionRow] = field(default_factory=list)
    """Those that belong to no entry yet, the oldest first."""
    questions: int = 0
    since: int = 0
    full: bool = False
    """There were more than can be looked at."""
    by_meaning: bool = False
    waits: asyncio.Task[object] | None = None
    """The task, while it waits for what compares by meaning."""


class Gathering:
    """One search at a time; its work is done on threads."""

    def __init__(self, database: Database, clock: Clock, sense: Sense | None) -> None:
        self.progress: Signal[int, int] = Signal("faq.gathering")
        """(how much is done, of how much); (0, 0) when nothing is under way."""
        self._database = database
        self._clock = clock
        self._sense = sense
        self._run: _Run | None = None

    @property
    def is_under_way(self) -> bool:
        return self._run is not None

    async def gather(self, days: int) -> FaqGathered:
        """Look through the questions of so many days and as many before; those that are like an entry's come to it, others in groups of
        three or more become entries. Does nothing while it is under way.
        """
        if self._run is not None or self._database.read_only:
            return FaqGathered()
        run = self._run = _Run(asyncio.get_running_loop())
        try:
            await self._read(run, days)
            found = await self._grouped(run)
            return await self._store(run, found)
        except Stopped:
            return FaqGathered(run.questions, stopped=True)
        except asyncio.CancelledError:
            if run.waits is None or not run.stop.is_set():
                raise
            run.waits.uncancel()
            return FaqGathered(run.questions, stopped=True)
        finally:
            run.stop.set()
            self._run = None
            self.progress.emit(0, 0)

    async def near(self, texts: Sequence[str], least: float) -> Near | None:
        """Which of a few texts mean nearly the same, for others; None where nobody can tell, and while a search compares its own."""
        return None if self._sense is None or self._run is not None else await self._sense.near(texts, least)

    def stop(self) -> None:
        """End the search; what it found so far stays."""
        if self._run is not None:
            self._run.stop.set()
            if self._run.waits is not None:
                self._run.waits.cancel()

    async def is_due(self, days: int) -> bool:
        """Whether there is anything that was not looked through: newer messages, or older ones of the period."""
        looked = await self._database.read(reading.gathered)
        since = to_ms(self._clock.now()) - 2 * days * DAY_MS
        if looked.get("from", since) > since + DAY_MS and not looked.get("full"):
            return await self._database.read(reading.any_between, since, looked["from"])
        return await self._database.read(reading.any_between, looked.get("at", since), to_ms(self._clock.now()))

    async def _read(self, run: _Run, days: int) -> None:
        now_ms = to_ms(self._clock.now())
        since = now_ms - 2 * days * DAY_MS
        run.seeds = await self._database.read(reading.seeds, MOST_SEEDS)
        before, read = (now_ms, 1 << 62), 0
        run.since = since
        while True:
            page = await self._database.read(reading.questions, since, before, PAGE)
            read += len(page)
            await asyncio.to_thread(_judge, run, page)
            if run.stop.is_set():
                raise Stopped
            if len(page) < PAGE:
                break
            before = (page[-1].at, page[-1].id)
            if run.questions >= MOST_QUESTIONS or read >= MOST_READ:
                run.since, run.full = page[-1].at, True
                break
            self.progress.emit(0, run.questions)
        run.asked = run.asked[:MOST_QUESTIONS]
        run.asked.reverse()

    async def _grouped(self, run: _Run) -> list[Gathered]:
        read, found, compared, texts = await asyncio.to_thread(self._bunched, run)
        near = await self._near_in_meaning(run, texts)
        if near is None:
            return await asyncio.to_thread(self._joined_by_letters, run, read, found)
        run.by_meaning = True
        await asyncio.to_thread(read.forget)
        groups, held = await asyncio.to_thread(_joined_by_meaning, found, compared, near)
        return await self._groups_near(groups, held)

    async def _near_in_meaning(self, run: _Run, texts: Sequence[str]) -> Near | None:
        if self._sense is None or not await self._understood(run, self._sense):
            return None
        for place in range(0, len(texts), HELD_AT_ONCE):
            if run.stop.is_set():
                raise Stopped
            self.progress.emit(place + 1, len(texts))
            part = [text[:COMPARED] for text in texts[place : place + HELD_AT_ONCE]]
            if not await self._sense.hold(part, anew=place == 0):
                return None
        return await self._sense.pairs([[place] for place in range(len(texts))], NEAR_IN_MEANING) if texts else []

    async def _understood(self, run: _Run, sense: Sense) -> bool:
        """Whether it can compare by meaning, within a time that somebody may wait."""
        run.waits = asyncio.current_task()
        try:
            return await asyncio.wait_for(sense.understand(), UNDERSTANDS_WITHIN_S)
        except TimeoutError:
            return False
        finally:
            if not run.stop.is_set():
                run.waits = None

    async def _groups_near(self, groups: Sequence[Gathered], held: Sequence[Sequence[int]]) -> list[Gathered]:
        """Groups that are near as a whole become one; those of entries stay apart from each other."""
        compared = [number for number, some in enumerate(held) if some]
        near = None
        if self._sense is not None and compared:
            near = await self._sense.pairs([held[number] for number in compared], GROUPS_NEAR)

        def join() -> list[Gathered]:
            bunched = [Bunch(group.middle, group.members, group.entry) for group in groups]
            return joined(bunched, ((compared[first], compared[second], score) for first, second, score in near or ()))

        return await asyncio.to_thread(join)

    def _bunched(self, run: _Run) -> tuple[Reading, list[Bunch], list[int], list[str]]:
        """What the questions consist of, the bunches, and which of these are compared by meaning, with their texts."""
        found: list[Bunch] = []
        with sharing_the_time():
            texts = [
                tidied(text)
                for text in giving_way([*(each.text for each in run.seeds), *(each.text for each in run.asked)])
            ]
            entries = [*(seed.entry_id for seed in run.seeds), *(None for _ in run.asked)]
            read = Reading(texts)
            for each in giving_way(bunches(read, entries)):
                if isinstance(each, Bunch):
                    found.append(each)
                else:
                    self._tell(run, each, len(texts))
            by_size = sorted(
                range(len(found)), key=lambda place: (found[place].entry is None, -len(found[place].members), place)
            )
            compared = sorted(by_size[:MOST_COMPARED])
        return read, found, compared, [texts[found[place].middle] for place in compared]

    def _joined_by_letters(self, run: _Run, read: Reading, found: Sequence[Bunch]) -> list[Gathered]:
        pairs: list[Pair] = []
        with sharing_the_time():
            for each in giving_way(pairs_by_letters(read, [bunch.middle for bunch in found])):
                if isinstance(each, Pair):
                    pairs.append(each)
                else:
                    self._tell(run, each, len(found))
            read.forget()
            return joined(found, pairs)

    def _tell(self, run: _Run, done: int, of: int) -> None:
        """From a thread."""
        if done % TOLD_EACH:
            return
        if run.stop.is_set():
            raise Stopped

        def tell() -> None:
            if self._run is run:
                self.progress.emit(done, of)

        run.loop.call_soon_threadsafe(tell)

    async def _store(self, run: _Run, found: Sequence[Gathered]) -> FaqGathered:
        now_ms = to_ms(self._clock.now())
        known, prepared = await asyncio.to_thread(_prepared, run, found)
        for place in range(0, len(known), ASSIGNED_AT_ONCE):
            await self._database.write(writing.assign, known[place : place + ASSIGNED_AT_ONCE])
        for place in range(0, len(prepared), STORED_AT_ONCE):
            self.progress.emit(place + 1, len(prepared))
            await self._database.write(writing.add_groups, prepared[place : place + STORED_AT_ONCE], now_ms)
        await self._database.write(writing.gathered, writing.Looked(now_ms, run.since, run.questions, run.full))
        added = len(known) + sum(len(each.members) for each in prepared)
        return FaqGathered(run.questions, added, len(prepared), by_meaning=run.by_meaning)


def _prepared(run: _Run, found: Sequence[Gathered]) -> tuple[list[tuple[int, int, int]], list[writing.NewGroup]]:
    """(entry, message, when) of what comes to entries, and the groups that are new; on a thread."""
    first = len(run.seeds)
    known: list[tuple[int, int, int]] = []
    new: list[writing.NewGroup] = []
    with sharing_the_time():
        for group in giving_way(found, GROUPS_APART):
            rows = [run.asked[place - first] for place in group.members if place >= first]
            if group.entry is not None:
                known += [(group.entry, row.id, row.at) for row in rows]
            elif rows:
                new.append(_new_group(rows))
    return known, new


def _joined_by_meaning(
    found: Sequence[Bunch], compared: Sequence[int], near: Near
) -> tuple[list[Gathered], list[list[int]]]:
    """The groups, and of each the numbers of its texts among those that were compared."""
    with sharing_the_time():
        pairs = ((compared[first], compared[second], score) for first, second, score in near)
        groups = joined(found, pairs, 1, NEAR_TO_ENTRY)
        number_of = {place: number for number, place in enumerate(compared)}
        return groups, [[number_of[place] for place in group.bunches if place in number_of] for group in groups]


def _judge(run: _Run, page: Sequence[QuestionRow]) -> None:
    """Take the questions out of a page; on a thread."""
    for row in giving_way(page):
        if row.kind != MessageKind.OURS and not row.quiet and is_question(row.text, row.category):
            run.questions += 1
            if row.entry_id is None:
                run.asked.append(row)


def _new_group(rows: Sequence[QuestionRow]) -> writing.NewGroup:
    """Its question in each language that it was asked in: the most typical message, without what concerns one person."""
    by_language: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_language[row.language or "en"].append(row.text)
    most_first = sorted(by_language.items(), key=lambda each: (-len(each[1]), each[0]))
    words = {}
    for language, texts in most_first:
        some = texts[-MOST_TYPICAL_OF:]
        words[language] = masked(question_of(some[most_typical(some)]))
    category = Counter(row.category for row in rows).most_common(1)[0][0]
    return writing.NewGroup(FaqWords(words), category, [(row.id, row.at) for row in rows])


def masked(text: str) -> str:
    """Without numbers of orders, addresses and the like, which belong to one person."""
    pieces, place = [], 0
    for found in sorted(personal(text), key=lambda each: each.start):
        if found.start >= place:
            pieces += [text[place : found.start], "…"]
            place = found.end
    return "".join([*pieces, text[place:]])
