"""What commands and screens may ask about the playbook, as Protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from app.models.answer_content import AnswerContent
from app.models.playbook import (
    AnswerFigures,
    ExampleRow,
    FactRow,
    ListFigures,
    PlaybookAnswer,
    PreviewPerson,
    VersionRow,
    WordingRow,
)
from app.runtime.words import Message


class PlaybookQueries(Protocol):
    """Reads of the playbook."""

    def answers(self) -> list[PlaybookAnswer]:
        """All that were not removed, by category and key."""

    def answer_figures(self) -> Mapping[int, ListFigures]:
        """How each did within ninety days; those never used are not in it."""

    def figures_of(self, answer_id: int) -> AnswerFigures: ...

    def answer_versions(self, answer_id: int) -> list[VersionRow]: ...

    def examples_of(self, answer_id: int) -> list[ExampleRow]:
        """Messages it fits, by language."""

    def answer_drafts(self) -> Mapping[int, str]:
        """What is being written and not saved, by answer (0: a new one)."""

    def facts(self) -> list[FactRow]: ...

    def preview_people(self) -> list[PreviewPerson]:
        """The customers who wrote last."""

    def wording_uses(self, answer_id: int, conversation_id: int) -> Mapping[int, tuple[int, int]]:
        """(last use for the customer of a conversation, last use at all) of each wording; 0: never."""


class RenderedAnswer(Protocol):
    """A wording filled in for one customer."""

    @property
    def text(self) -> str: ...

    @property
    def filled(self) -> Sequence[tuple[int, int]]: ...

    @property
    def troubles(self) -> Sequence[Message]:
        """Why it must not be sent."""

    @property
    def may_be_sent(self) -> bool: ...


class PlaybookService(Protocol):
    """Writing the playbook, and rendering its answers. What changes something can be taken back."""

    async def create(self, content: AnswerContent) -> int:
        """Raises UserMistake (field `title` or `text`) for one without a title or without any text."""

    async def save(self, answer_id: int, content: AnswerContent) -> bool:
        """Keep how it was as a version; whether anything changed."""

    async def duplicate(self, answer_id: int) -> int: ...

    async def remove(self, answer_id: int) -> None: ...

    async def go_back(self, answer_id: int, version_id: int) -> None:
        """Make a former version the present one; the present one becomes a version."""

    async def keep_draft(self, answer_id: int, content: AnswerContent) -> None:
        """What stands in the editor (0: of a new answer)."""

    async def forget_draft(self, answer_id: int) -> None: ...

    async def take_starter(self) -> int:
        """Take the twelve answers that come with the program; answers how many were new."""

    async def add_example(self, answer_id: int, language: str, text: str) -> None:
        """A message that the answer fits; suggestions learn from it."""

    async def remove_example(self, example_id: int) -> None: ...

    async def add_fact(self, title: str, text: Mapping[str, str], expires_on: date | None) -> str:
        """Answers its key. Raises UserMistake (field `title` or `text`)."""

    async def change_fact(self, fact_id: int, title: str, text: Mapping[str, str], expires_on: date | None) -> None: ...

    async def remove_fact(self, fact_id: int) -> None: ...

    def today(self) -> date:
        """The day it is for the shop; answers at once."""

    def day(self, text: str, language: str = "") -> date | None:
        """A day as somebody typed it ("31 dec", "in 3 weeks"); None for anything else. Answers at once."""

    def choose(
        self, answer: PlaybookAnswer, language: str, uses: Mapping[int, tuple[int, int]], *, is_long: bool = False
    ) -> WordingRow | None:
        """Whose turn it is among the wordings in this language and in the shop's form of address; None where there is none."""

    def render(
        self, answer: PlaybookAnswer, wording: WordingRow, values: Mapping[str, str], facts: Sequence[FactRow]
    ) -> RenderedAnswer:
        """The words for one customer, what is still empty, and what speaks against sending them."""

    def style(self, text: str, language: str, posts: int = 1) -> Sequence[Message]:
        """What in a reply is not the shop's style; answers at once."""


class LeftOut(Protocol):
    """A row of a file that could not be read."""

    @property
    def line(self) -> int: ...

    @property
    def reason(self) -> Message: ...


class BroughtIn(Protocol):
    """What came of a file."""

    @property
    def answers(self) -> int:
        """New ones."""

    @property
    def examples(self) -> int: ...

    @property
    def known(self) -> int:
        """Answers that were there before and stay as they are."""

    @property
    def wrong(self) -> Sequence[LeftOut]: ...


class PlaybookFilesService(Protocol):
    """Playbooks as files, CSV or JSON."""

    async def import_file(self, path: Path) -> BroughtIn:
        """Right rows are kept, wrong ones named. Raises UserMistake where there is nothing to read."""

    async def export_file(self, path: Path) -> int:
        """All answers; answers how many."""
