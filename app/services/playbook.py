"""The playbook: its answers and facts are written here, and rendered for a customer; each act can be taken back."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from app.language.filling import Rendered, render, waits
from app.language.manners import Manners, style_complaints, words_of
from app.language.open_hours import hours_in_words
from app.language.typed_time import moment
from app.models.answer_content import AnswerContent, content_of, from_json, to_json
from app.models.conversation import Category
from app.models.playbook import Address, FactRow, PlaybookAnswer, WordingRow
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.settings import Answer, Settings, Shop, Style
from app.runtime.words import Message, message
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import playbook as reading
from app.store.writing import playbook as writing
from app.store.writing import playbook_import as importing

PLACEHOLDER = re.compile(r"\{(\w+)\}")
LONGEST_KEY = 60
LONGEST_EXAMPLE = 2000


class Playbook:
    """The acts, each one transaction that can be taken back; and what the reply box asks while somebody writes, answered at once."""

    def __init__(
        self,
        database: Database,
        undo: Undo,
        clock: Clock,
        settings: Settings,
        starter: Callable[[], list[PlaybookAnswer]],
    ) -> None:
        """`starter` reads the answers that come with the program."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._settings = settings
        self._starter = starter

    # -- answers

    async def create(self, content: AnswerContent) -> int:
        """A new answer; the draft of it is gone."""
        content = _checked(content)
        made = await self._database.write(_create, content, self._now())
        self._did_create(made, "undone.answer_created")
        return made

    async def save(self, answer_id: int, content: AnswerContent) -> bool:
        """Each save keeps how it was; whether anything changed."""
        content = _checked(content)
        before, changed = await self._database.write(_save, answer_id, content, self._now())
        if changed:
            self._did_change(answer_id, before, content, "undone.answer_saved")
        return changed

    async def duplicate(self, answer_id: int) -> int:
        """The same words once more, under the same title with a number."""
        made = await self._database.write(_duplicate, answer_id, self._now())
        self._did_create(made, "undone.answer_created")
        return made

    async def remove(self, answer_id: int) -> None:
        """It is offered no more."""

        async def forth() -> None:
            await self._database.write(writing.remove, answer_id, self._now())

        async def back() -> None:
            await self._database.write(writing.bring_back, answer_id)

        await forth()
        self._undo.did(Act(message("undone.answer_removed"), back, forth))

    async def go_back(self, answer_id: int, version_id: int) -> None:
        """A former version is the present one again."""
        found = await self._database.read(reading.versions, answer_id)
        version = next((each for each in found if each.id == version_id), None)
        if version is None:
            raise UserMistake(message("playbook.version_gone"))
        content = from_json(version.content)
        before, changed = await self._database.write(_save, answer_id, content, self._now())
        if changed:
            self._did_change(answer_id, before, content, "undone.answer_went_back")

    async def keep_draft(self, answer_id: int, content: AnswerContent) -> None:
        """What stands in the editor. No act to undo: nothing uses it."""
        await self._database.write(writing.save_draft, answer_id, to_json(content), self._now())

    async def forget_draft(self, answer_id: int) -> None:
        await self._database.write(writing.forget_draft, answer_id)

    async def take_starter(self, language: str = "") -> int:
        """Those of the twelve that are not here, with `language` as their main one where they have it; answers how many."""
        here = {each.key for each in await self._database.read(reading.answers)}
        wanted = [_mainly(each, language) for each in self._starter() if each.key not in here]

        async def take() -> importing.Taken:
            return await self._database.write(importing.take_in, wanted, (), self._now())

        taken = [await take()]

        async def back() -> None:
            await self._database.write(importing.put_back, taken[0], self._now())

        async def forth() -> None:
            taken[0] = await take()

        if taken[0].anything:
            self._undo.did(Act(message("undone.starter_taken"), back, forth))
        return taken[0].new

    async def add_wording(self, answer_id: int, wording: WordingRow) -> bool:
        """One more way to say it; false where it is there already."""
        if not wording.text.strip():
            raise UserMistake(message("playbook.no_text"), field="text")
        if not await self._database.write(writing.add_wording, answer_id, wording, self._now()):
            return False

        async def back() -> None:
            await self._database.write(writing.remove_wording, answer_id, wording, self._now())

        async def forth() -> None:
            await self._database.write(writing.add_wording, answer_id, wording, self._now())

        self._undo.did(Act(message("undone.wording_added"), back, forth))
        return True

    # -- examples

    async def add_example(self, answer_id: int, language: str, text: str) -> None:
        """A message that the answer fits; suggestions learn from it."""
        words = " ".join(text.split())[:LONGEST_EXAMPLE]
        if not words:
            return
        made = [await self._database.write(writing.add_example, answer_id, language, words)]
        if made[0] is None:
            return

        async def back() -> None:
            if made[0] is not None:
                await self._database.write(writing.remove_example, made[0])

        async def forth() -> None:
            made[0] = await self._database.write(writing.add_example, answer_id, language, words)

        self._undo.did(Act(message("undone.example_added"), back, forth))

    async def remove_example(self, example_id: int) -> None:
        """It says nothing of the answer any more."""
        was = await self._database.write(writing.remove_example, example_id)
        if was is None:
            return
        made: list[int | None] = [example_id]

        async def back() -> None:
            made[0] = await self._database.write(writing.add_example, *was)

        async def forth() -> None:
            if made[0] is not None:
                await self._database.write(writing.remove_example, made[0])

        self._undo.did(Act(message("undone.example_removed"), back, forth))

    # -- facts

    async def add_fact(self, title: str, text: Mapping[str, str], expires_on: date | None) -> str:
        """Answers its key, made of the title."""
        words = _fact_words(title, text, expires_on, key_of(title))
        if await self._database.write(writing.has_fact, words.key):
            raise UserMistake(message("playbook.fact_exists", fact=words.title), field="title")
        number = await self._database.write(writing.add_fact, words, self._now())

        async def back() -> None:
            await self._database.write(writing.remove_fact, number, self._now())

        async def forth() -> None:
            await self._database.write(writing.remove_fact, number, None)

        self._undo.did(Act(message("undone.fact_added"), back, forth))
        return words.key

    async def change_fact(self, fact_id: int, title: str, text: Mapping[str, str], expires_on: date | None) -> None:
        """Other words, or another last day; its key stays, since answers name it."""
        words = _fact_words(title, text, expires_on, "-")
        before = await self._database.write(writing.change_fact, fact_id, words, self._now())

        async def back() -> None:
            await self._database.write(writing.change_fact, fact_id, before, self._now())

        async def forth() -> None:
            await self._database.write(writing.change_fact, fact_id, words, self._now())

        self._undo.did(Act(message("undone.fact_changed"), back, forth))

    async def remove_fact(self, fact_id: int) -> None:
        """Answers that draw on it wait until it is there again."""

        async def forth() -> None:
            await self._database.write(writing.remove_fact, fact_id, self._now())

        async def back() -> None:
            await self._database.write(writing.remove_fact, fact_id, None)

        await forth()
        self._undo.did(Act(message("undone.fact_removed"), back, forth))

    # -- for who writes a reply

    def today(self) -> date:
        """The day it is for the shop."""
        return self._clock.now().astimezone(self._zone()).date()

    def day(self, text: str, language: str = "") -> date | None:
        """A day as somebody typed it; None for anything else, the past among it."""
        found = moment(text, self._clock.now(), self._zone(), language)
        return found.at.astimezone(self._zone()).date() if found.at is not None else None

    def choose(
        self, answer: PlaybookAnswer, language: str, uses: Mapping[int, tuple[int, int]], *, is_long: bool = False
    ) -> WordingRow | None:
        """The wording that this customer did not read for the longest time, then the one that nobody did; such as ask the user for
        something come after those that do not.
        """
        texts = answer.texts or tuple(WordingRow(language, text) for text in answer.wordings.get(language, ()))
        fitting = [text for text in texts if text.language == language and text.is_long == is_long]
        if is_long and not fitting:
            return self.choose(answer, language, uses)
        wanted = self._settings.get(Style).address
        own = [text for text in fitting if text.address == wanted]
        turns = own or [text for text in fitting if text.address is Address.ANY] or fitting
        return min(
            turns,
            key=lambda text: (waits(text.text, language, answer.blanks), uses.get(text.id or 0, (0, 0))),
            default=None,
        )

    def known(self, language: str) -> Mapping[str, str]:
        """Values of placeholders that are the shop's, whoever writes to it."""
        return {"hours": hours_in_words(self._settings.get(Answer).hours, language)}

    def render(
        self, answer: PlaybookAnswer, wording: WordingRow, values: Mapping[str, str], facts: Sequence[FactRow]
    ) -> Rendered:
        """The words for one customer, with what is still empty and what speaks against sending them."""
        own = {**self.known(wording.language), **{name: value for name, value in values.items() if value}}
        return render(wording.text, wording.language, own, answer.blanks, facts, self.today())

    def style(self, text: str, language: str, posts: int = 1) -> tuple[Message, ...]:
        """What in a reply is not the shop's style."""
        style = self._settings.get(Style)
        address = "" if style.address == "any" else style.address
        rules = Manners(address, style.greeting, words_of(style.forbidden), style.posts)
        return style_complaints(text, rules, language, posts=posts)

    # -- inside

    def _now(self) -> int:
        return to_ms(self._clock.now())

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._settings.get(Shop).zone or "UTC")

    def _did_create(self, answer_id: int, said: str) -> None:
        async def back() -> None:
            await self._database.write(writing.remove, answer_id, self._now())

        async def forth() -> None:
            await self._database.write(writing.bring_back, answer_id)

        self._undo.did(Act(message(said), back, forth))

    def _did_change(self, answer_id: int, before: AnswerContent, after: AnswerContent, said: str) -> None:
        async def back() -> None:
            await self._database.write(_save, answer_id, before, self._now())

        async def forth() -> None:
            await self._database.write(_save, answer_id, after, self._now())

        self._undo.did(Act(message(said), back, forth))


