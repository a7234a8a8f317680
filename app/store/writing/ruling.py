"""What rules do to conversations on their way in, and what stood there before: carried out and noted in the transaction of the message."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Protocol

from sqlmodel import Session

from app.models.conversation import LEGAL_MOVES, ConversationState
from app.models.judgement import Ruled
from app.models.tables.tag import MessageTag, RuleMark
from app.store.notes import insert_many, next_id

_TAG_COLUMNS = ("message_id", "tag_id", "rule_id", "at")
_MARK_COLUMNS = ("id", "rule_id", "message_id", "conversation_id", "at", "before", "undone_at")


class Place(Protocol):
    """A conversation, stored or about to be."""

    state: str
    category: str
    priority: int
    unread: bool
    answer_by: int | None
    snoozed_until: int | None


def carry_out(place: Place, ruled: Ruled) -> str:
    """Does what a rule says; answers as JSON what it changed: field to [before, after]."""
    changed: dict[str, list[object]] = {}
    if ruled.category is not None and ruled.category != place.category:
        changed["category"] = [str(place.category), str(ruled.category)]
        place.category = ruled.category
    if ruled.priority is not None and ruled.priority != place.priority:
        changed["priority"] = [place.priority, ruled.priority]
        place.priority = ruled.priority
    if ruled.move is not None and ruled.move in LEGAL_MOVES[ConversationState(place.state)]:
        if ruled.move != place.state:
            changed["state"] = [str(place.state), str(ruled.move)]
            changed["times"] = [place.answer_by, place.snoozed_until]
            place.state, place.answer_by, place.snoozed_until = ruled.move, None, None
        if place.unread and ruled.move is not ConversationState.ESCALATED:
            changed["unread"] = [True, False]
            place.unread = False
    return json.dumps(changed) if changed else "{}"


class Rulings:
    """What the rules did to the messages of one page, stored together with them."""

    def __init__(self) -> None:
        self._tags: dict[tuple[int, int], tuple[object, ...]] = {}
        self._marks: list[tuple[int, int, int, str]] = []

    def add(self, message_id: int, conversation_id: int, ruled: Sequence[Ruled], befores: Sequence[str]) -> None:
        """`befores` are the answers of `carry_out`."""
        for each, before in zip(ruled, befores, strict=True):
            self._marks.append((each.rule_id, message_id, conversation_id, before))
            for tag_id in each.tags:
                self._tags.setdefault((message_id, tag_id), (message_id, tag_id, each.rule_id))

    def store(self, session: Session, now_ms: int) -> None:
        """After the messages themselves."""
        if not self._marks:
            return
        insert_many(session, MessageTag, _TAG_COLUMNS, [(*values, now_ms) for values in self._tags.values()])
        first = next_id(session, RuleMark)
        rows = [
            (first + place, rule_id, message_id, conversation_id, now_ms, before, None)
            for place, (rule_id, message_id, conversation_id, before) in enumerate(self._marks)
        ]
        insert_many(session, RuleMark, _MARK_COLUMNS, rows)
