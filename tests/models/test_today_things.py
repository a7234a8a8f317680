"""What stands under Answer: at most four things, the most urgent first, each conversation once."""

from __future__ import annotations

from datetime import timedelta

from app.models.promise import PromiseRow
from app.models.today import ManagerReply
from app.models.today_things import More, conversation_of, things
from tests.ui.shop import NOW, brief, conversation

ENDS = NOW + timedelta(hours=14)
PROMISE = PromiseRow(5, 12, 3, "Memo Tapia", "mastodon", "Mandar el enlace", NOW + timedelta(hours=2), NOW)
REPLY = ManagerReply(40, "Marta Solís", "Julio Peña", "¿Se devuelve el cargo?", NOW - timedelta(days=2))


def test_who_waits_too_long_then_a_promise_then_a_manager_then_the_rest() -> None:
    shown = things(brief(promises=(PROMISE,), replies=(REPLY,)), NOW, ENDS)
    assert [conversation_of(each) for each in shown] == [11, 12, 40, None]
    assert shown[-1] == More(12)  # 14 wait; 11 and 12 are shown


def test_four_and_no_rest_where_that_is_all() -> None:
    rows = tuple(conversation(number, f"Nadia {number}", 30) for number in range(1, 5))
    assert [conversation_of(each) for each in things(brief(waiting=4, late=0, first=rows), NOW, ENDS)] == [1, 2, 3, 4]


def test_five_leave_the_last_line_to_the_rest() -> None:
    rows = tuple(conversation(number, f"Nadia {number}", 30) for number in range(1, 5))
    shown = things(brief(waiting=5, late=0, first=rows), NOW, ENDS)
    assert shown[3] == More(2)


def test_a_promise_of_another_day_is_not_to_be_answered_today() -> None:
    later = PROMISE._replace(due_at=ENDS + timedelta(hours=1))
    shown = things(brief(waiting=0, late=0, first=(), promises=(later,)), NOW, ENDS)
    assert shown == []


def test_a_conversation_with_a_promise_stands_once() -> None:
    shown = things(
        brief(waiting=1, late=1, first=(conversation(12, "Memo Tapia", -5),), promises=(PROMISE,)), NOW, ENDS
    )
    assert [conversation_of(each) for each in shown] == [12]
