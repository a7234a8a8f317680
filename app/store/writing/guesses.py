"""What the playbook's answers say a conversation is about: kept as a rule would, so that it is explained, undone and never said twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlmodel import Session, select

from app.models.conversation import Category
from app.models.judgement import Ruled
from app.models.rule import BY_PLAYBOOK
from app.models.tables.tag import Rule
from app.store.notes import lookup
from app.store.writing import rules


class Guess(NamedTuple):
    """What the message with which a conversation began seems to be about."""

    conversation_id: int
    message_id: int
    category: Category


def keep(session: Session, guesses: Sequence[Guess], now_ms: int) -> int:
    """Sorts those conversations that nobody and no rule has sorted by now; answers how many."""
    ids = {each.conversation_id for each in guesses}
    sql = "SELECT id FROM conversation WHERE category = ? AND id IN (?*)"
    unsorted = {number for (number,) in lookup(session, sql, ids, str(Category.OTHER))}
    ruled = lookup(session, "SELECT conversation_id, before FROM rule_mark WHERE conversation_id IN (?*)", ids)
    unsorted -= {number for number, before in ruled if '"category"' in before}
    wanted = [each for each in guesses if each.conversation_id in unsorted]
    if not wanted:
        return 0
    rule_id = _rule(session, now_ms)
    for each in wanted:
        ruled_so = Ruled(rule_id, each.category)
        rules.apply(session, [(each.message_id, each.conversation_id)], ruled_so, now_ms)
    return len(wanted)


def _rule(session: Session, now_ms: int) -> int:
    """A rule that is listed nowhere and matches nothing: marks name it."""
    row = session.exec(select(Rule).where(Rule.conditions == BY_PLAYBOOK)).first()
    if row is None:
        row = Rule(position=-1, name="", active=False, conditions=BY_PLAYBOOK, acts="{}", created_at=now_ms)
        session.add(row)
        session.flush()
    return row.id or 0
