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
from app.models.playbook_file import FilePlan, Fixed, Imported, WrongRow
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

    def refused_answers(self, message_id: int) -> frozenset[str]:
        """The keys of the answers that the user said do not fit a message."""


class EmptyPlace(Protocol):
    """A placeholder that waits for a value."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> str:
        """What the user calls it."""


class RenderedAnswer(Protocol):
    """A wording filled in for one customer."""

    @property
    def text(self) -> str: ...

    @property
    def filled(self) -> Sequence[tuple[int, int]]: ...

    @property
    def empty(self) -> Sequence[EmptyPlace]: ...

    @property
    def troubles(self) -> Sequence[Message]:
        """Why it must not be sent."""

    @property
    def about(self) -> Sequence[str]:
        """The words of the text that each trouble is about."""

    @property
    def values(self) -> Sequence[tuple[str, str]]:
        """(placeholder in braces, what stands in its place)."""

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

    async def take_starter(self, language: str = "") -> int:
        """Take those of the twelve answers that are not here, with `language` as their main one; answers how many."""

    async def add_wording(self, answer_id: int, wording: WordingRow) -> bool:
        """One more way to say it; false where it is there already."""

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

    def known(self, language: str) -> Mapping[str, str]:
        """Values of placeholders that are the shop's: its hours; answers at once."""

    def style(self, text: str, language: str, posts: int = 1) -> Sequence[Message]:
        """What in a reply is not the shop's style; answers at once."""


class PlaybookFilesService(Protocol):
    """Playbooks as files, CSV or JSON."""

    async def preview(self, path: Path, fixed: Fixed = ...) -> FilePlan:
        """What bringing a file in would do; nothing is changed. Raises UserMistake where there is nothing to read."""

    async def import_file(self, path: Path, fixed: Fixed = ..., *, leave: bool = False) -> Imported:
        """Right rows are kept, wrong ones named; one act that can be taken back. `leave`: answers that are here stay as they are."""

    async def export_file(self, path: Path) -> int:
        """All answers and facts, pictures in a folder beside the file; answers how many answers."""

    async def save_left_out(self, path: Path, wrong: Sequence[WrongRow], reasons: Sequence[str]) -> None:
        """The rows that were left out, to be mended in a spreadsheet; `reasons` as the user reads them."""
