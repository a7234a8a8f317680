"""Escalations: those of a conversation or a customer with their letters, and what is waited for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

from app.models.escalation import EscalationRow, EscalationState, LetterRow, SheetDraft, WaitRow, Why
from app.models.letter import LetterKind
from app.models.outbox import DeliveryState
from app.runtime.clock import from_ms

DRAFT = "escalation.draft."
"""Begins the name under which a sheet's draft is kept; the conversation's id follows."""
MOST_LETTERS = 50
MOST_WAITS = 2000

_ESCALATION = (
    "SELECT e.id, e.conversation_id, e.manager_id, m.name, m.role, m.email, e.state, e.question, e.subject, e.asked_at, e.remind_at,"
    " e.answered_at, e.closed_at, e.reasons, o.state, e.outbox_id, coalesce(o.reason, '')"
    " FROM escalation AS e JOIN manager AS m ON m.id = e.manager_id LEFT JOIN outbox AS o ON o.id = e.outbox_id"
)
_LETTER = (
    "SELECT id, kind, from_name, from_address, subject, text, at, is_ours, read, used_at, attachments, whole FROM letter"
    " WHERE escalation_id = ? AND NOT is_ours ORDER BY at DESC, id DESC LIMIT ?"
)


def of_conversation(connection: sqlite3.Connection, conversation_id: int) -> tuple[EscalationRow, ...]:
    """All of them with their letters, the oldest first."""
    found = connection.execute(
        f"{_ESCALATION} WHERE e.conversation_id = ? ORDER BY e.asked_at, e.id", (conversation_id,)
    )
    return tuple(_row(connection, row) for row in found.fetchall())


def of_customer(connection: sqlite3.Connection, customer_id: int) -> list[EscalationRow]:
    """Those that are open, in any conversation of a customer, the newest first."""
    sql = (
        f"{_ESCALATION} WHERE e.conversation_id IN (SELECT id FROM conversation WHERE customer_id = ?) AND e.closed_at IS NULL"
        " ORDER BY e.asked_at DESC, e.id DESC"
    )
    return [_row(connection, row) for row in connection.execute(sql, (customer_id,)).fetchall()]


def escalation(connection: sqlite3.Connection, escalation_id: int) -> EscalationRow | None:
    """One of them, whatever became of it."""
    found = connection.execute(f"{_ESCALATION} WHERE e.id = ?", (escalation_id,)).fetchone()
    return None if found is None else _row(connection, found)


def waits(connection: sqlite3.Connection) -> list[WaitRow]:
    """What is open, for the list of conversations; the newest of a conversation last."""
    sql = (
        "SELECT e.conversation_id, m.name, e.state, e.remind_at FROM escalation AS e INDEXED BY escalation_open"
        " JOIN manager AS m ON m.id = e.manager_id WHERE e.closed_at IS NULL ORDER BY e.id LIMIT ?"
    )
    return [
        WaitRow(number, name, EscalationState(state), _moment(remind_at))
        for number, name, state, remind_at in connection.execute(sql, (MOST_WAITS,))
    ]


def next_reminder(connection: sqlite3.Connection) -> datetime | None:
    """When the first question that still waits is to be asked about."""
    sql = (
        "SELECT min(e.remind_at) FROM escalation AS e INDEXED BY escalation_open JOIN conversation AS c ON c.id = e.conversation_id"
        " WHERE e.closed_at IS NULL AND e.state = ? AND c.state = 'escalated'"
    )
    return _moment(connection.execute(sql, (EscalationState.WAITING,)).fetchone()[0])


def chain(connection: sqlite3.Connection, escalation_id: int) -> tuple[str, ...]:
    """Message-IDs of all its letters, the oldest first: what a further question refers to."""
    sql = "SELECT remote_id FROM letter WHERE escalation_id = ? AND remote_id LIKE '<%' ORDER BY at, id"
    return tuple(remote_id for (remote_id,) in connection.execute(sql, (escalation_id,)))


def draft(connection: sqlite3.Connection, conversation_id: int) -> SheetDraft | None:
    """What was left in the sheet of a conversation."""
    found = connection.execute("SELECT value FROM setting WHERE name = ?", (f"{DRAFT}{conversation_id}",)).fetchone()
    return SheetDraft.from_json(found[0]) if found is not None else None


def _row(connection: sqlite3.Connection, found: Sequence[object]) -> EscalationRow:
    number, conversation_id, manager_id, name, role, email, state, question, subject = found[:9]
    asked_at, remind_at, answered_at, closed_at, reasons, delivery, outbox_id, trouble = found[9:]
    known = set(Why)
    letters = connection.execute(_LETTER, (number, MOST_LETTERS)).fetchall()
    return EscalationRow(
        id=_int(number),
        conversation_id=_int(conversation_id),
        manager_id=_int(manager_id),
        manager=str(name),
        role=str(role),
        address=str(email),
        state=EscalationState(str(state)),
        question=str(question),
        subject=str(subject),
        asked_at=from_ms(_int(asked_at)),
        remind_at=_moment(remind_at),
        answered_at=_moment(answered_at),
        closed_at=_moment(closed_at),
        reasons=tuple(Why(each) for each in json.loads(str(reasons)) if each in known),
        delivery=DeliveryState(str(delivery)) if delivery is not None else None,
        outbox_id=None if outbox_id is None else _int(outbox_id),
        trouble=str(trouble),
        letters=tuple(_letter(row) for row in letters),
    )


def _letter(found: Sequence[object]) -> LetterRow:
    number, kind, from_name, from_address, subject, text, at, is_ours, read, used_at, attachments, whole = found
    return LetterRow(
        id=_int(number),
        kind=LetterKind(str(kind)),
        from_name=str(from_name),
        from_address=str(from_address),
        subject=str(subject),
        text=str(text),
        at=from_ms(_int(at)),
        is_ours=bool(is_ours),
        read=bool(read),
        used_at=_moment(used_at),
        attachments=tuple((each["name"], each["bytes"]) for each in json.loads(str(attachments))),
        whole=str(whole),
    )


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def _moment(milliseconds: object) -> datetime | None:
    return from_ms(milliseconds) if isinstance(milliseconds, int) else None
