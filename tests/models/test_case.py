"""Cases as plain data."""

from __future__ import annotations

from app.models.case import SOLVED_STATES, pauses
from app.models.conversation import VIEW_STATES, ConversationState, View


def test_we_wait_for_the_customer_from_our_last_words_to_theirs() -> None:
    spoken = [(False, 1), (True, 4), (True, 6), (False, 10), (False, 11), (True, 12), (False, 15), (True, 20)]
    assert pauses(spoken) == ((6, 10), (12, 15))


def test_nobody_waits_before_we_said_anything() -> None:
    assert pauses([(False, 1), (False, 2)]) == ()


def test_what_is_solved_needs_no_answer_and_waits_for_nobody() -> None:
    assert SOLVED_STATES.isdisjoint(VIEW_STATES[View.NEEDS_ANSWER] + VIEW_STATES[View.SNOOZED])
    assert ConversationState.WAITING not in SOLVED_STATES
