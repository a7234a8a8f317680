"""Rules: kept, ordered, removed; and done to messages that are there already, or taken back where nobody changed it since."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import Session, col, select

from app.models.conversation import LEGAL_MOVES, Category, ConversationState
from app.models.delivery import IllegalMove
from app.models.judgement import Ruled
from app.models.rule import Rule, acts_text, conditions_text
from app.models.tables.conversation import Conversation
from app.models.tables.tag import Rule as RuleTable
from app.models.tables.tag import RuleMark
from app.store.notes import insert_many, lookup, next_id
from app.store.writing import conversations, tags

REMOVED = -1
"""Position of a rule that was deleted: the messages it sorted still name it."""

_MARK_COLUMNS = ("id", "rule_id", "message_id", "conversation_id", "at", "before", "undone_at")


class TakenBack(NamedTuple):
    """What putting a mark back needs."""

    mark_id: int
    tags: tuple[tags.Borne, ...]


def save(session: Session, rule: Rule, now_ms: int) -> int:
    """A new one goes to the end."""
    if rule.id is None:
        last = session.exec(select(RuleTable.position).order_by(col(RuleTable.position).desc()).limit(1)).first()
        position = 0 if last is None else last + 1
        row = RuleTable(position=position, name="", conditions="", acts="", created_at=now_ms)
        session.add(row)
    else:
        row = session.get_one(RuleTable, rule.id)
    row.name, row.active = rule.name, rule.active
    row.conditions, row.acts = conditions_text(rule.when), acts_text(rule)
    session.flush()
    return row.id or 0


def order(session: Session, rule_ids: Sequence[int]) -> list[int]:
    """Puts rules into this order; answers the one before. One that was removed comes back where it is named."""
    rows = session.exec(
        select(RuleTable).where(RuleTable.position >= 0).order_by(col(RuleTable.position), col(RuleTable.id))
    )
    before = {row.id or 0: row for row in rows}
    for place, rule_id in enumerate(rule_ids):
        session.get_one(RuleTable, rule_id).position = place
    for rule_id, row in before.items():
        if rule_id not in rule_ids:
            row.position = REMOVED
    return list(before)


def switch(session: Session, rule_id: int, active: bool) -> None:
    session.get_one(RuleTable, rule_id).active = active


def merge_tags(
    session: Session, tag_id: int, into: int, now_ms: int
) -> tuple[list[tags.Borne], list[tags.Borne], dict[int, str]]:
    """Merges one tag into another, in rules too; answers what `part_tags` needs: taken off, put on, acts of rules as they were."""
    taken, new = tags.merge(session, tag_id, into, now_ms)
    before: dict[int, str] = {}
    for row in session.exec(select(RuleTable)):
        values = json.loads(row.acts)
        if isinstance(values, dict) and tag_id in values.get("tags", ()):
            before[row.id or 0] = row.acts
            values["tags"] = list(dict.fromkeys(into if each == tag_id else each for each in values["tags"]))
            row.acts = json.dumps(values, ensure_ascii=False)
    return taken, new, before


def part_tags(
    session: Session, tag_id: int, taken: Sequence[tags.Borne], put_on: Sequence[tags.Borne], acts: Mapping[int, str]
) -> None:
    """Takes `merge_tags` back."""
    tags.part(session, tag_id, taken, put_on)
    for rule_id, text in acts.items():
        session.get_one(RuleTable, rule_id).acts = text


def apply(session: Session, found: Sequence[tuple[int, int]], ruled: Ruled, now_ms: int) -> list[int]:
    """Does to stored messages, given as (message id, conversation id), what a rule says; answers the new marks.

    What is answered or done stays where it is: only a conversation that needs an answer is moved or put before others.
    """
    marks: list[tuple[object, ...]] = []
    sql = "SELECT message_id, 0 FROM rule_mark WHERE rule_id = ? AND undone_at IS NULL AND message_id IN (?*)"
    known = dict(lookup(session, sql, [message_id for message_id, _ in found], ruled.rule_id)) if found else {}
    first = next_id(session, RuleMark)
    for message_id, conversation_id in found:
        if message_id in known:
            continue
        changed = _change(session, conversation_id, ruled, now_ms)
        new = [(message_id, tag_id, ruled.rule_id, now_ms) for tag_id in ruled.tags]
        tags.bring(session, new)
        row = (first + len(marks), ruled.rule_id, message_id, conversation_id, now_ms, json.dumps(changed), None)
        marks.append(row)
    session.flush()
    insert_many(session, RuleMark, _MARK_COLUMNS, marks)
    return [int(str(mark[0])) for mark in marks]


def put_first(session: Session, conversation_ids: Sequence[int]) -> dict[int, int]:
    """High priority for all, or for none where all have it; answers what each had."""
    before = {number: session.get_one(Conversation, number).priority for number in conversation_ids}
    prioritize(session, dict.fromkeys(before, int(any(not priority for priority in before.values()))))
    return before


def prioritize(session: Session, priorities: Mapping[int, int]) -> None:
    """Each conversation its own."""
    for number, priority in priorities.items():
        session.get_one(Conversation, number).priority = priority


def _change(session: Session, conversation_id: int, ruled: Ruled, now_ms: int) -> dict[str, list[Any]]:
    row = session.get_one(Conversation, conversation_id)
    changed: dict[str, list[Any]] = {}
    if ruled.category is not None and ruled.category != row.category:
        changed["category"] = [
            str(conversations.categorize(session, conversation_id, ruled.category)),
            str(ruled.category),
        ]
    if row.state != ConversationState.NEEDS_ANSWER:
        return changed
    if ruled.priority is not None and ruled.priority != row.priority:
        changed["priority"] = [row.priority, ruled.priority]
        row.priority = ruled.priority
    if ruled.move is not None and ruled.move in LEGAL_MOVES[ConversationState(row.state)]:
        changed["state"] = [str(row.state), str(ruled.move)]
        changed["times"] = [row.answer_by, row.snoozed_until]
        conversations.set_state(session, conversation_id, ruled.move, now_ms)
        if row.unread and ruled.move is not ConversationState.ESCALATED:
            changed["unread"] = [True, False]
            row.unread = False
    return changed


def take_back(session: Session, mark_ids: Sequence[int], now_ms: int) -> list[TakenBack]:
    """Undoes what rules did to messages, newest first, as far as it still stands."""
    taken = []
    for mark_id in sorted(mark_ids, reverse=True):
        mark = session.get(RuleMark, mark_id)
        if mark is None or mark.undone_at is not None:
            continue
        _restore(session, mark.conversation_id, json.loads(mark.before), now_ms, back=True)
        sql = "SELECT message_id, tag_id, rule_id, at FROM message_tag WHERE rule_id = ? AND message_id IN (?*)"
        borne: list[tags.Borne] = [
            (message_id, tag_id, rule_id, at)
            for message_id, tag_id, rule_id, at in lookup(session, sql, [mark.message_id], mark.rule_id)
        ]
        tags.remove(session, borne)
        mark.undone_at = now_ms
        taken.append(TakenBack(mark_id, tuple(borne)))
    return taken


def put_back(session: Session, taken: Sequence[TakenBack], now_ms: int) -> None:
    """Does again what `take_back` undid."""
    for each in reversed(taken):
        mark = session.get_one(RuleMark, each.mark_id)
        _restore(session, mark.conversation_id, json.loads(mark.before), now_ms, back=False)
        tags.bring(session, each.tags)
        mark.undone_at = None


def _restore(session: Session, conversation_id: int, changed: dict[str, list[Any]], now_ms: int, *, back: bool) -> None:
    """Each field goes from the one value to the other; one that somebody changed since stays."""
    row = session.get_one(Conversation, conversation_id)
    source, target = (1, 0) if back else (0, 1)
    if "category" in changed and row.category == changed["category"][source]:
        conversations.categorize(session, conversation_id, Category(changed["category"][target]))
    if "priority" in changed and row.priority == changed["priority"][source]:
        row.priority = changed["priority"][target]
    if "state" in changed and row.state == changed["state"][source]:
        _move(
            session,
            row,
            ConversationState(changed["state"][target]),
            changed["times"] if back else [None, None],
            now_ms,
        )
    if "unread" in changed and row.unread == changed["unread"][source]:
        row.unread = changed["unread"][target]


def _move(session: Session, row: Conversation, to: ConversationState, times: Sequence[int | None], now_ms: int) -> None:
    answer_by, until = times
    if to is ConversationState.SNOOZED and (until is None or until <= now_ms):
        to, answer_by = ConversationState.NEEDS_ANSWER, until
    try:
        conversations.set_state(session, row.id or 0, to, now_ms, until_ms=until, answer_by_ms=answer_by)
    except IllegalMove:
        return  # somebody put it where this cannot be undone from: it stays there
    if to is ConversationState.NEEDS_ANSWER and answer_by is None:
        conversations.recount(session, [row.id or 0])
