"""Escalations as plain data: a question to a manager about a conversation, what came back of it, and the sheet in which it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from app.models.letter import LetterKind
from app.models.manager import ManagerRow
from app.models.outbox import DeliveryState
from app.runtime.clock import from_ms, to_ms


class EscalationState(StrEnum):
    """Where a question to a manager stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    BOUNCED = "bounced"
    """The letter came back: it reached nobody."""
    CLOSED = "closed"
    """Ended without an answer."""


class Why(StrEnum):
    """Why a conversation goes to a manager. In the order in which they are offered."""

    DECISION = "decision"
    SLOW = "slow"
    DISPUTE = "dispute"
    PRIVATE = "private"


class Goes(StrEnum):
    """How a question leaves."""

    BOTH = "both"
    """The letter, and a word to the customer."""
    MAIL = "mail"
    """The letter alone."""
    BY_HAND = "by_hand"
    """The letter, in the user's own mail program."""


class LetterRow(NamedTuple):
    """One letter of an escalation, as screens show it. Everything in it was written by strangers."""

    id: int
    kind: LetterKind
    from_name: str
    from_address: str
    subject: str
    text: str
    """What is new in it."""
    at: datetime
    is_ours: bool = False
    read: bool = False
    used_at: datetime | None = None
    """When it was made into the reply to the customer."""
    attachments: tuple[tuple[str, int], ...] = ()
    """(name, bytes) of what hangs on it, and stays in the mailbox."""
    whole: str = ""


class EscalationRow(NamedTuple):
    """A question to a manager, with what came back. Times are aware UTC."""

    id: int
    conversation_id: int
    manager_id: int
    manager: str
    """The manager's name."""
    role: str
    address: str
    state: EscalationState
    question: str
    subject: str
    asked_at: datetime
    remind_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    reasons: tuple[Why, ...] = ()
    delivery: DeliveryState | None = None
    """Of the letter; None where it was handed to the user's own mail program."""
    outbox_id: int | None = None
    trouble: str = ""
    """A `Message` as JSON: why the letter did not leave."""
    letters: tuple[LetterRow, ...] = ()
    """What came in, newest first."""

    @property
    def first_name(self) -> str:
        return self.manager.split()[0] if self.manager.split() else self.address

    def is_overdue(self, now: datetime) -> bool:
        """Whether the reminder's time has passed without an answer."""
        return self.state is EscalationState.WAITING and self.remind_at is not None and self.remind_at <= now

    @property
    def answer(self) -> LetterRow | None:
        """The newest answer that was not made into a reply yet."""
        fresh = [each for each in self.letters if each.kind in ANSWERS]
        return fresh[0] if fresh and fresh[0].used_at is None else None


ANSWERS = (LetterKind.ANSWER, LetterKind.FORWARD)
"""Letters that answer the question."""


class WaitRow(NamedTuple):
    """An open escalation as the list of conversations shows it."""

    conversation_id: int
    manager: str
    state: EscalationState
    remind_at: datetime | None


class ManagerChoice(NamedTuple):
    """A manager as the sheet offers one."""

    row: ManagerRow
    fits: bool = False
    """The topic is theirs."""
    works_now: bool = True
    works_again: datetime | None = None
    """Where they do not work now: when they do again (aware UTC); None where nobody knows."""


SAVED_AT = "saved_at"
"""Beside the fields of a sheet's draft, as it is kept: UTC milliseconds."""


class SheetDraft(NamedTuple):
    """What stands in the sheet: kept at pauses, given back after Esc, a crash and undo."""

    manager_id: int | None = None
    reasons: tuple[Why, ...] = ()
    question: str = ""
    left_out: tuple[str, ...] = ()
    """What does not go along: "m12" a message, "n3" a note, "p12.0" a picture."""
    with_orders: bool = False
    remind_at: datetime | None = None
    told: str = ""
    """What the customer is told."""
    told_is_own: bool = False
    """The user changed it: it is not written anew."""
    private: bool | None = None
    """None: as the customer wrote."""
    promise_at: datetime | None = None
    answer_key: str = ""
    """The playbook's answer that `told` came from."""
    again_of: int | None = None
    """The escalation that is asked again."""

    @property
    def is_empty(self) -> bool:
        """Nothing in it was the user's own: there is nothing to keep."""
        return not self.question.strip() and not self.told_is_own

    def to_json(self, saved_at: datetime | None = None) -> str:
        """For the database."""
        values: dict[str, Any] = dict(self._asdict())
        if saved_at is not None:
            values[SAVED_AT] = to_ms(saved_at)
        for name in ("remind_at", "promise_at"):
            values[name] = None if values[name] is None else to_ms(values[name])
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> SheetDraft:
        """What cannot be used is left at its default: a draft is never lost over one field."""
        try:
            read = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(read, dict):
            return cls()
        known = {name: read[name] for name in cls._fields if name in read}
        for name in ("remind_at", "promise_at"):
            known[name] = from_ms(known[name]) if isinstance(known.get(name), int) else None
        known["reasons"] = tuple(Why(each) for each in known.get("reasons", ()) if each in set(Why))
        known["left_out"] = tuple(str(each) for each in known.get("left_out", ()))
        return cls(**known)


class Asking(NamedTuple):
    """What leaves with a question: the sheet, and the reply as its network takes it."""

    conversation_id: int
    draft: SheetDraft
    parts: tuple[str, ...] = ()
    """Of what the customer is told; empty where nothing is told."""


class Asked(NamedTuple):
    """What became of it."""

    escalation_id: int
    reply_id: int | None
    manager: str


class MailPreview(NamedTuple):
    """The letter as it will leave."""

    to_name: str
    to: str
    sender: str
    """The address it leaves from; empty without a mailbox."""
    subject: str
    text: str
    attached: tuple[str, ...] = ()
    """What the pictures that go along are called."""


class HoldingLine(NamedTuple):
    """What the customer is told while a manager decides."""

    title: str
    text: str
    filled: tuple[tuple[int, int], ...] = ()
    """Where something was filled in, [start, end) in code points."""
    answer_key: str = ""
    values: Mapping[str, str] = {}
