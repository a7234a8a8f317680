"""Questions to the community: replies of all accounts, grouped by what they say; the best kept, thanked, and made into a follow-up post."""

from __future__ import annotations

import asyncio
import csv
import io
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Protocol

from app.language.asking import LITTLE, tidied
from app.language.grouping import NEAR_IN_MEANING, Bunch, Pair, Reading, bunches, joined, pairs_by_letters
from app.language.headings import heading
from app.language.matching import WORDS, plain
from app.models.courtesy import THANKS_A_DAY, Thanked
from app.models.outbox import Reacted
from app.models.post import PostDraft, PostFormat
from app.models.question import Collected, QuestionPost, QuestionReply, ReplyGroup, Thanks
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.rhythm import giving_way, sharing_the_time
from app.runtime.words import message
from app.services.tags import BOM, harmless
from app.services.undo import Act, Undo
from app.services.whole_files import write_whole
from app.store.database import Database, Session
from app.store.reading import courtesy
from app.store.reading import posts as posts_reading
from app.store.reading import questions as reading
from app.store.writing import posts
from app.store.writing import questions as writing

LEAST = 2
"""So many replies that say the same are a group."""
MOST_QUOTED = 12
LONGEST_QUOTE = 120
MOST_COMPARED = 400
"""Bunches; a thousandth of a second each."""
NAME = 0.6
"""So near are replies that give the same name."""
MOST_WITH_A_NAME = 0.5
"""Of the bunches; what more of them say is how everybody answers, not what."""
SHORT = 3
"""Letters; two words as short as this name nothing."""


class ThanksPeople(Protocol):
    """Owes thanks in the person's language (services/courtesies.py)."""

    def day_starts_at(self) -> datetime: ...

    async def thank(self, conversation_id: int) -> Thanked: ...


class Likes(Protocol):
    """Owes likes (services/inbox.py)."""

    async def like(self, conversation_ids: Sequence[int]) -> Reacted: ...


Near = Callable[[Sequence[str], float], Awaitable[Iterable[tuple[int, int, float]] | None]]
"""(texts, least) -> (first, second, how near) of those that mean nearly the same; None where nobody can tell now."""


async def by_letters(_texts: Sequence[str], _least: float) -> None:
    """Nobody compares by meaning."""


