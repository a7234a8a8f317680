"""Spikes: a problem that repeats or spreads is shown before it grows. Compares what customers wrote in the last hours with what they usually do.

A topic is a word, or two that come together, in the messages of several people within hours; endings are left aside, so that "descarga" and
"descargas" are one. It is a spike where it comes much more often than in the weeks before, at the same hours of the same weekdays too, and
than the busier day alone explains; what only praises counts for nothing, and neither does what answers a post of our own, unless it complains.
Nothing of it needs a language's grammar.
"""

from __future__ import annotations

import json
import logging
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from app.models.conversation import Category
from app.models.folding import is_whole, words_of
from app.models.spike import Spike
from app.runtime.clock import Clock, to_ms
from app.runtime.signals import Signal
from app.runtime.tasks import Tasks
from app.runtime.words import message
from app.services.undo import Act, Undo
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import settings as settings_reading
from app.store.reading import spikes as reading
from app.store.reading.spikes import Said
from app.store.writing import settings

_log = logging.getLogger(__name__)

SPANS = (2, 6)
"""Hours that are looked at, the shortest first."""
LEAST = 5
"""Fewer conversations than this are no spike,"""
LEAST_WITH_REACH = 3
"""unless those who wrote have so many followers that it spreads by itself."""
GREAT_REACH = 20_000
LEAST_PEOPLE = 3
TIMES_USUAL = 4.0
"""So many times as often as usual."""
TIMES_SHARE = 2.0
"""And so many times the share of all messages that it usually has: a busy day alone makes every word come more often."""
WEEKS = 3
LONGEST_STEM = 5
SHORTEST = 4
"""Shorter words say nothing; Han, kana and hangul come in pairs."""
MOST_TOPICS = 16
"""So many candidates are compared with the weeks before."""
DISMISSED_FOR = timedelta(days=7)
DISMISSED = "spikes.dismissed"
"""The setting that holds topics nobody wants to hear of, each with the time (milliseconds) until when."""
PAUSE = timedelta(seconds=20)
"""At most so often it is looked again, however much comes in."""
ALIKE = 2
"""A message that shares so many words with what we published lately is about that."""
NEARLY_ALL = 0.8

_WEIGHT: Mapping[str, float] = {
    Category.COMPLAINT: 1.5,
    Category.TECHNICAL: 1.25,
    Category.PRAISE: 0.0,
    Category.CONTEST: 0.25,
    Category.SPAM: 0.0,
    Category.TROLL: 0.0,
}
_PROBLEMS = frozenset({Category.COMPLAINT, Category.TECHNICAL})
HOUR_MS = 3_600_000
WEEK_MS = 7 * 24 * HOUR_MS


class Topic(NamedTuple):
    """A candidate: the stems that make it, the forms people wrote, and who wrote them."""

    stems: tuple[str, ...]
    forms: tuple[str, ...]
    said: tuple[Said, ...]
    """One of each conversation, newest first."""


class Usual(NamedTuple):
    """How often a topic came in the weeks before, in spans of the same length."""

    mean: float
    same_hours: int
    """The most in the same hours of the same weekday."""
    share: float
    """Of all messages."""


Before = Callable[[Topic, int], Usual]
"""(topic, hours) -> what is usual."""


# --- pure: what is told apart from what


def topics(said: Sequence[Said], *, pairs: bool = False) -> list[Topic]:
    """Words that several people used, or pairs of words, the commonest first. Each person and each conversation counts once a topic."""
    by_stem: dict[tuple[str, ...], dict[int, Said]] = defaultdict(dict)
    forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for one in said:
        for stems, form in _stems(one.text, pairs=pairs).items():
            by_stem[stems].setdefault(one.conversation_id, one)
            forms[stems][form] += 1
    found = []
    for stems, by_conversation in by_stem.items():
        if len({one.customer_id for one in by_conversation.values()}) >= LEAST_PEOPLE:
            newest = sorted(by_conversation.values(), key=lambda one: -one.at_ms)
            found.append(Topic(stems, tuple(form for form, _ in forms[stems].most_common(6)), tuple(newest)))
    return sorted(found, key=lambda topic: (-weight(topic.said), -len(topic.forms[0])))


