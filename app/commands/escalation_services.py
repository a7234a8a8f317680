"""What commands and screens may ask about escalations: questions to managers and what came back, as Protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.models.escalation import (
    Asked,
    Asking,
    EscalationRow,
    Goes,
    HoldingLine,
    MailPreview,
    ManagerChoice,
    SheetDraft,
    WaitRow,
)
from app.models.letter import LetterKind
from app.models.manager import ManagerRow
from app.models.playbook import FactRow, PlaybookAnswer
from app.runtime.signals import Signal


class EscalationQueries(Protocol):
    """Reads of escalations."""

    def open_escalations(self, customer_id: int) -> list[EscalationRow]:
        """In any conversation of a customer, the newest first."""

    def waits(self) -> list[WaitRow]:
        """Every open one, for the list of conversations."""

    def sheet_draft(self, conversation_id: int) -> SheetDraft | None:
        """What was left in the sheet."""


class EscalationsService(Protocol):
    """Asking a manager, and what becomes of it. What changes something can be taken back."""

    taken_back: Signal[int]
    """The conversation of a question that was taken back: what stood in its sheet is there again."""
    reminded: Signal[Sequence[int]]
    """Conversations that came back because nobody answered."""

    def choices(self, managers: Sequence[ManagerRow], category: str, text: str, language: str) -> list[ManagerChoice]:
        """The most fitting first; answers at once, as the next three."""

    def remind_at(self, manager: ManagerRow) -> datetime: ...

    def promise_at(self, remind: datetime) -> datetime: ...

    def line(
        self,
        answers: Sequence[PlaybookAnswer],
        facts: Sequence[FactRow],
        language: str,
        values: Mapping[str, str],
        manager: str,
        promise_at: datetime | None,
    ) -> HoldingLine:
        """What the customer is told while the manager decides, in their language."""

    async def preview(self, asking: Asking, goes: Goes) -> MailPreview: ...

    async def keep_draft(self, conversation_id: int, draft: SheetDraft) -> None: ...

    async def ask(self, asking: Asking, goes: Goes) -> Asked:
        """Owe the letter, and what the customer is told. Raises UserMistake (field `manager`, `question`, `remind`, `told`, `promise`)."""

    async def hand_over(self, asking: Asking) -> tuple[Asked, Path]:
        """As a file for the user's own mail program."""

    async def use(self, letter_id: int, conversation_id: int) -> None:
        """A letter was made into the reply."""

    async def close(self, escalation_id: int) -> None: ...

    async def wait_longer(self, escalation_id: int, remind: datetime) -> None: ...

    async def answered_elsewhere(self, escalation_id: int, text: str) -> None: ...

    async def judge(self, letter_id: int, *, is_answer: bool) -> None: ...


class LetterNews(Protocol):
    """A letter that came in and belongs to something here."""

    @property
    def conversation_id(self) -> int: ...

    @property
    def kind(self) -> LetterKind: ...

    @property
    def name(self) -> str: ...


class LettersService(Protocol):
    """The way in for e-mail."""

    came: Signal[Sequence[LetterNews]]