class Questions:
    """Each act can be taken back. Grouping is done on a thread."""

    def __init__(
        self, database: Database, likes: Likes, courtesies: ThanksPeople, undo: Undo, clock: Clock, near: Near = by_letters
    ) -> None:
        """`near` compares by meaning, where that can be done at once."""
        self._near = near
        self._database = database
        self._likes = likes
        self._courtesies = courtesies
        self._undo = undo
        self._clock = clock

    async def all_of(self) -> list[QuestionPost]:
        """Posts that ask something, the newest first."""
        return await self._database.read(reading.questions)

    async def collected(self, post_id: int) -> Collected:
        """All replies in their groups."""
        found = await self._database.read(reading.replies, post_id)
        read = await asyncio.to_thread(read_replies, found)
        middles = [read.texts[read.bunches[place].middle][:LONGEST_QUOTE] for place in read.compared]
        near = await self._near(middles, NEAR_IN_MEANING) if len(middles) > 1 else None
        groups = await asyncio.to_thread(grouped, read, near)
        return Collected(
            tuple(groups), len(found), len({each.customer_id for each in found}), await self._thanked_today()
        )

    async def mark(self, post_id: int, *, question: bool) -> None:
        """Its replies are collected, or no longer."""
        await self._database.write(posts.set_question, post_id, question)

        async def back() -> None:
            await self._database.write(posts.set_question, post_id, not question)

        async def again() -> None:
            await self._database.write(posts.set_question, post_id, question)

        self._undo.did(Act(message("undone.question_marked" if question else "undone.question_unmarked"), back, again))

    async def keep(self, post_id: int, message_ids: Sequence[int], *, kept: bool = True) -> None:
        """Among the best; or not."""
        said = message("undone.replies_kept" if kept else "undone.replies_not_kept", n=len(message_ids))
        await self._note(
            post_id,
            lambda session, now: writing.note(session, post_id, message_ids, now, kept=kept),
            Act(said, _nothing),
        )

    async def put_into(self, post_id: int, message_ids: Sequence[int], topic: str) -> None:
        """Into a group of that name, by hand; empty: where they are found to belong."""
        said = message("undone.replies_grouped", n=len(message_ids))
        name = " ".join(topic.split())
        await self._note(
            post_id,
            lambda session, now: writing.note(session, post_id, message_ids, now, topic=name),
            Act(said, _nothing),
        )

    async def like(self, replies: Sequence[QuestionReply]) -> int:
        """Like what these people wrote last; answers how many likes are owed."""
        conversations = list(dict.fromkeys(each.conversation_id for each in replies if not each.liked))
        if not conversations:
            return 0
        return (await self._likes.like(conversations)).many

    async def thank(self, post_id: int, replies: Sequence[QuestionReply], *, beyond: bool = False) -> Thanks:
        """Thank people in words, each once. After so many thanks a day more look staged: the rest is left unless `beyond`."""
        people: dict[int, QuestionReply] = {}
        for each in replies:
            if each.thanked_at is None:
                people.setdefault(each.conversation_id, each)
        room = len(people) if beyond else max(THANKS_A_DAY - await self._thanked_today(), 0)
        wanted = list(people.values())[:room]
        owed = failed = 0
        trouble: UserMistake | None = None
        for each in wanted:
            try:
                await self._courtesies.thank(each.conversation_id)
            except UserMistake as mistake:
                trouble, failed = mistake, failed + 1
                continue
            owed += 1
            await self._database.write(_thanked, post_id, each.message_id, to_ms(self._clock.now()))
        if trouble is not None and not owed:
            raise trouble
        return Thanks(owed, len(people) - len(wanted), failed)

    async def follow_up(self, post_id: int, opening: str) -> int:
        """A draft made of the kept replies, for the same accounts: `opening`, then each with its author; answers its id."""
        asked = await self._database.read(posts_reading.post, post_id)
        found = [each for each in await self._database.read(reading.replies, post_id) if each.kept]
        if asked is None or not found:
            raise UserMistake(message("question.none_kept"))
        lines = [f"«{_short(each.text)}» {each.handle or each.author}".rstrip() for each in found[:MOST_QUOTED]]
        draft = PostDraft(
            parts=("\n\n".join([opening.strip(), "\n".join(lines)]).strip(),),
            accounts=asked.accounts,
            pillar=asked.pillar,
            campaign_id=asked.campaign_id,
            language=asked.language,
            format=PostFormat.INFORMS,
            title="",
        )
        number: int = await self._database.write(posts.save, draft, to_ms(self._clock.now()))

        async def back() -> None:
            await self._database.write(posts.delete, number, to_ms(self._clock.now()))

        async def again() -> None:
            await self._database.write(posts.restore, number, to_ms(self._clock.now()))

        self._undo.did(Act(message("undone.follow_up"), back, again))
        return number

    async def export(self, post_id: int, path: Path, titles: Sequence[str], zone: Callable[[datetime], str]) -> int:
        """All replies as CSV for spreadsheets, with no cell that one would run; `titles` are those of the eight columns, `zone` writes
        moments. Answers how many rows. Raises `DiskTrouble`.
        """
        collected = await self.collected(post_id)
        rows = [
            [
                group.name,
                each.network,
                each.author,
                each.handle,
                zone(each.at),
                each.text,
                "1" if each.kept else "",
                each.url,
            ]
            for group in collected.groups
            for each in group.replies
        ]
        await asyncio.to_thread(_write, path, [list(titles), *rows])
        return len(rows)

    async def _thanked_today(self) -> int:
        since = to_ms(self._courtesies.day_starts_at())
        praise = await self._database.read(courtesy.thanked_today, since)
        return praise + await self._database.read(reading.thanked_since, since)

    async def _note(self, post_id: int, act: Callable[[Session, int], list[writing.Stood]], said: Act) -> None:
        before: list[writing.Stood] = []

        async def forth() -> None:
            before[:] = await self._database.write(lambda session: act(session, to_ms(self._clock.now())))

        async def back() -> None:
            await self._database.write(writing.stand, post_id, before, to_ms(self._clock.now()))

        await forth()
        self._undo.did(replace(said, undo=back, redo=forth))


