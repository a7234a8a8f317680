"""Cases: when they begin, what counts as answered and solved, and that they follow whatever a conversation goes through."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.models.case import Asked
from app.models.conversation import Category, ConversationState
from app.models.outbox import OutboxKind
from app.runtime.clock import from_ms, to_ms
from app.store.database import Database
from app.store.reading import cases as reading
from app.store.writing import cases, conversations, messages, outbox
from tests.store.making import HOUR_MS, NOW, NOW_MS, arrival, keep, owe, rows

HOUR = timedelta(hours=1)


class HalfTime:
    """An answer clock for which only half of all time is working time; everybody is promised three hours of it, praise six."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []

    def promise(self, asked: Asked) -> datetime | None:
        self.asked.append(asked)
        if asked.category is Category.SPAM:
            return None
        return asked.at + (6 * HOUR if asked.category is Category.PRAISE else 3 * HOUR)

    def worked(self, since_ms: int, until_ms: int) -> int:
        return (until_ms - since_ms) // 2


@pytest.fixture
def clock_of(database: Database) -> HalfTime:
    made = HalfTime()
    database.measure_with(made)
    return made


def heard(database: Database, account_id: int, remote_id: str, hours_ago: float, **more: object) -> None:
    keep(database, account_id, arrival(remote_id, at=NOW - hours_ago * HOUR, **more))


def replied(database: Database, account_id: int, remote_id: str, hours_ago: float) -> None:
    """Read back from the network, as written on another device."""
    keep(database, account_id, arrival(remote_id, "Ya salió", at=NOW - hours_ago * HOUR, ours=True))


def move(database: Database, to: ConversationState, now_ms: int = NOW_MS, number: int = 1) -> None:
    until = now_ms + HOUR_MS if to is ConversationState.SNOOZED else None
    database.write_now(lambda session: conversations.set_state(session, number, to, now_ms, until_ms=until))


def stored(database: Database, column: str) -> list[object]:
    """One column of all cases, in order of time."""
    return [value for (value,) in rows(database, f"SELECT {column} FROM support_case ORDER BY opened_at, id")]


def ago(hours: float) -> int:
    return to_ms(NOW - hours * HOUR)


def test_the_first_message_opens_a_case_and_further_ones_belong_to_it(database: Database, account_id: int) -> None:
    heard(database, account_id, "m1", 5)
    heard(database, account_id, "m2", 4)
    assert (stored(database, "opened_at"), stored(database, "messages")) == ([ago(5)], [2])
    assert (stored(database, "answered_at"), stored(database, "solved_at")) == ([None], [None])


def test_messages_of_one_page_are_one_case_whatever_their_order(database: Database, account_id: int) -> None:
    keep(database, account_id, *(arrival(f"m{n}", at=NOW - n * HOUR) for n in (2, 4, 3)))
    assert (stored(database, "opened_at"), stored(database, "messages")) == ([ago(4)], [3])


def test_a_reply_that_goes_out_is_the_first_answer(database: Database, account_id: int, clock_of: HalfTime) -> None:
    heard(database, account_id, "m1", 2)
    number = owe(
        database, account_id, OutboxKind.REPLY, conversation_id=1, message_id=1, target="m1", parts=("Uno", "Dos")
    )
    database.write_now(lambda session: outbox.claim(session, NOW_MS, "p", 60))
    database.write_now(lambda session: outbox.record_progress(session, number, "r1", "", NOW_MS))
    assert (stored(database, "answered_at"), stored(database, "answered_in")) == ([NOW_MS], [HOUR_MS])
    database.write_now(lambda session: outbox.record_progress(session, number, "r2", "", NOW_MS + HOUR_MS))
    database.write_now(lambda session: outbox.settle_out(session, number, NOW_MS + HOUR_MS))
    assert (stored(database, "answered_at"), stored(database, "replies")) == ([NOW_MS], [2])


