"""What is undone of a rule is exactly what still stands, whatever happened since."""

from __future__ import annotations

import json

import pytest

from app.models.conversation import Category, ConversationState, Standing
from app.models.judgement import Ruled
from app.models.rule import Rule, Then, When
from app.models.tables.tag import RuleMark
from app.runtime.clock import from_ms
from app.store.database import Database, Session
from app.store.writing import conversations, rules, tags
from tests.store.making import HOUR_MS, NOW_MS, arrival, keep, rows

S = ConversationState
ALL = Ruled(1, Category.ORDER, 1, (1, 2), S.DONE)


@pytest.fixture
def sorted_(database: Database, account_id: int) -> int:
    """A message that a rule has sorted; answers the mark."""
    keep(database, account_id, arrival())
    database.write_now(rules.save, Rule("r", When(any_of=("disco",)), Then(priority=1)), NOW_MS)
    [mark] = database.write_now(rules.apply, [(1, 1)], ALL, NOW_MS)
    return mark


def state(database: Database) -> tuple[object, ...]:
    return rows(database, "SELECT state, category, priority, unread FROM conversation")[0]


def test_all_of_it_is_taken_back_and_put_back(database: Database, sorted_: int):
    assert state(database) == ("done", "order", 1, 0)
    taken = database.write_now(rules.take_back, [sorted_], NOW_MS)
    assert state(database) == ("needs_answer", "other", 0, 1)
    assert rows(database, "SELECT answer_by FROM conversation") == [(NOW_MS,)]
    assert rows(database, "SELECT count(*) FROM message_tag") == [(0,)]
    assert database.write_now(rules.take_back, [sorted_], NOW_MS) == []
    database.write_now(rules.put_back, taken, NOW_MS)
    assert state(database) == ("done", "order", 1, 0)
    assert rows(database, "SELECT count(*) FROM message_tag") == [(2,)]


def test_tags_that_somebody_put_there_stay(database: Database, sorted_: int):
    database.write_now(tags.put, [1], 3, NOW_MS)
    database.write_now(rules.take_back, [sorted_], NOW_MS)
    assert rows(database, "SELECT tag_id FROM message_tag") == [(3,)]


def test_where_somebody_put_it_since_it_stays(database: Database, sorted_: int):
    database.write_now(conversations.set_state, 1, S.KEPT, NOW_MS)
    database.write_now(conversations.categorize, 1, Category.PRAISE)
    database.write_now(rules.take_back, [sorted_], NOW_MS)
    assert state(database)[:3] == ("kept", "praise", 0)


def test_a_snooze_whose_time_has_passed_comes_back_to_be_answered(database: Database, account_id: int):
    keep(database, account_id, arrival())
    database.write_now(rules.save, Rule("r", When(any_of=("disco",)), Then(priority=1)), NOW_MS)
    [mark] = database.write_now(rules.apply, [(1, 1)], ALL, NOW_MS)
    database.write_now(
        conversations.restore, 1, Standing(S.DONE, Category.ORDER, None, None, unread=False)
    )  # as it stands, so that only the mark knows what was before
    before = json.dumps({"state": ["snoozed", "done"], "times": [None, NOW_MS + HOUR_MS]})

    def tell(session: Session) -> None:
        session.get_one(RuleMark, mark).before = before

    database.write_now(tell)
    taken = database.write_now(rules.take_back, [mark], NOW_MS)
    assert rows(database, "SELECT state, snoozed_until FROM conversation") == [("snoozed", NOW_MS + HOUR_MS)]
    database.write_now(rules.put_back, taken, NOW_MS)
    database.write_now(rules.take_back, [mark], NOW_MS + 2 * HOUR_MS)
    assert rows(database, "SELECT state FROM conversation") == [("needs_answer",)]
    assert from_ms(rows(database, "SELECT answer_by FROM conversation")[0][0]) is not None


def test_what_is_done_is_sorted_but_not_moved(database: Database, account_id: int):
    keep(database, account_id, arrival())
    database.write_now(rules.save, Rule("r", When(any_of=("disco",)), Then(priority=1)), NOW_MS)
    database.write_now(conversations.set_state, 1, S.WAITING, NOW_MS)
    database.write_now(rules.apply, [(1, 1)], ALL._replace(move=S.IGNORED), NOW_MS)
    assert state(database)[:3] == ("waiting", "order", 0)
