"""What stands under Answer on Today, at most four things: who waits too long, what was promised, what a manager replied, and all others. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from app.models.conversation import ConversationRow
from app.models.promise import PromiseRow
from app.models.today import Brief, ManagerReply

MOST = 4


class More(NamedTuple):
    """Those that wait and are not shown by name."""

    waiting: int


Thing = ConversationRow | PromiseRow | ManagerReply | More


def things(brief: Brief, now: datetime, day_ends_at: datetime) -> list[Thing]:
    """The most urgent first; each conversation once. Where there are more than four, the last line is for the rest."""
    late = [row for row in brief.first if row.answer_by is not None and row.answer_by < now]
    others = [row for row in brief.first if row not in late]
    due = [row for row in brief.promises if row.due_at < day_ends_at]
    found: list[Thing] = []
    told: set[int | None] = set()
    ordered: tuple[ConversationRow | PromiseRow | ManagerReply, ...] = (
        *late[:1],
        *due[:1],
        *brief.replies[:1],
        *late[1:],
        *due[1:],
        *brief.replies[1:],
        *others,
    )
    for each in ordered:
        number = conversation_of(each)
        if number not in told:
            told.add(number)
            found.append(each)
    more = brief.waiting > len(brief.first)
    if len(found) > MOST or more:
        found = found[: MOST - 1]
    shown = {conversation_of(each) for each in found}
    rest = brief.waiting - sum(row.id in shown for row in brief.first)
    if rest > 0:
        found.append(More(rest))
    return found


def conversation_of(thing: Thing) -> int | None:
    """The conversation that it is about; None for the rest."""
    if isinstance(thing, ConversationRow):
        return thing.id
    return None if isinstance(thing, More) else thing.conversation_id
