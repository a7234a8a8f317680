"""Rules come in their order, and messages name what was done to them."""

from __future__ import annotations

from app.models.conversation import Category, ConversationState
from app.models.judgement import Ruled
from app.models.message import RuleNote
from app.models.rule import Rule, Then, When
from app.store.database import Database
from app.store.reading import rules
from app.store.writing import rules as writing
from tests.store.making import NOW_MS, arrival, keep
from tests.store.reading.test_tags import asked

REFUND = Rule("Refunds", When(any_of=("refund",)), Then(Category.COMPLAINT, 1))


def test_rules_come_in_order_and_deleted_ones_only_by_name(database: Database):
    first = database.write_now(writing.save, REFUND, NOW_MS)
    second = database.write_now(writing.save, REFUND._replace(name="b", goes_on=True), NOW_MS)
    database.write_now(writing.order, [second, first])
    assert [rule.id for rule in database.reader.now(rules.rules)] == [second, first]
    assert database.write_now(writing.order, [second]) == [second, first]
    assert [rule.id for rule in database.reader.now(rules.rules)] == [second]
    assert database.reader.now(rules.rule, first) == REFUND._replace(id=first)
    assert database.reader.now(rules.rule, 99) is None


def test_a_message_names_what_was_changed_not_what_the_rule_says(database: Database, account_id: int):
    keep(database, account_id, arrival("m1"), arrival("m2", thread_key="t2"))
    number = database.write_now(writing.save, REFUND, NOW_MS)
    ruled = Ruled(number, Category.COMPLAINT, 1, (), ConversationState.DONE)
    [mark] = database.write_now(writing.apply, [(1, 1)], ruled, NOW_MS)
    notes = database.reader.now(rules.notes_of_messages, 1)
    assert notes == {1: (RuleNote(mark, number, "Refunds", Category.COMPLAINT, 1, ConversationState.DONE),)}
    database.write_now(writing.take_back, [mark], NOW_MS)
    assert database.reader.now(rules.notes_of_messages, 1)[1][0].undone
    [again] = database.write_now(writing.apply, [(2, 2)], ruled._replace(category=Category.OTHER, move=None), NOW_MS)
    assert database.reader.now(rules.notes_of_messages, 2)[2] == (RuleNote(again, number, "Refunds", None, 1),)
    assert not [step for step in asked(database, rules.notes_of_messages, 1) if step.startswith("SCAN")]
