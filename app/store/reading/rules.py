"""Rules as they are listed and asked, and what they did."""

from __future__ import annotations

import json
import sqlite3

from app.models.conversation import Category, ConversationState
from app.models.message import RuleNote
from app.models.rule import BY_PLAYBOOK, NotUnderstood, Rule, Then, When, acts_from, conditions_from


def rules(connection: sqlite3.Connection) -> list[Rule]:
    """In order. One that this version does not understand is switched off, and does nothing."""
    asked = connection.execute(
        "SELECT id, name, active, conditions, acts FROM rule WHERE position >= 0 ORDER BY position, id"
    )
    return [_rule(*row) for row in asked]


def rule(connection: sqlite3.Connection, rule_id: int) -> Rule | None:
    """A deleted one as well: messages still name it."""
    row = connection.execute("SELECT id, name, active, conditions, acts FROM rule WHERE id = ?", (rule_id,)).fetchone()
    return None if row is None else _rule(*row)


def _rule(number: int, name: str, active: int, conditions: str, acts: str) -> Rule:
    try:
        then, goes_on = acts_from(acts)
        return Rule(name, conditions_from(conditions), then, goes_on, bool(active), number)
    except NotUnderstood:
        return Rule(name, When(), Then(), goes_on=True, active=False, id=number)


def notes_of_messages(connection: sqlite3.Connection, conversation_id: int) -> dict[int, tuple[RuleNote, ...]]:
    """What rules did in a conversation, by message, in the order in which they did it."""
    sql = (
        "SELECT k.message_id, k.id, k.undone_at, k.before, r.id, r.name, r.conditions FROM rule_mark AS k"
        " JOIN rule AS r ON r.id = k.rule_id WHERE k.conversation_id = ? ORDER BY k.id"
    )
    found: dict[int, list[RuleNote]] = {}
    for message_id, mark_id, undone_at, before, rule_id, name, conditions in connection.execute(sql, (conversation_id,)):
        # What it changed, not what it says: it may say something else by now, or have found things as it wanted them.
        changed = {field: values[1] for field, values in json.loads(before).items()}
        note = RuleNote(
            mark_id,
            rule_id,
            name,
            Category(changed["category"]) if "category" in changed else None,
            changed.get("priority"),
            ConversationState(changed["state"]) if "state" in changed else None,
            undone_at is not None,
            conditions == BY_PLAYBOOK,
        )
        found.setdefault(message_id, []).append(note)
    return {message_id: tuple(notes) for message_id, notes in found.items()}
