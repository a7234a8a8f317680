"""Conversations move as the table of moves allows, and back when an act is taken back."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.conversation import LEGAL_MOVES, Category, ConversationRow, ConversationState, Standing
from app.models.delivery import IllegalMove
from app.models.message import Visibility
from app.runtime.clock import from_ms
from app.store.database import Database
from app.store.reading import conversations as reading
from app.store.writing import conversations
from app.store.writing.conversations import UNPROMISED, sort_key
from tests.store.making import HOUR_MS, NOW, NOW_MS, arrival, keep, rows

SOON = NOW_MS + HOUR_MS


@pytest.fixture
def one(database: Database, account_id: int) -> int:
    keep(database, account_id, arrival())
    return 1


def stored(database: Database, number: int = 1) -> ConversationRow:
    row = database.reader.now(reading.row, number)
    assert row is not None
    return row


def move(database: Database, to: ConversationState) -> Standing:
    until = SOON if to is ConversationState.SNOOZED else None
    return database.write_now(
        lambda session: conversations.set_state(session, 1, to, NOW_MS, until_ms=until, answer_by_ms=SOON)
    )


def put(database: Database, state: ConversationState) -> None:
    standing = Standing(
        state, Category.OTHER, None, from_ms(SOON) if state is ConversationState.SNOOZED else None, unread=False
    )
    database.write_now(conversations.restore, 1, standing)


@pytest.mark.parametrize(("of", "to"), list(itertools.product(ConversationState, repeat=2)))
def test_only_moves_of_the_table_are_made(database: Database, one: int, of: ConversationState, to: ConversationState):
    put(database, of)
    if to in LEGAL_MOVES[of] or to is of:
        assert move(database, to).state is of
        assert stored(database).state is to
    else:
        with pytest.raises(IllegalMove):
            move(database, to)
        assert stored(database).state is of


def test_snoozing_sets_when_it_wakes_and_snoozing_again_another_time(database: Database, one: int):
    move(database, ConversationState.SNOOZED)
    assert (stored(database).snoozed_until, stored(database).answer_by, stored(database).sort_key) == (
        from_ms(SOON),
        None,
        SOON,
    )
    database.write_now(lambda s: conversations.set_state(s, 1, ConversationState.SNOOZED, NOW_MS, until_ms=SOON + 5))
    assert stored(database).sort_key == SOON + 5


@pytest.mark.parametrize("until", [None, NOW_MS])
def test_nobody_snoozes_into_the_past(database: Database, one: int, until: int | None):
    with pytest.raises(ValueError, match="to come"):
        database.write_now(lambda s: conversations.set_state(s, 1, ConversationState.SNOOZED, NOW_MS, until_ms=until))


def test_going_where_it_stands_changes_nothing(database: Database, one: int):
    before = stored(database)
    move(database, ConversationState.NEEDS_ANSWER)
    assert stored(database) == before


def test_an_act_is_taken_back_wholly(database: Database, one: int):
    before = stored(database)
    standing = move(database, ConversationState.DONE)
    database.write_now(conversations.mark_read, 1)
    database.write_now(conversations.categorize, 1, Category.ORDER)
    database.write_now(conversations.restore, 1, standing)
    assert stored(database) == before


def test_what_wakes_needs_an_answer_at_once(database: Database, account_id: int):
    keep(database, account_id, *(arrival(f"m{n}", thread_key=f"t{n}") for n in range(3)))
    for number, until in ((1, SOON), (2, SOON - 1), (3, SOON + 1)):
        database.write_now(
            lambda s, n=number, u=until: conversations.set_state(s, n, ConversationState.SNOOZED, NOW_MS, until_ms=u)
        )
    assert database.write_now(conversations.wake_due, SOON) == [2, 1]
    assert [stored(database, n).state for n in (1, 2, 3)] == [
        ConversationState.NEEDS_ANSWER,
        ConversationState.NEEDS_ANSWER,
        ConversationState.SNOOZED,
    ]
    assert (stored(database, 1).answer_by, stored(database, 1).snoozed_until) == (from_ms(SOON), from_ms(SOON))
    assert database.write_now(conversations.wake_due, SOON) == []


def test_reading_and_sorting(database: Database, one: int):
    database.write_now(conversations.mark_read, 1)
    assert not stored(database).unread
    database.write_now(conversations.mark_unread, 1)
    assert stored(database).unread
    assert database.write_now(conversations.categorize, 1, Category.PRAISE) is Category.OTHER
    assert stored(database).category is Category.PRAISE
    database.write_now(conversations.set_language, 1, "fr")
    assert stored(database).language == "fr"


def test_another_promise_moves_it_in_the_list(database: Database, one: int):
    database.write_now(conversations.set_answer_by, 1, SOON)
    assert (stored(database).answer_by, stored(database).sort_key) == (from_ms(SOON), SOON)
    database.write_now(conversations.set_answer_by, 1, None)
    assert stored(database).answer_by is None
    move(database, ConversationState.DONE)
    database.write_now(conversations.set_answer_by, 1, SOON)
    assert stored(database).answer_by is None


def test_notes_come_and_go(database: Database, one: int):
    number = database.write_now(conversations.add_note, 1, "llamar", NOW_MS)
    assert rows(database, "SELECT id, text FROM note") == [(number, "llamar")]
    database.write_now(conversations.delete_note, number)
    database.write_now(conversations.delete_note, number)
    assert rows(database, "SELECT id FROM note") == []


def test_a_draft_is_kept_and_an_empty_one_forgotten(database: Database, one: int):
    database.write_now(conversations.save_draft, 1, "", None, NOW_MS)
    database.write_now(conversations.save_draft, 1, "Hola", Visibility.DIRECT, NOW_MS)
    database.write_now(conversations.save_draft, 1, "Hola Xim", None, NOW_MS + 1)
    assert rows(database, "SELECT text, visibility, saved_at FROM reply_draft") == [("Hola Xim", "", NOW_MS + 1)]
    database.write_now(conversations.save_draft, 1, "", None, NOW_MS)
    assert rows(database, "SELECT text FROM reply_draft") == []


def test_sort_keys():
    last = NOW_MS - 5
    assert sort_key(ConversationState.NEEDS_ANSWER, NOW_MS, None, last) == NOW_MS
    assert sort_key(ConversationState.NEEDS_ANSWER, None, None, last) == UNPROMISED + last
    assert sort_key(ConversationState.SNOOZED, None, SOON, last) == SOON
    assert sort_key(ConversationState.DONE, None, None, last) == -last
    assert UNPROMISED > NOW_MS * 1000


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walk=st.lists(st.sampled_from(list(ConversationState)), max_size=12))
def test_whatever_is_tried_the_row_agrees_with_itself(database: Database, one: int, walk: list[ConversationState]):
    for to in walk:
        try:
            move(database, to)
        except IllegalMove:
            continue
        row = stored(database)
        assert (row.answer_by is not None) == (row.state is ConversationState.NEEDS_ANSWER)
        assert (row.snoozed_until is not None) == (row.state is ConversationState.SNOOZED)
        assert row.sort_key in (SOON, -(NOW_MS - HOUR_MS), NOW_MS)
    assert stored(database).last_at < NOW
