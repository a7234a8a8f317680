"""What a rule does to a conversation on its way in is carried out as far as it may be, and noted."""

from __future__ import annotations

import json
from dataclasses import dataclass

from app.models.conversation import Category, ConversationState
from app.models.judgement import Heard, Judgement, Ruled
from app.models.tables.tag import Rule
from app.store.database import Database
from app.store.writing import messages
from app.store.writing.ruling import carry_out
from tests.store.making import NOW_MS, arrival, rows

S = ConversationState


@dataclass
class Place:
    """A conversation that needs an answer."""

    state: str = S.NEEDS_ANSWER
    category: str = Category.OTHER
    priority: int = 0
    unread: bool = True
    answer_by: int | None = 7
    snoozed_until: int | None = None


def test_only_what_changes_is_noted():
    place = Place(category=Category.ORDER)
    before = carry_out(place, Ruled(1, Category.ORDER, 1))
    assert json.loads(before) == {"priority": [0, 1]}
    assert carry_out(place, Ruled(1, Category.ORDER, 1)) == "{}"


def test_what_is_put_away_is_read_and_owes_nothing():
    place = Place()
    before = carry_out(place, Ruled(1, move=S.DONE))
    assert (place.state, place.unread, place.answer_by) == (S.DONE, False, None)
    assert json.loads(before) == {"state": ["needs_answer", "done"], "times": [7, None], "unread": [True, False]}


def test_what_is_escalated_stays_unread():
    place = Place()
    carry_out(place, Ruled(1, move=S.ESCALATED))
    assert (place.state, place.unread) == (S.ESCALATED, True)


def test_a_move_that_may_not_be_is_left_out():
    place = Place(state=S.IGNORED)
    assert carry_out(place, Ruled(1, move=S.ESCALATED)) == "{}"
    assert place.state == S.IGNORED


def test_marks_and_tags_are_stored_with_the_message(database: Database, account_id: int):
    def judge(heard: Heard) -> Judgement:
        first = Ruled(1, Category.ORDER, None, (2, 1))
        return Judgement(ruled=(first, Ruled(2, tags=(1,)))) if "disco" in heard.arrival.text else Judgement()

    rows_of_rules = [(number, number, f"r{number}") for number in (1, 2)]

    def prepare(session: object) -> None:
        for number, position, name in rows_of_rules:
            session.add(Rule(id=number, position=position, name=name, conditions="{}", acts="{}", created_at=1))  # type: ignore[attr-defined]

    database.write_now(prepare)
    page = [arrival("m1", "mi disco"), arrival("m2", "hola", thread_key="t2")]
    database.write_now(messages.keep, account_id, page, "m", "c", NOW_MS, lambda _asked: None, judge, bulk=True)
    assert rows(database, "SELECT message_id, tag_id, rule_id FROM message_tag ORDER BY tag_id") == [
        (1, 1, 1),
        (1, 2, 1),
    ]
    found = rows(database, "SELECT rule_id, message_id, conversation_id, before, undone_at FROM rule_mark ORDER BY id")
    assert found == [(1, 1, 1, '{"category": ["other", "order"]}', None), (2, 1, 1, "{}", None)]
    # The same page again is judged no second time.
    database.write_now(messages.keep, account_id, page, "m", "c", NOW_MS, lambda _asked: None, judge, bulk=True)
    assert rows(database, "SELECT count(*) FROM rule_mark") == [(2,)]
