"""Managers, and services for asking them, made of lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.models.escalation import (
    Asked,
    Asking,
    EscalationRow,
    EscalationState,
    Goes,
    HoldingLine,
    MailPreview,
    ManagerChoice,
    SheetDraft,
    WaitRow,
)
from app.models.mailbox import MailboxRow
from app.models.manager import ManagerRow
from app.models.playbook import FactRow, PlaybookAnswer
from app.runtime.errors import UserMistake
from app.runtime.signals import Signal
from app.services.manager_choice import promise_at
from tests.fakes.clock import FakeClock

HECTOR = ManagerRow(
    1,
    "Héctor Lima",
    "Warehouse and customs",
    "hector@discosaurora.example",
    ("order", "customs"),
    ("es",),
    usual_minutes=300,
)
MARTA = ManagerRow(
    2,
    "Marta Ríos",
    "Customer care, refunds",
    "marta@discosaurora.example",
    ("refund",),
    ("es", "en"),
    usual_minutes=120,
)
BOX = MailboxRow(9, "lucia@discosaurora.example", "smtp.example", "imap.example", sender_name="Lucía")
ZONE = ZoneInfo("America/Mexico_City")


class FakeEscalations:
    """`asked` notes what was sent; `refuses` is raised instead, once."""

    def __init__(self, clock: FakeClock) -> None:
        self.taken_back: Signal[int] = Signal()
        self.reminded: Signal[Sequence[int]] = Signal()
        self.clock = clock
        self.managers = [HECTOR, MARTA]
        self.mailboxes = [BOX]
        self.drafts: dict[int, SheetDraft] = {}
        self.asked: list[tuple[Asking, Goes]] = []
        self.did: list[tuple[Any, ...]] = []
        self.refuses: UserMistake | None = None
        self.rows: dict[int, EscalationRow] = {}

    def waits(self) -> list[WaitRow]:
        return [
            WaitRow(row.conversation_id, row.manager, row.state, row.remind_at)
            for row in self.rows.values()
            if row.closed_at is None
        ]

    def choices(self, managers: Sequence[ManagerRow], category: str, text: str, language: str) -> list[ManagerChoice]:
        return [ManagerChoice(row) for row in managers]

    def remind_at(self, manager: ManagerRow) -> datetime:
        return self.clock.now() + timedelta(minutes=manager.usual_minutes or 60)

    def promise_at(self, remind: datetime) -> datetime:
        return promise_at(remind, ZONE)

    def line(
        self,
        answers: Sequence[PlaybookAnswer],
        facts: Sequence[FactRow],
        language: str,
        values: Mapping[str, str],
        manager: str,
        promise_at: datetime | None,
    ) -> HoldingLine:
        first = manager.split()[0]
        when = promise_at.astimezone(ZONE).strftime("%d/%m %H:%M") if promise_at is not None else ""
        text = f"{values.get('name', '')}, {first} décide : réponse avant le {when}."
        start = text.index(first)
        return HoldingLine("", text, ((start, start + len(first)),), "", {"manager": first, "when": when})

    async def preview(self, asking: Asking, goes: Goes) -> MailPreview:
        return MailPreview(
            HECTOR.name, HECTOR.email, BOX.address, "Étienne: ?", f"Hola, Héctor:\n\n{asking.draft.question}"
        )

    async def keep_draft(self, conversation_id: int, draft: SheetDraft) -> None:
        if draft.is_empty:
            self.drafts.pop(conversation_id, None)
        else:
            self.drafts[conversation_id] = draft

    async def ask(self, asking: Asking, goes: Goes) -> Asked:
        if self.refuses is not None:
            mistake, self.refuses = self.refuses, None
            raise mistake
        self.asked.append((asking, goes))
        self.drafts.pop(asking.conversation_id, None)
        return Asked(len(self.asked), None, HECTOR.name)

    async def hand_over(self, asking: Asking) -> tuple[Asked, Path]:
        return await self.ask(asking, Goes.BY_HAND), Path("letter.txt")

    async def use(self, letter_id: int, conversation_id: int) -> None:
        self.did.append(("use", letter_id, conversation_id))

    async def close(self, escalation_id: int) -> None:
        self.did.append(("close", escalation_id))

    async def wait_longer(self, escalation_id: int, remind: datetime) -> None:
        self.did.append(("wait", escalation_id, remind))

    async def answered_elsewhere(self, escalation_id: int, text: str) -> None:
        self.did.append(("pasted", escalation_id, text))

    async def judge(self, letter_id: int, *, is_answer: bool) -> None:
        self.did.append(("judge", letter_id, is_answer))


class FakeLetters:
    """Nothing comes by itself."""

    def __init__(self) -> None:
        self.came: Signal[Any] = Signal()


def waiting(conversation_id: int, clock: FakeClock, **more: Any) -> EscalationRow:
    """A question to Héctor about a conversation."""
    now = clock.now()
    row = EscalationRow(
        5,
        conversation_id,
        HECTOR.id,
        HECTOR.name,
        HECTOR.role,
        HECTOR.email,
        EscalationState.WAITING,
        "Can we send the invoice today?",
        "Étienne: invoice",
        now - timedelta(hours=2),
        now + timedelta(hours=3),
    )
    return row._replace(**more)
