"""Cases: the newest of a conversation, those of a span that were solved, and which conversations wait."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

from app.models.case import CaseRow, pauses
from app.models.conversation import Category, ConversationState
from app.models.message import MessageKind
from app.runtime.clock import from_ms

_COLUMNS = (
    "s.id, s.conversation_id, s.category, s.opened_at, s.answered_at, s.answered_in, s.solved_at, s.solved_in, s.messages, s.replies,"
    " s.reopened"
)


def newest(connection: sqlite3.Connection, conversation_id: int) -> CaseRow | None:
    """The case that a conversation is in, or was in last."""
    sql = f"SELECT {_COLUMNS} FROM support_case AS s WHERE s.conversation_id = ? ORDER BY s.opened_at DESC, s.id DESC LIMIT 1"
    found = connection.execute(sql, (conversation_id,)).fetchone()
    if found is None:
        return None
    case = _row(*found)
    return (
        case
        if case.solved_at is not None or case.answered_at is None
        else case._replace(paused=_pauses(connection, found))
    )


def ended_between(connection: sqlite3.Connection, since_ms: int, until_ms: int) -> list[CaseRow]:
    """Cases opened in a span that have been solved, in order of time: how long answers took, and how many posts a solution."""
    sql = f"SELECT {_COLUMNS} FROM support_case AS s WHERE s.opened_at >= ? AND s.opened_at < ? AND s.solved_at IS NOT NULL ORDER BY s.opened_at, s.id"
    return [_row(*values) for values in connection.execute(sql, (since_ms, until_ms))]


def waiting_ids(connection: sqlite3.Connection) -> list[int]:
    """All conversations that need an answer, the most urgent first."""
    sql = "SELECT id FROM conversation WHERE state = ? ORDER BY sort_key, id"
    return [number for (number,) in connection.execute(sql, (ConversationState.NEEDS_ANSWER,))]


def _pauses(connection: sqlite3.Connection, found: tuple[Any, ...]) -> tuple[tuple[int, int], ...]:
    """The stretches in which we waited for the customer."""
    sql = "SELECT kind, at FROM message WHERE conversation_id = ? AND at >= ? ORDER BY at, id"
    return pauses((kind == MessageKind.OURS, at) for kind, at in connection.execute(sql, (found[1], found[3])))


def _row(
    number: int,
    conversation_id: int,
    category: str,
    opened_at: int,
    answered_at: int | None,
    answered_in: int | None,
    solved_at: int | None,
    solved_in: int | None,
    messages: int,
    replies: int,
    reopened: int,
) -> CaseRow:
    return CaseRow(
        number,
        conversation_id,
        Category(category),
        from_ms(opened_at),
        None if answered_at is None else from_ms(answered_at),
        None if answered_in is None else timedelta(milliseconds=answered_in),
        None if solved_at is None else from_ms(solved_at),
        None if solved_in is None else timedelta(milliseconds=solved_in),
        messages,
        replies,
        bool(reopened),
    )