def test_a_reply_of_another_device_is_an_answer_too(database: Database, account_id: int, clock_of: HalfTime) -> None:
    heard(database, account_id, "m1", 6)
    replied(database, account_id, "r1", 4)
    replied(database, account_id, "r2", 3)
    assert (stored(database, "answered_at"), stored(database, "answered_in")) == ([ago(4)], [HOUR_MS])
    assert stored(database, "replies") == [2]


def test_a_reply_read_back_after_it_went_out_counts_once(database: Database, account_id: int) -> None:
    heard(database, account_id, "m1", 2)
    number = owe(database, account_id, OutboxKind.REPLY, conversation_id=1, message_id=1, target="m1")
    database.write_now(lambda session: outbox.claim(session, NOW_MS, "p", 60))
    database.write_now(lambda session: outbox.record_progress(session, number, "r1", "", NOW_MS))
    keep(database, account_id, arrival("r1", "Hola", ours=True, at=NOW))
    assert stored(database, "replies") == [1]


@pytest.mark.parametrize("state", [ConversationState.DONE, ConversationState.KEPT, ConversationState.IGNORED])
def test_done_kept_and_ignored_solve_it(
    database: Database, account_id: int, clock_of: HalfTime, state: ConversationState
) -> None:
    heard(database, account_id, "m1", 4)
    move(database, state)
    assert (stored(database, "solved_at"), stored(database, "solved_in")) == ([NOW_MS], [2 * HOUR_MS])


@pytest.mark.parametrize("state", [ConversationState.WAITING, ConversationState.SNOOZED, ConversationState.ESCALATED])
def test_waiting_does_not_solve_it(database: Database, account_id: int, state: ConversationState) -> None:
    heard(database, account_id, "m1", 4)
    move(database, state)
    assert stored(database, "solved_at") == [None]


def test_from_done_to_kept_it_stays_solved_when_it_was(database: Database, account_id: int) -> None:
    heard(database, account_id, "m1", 4)
    move(database, ConversationState.DONE)
    move(database, ConversationState.KEPT, NOW_MS + HOUR_MS)
    assert stored(database, "solved_at") == [NOW_MS]


def test_who_writes_after_it_was_solved_opens_another_case(database: Database, account_id: int) -> None:
    heard(database, account_id, "m1", 4)
    move(database, ConversationState.DONE, ago(3))
    heard(database, account_id, "m2", 1)
    assert stored(database, "opened_at") == [ago(4), ago(1)]
    assert (stored(database, "reopened"), stored(database, "messages")) == ([1, 0], [1, 1])


def test_one_that_is_put_back_by_hand_goes_on(database: Database, account_id: int) -> None:
    heard(database, account_id, "m1", 4)
    move(database, ConversationState.DONE)
    move(database, ConversationState.NEEDS_ANSWER)
    assert (stored(database, "solved_at"), stored(database, "reopened")) == ([None], [0])


def test_what_a_troll_says_later_opens_nothing(database: Database, account_id: int) -> None:
    heard(database, account_id, "m1", 4)
    database.write_now(lambda session: conversations.categorize(session, 1, Category.TROLL))
    move(database, ConversationState.IGNORED, ago(3))
    heard(database, account_id, "m2", 1)
    assert stored(database, "messages") == [1]


def test_a_reply_that_leaves_after_done_belongs_to_what_was_solved(database: Database, account_id: int) -> None:
    heard(database, account_id, "m1", 4)
    number = owe(database, account_id, OutboxKind.REPLY, conversation_id=1, message_id=1, target="m1")
    move(database, ConversationState.DONE)
    database.write_now(lambda session: outbox.claim(session, NOW_MS, "p", 60))
    database.write_now(lambda session: outbox.record_progress(session, number, "r1", "", NOW_MS + 1000))
    assert (stored(database, "answered_at"), stored(database, "solved_at")) == ([NOW_MS + 1000], [NOW_MS])