async def _nothing() -> None:
    """Replaced by the way back."""


class _Read(NamedTuple):
    """Replies that are to be grouped: those the user put into groups, and of the others what they say."""

    by_hand: dict[str, list[QuestionReply]]
    free: list[QuestionReply]
    texts: list[str]
    bunches: list[Bunch]
    """Of replies that read alike."""
    pairs: list[Pair]
    """Bunches that are near by letters."""
    names: list[Pair]
    """Bunches that give the same name."""
    compared: list[int]
    """Bunches that are compared by meaning: the largest."""


def read_replies(replies: Sequence[QuestionReply]) -> _Read:
    """What they say, by letters. Blocks."""
    named: defaultdict[str, list[QuestionReply]] = defaultdict(list)
    free: list[QuestionReply] = []
    for each in replies:
        (named[each.topic] if each.topic else free).append(each)
    texts = [tidied(each.text) for each in free]
    with sharing_the_time():
        read = Reading(list(giving_way(texts)))
        found = [each for each in giving_way(bunches(read, [None] * len(texts))) if isinstance(each, Bunch)]
        near = [
            each
            for each in giving_way(pairs_by_letters(read, [bunch.middle for bunch in found]))
            if isinstance(each, Pair)
        ]
    largest = sorted(range(len(found)), key=lambda place: (-len(found[place].members), place))[:MOST_COMPARED]
    return _Read(dict(named), free, texts, found, near, _same_name(texts, found), sorted(largest))


def grouped(read: _Read, near: Iterable[tuple[int, int, float]] | None = None) -> list[ReplyGroup]:
    """By hand first where the user named a group; the others by what they say: by meaning where `near` tells which of those compared are
    near, else by letters. The largest first, what stands alone last. Blocks.
    """
    groups = [ReplyGroup(topic, tuple(some), by_hand=True) for topic, some in read.by_hand.items()]
    pairs: list[Pair] = read.pairs
    if near is not None:
        seen = set(read.compared)
        unseen = [pair for pair in read.pairs if pair.first not in seen or pair.second not in seen]
        pairs = [*(Pair(read.compared[one], read.compared[other], score) for one, other, score in near if one != other), *unseen]
    alone = set(range(len(read.free)))
    for found in joined(read.bunches, [*pairs, *read.names], LEAST):
        members = set(found.members)
        alone -= members
        others = [text for place, text in enumerate(read.texts) if place not in members]
        name = _short(heading([read.texts[place] for place in found.members], others))
        groups.append(ReplyGroup(name, tuple(read.free[place] for place in found.members)))
    groups.sort(key=lambda group: (-group.people, -len(group.replies), group.name))
    rest = tuple(read.free[place] for place in sorted(alone))
    return [*groups, ReplyGroup("", rest)] if rest else groups


def _same_name(texts: Sequence[str], found: Sequence[Bunch]) -> list[Pair]:
    """Short replies have little in common but the name they give: bunches that share two words in a row which most do not have."""
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, bunch in enumerate(found):
        said = {pair for member in bunch.members for pair in _in_a_row(texts[member])}
        for pair in said:
            holders[pair].append(place)
    most = max(MOST_WITH_A_NAME * len(found), LEAST + 1)
    pairs = []
    for places in holders.values():
        if len(places) <= most:
            largest = max(places, key=lambda place: (len(found[place].members), -place))
            pairs += [Pair(min(largest, place), max(largest, place), NAME) for place in places if place != largest]
    return pairs


def _in_a_row(text: str) -> set[tuple[str, str]]:
    words = WORDS.findall(plain(text))
    return {
        (one, other)
        for one, other in pairwise(words)
        if one not in LITTLE and other not in LITTLE and max(len(one), len(other)) > SHORT
    }


def _thanked(session: Session, post_id: int, message_id: int, now_ms: int) -> None:
    writing.note(session, post_id, [message_id], now_ms, thanked=True)


def _short(text: str) -> str:
    flat = " ".join(tidied(text).split())
    return flat if len(flat) <= LONGEST_QUOTE else f"{flat[: LONGEST_QUOTE - 1].rstrip()}…"


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    write_whole(path, BOM + text.getvalue().encode())