def _mainly(answer: PlaybookAnswer, language: str) -> importing.Incoming:
    main = language if language in answer.wordings else answer.main
    content = content_of(replace(answer, main_language=main))
    return importing.Incoming(answer.key, lambda _before: content, answer.examples)


def key_of(title: str) -> str:
    """What texts call a fact: its title in small letters, joined by hyphens."""
    return "-".join(re.findall(r"\w+", title.casefold()))[:LONGEST_KEY].strip("-_")


def _checked(content: AnswerContent) -> AnswerContent:
    content = content.tidied()
    if not content.title:
        raise UserMistake(message("playbook.no_title"), field="title")
    if not content.texts:
        raise UserMistake(message("playbook.no_text"), field="text")
    return content


def _fact_words(title: str, text: Mapping[str, str], expires_on: date | None, key: str) -> writing.FactWords:
    words = " ".join(title.split())
    told = {language: " ".join(each.split()) for language, each in text.items() if each.strip()}
    if not words or not key:
        raise UserMistake(message("playbook.fact_no_title"), field="title")
    if not told:
        raise UserMistake(message("playbook.fact_no_text"), field="text")
    expires = expires_on.isoformat() if expires_on else ""
    return writing.FactWords(key, words, json.dumps(told, ensure_ascii=False), expires)