def _stems(text: str, *, pairs: bool = False) -> dict[tuple[str, ...], str]:
    """(stem,), or (stem, stem) for words that stand close together -> as it was written, folded. Addresses, names and numbers are no topic."""
    kept = [word for word in text.split() if not word.startswith(("@", "#", "http://", "https://"))]
    words = words_of(" ".join(kept))
    found: dict[tuple[str, ...], str] = {}
    for place, word in enumerate(words):
        if is_whole(word):
            after = words[place + 1] if place + 1 < len(words) else ""
            if not pairs and after and is_whole(after):
                found[(word + after,)] = word + after
        elif _tells(word) and not pairs:
            found.setdefault((word[:LONGEST_STEM],), word)
        elif _tells(word):
            following = [other for other in words[place + 1 : place + 4] if _tells(other) and not is_whole(other)]
            for other in following[:1]:
                found.setdefault((word[:LONGEST_STEM], other[:LONGEST_STEM]), f"{word} {other}")
    return found


def _tells(word: str) -> bool:
    return len(word) >= SHORTEST and not word.isdigit() and not any(letter.isdigit() for letter in word)


def weight(said: Iterable[Said]) -> float:
    """How many messages these are worth: complaints more than questions, praise nothing."""
    return sum(_WEIGHT.get(one.category, 1.0) for one in said)


def spike_of(
    said: Sequence[Said], now_ms: int, before: Before, dismissed: Iterable[str] = (), ours: frozenset[str] = frozenset()
) -> Spike | None:
    """The one spike that matters most, if there is any. `said`: what customers wrote in the longest span, newest first; `dismissed` are
    topics not to be told; `ours` the stems of what we published ourselves lately.
    """
    known = [_key(topic) for topic in dismissed]
    stems = {one.text: stems_of([one.text]) for one in said}
    told = [one for one in said if not any(key <= stems[one.text] for key in known)]
    about_ours = {one.text for one in told if one.under_ours or len(stems[one.text] & ours) >= ALIKE}
    found: list[tuple[float, int, Topic, Usual]] = []
    for hours in SPANS:
        recent = [one for one in told if one.at_ms > now_ms - hours * HOUR_MS]
        for topic in topics(recent)[:MOST_TOPICS]:
            if not _may_matter(topic, about_ours):
                continue
            usual = before(topic, hours)
            if _is_more(topic, usual, len(recent)):
                found.append((_score(topic, usual) / hours**0.5, hours, topic, usual))
    if not found:
        return None
    _, hours, topic, usual = max(found, key=lambda each: (each[0], len(each[2].forms[0])))
    return _spike(topic, hours, usual)


def _key(topic: str) -> frozenset[str]:
    return stems_of([topic]) or frozenset({topic})


def _may_matter(topic: Topic, about_ours: Collection[str]) -> bool:
    reach = reach_of(topic.said)
    least = LEAST_WITH_REACH if reach >= GREAT_REACH else LEAST
    if len(topic.said) < least or weight(topic.said) < least * 0.75:
        return False
    problems = sum(one.category in _PROBLEMS or one.mood == -1 for one in topic.said)
    talks_of_ours = sum(one.text in about_ours for one in topic.said) * 2 > len(topic.said)
    return not talks_of_ours or problems * 2 >= len(topic.said)


def _is_more(topic: Topic, usual: Usual, all_now: int) -> bool:
    many = len(topic.said)
    often = many >= TIMES_USUAL * max(usual.mean, 0.25) and many >= 2 * usual.same_hours
    return often and many / max(1, all_now) >= TIMES_SHARE * usual.share


def _score(topic: Topic, usual: Usual) -> float:
    waiting = sum(one.waits for one in topic.said) / len(topic.said)
    spread = 1 + min(1.0, reach_of(topic.said) / (2 * GREAT_REACH))
    return weight(topic.said) / (1 + max(usual.mean, float(usual.same_hours))) * (0.5 + waiting / 2) * spread


def _spike(topic: Topic, hours: int, usual: Usual) -> Spike:
    return Spike(
        topic=_name(topic),
        conversations=tuple(one.conversation_id for one in topic.said),
        hours=hours,
        usual=round(max(usual.mean, float(usual.same_hours))),
        unanswered=sum(one.waits for one in topic.said),
        reach=reach_of(topic.said),
    )


def _name(topic: Topic) -> str:
    """The word as most people write it; with the word beside it where nearly all of them have both."""
    near = [pair for pair in topics(topic.said, pairs=True) if topic.stems[0] in pair.stems]
    if near and len(near[0].said) >= NEARLY_ALL * len(topic.said):
        return near[0].forms[0]
    return topic.forms[0]


