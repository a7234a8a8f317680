"""The playbook as plain data: answers with their wordings, placeholders and what follows sending; facts; how answers do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from app.models.conversation import Category
from app.models.post import Picture

WARNED_DAYS = 3
"""So long before a fact expires it is told."""


class Address(StrEnum):
    """How a wording addresses the customer: "tú" or "usted"."""

    ANY = ""
    INFORMAL = "informal"
    FORMAL = "formal"


@dataclass(frozen=True, slots=True)
class WordingRow:
    """One wording of an answer."""

    language: str
    text: str
    address: Address = Address.ANY
    is_long: bool = False
    """The form for e-mail, which no network is offered."""
    id: int | None = field(default=None, compare=False)
    changed_at: datetime | None = field(default=None, compare=False)
    """When its words changed last (aware UTC); None where that is not known."""


class Blank(NamedTuple):
    """A placeholder of an answer, as the user described it. One that nobody described is required and has no fallback."""

    name: str
    label: str = ""
    fallback: Mapping[str, str] = {}
    """What stands there without a value, by language."""
    required: bool = True
    """Sending waits for a value. Otherwise the place is closed up where there is none."""


class AfterSending(NamedTuple):
    """What happens to the conversation once the answer was sent."""

    category: str = ""
    """Empty: it keeps its own."""
    done: bool = False
    snooze_hours: int = 0
    escalate: bool = False
    """The sheet to a manager opens."""
    promise_hours: int = 0
    """What the answer promises is remembered, due so many hours after sending; 0: it promises nothing."""


NOTHING_AFTER = AfterSending()


@dataclass(frozen=True, slots=True)
class PlaybookAnswer:
    """One prepared answer: title and wordings by language (ISO 639-1)."""

    key: str
    category: Category
    title: Mapping[str, str]
    wordings: Mapping[str, tuple[str, ...]]
    """Those for networks, whatever their form of address; `texts` has all of them with what is known of each."""
    tags: tuple[str, ...] = ()
    uses: int = 0
    id: int | None = field(default=None, compare=False)
    """None until stored."""
    main_language: str = field(default="", compare=False)
    texts: tuple[WordingRow, ...] = field(default=(), compare=False)
    """Empty for answers that were not read from the data file: then `wordings` has all there is."""
    blanks: tuple[Blank, ...] = ()
    after: AfterSending = NOTHING_AFTER
    review_on: date | None = None
    pictures: tuple[Picture, ...] = ()
    """What goes along with it, in this order; files in the profile's media folder."""
    changed_at: datetime | None = field(default=None, compare=False)
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    """Messages it fits, by language, of an answer that comes in; one that was read from the data file has them there."""

    @property
    def main(self) -> str:
        """The language it is written in first; empty where it has none at all."""
        return self.main_language or next(iter(self.wordings), next(iter(self.title), ""))

    def titled(self, language: str) -> str:
        """Its title in a language, else in its own."""
        return self.title.get(language) or self.title.get(self.main) or next(iter(self.title.values()), self.key)


class FactRow(NamedTuple):
    """Something that answers say and that changes: a shipping time, a price."""

    id: int
    key: str
    title: str
    text: Mapping[str, str]
    """By language."""
    expires_on: date | None = None
    """The last day on which it holds, in the shop's calendar."""
    changed_at: datetime | None = None
    used_by: int = 0
    """How many answers draw on it."""

    def expired(self, today: date) -> bool:
        """Whether it holds no more."""
        return self.expires_on is not None and self.expires_on < today

    def expires_soon(self, today: date) -> bool:
        """Whether it holds still, but for no more than three days."""
        return self.expires_on is not None and 0 <= (self.expires_on - today).days <= WARNED_DAYS


class PlaybookCare(NamedTuple):
    """What of the playbook wants looking at: facts by title, answers by number."""

    expired: tuple[str, ...] = ()
    """Facts that hold no more and that answers draw on."""
    expiring: tuple[str, ...] = ()
    """Those that end within three days."""
    to_review: int = 0
    """Answers whose review day has come."""


ALL_WELL = PlaybookCare()


class ListFigures(NamedTuple):
    """How an answer does, as the list shows it."""

    uses: int
    judged: int
    """Uses that are old enough to say whether they solved something."""
    solved: int
    edited: int = 0
    """Uses whose words were changed before they went."""


class AnswerFigures(NamedTuple):
    """How an answer does: uses of the last ninety days and what came of them."""

    uses: int = 0
    judged: int = 0
    solved: int = 0
    """The customer did not write again within 72 hours, but for a thanks."""
    edited: int = 0
    weeks: tuple[int, ...] = ()
    """Uses in each of the last thirteen weeks, the oldest first."""
    examples: int = 0
    addition: str = ""
    """What was added before sending more than once; empty for nothing."""

    @property
    def reopened(self) -> int:
        return self.judged - self.solved


class ExampleRow(NamedTuple):
    """A message of a customer that an answer fits."""

    id: int
    language: str
    text: str


class VersionRow(NamedTuple):
    """An answer as it was; `content` is for models/answer_content.py."""

    id: int
    at: datetime
    content: str


class PreviewPerson(NamedTuple):
    """A customer to show an answer with."""

    name: str
    handle: str = ""
    order: str = ""