def _create(session: Session, content: AnswerContent, now_ms: int) -> int:
    title = content.title.get(content.main_language) or next(iter(content.title.values()))
    key = writing.free_key(session, key_of(title).replace("-", "_") or "answer")
    return writing.create(session, key, writing.without_ids(content), now_ms)


def _save(session: Session, answer_id: int, content: AnswerContent, now_ms: int) -> tuple[AnswerContent, bool]:
    before = writing.content_now(session, answer_id)
    return before, writing.save(session, answer_id, content, now_ms)


def _duplicate(session: Session, answer_id: int, now_ms: int) -> int:
    content = writing.content_now(session, answer_id)
    return _create(
        session, replace(content, title={lang: f"{words} 2" for lang, words in content.title.items()}), now_ms
    )


def wording(
    answers: Sequence[PlaybookAnswer], category: Category, language: str, values: Mapping[str, str]
) -> str | None:
    """The first wording for `category` in `language` whose placeholders all have a value; None where there is none.

    Never in another language: a customer is answered in their own, or by the user's own words.
    """
    for answer in answers:
        if answer.category is category:
            for text in answer.wordings.get(language, ()):
                filled = fill(text, values)
                if filled is not None:
                    return filled
    return None


def fill(text: str, values: Mapping[str, str]) -> str | None:
    """The text with its placeholders replaced; None while one has no value."""
    if any(not values.get(name) for name in PLACEHOLDER.findall(text)):
        return None
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)
