"""The FAQ as plain data: questions that are asked often, what stands behind them, and what their published answers save."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from app.models.conversation import Category
from app.models.folding import fold


class FaqState(StrEnum):
    """Where a question of the FAQ stands."""

    ASKED = "asked"
    """Found among the messages; nobody wrote anything for it yet."""
    DRAFT = "draft"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    """No question for a FAQ; what is like it stays there and is not shown again."""


class FaqWords(NamedTuple):
    """What an entry says, by language."""

    question: Mapping[str, str] = {}
    answer: Mapping[str, str] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.question, *self.answer]))

    def tidied(self) -> FaqWords:
        """Without what is empty."""
        return FaqWords(*({language: text.strip() for language, text in each.items() if text.strip()} for each in self))

    @property
    def main(self) -> str:
        """The language that it was written in first; empty while there is none."""
        return next(iter(self.languages), "")

    def said_in(self, language: str) -> tuple[str, str]:
        """Question and answer, empty where there is none."""
        return self.question.get(language, ""), self.answer.get(language, "")

    def asked_in(self, language: str) -> str:
        """The question in a language, else in the first that it has."""
        return self.question.get(language) or next(iter(self.question.values()), "")


def older_after(before: FaqWords, now: FaqWords, older: Sequence[str]) -> tuple[str, ...]:
    """Which languages are older than the main one after a change; `older`: those that were before it."""
    main = now.main
    behind = set(older)
    if any(before.said_in(main)) and before.said_in(main) != now.said_in(main):
        behind |= set(now.languages)
    fresh = {each for each in now.languages if now.said_in(each) != before.said_in(each)}
    return tuple(each for each in now.languages if each in behind and each not in fresh and each != main)


class FaqFilter(NamedTuple):
    """Which messages are counted."""

    days: int = 28
    account_id: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class FaqRow:
    """One entry as the list shows it."""

    id: int
    state: FaqState
    category: Category
    words: FaqWords
    count: int
    """How often it was asked in the period."""
    before: int | None
    """In the period before; None while messages do not reach back so far."""
    languages: tuple[str, ...] = ()
    """Of the messages, the most frequent first."""
    conversations: int = 0
    linked: int = 0
    """Of the conversations, those in which its link was sent."""
    sent: int = 0
    """How often its link was sent at all."""
    judged: int = 0
    """Of those, the ones old enough to say whether they solved something."""
    solved: int = 0
    url: str = ""
    answer_id: int | None = None
    published_at: datetime | None = None
    position: int = 0
    older: tuple[str, ...] = ()
    """Languages in which it says what it said before its main one was changed."""

    @property
    def trend(self) -> Trend | None:
        return trend(self.count, self.before)


class Trend(NamedTuple):
    """How a count stands to the one before. `way`: 1 more, 0 alike, -1 fewer; `new`: there was none before."""

    way: int
    by: int
    new: bool = False


def trend(now: int, before: int | None) -> Trend | None:
    """None where nothing can be said."""
    if before is None or (not now and not before):
        return None
    return Trend((now > before) - (now < before), abs(now - before), new=before == 0)


class FaqMessage(NamedTuple):
    """A message behind an entry."""

    id: int
    conversation_id: int
    author: str
    network: str
    text: str
    language: str
    at: datetime
    by_hand: bool = False


class FaqReply(NamedTuple):
    """A reply that was given to one of the questions."""

    text: str
    language: str
    conversation_id: int
    at: datetime
    held: bool
    """The customer did not come back to it, or not yet."""
    answer_title: str = ""
    answer_id: int | None = None


class FaqBehind(NamedTuple):
    """All that is shown beside an entry."""

    messages: Sequence[FaqMessage] = ()
    """The newest ones."""
    words: tuple[str, ...] = ()
    """Those that hold them together."""
    best: FaqReply | None = None
    replies: int = 0
    """How many replies it was chosen from."""


class FaqListing(NamedTuple):
    """The FAQ as the page shows it."""

    rows: Sequence[FaqRow] = ()
    questions: int = 0
    """Of the period, grouped or not, as they were counted last."""
    gathered_at: datetime | None = None
    reach: datetime | None = None
    """The oldest message that was looked at."""
    hidden: int = 0
    languages: tuple[str, ...] = ()
    """Of all messages behind the rows."""


class FaqLink(NamedTuple):
    """A published entry, for who writes a reply."""

    entry_id: int
    question: str
    answer: str
    url: str
    language: str

    def holds(self, typed: str) -> bool:
        """Whether question or answer have all words that were typed, whatever their accents."""
        words = fold(f"{self.question} {self.answer}")
        return all(word in words for word in fold(typed).split())


class FaqGathered(NamedTuple):
    """What a search for questions brought."""

    questions: int = 0
    added: int = 0
    """Messages that came to an entry."""
    groups: int = 0
    """New entries."""
    stopped: bool = False
    by_meaning: bool = False


class FaqEntryWords(NamedTuple):
    """An entry to be exported: in one language."""

    question: str
    answer: str
    key: str
    """For its anchor."""