def reach_of(said: Iterable[Said]) -> int:
    """Followers of those who wrote, each person once."""
    return sum({one.customer_id: one.followers for one in said}.values())


def stems_of(texts: Iterable[str]) -> frozenset[str]:
    """Of single words."""
    return frozenset(stem for text in texts for (stem,) in _stems(text))


# --- in the program


class Spikes:
    """Looks whenever something was stored, at most once in a while; `current` is what is shown."""

    def __init__(self, database: Database, undo: Undo, clock: Clock) -> None:
        self.changed: Signal[[Spike | None]] = Signal("spikes.changed")
        self.current: Spike | None = None
        self._database = database
        self._undo = undo
        self._clock = clock
        self._looking = False
        self._again = False

    def watch(self, tasks: Tasks) -> None:
        """Look now, and again after whatever comes in or is answered."""

        def ask() -> None:
            if self._looking:
                self._again = True
                return
            self._looking = True
            tasks.spawn("spikes", self._look_on(), owner=self)

        def hear(changes: Changes) -> None:
            if changes.touches("message", "conversation"):
                ask()

        self._database.changed.connect(hear)
        ask()

    async def _look_on(self) -> None:
        try:
            self._again = True
            while self._again:
                self._again = False
                await self.look()
                await self._clock.sleep_until(self._clock.now() + PAUSE)
        finally:
            self._looking = False

    async def look(self) -> Spike | None:
        """Compute it anew; says so where it is another one or its numbers are."""
        now = to_ms(self._clock.now())
        found = await self._database.read(_found, now, await self._dismissed(now))
        if found != self.current:
            self.current = found
            self.changed.emit(found)
        return found

    async def dismiss(self) -> str:
        """The shown one is no problem: a week of silence about it. Answers its topic, empty where none is shown."""
        spike = self.current
        if spike is None:
            return ""
        now = to_ms(self._clock.now())
        before = await self._dismissed(now)
        until = now + DISMISSED_FOR // timedelta(milliseconds=1)
        await self._store({**before, spike.topic: until})
        await self.look()

        async def back() -> None:
            await self._store(before)
            await self.look()

        self._undo.did(Act(message("undone.spike_dismissed", topic=spike.topic), back))
        return spike.topic

    async def _dismissed(self, now_ms: int) -> dict[str, int]:
        try:
            text = await self._database.read(settings_reading.value, DISMISSED)
            stored = json.loads(text or "{}")
        except ValueError:
            return {}
        return (
            {str(topic): int(until) for topic, until in stored.items() if int(until) > now_ms}
            if isinstance(stored, dict)
            else {}
        )

    async def _store(self, dismissed: Mapping[str, int]) -> None:
        await self._database.write(settings.save, DISMISSED, json.dumps(dismissed, ensure_ascii=False))


def _found(connection: reading.Connection, now_ms: int, dismissed: Mapping[str, int]) -> Spike | None:
    said = reading.said(connection, now_ms - max(SPANS) * HOUR_MS, now_ms)
    if len(said) < LEAST_WITH_REACH:
        return None
    all_before = reading.count_between(connection, now_ms - WEEKS * WEEK_MS, now_ms - max(SPANS) * HOUR_MS)

    times: dict[tuple[str, ...], list[int]] = {}

    def before(topic: Topic, hours: int) -> Usual:
        """The weeks before end where the span begins; of a word that came very often, so much of them as was counted."""
        if topic.forms not in times:
            times[topic.forms] = reading.times_of(connection, topic.forms, now_ms - WEEKS * WEEK_MS, now_ms)
        span = hours * HOUR_MS
        counted = times[topic.forms]
        long = now_ms - counted[-1] if len(counted) >= reading.MOST_TIMES else WEEKS * WEEK_MS
        earlier = [at for at in counted if at <= now_ms - span]
        weeks_ago = [now_ms - week * WEEK_MS for week in range(1, WEEKS + 1)]
        same_hours = max(sum(end - span < at <= end for at in earlier) for end in weeks_ago)
        share = len(earlier) / max(1.0, all_before * long / (WEEKS * WEEK_MS))
        return Usual(len(earlier) / max(1.0, (long - span) / span), same_hours, share)

    return spike_of(said, now_ms, before, dismissed, stems_of(reading.published(connection, now_ms - 3 * 24 * HOUR_MS)))
