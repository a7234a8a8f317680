"""Cases as screens read them."""

from __future__ import annotations

from datetime import timedelta

from app.models.conversation import ConversationState
from app.runtime.clock import to_ms
from app.store.database import Database
from app.store.reading import cases as reading
from app.store.reading import messages as messages_reading
from app.store.writing import conversations
from tests.store.making import NOW, NOW_MS, arrival, keep, rows

HOUR = timedelta(hours=1)


def solve(database: Database, number: int, hours_ago: float) -> None:
    at = to_ms(NOW - hours_ago * HOUR)
    database.write_now(lambda session: conversations.set_state(session, number, ConversationState.DONE, at))


def test_the_newest_case_with_where_it_stands(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1", at=NOW - 9 * HOUR))
    solve(database, 1, 8)
    keep(database, account_id, arrival("m2", at=NOW - 5 * HOUR), arrival("r1", at=NOW - 4 * HOUR, ours=True))
    keep(database, account_id, arrival("m3", at=NOW - 1 * HOUR))
    case = database.reader.now(reading.newest, 1)
    assert case is not None
    assert (case.opened_at, case.answered_at, case.answered_in) == (NOW - 5 * HOUR, NOW - 4 * HOUR, HOUR)
    assert (case.solved_at, case.messages, case.replies, case.reopened) == (None, 2, 1, False)
    assert case.paused == ((to_ms(NOW - 4 * HOUR), to_ms(NOW - 1 * HOUR)),)


def test_a_conversation_brings_its_case_along(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1", at=NOW - 9 * HOUR))
    solve(database, 1, 8)
    detail = database.reader.now(messages_reading.conversation, 1)
    assert detail is not None
    assert detail.case is not None
    assert detail.case.solved_in == HOUR


def test_without_any_case_there_is_none(database: Database) -> None:
    assert database.reader.now(reading.newest, 1) is None


def test_those_of_a_span_that_were_solved(database: Database, account_id: int) -> None:
    keep(database, account_id, *(arrival(f"m{n}", at=NOW - n * HOUR, thread_key=f"t{n}") for n in range(1, 5)))
    ids = {key: number for number, key in rows(database, "SELECT id, thread_key FROM conversation")}
    for key in ("t1", "t3", "t4"):
        solve(database, ids[key], 0.5)
    found = database.reader.now(reading.ended_between, to_ms(NOW - 3 * HOUR), NOW_MS)
    assert [case.conversation_id for case in found] == [ids["t3"], ids["t1"]]


def test_what_waits_is_listed_the_most_urgent_first(database: Database, account_id: int) -> None:
    keep(database, account_id, *(arrival(f"m{n}", at=NOW - n * HOUR, thread_key=f"t{n}") for n in range(1, 4)))
    solve(database, 2, 0.5)
    oldest, newest = (row[0] for row in rows(database, "SELECT id FROM conversation WHERE id <> 2 ORDER BY last_at"))
    assert database.reader.now(reading.waiting_ids) == [oldest, newest]
