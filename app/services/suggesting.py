"""Suggests answers of the playbook for messages, with the reason; learns from what is sent and from what is refused.

By letters and words at once; by meaning as soon as the process for that is there (`services/understanding.py`). Where neither finds
anything near enough, nothing is suggested.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path

from app.language.mood import mood
from app.language.nearby import Nearby
from app.language.suggestion import HINT, SHOWN, Found, Known, Suggester, read_chatter
from app.language.tongue import tongue
from app.models.playbook import PlaybookAnswer
from app.models.suggestion import Suggestion
from app.runtime.clock import Clock, to_ms
from app.runtime.rhythm import sharing_the_time
from app.runtime.signals import Signal
from app.runtime.start import UNDERSTAND
from app.runtime.words import message
from app.services.restart import program
from app.services.understanding import Understanding
from app.services.undo import Act, Undo
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import playbook as playbook_reading
from app.store.reading import suggesting as reading
from app.store.writing import suggesting as writing

LEARNED_FROM = ("answer", "wording", "answer_example", "answer_choice")
WORDING_WEIGHT = 0.7
WAKINGS = 3
"""So often its process is started anew where it ends while it loads."""
TEACHES = 400
"""Characters of a message that are learned from: what somebody wants stands at the beginning."""


def encoder() -> Understanding:
    """The process of this program that compares by meaning."""
    root = Path(__file__).parents[2]
    path = os.pathsep.join(part for part in (str(root), os.environ.get("PYTHONPATH", "")) if part)
    return Understanding([*program(), UNDERSTAND], {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1"})


class Suggesting:
    """Used on the loop; its work is done on threads."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        chatter: Path,
        make_encoder: Callable[[], Understanding] = encoder,
        undo: Undo | None = None,
    ) -> None:
        """`undo` hears of answers that were refused."""
        self.sharper: Signal[[]] = Signal("suggesting.sharper")
        """From now on messages are compared by meaning: what was suggested before may be suggested better."""
        self._awaited: object = None
        self._undo = undo
        self._database = database
        self._clock = clock
        self._chatter = chatter
        self._make_encoder = make_encoder
        self._encoder: Understanding | None = None
        self._suggester: Suggester | None = None
        self._known: tuple[Known, ...] = ()
        self._answers: dict[str, PlaybookAnswer] = {}
        self._changes, self._learned = 1, 0
        """Commits with something to learn from that were heard of; at how many of them all was learned."""
        self._turn = asyncio.Lock()
        database.changed.connect(self._hear)

    async def suggest(self, text: str, language: str = "", limit: int = SHOWN) -> list[Suggestion]:
        """Up to `limit` answers that fit, the best first; none where none does. In `language` where an answer has a wording in it
        (empty: in the message's own).
        """
        return (await self.suggest_all([text], language, limit))[0]

    async def suggest_all(
        self, texts: Sequence[str], language: str = "", limit: int = SHOWN, *, quick: bool = False
    ) -> list[list[Suggestion]]:
        """The same for several messages, cheaper than one by one. `quick`: by letters and words alone, whatever else is there."""
        async with self._turn:
            await self._freshen()
            found = None if quick else await self._by_meaning(texts, limit)
            if found is None:
                assert self._suggester is not None  # `_freshen` made it
                found = await asyncio.to_thread(self._suggester.suggest_all, list(texts), limit)
        return [self._told(each, language or tongue(text)) for text, each in zip(texts, found, strict=True)]

    async def suggest_category(self, text: str) -> str:
        """What a message is probably about, by the answers that would fit it; empty where none does."""
        found = await self.suggest(text)
        return found[0].category if found else ""

    async def suggest_mood(self, text: str, language: str = "") -> int:
        """1 happy, -1 unhappy, 0 neither: by meaning where that is ready, else by its words. Nothing is loaded for it."""
        found = await self.hear([text])
        return found[0] if found else mood(text, language)

    @property
    def hears(self) -> bool:
        """Whether moods can be told by meaning now: nothing is loaded for them."""
        return self._encoder is not None and self._encoder.is_ready

    async def hear(self, texts: Sequence[str]) -> list[int] | None:
        """Moods by meaning; None where that is not ready."""
        if self._encoder is None or not self._encoder.is_ready:
            return None
        return await asyncio.wrap_future(self._encoder.hear(texts))

    async def chosen(self, answer: str, message_id: int) -> None:
        """This answer was sent for this message."""
        await self._learn(answer, message_id, fits=True)

    async def not_this(self, answer: str, message_id: int) -> None:
        """It does not fit this message: nor, from now on, such as are like it."""
        await self._learn(answer, message_id, fits=False)
        if self._undo is None:
            return

        async def back() -> None:
            await self.take_back(answer, message_id)

        async def forth() -> None:
            await self._learn(answer, message_id, fits=False)

        self._undo.did(Act(message("undone.not_this"), back, forth))

    async def take_back(self, answer: str, message_id: int) -> None:
        """Nothing was said about this answer for this message."""
        await self._database.write(writing.forget_choice, answer, message_id)

    async def understand(self) -> bool:
        """Wait until messages are compared by meaning; false where they cannot be on this computer. For the command line."""
        async with self._turn:
            await self._freshen()
            for _ in range(WAKINGS):
                waking = None if self._mind.is_ready else self._mind.wake(self._known)
                if waking is None:
                    break
                await asyncio.wrap_future(waking)
            return self._mind.is_ready

    async def hold(self, texts: Sequence[str], *, anew: bool) -> bool:
        """Texts to be compared with each other by meaning; few at once. False where they cannot be."""
        return await asyncio.wrap_future(self._mind.hold(texts, anew=anew))

    async def pairs(self, groups: Sequence[Sequence[int]], least: float) -> Nearby | None:
        """Which groups of the texts it holds, by their numbers, are at least so near; None where it cannot say."""
        return await asyncio.wrap_future(self._mind.pairs(groups, least))

    async def near(self, texts: Sequence[str], least: float) -> Nearby | None:
        """Which of these few texts mean nearly the same; None where that is not ready. Nothing is loaded for it, and what it held is let go."""
        if not self.hears or self._encoder is None:
            return None
        return await asyncio.wrap_future(self._encoder.near(texts, least))

    def close(self) -> None:
        if self._encoder is not None:
            self._encoder.close()

    # ---- inside

    @property
    def _mind(self) -> Understanding:
        if self._encoder is None:
            self._encoder = self._make_encoder()
        return self._encoder

    def _hear(self, changes: Changes) -> None:
        if changes.touches(*LEARNED_FROM):
            self._changes += 1

    async def _freshen(self) -> None:
        """Read what changed; only where it is something to learn from, learn anew."""
        changes = self._changes
        if self._learned == changes:
            return
        self._answers = {each.key: each for each in await self._database.read(playbook_reading.answers)}
        known = tuple(_known(each) for each in await self._database.read(reading.learned))
        if known != self._known or self._suggester is None:
            self._suggester = await asyncio.to_thread(self._made, known)
            self._known = known
        self._learned = changes  # who asked may have gone before: then it is all still to be read

    def _made(self, known: tuple[Known, ...]) -> Suggester:
        with sharing_the_time():
            suggester = Suggester(read_chatter(self._chatter))
            suggester.load(known)
        return suggester

    async def _by_meaning(self, texts: Sequence[str], limit: int) -> list[list[Found]] | None:
        waking = self._mind.wake(self._known)
        if not self._mind.is_ready:
            self._tell_when(waking)
            return None
        return await asyncio.wrap_future(self._mind.ask(texts, limit))

    def _tell_when(self, waking: Future[None] | None) -> None:
        """Say once that it has woken up."""
        if waking is None or waking is self._awaited:
            return
        self._awaited = waking
        loop = asyncio.get_running_loop()

        def tell() -> None:
            if self._encoder is not None and self._encoder.is_ready:
                self.sharper.emit()

        def woke(_done: Future[None]) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(tell)

        waking.add_done_callback(woke)

    async def _learn(self, answer: str, message_id: int, *, fits: bool) -> None:
        text = await self._database.read(reading.text_of, message_id)
        now_ms = to_ms(self._clock.now())
        changes, up_to_date = self._changes, self._learned == self._changes
        await self._database.write(lambda session: writing.choose(session, answer, message_id, now_ms, fits=fits))
        if not text.strip() or self._suggester is None or not up_to_date:
            return
        known = Known(answer, text[:TEACHES], fits=fits)
        async with self._turn:
            if self._learned != changes:  # somebody asked meanwhile, and all of it was read anew
                return
            self._suggester.learn(known)
        if self._encoder is not None:
            self._encoder.learn(known)
        self._known = (*self._known, known)
        if self._changes == changes + 1:  # our own, and nobody else's
            self._learned = self._changes

    def _told(self, found: Sequence[Found], language: str) -> list[Suggestion]:
        return [
            _suggestion(self._answers[each.answer], each, language) for each in found if each.answer in self._answers
        ]


def _known(learned: reading.Learned) -> Known:
    weight = {"title": HINT, "wording": WORDING_WEIGHT}.get(learned.kind, 1.0)
    return Known(learned.answer, learned.text[:TEACHES], weight, learned.kind != "refused")


def _suggestion(answer: PlaybookAnswer, found: Found, language: str) -> Suggestion:
    """In the language asked for, else in the first that the answer has."""
    spoken = (
        language
        if answer.wordings.get(language)
        else next((each for each, texts in answer.wordings.items() if texts), "")
    )
    texts = answer.wordings.get(spoken, ())
    return Suggestion(
        answer=answer.key,
        title=answer.title.get(language) or next(iter(answer.title.values()), answer.key),
        text=texts[0] if texts else "",
        language=spoken,
        category=str(answer.category),
        score=found.score,
        words=found.words,
        uses=answer.uses,
    )
