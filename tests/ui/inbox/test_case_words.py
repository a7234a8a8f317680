"""What the Inbox says of a case: what is due, by when, and how it went."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.case import CaseRow, Target
from app.models.conversation import Category, ConversationRow, ConversationState
from app.ui.inbox.case_words import case_sentence, due_words, target_of
from app.ui.inbox.due_chip import DueChip
from app.ui.inbox.thread_canvas import parts_of
from app.ui.look import Look
from tests.fakes.clock import WEDNESDAY_MORNING as NOW
from tests.fakes.clock import FakeClock
from tests.ui.inbox import shop

MINUTE = timedelta(minutes=1)


def case(*, answered: int | None = None, solved: int | None = None, replies: int = 0) -> CaseRow:
    """Opened three hours ago; durations in minutes."""
    opened = NOW - 180 * MINUTE
    return CaseRow(
        1,
        1,
        Category.QUESTION,
        opened,
        None if answered is None else opened + answered * MINUTE,
        None if answered is None else answered * MINUTE,
        None if solved is None else opened + solved * MINUTE,
        None if solved is None else solved * MINUTE,
        2,
        replies,
        False,
    )


def row(minutes: int | None = 34, state: ConversationState = ConversationState.NEEDS_ANSWER) -> ConversationRow:
    """Due in so many minutes."""
    return shop.conversations()[0]._replace(state=state, answer_by=None if minutes is None else NOW + minutes * MINUTE)


def test_the_target_is_the_first_answer_until_there_is_one() -> None:
    assert target_of(row(), None, None) is Target.FIRST
    assert target_of(row(), case(), None) is Target.FIRST
    assert target_of(row(), case(answered=20), None) is Target.NEXT


def test_it_is_the_solution_where_that_is_due_then() -> None:
    assert target_of(row(34), case(answered=20), NOW + 34 * MINUTE) is Target.SOLVED
    assert target_of(row(34), case(answered=20), NOW + 35 * MINUTE) is Target.NEXT


def test_where_nothing_is_due_there_is_none() -> None:
    assert target_of(row(None), case(), None) is None
    assert target_of(row(state=ConversationState.WAITING), case(), None) is None


@pytest.mark.parametrize(
    ("target", "minutes", "level", "said"),
    [
        (Target.FIRST, 75, "calm", "First answer by 11:15"),
        (Target.NEXT, 34, "soon", "Next answer by 10:34"),
        (Target.SOLVED, 15, "soon", "Solved by 10:15"),
        (Target.FIRST, 24 * 60 + 15, "calm", "First answer by Thu 19 Nov, 10:15"),
        (Target.FIRST, -12, "late", "First answer: 12 min late"),
        (Target.NEXT, -180, "late", "Next answer: 3 h late"),
    ],
)
def test_it_is_said_by_when(look: Look, target: Target, minutes: int, level: str, said: str) -> None:
    shown, words = due_words(look, target, NOW + minutes * MINUTE, NOW)
    assert (shown.level, words) == (level, said)


def test_the_chip_follows_the_clock_and_hides_when_nothing_is_due(look: Look, clock: FakeClock) -> None:
    chip = DueChip(look, clock.now)
    chip.show_due(Target.FIRST, NOW + 5 * MINUTE)
    assert (chip.said, chip.accessibleName()) == ("First answer by 10:05",) * 2
    clock.advance(8 * MINUTE)
    chip.tell_time()
    assert chip.said == "First answer: 3 min late"
    chip.resize(chip.sizeHint())
    assert not chip.grab().toImage().isNull()
    chip.show_due(None, None)
    assert (chip.isHidden(), chip.said) == (True, "")


def test_a_solved_case_says_how_it_went(look: Look) -> None:
    assert (
        case_sentence(look, case(answered=34, solved=125, replies=2))
        == "First answer in 34 min, 2 posts, solved in 2 h 5 min"
    )
    assert (
        case_sentence(look, case(answered=0, solved=1, replies=1)) == "First answer in 1 min, 1 post, solved in 1 min"
    )
    assert case_sentence(look, case(solved=5)) == "Solved without an answer"
    assert case_sentence(look, case(answered=34, replies=1)) == "First answer in 34 min, 1 post"


def test_it_stands_quietly_at_the_end_of_the_conversation(look: Look) -> None:
    detail = shop.detail_of(row())
    assert [part.name for part in parts_of(look, detail, NOW, 1, 10)][-1] != case_sentence(look, case(solved=5))
    done = replace(detail, case=case(answered=34, solved=125, replies=2))
    last = parts_of(look, done, NOW, 1, 10)[-1]
    assert (last.name, last.stops) == ("First answer in 34 min, 2 posts, solved in 2 h 5 min", False)
    going_on = replace(detail, case=case(answered=34, replies=2))
    assert parts_of(look, going_on, NOW, 1, 10)[-1].name != "First answer in 34 min, 2 posts"
