"""The FAQ: what is made of questions that are asked often; each act is one transaction and can be taken back."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from app.language.asking import tidied
from app.language.grouping import common_words, most_typical
from app.models.answer_content import AnswerContent
from app.models.conversation import Category
from app.models.faq import FaqBehind, FaqFilter, FaqReply, FaqState, FaqWords
from app.models.playbook import WordingRow
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.faq_gathering import masked
from app.services.playbook import key_of
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import faq as reading
from app.store.writing import faq as writing
from app.store.writing import playbook as playbook_writing

MOST_EXAMPLES = 10
MOST_COMPARED = 60
SHORTEST_REPLY = 20
"""Characters; what is shorter answers nothing by itself."""
LONGEST_TITLE = 80

T = TypeVar("T")


class Faq:
    """The acts, and what is shown beside an entry."""

    def __init__(self, database: Database, undo: Undo, clock: Clock) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock

    async def behind(self, entry_id: int, chosen: FaqFilter) -> FaqBehind:
        """The messages of an entry, the words they have in common, and the best answer that was given."""
        messages = await self._database.read(reading.messages, entry_id, chosen, self._now())
        replies = await self._database.read(reading.replies, entry_id, self._now())
        others = await self._database.read(reading.others, entry_id)

        def compare() -> FaqBehind:
            texts = [tidied(each.text) for each in messages]
            words = common_words(texts[:MOST_COMPARED], others) if len(texts) > 1 else ()
            return FaqBehind(messages, words, best_reply(replies), len(replies))

        return await asyncio.to_thread(compare)

    def impersonal(self, text: str) -> str:
        """A reply without what concerned one customer: for everybody to read. Answers at once."""
        lines = [tidied(line) for line in masked(text).split("\n")]
        return "\n".join(lines).strip()

    async def keep(self, entry_id: int, words: FaqWords) -> None:
        """What stands in the editor. No act to undo: `write` makes one of it."""
        await self._database.write(writing.write_words, entry_id, words.tidied(), self._now())

    async def write(self, entry_id: int, words: FaqWords, before: tuple[FaqState, FaqWords] | None = None) -> None:
        """What an entry says, as one act; `before`: how it stood when somebody began to write."""
        stood = await self._database.write(writing.write_words, entry_id, words.tidied(), self._now())
        if before is not None:
            stood = stood._replace(state=before[0], words=before[1].tidied())
        if stood.words != words.tidied():
            self._did(entry_id, stood, "undone.faq_written")

    async def publish(self, entry_id: int, url: str) -> None:
        """It stands there now. Raises UserMistake (field `url`, `question` or `answer`)."""
        url = url.strip()
        if not _is_address(url):
            raise UserMistake(message("faq.no_address"), field="url")
        await self._change(entry_id, "undone.faq_published", lambda stands: _published(stands, url, self._now()))

    async def withdraw(self, entry_id: int) -> None:
        """It is a draft again."""
        await self._change(
            entry_id, "undone.faq_withdrawn", lambda stands: stands._replace(state=FaqState.DRAFT, published_at=None)
        )

    async def hide(self, entry_id: int, *, hidden: bool = True) -> None:
        """No question for the FAQ; or one after all."""
        await self._change(
            entry_id,
            "undone.faq_hidden" if hidden else "undone.faq_shown",
            lambda stands: stands._replace(state=FaqState.HIDDEN if hidden else _shown_state(stands)),
        )

    async def merge(self, kept_id: int, other_ids: Sequence[int]) -> None:
        """They ask the same: one entry has the messages of all."""
        others = [number for number in other_ids if number != kept_id]
        if not others:
            return
        done: list[writing.Merged] = []

        async def forth() -> None:
            done[:] = [await self._database.write(writing.merge, kept_id, others, self._now())]

        async def back() -> None:
            await self._database.write(writing.separate, done[0], self._now())

        await forth()
        self._undo.did(Act(message("undone.faq_merged"), back, forth))

    async def move_out(self, message_ids: Sequence[int], to: int | None = None) -> None:
        """These messages ask something else: what another entry says (`to`), or nothing that belongs here."""
        done: list[writing.Moved] = []

        def act(session: Session) -> list[writing.Moved]:
            place = writing.apart(session, self._now()) if to is None else to
            return writing.move(session, writing.asked_by(session, message_ids), place)

        async def forth() -> None:
            done[:] = await self._database.write(act)

        async def back() -> None:
            await self._database.write(writing.put_back, list(done))

        await forth()
        if done:
            self._undo.did(Act(message("undone.faq_moved", n=len(done)), back, forth))

    async def make_answer(self, entry_id: int) -> int:
        """An answer of the playbook with these words and the messages as its examples; answers its id. Raises UserMistake (field
        `question` or `answer`).
        """
        category, words = await self._database.read(reading.entry, entry_id)
        if not words.question:
            raise UserMistake(message("faq.no_question"), field="question")
        if not words.answer:
            raise UserMistake(message("faq.no_answer"), field="answer")
        examples = [
            (language or "en", masked(tidied(text)))
            for language, text in await self._database.read(reading.texts_of, entry_id, MOST_EXAMPLES)
        ]
        made: list[int] = []

        def act(session: Session) -> tuple[int, writing.Stands]:
            before = writing.stands(session, entry_id)
            number = _answer_from(session, category, words, examples, self._now())
            writing.restore(session, entry_id, before._replace(answer_id=number), self._now())
            return number, before

        number, before = await self._database.write(act)
        made.append(number)

        def take_back(session: Session) -> None:
            playbook_writing.remove(session, made[0], self._now())
            writing.restore(session, entry_id, before, self._now())

        def again(session: Session) -> None:
            playbook_writing.bring_back(session, made[0])
            writing.restore(session, entry_id, before._replace(answer_id=made[0]), self._now())

        self._undo.did(Act(message("undone.faq_answer_made"), self._writes(take_back), self._writes(again)))
        return number

    # -- inside

    def _now(self) -> int:
        return to_ms(self._clock.now())

    def _writes(self, act: Callable[[Session], T]) -> Callable[[], Awaitable[None]]:
        async def write() -> None:
            await self._database.write(act)

        return write

    async def _change(self, entry_id: int, said: str, change: Callable[[writing.Stands], writing.Stands]) -> None:
        def act(session: Session) -> writing.Stands:
            return writing.restore(session, entry_id, change(writing.stands(session, entry_id)), self._now())

        self._did(entry_id, await self._database.write(act), said)

    def _did(self, entry_id: int, before: writing.Stands, said: str) -> None:
        """An act on one entry: taking it back makes it stand as it did."""
        stood = [before]

        async def turn() -> None:
            stood[0] = await self._database.write(writing.restore, entry_id, stood[0], self._now())

        self._undo.did(Act(message(said), turn, turn))


def best_reply(replies: Sequence[FaqReply]) -> FaqReply | None:
    """Of those that held: what was said from the playbook most often, else what is most like the others of its language."""
    held = [each for each in replies if each.held and len(tidied(each.text)) >= SHORTEST_REPLY]
    if not held:
        return None
    titles = Counter(each.answer_title for each in held if each.answer_title)
    if titles:
        often = max(titles, key=lambda title: (titles[title], title))
        held = [each for each in held if each.answer_title == often]
    languages = Counter(each.language for each in held)
    spoken = max(languages, key=lambda language: (languages[language], language))
    some = [each for each in held if each.language == spoken][:MOST_COMPARED]
    return some[most_typical([tidied(each.text) for each in some])]


def _published(stands: writing.Stands, url: str, now_ms: int) -> writing.Stands:
    if not stands.words.question:
        raise UserMistake(message("faq.no_question"), field="question")
    if not stands.words.answer:
        raise UserMistake(message("faq.no_answer"), field="answer")
    return stands._replace(state=FaqState.PUBLISHED, url=url, published_at=stands.published_at or now_ms)


def _shown_state(stands: writing.Stands) -> str:
    if stands.published_at:
        return FaqState.PUBLISHED
    return FaqState.DRAFT if stands.words.answer else FaqState.ASKED


def _is_address(url: str) -> bool:
    bare = url.removeprefix("https://").removeprefix("http://")
    host = bare.split("/")[0].split("?")[0].split("#")[0]
    return bool(host) and "." in host.strip(".") and not any(sign.isspace() for sign in url)


def _answer_from(
    session: Session, category: Category, words: FaqWords, examples: Sequence[tuple[str, str]], now_ms: int
) -> int:
    main = next(iter(words.answer))
    title = {
        language: text[:LONGEST_TITLE] for language, text in words.question.items() if language in words.answer
    } or {main: words.asked_in(main)[:LONGEST_TITLE]}
    content = AnswerContent(
        category, main, title, tuple(WordingRow(language, text) for language, text in words.answer.items())
    )
    key = playbook_writing.free_key(
        session, key_of(title.get(main) or next(iter(title.values()))).replace("-", "_") or "faq"
    )
    number = playbook_writing.create(session, key, content, now_ms)
    for language, text in examples:
        if text:
            playbook_writing.add_example(session, number, language, text)
    return number
