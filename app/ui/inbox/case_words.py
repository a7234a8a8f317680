"""What the Inbox says of a case: which of its targets a conversation's answer-by time is, by when, and how it went once it is solved."""

from __future__ import annotations

from datetime import datetime

from app.models.case import CaseRow, Target
from app.models.conversation import ConversationRow, ConversationState
from app.ui.durations import duration_text
from app.ui.inbox.times import same_day
from app.ui.look import Look
from app.ui.widgets.countdown import Countdown, countdown


def target_of(row: ConversationRow, case: CaseRow | None, solved_by: datetime | None) -> Target | None:
    """What is due at the conversation's answer-by time; None where nothing is due."""
    if row.state is not ConversationState.NEEDS_ANSWER or row.answer_by is None:
        return None
    if solved_by is not None and solved_by == row.answer_by:
        return Target.SOLVED
    return Target.FIRST if case is None or case.answered_at is None else Target.NEXT


def due_words(look: Look, target: Target, answer_by: datetime, now: datetime) -> tuple[Countdown, str]:
    """How it stands, and "First answer by 10:15" or "First answer: 12 min late"."""
    when = look.words.time(answer_by) if same_day(look, answer_by, now) else look.words.day_and_time(answer_by, now)
    shown = countdown(look, answer_by, now, when)
    if shown.level == "late":
        return shown, look.text(f"inbox.due.{target}_late", late=shown.text)
    return shown, look.text(f"inbox.due.{target}", when=when)


def case_sentence(look: Look, case: CaseRow) -> str:
    """ "First answer in 34 min, 2 posts, solved in 2 h"; durations are working time."""
    if case.answered_in is None:
        return look.text("inbox.case.unanswered")
    said = look.text("inbox.case.answered", first=duration_text(look, case.answered_in), n=case.replies)
    if case.solved_in is None:
        return said
    return look.text("inbox.case.solved", answered=said, solved=duration_text(look, case.solved_in))