def test_undoing_an_act_restores_the_case(database: Database, account_id: int, clock_of: HalfTime) -> None:
    heard(database, account_id, "m1", 4)
    before = database.write_now(lambda session: conversations.set_state(session, 1, ConversationState.DONE, NOW_MS))
    database.write_now(lambda session: conversations.restore(session, 1, before))
    assert (stored(database, "solved_at"), stored(database, "solved_in")) == ([None], [None])


def test_undoing_that_it_was_put_back_solves_it_when_it_was_solved(
    database: Database, account_id: int, clock_of: HalfTime
) -> None:
    heard(database, account_id, "m1", 4)
    move(database, ConversationState.DONE, ago(2))
    before = database.write_now(
        lambda session: conversations.set_state(session, 1, ConversationState.NEEDS_ANSWER, NOW_MS)
    )
    database.write_now(lambda session: conversations.restore(session, 1, before))
    assert (stored(database, "solved_at"), stored(database, "solved_in")) == ([ago(2)], [HOUR_MS])


def test_a_case_has_the_category_of_its_conversation_until_it_ends(database: Database, account_id: int) -> None:
    heard(database, account_id, "m1", 4, category=Category.QUESTION)
    assert stored(database, "category") == ["question"]
    database.write_now(lambda session: conversations.categorize(session, 1, Category.COMPLAINT))
    assert stored(database, "category") == ["complaint"]
    move(database, ConversationState.DONE)
    database.write_now(lambda session: conversations.categorize(session, 1, Category.PRAISE))
    assert stored(database, "category") == ["complaint"]


def test_old_messages_found_later_move_the_beginning(database: Database, account_id: int) -> None:
    """A first reading goes back in time, page by page."""
    heard(database, account_id, "m3", 1)
    replied(database, account_id, "r1", 0.5)
    heard(database, account_id, "m1", 5)
    assert (stored(database, "opened_at"), stored(database, "answered_at")) == ([ago(5)], [ago(0.5)])


def test_the_answer_clock_hears_what_it_must_know(database: Database, account_id: int) -> None:
    asked: list[Asked] = []

    def promise(what: Asked) -> datetime:
        asked.append(what)
        return what.at + HOUR

    def hear(*arrivals: object) -> None:
        database.write_now(messages.keep, account_id, arrivals, "mentions", "c", NOW_MS, promise, bulk=True)  # type: ignore[arg-type]

    hear(arrival("m1", at=NOW - 9 * HOUR, category=Category.ORDER))
    hear(arrival("r1", at=NOW - 8 * HOUR, ours=True))
    hear(
        arrival("m2", at=NOW - 6 * HOUR), arrival("r2", at=NOW - 5 * HOUR, ours=True), arrival("m3", at=NOW - 2 * HOUR)
    )
    first, second, third = asked
    assert (first.first, first.category, first.paused) == (True, Category.ORDER, ())
    assert (second.first, second.opened_at, second.paused) == (False, NOW - 9 * HOUR, ((ago(8), ago(6)),))
    assert (third.first, third.paused) == (False, ((ago(8), ago(6)), (ago(5), ago(2))))
    assert (first.account_id, third.at) == (account_id, NOW - 2 * HOUR)


# --- answer-by times counted anew


def answer_by(database: Database, number: int = 1) -> datetime | None:
    found = rows(database, "SELECT answer_by, sort_key FROM conversation WHERE id = ?", number)[0]
    assert found[0] is None or found[0] == found[1], "a list is ordered by it"
    return None if found[0] is None else from_ms(found[0])


def recount(database: Database, *numbers: int) -> list[int]:
    return database.write_now(lambda session: conversations.recount(session, numbers), bulk=True)


def test_counting_anew_moves_what_waits_and_says_which(database: Database, account_id: int, clock_of: HalfTime) -> None:
    for number in range(3):
        heard(database, account_id, f"m{number}", 1, thread_key=f"t{number}")
    move(database, ConversationState.DONE, number=3)
    assert answer_by(database) == NOW
    assert recount(database, 1, 2, 3) == [1, 2]
    assert answer_by(database) == NOW + 2 * HOUR
    assert recount(database, 1, 2, 3) == []


def test_what_waits_is_the_first_message_that_nobody_answered(
    database: Database, account_id: int, clock_of: HalfTime
) -> None:
    heard(database, account_id, "m1", 9)
    replied(database, account_id, "r1", 8)
    heard(database, account_id, "m2", 5)
    heard(database, account_id, "m3", 1)
    recount(database, 1)
    assert (clock_of.asked[-1].at, clock_of.asked[-1].first) == (NOW - 5 * HOUR, False)
    assert clock_of.asked[-1].paused == ((ago(8), ago(5)),)


def test_a_time_that_somebody_chose_stays(database: Database, account_id: int, clock_of: HalfTime) -> None:
    heard(database, account_id, "m1", 2)
    database.write_now(
        lambda session: conversations.set_state(
            session, 1, ConversationState.SNOOZED, NOW_MS, until_ms=NOW_MS + 5 * HOUR_MS
        )
    )
    database.write_now(conversations.wake_due, NOW_MS + 5 * HOUR_MS)
    assert (recount(database, 1), answer_by(database)) == ([], NOW + 5 * HOUR)


def test_where_nothing_of_the_customer_waits_the_time_stays(
    database: Database, account_id: int, clock_of: HalfTime
) -> None:
    heard(database, account_id, "m1", 2)
    replied(database, account_id, "r1", 1)
    move(database, ConversationState.NEEDS_ANSWER)
    assert answer_by(database) == NOW + 3 * HOUR
    assert recount(database, 1) == []


def test_another_category_has_another_promise_at_once(database: Database, account_id: int, clock_of: HalfTime) -> None:
    heard(database, account_id, "m1", 1)
    database.write_now(lambda session: conversations.categorize(session, 1, Category.PRAISE))
    assert answer_by(database) == NOW + 5 * HOUR
    database.write_now(lambda session: conversations.categorize(session, 1, Category.SPAM))
    assert rows(database, "SELECT answer_by FROM conversation WHERE id = 1") == [(None,)]


def test_undoing_it_brings_back_the_time_to_the_millisecond(
    database: Database, account_id: int, clock_of: HalfTime
) -> None:
    heard(database, account_id, "m1", 1)
    before = database.write_now(lambda session: conversations.standing(session, 1))
    database.write_now(lambda session: conversations.categorize(session, 1, Category.PRAISE))
    database.write_now(lambda session: conversations.uncategorize(session, 1, Category.PRAISE, before))
    assert answer_by(database) == NOW


def test_without_an_answer_clock_nothing_is_counted(database: Database, account_id: int) -> None:
    heard(database, account_id, "m1", 1)
    assert recount(database, 1) == []
    database.write_now(lambda session: conversations.categorize(session, 1, Category.PRAISE))
    assert answer_by(database) == NOW


def test_every_query_looks_things_up_by_an_index(database: Database, account_id: int) -> None:
    asked = [
        cases._NEWEST.replace("(?*)", "(1)"),
        cases._WAITING.replace("(?*)", "(1)"),
        cases._SPOKEN.replace("(?*)", "(1)"),
    ]
    asked.append("SELECT * FROM support_case WHERE conversation_id = 1 ORDER BY opened_at DESC, id DESC LIMIT 1")
    for sql in asked:
        plan = [str(row[3]) for row in rows(database, f"EXPLAIN QUERY PLAN {sql}")]
        assert all("SCAN" not in step for step in plan), plan


def test_a_case_can_be_read(database: Database, account_id: int, clock_of: HalfTime) -> None:
    heard(database, account_id, "m1", 4)
    case = database.reader.now(reading.newest, 1)
    assert case is not None
    assert (case.opened_at, case.solved_at) == (NOW - 4 * HOUR, None)
