"""Which conversations have just begun and are sorted by nobody."""

from __future__ import annotations

from app.models.conversation import Category
from app.models.message import MessageKind
from app.store.database import Database
from app.store.reading import guesses
from app.store.writing import conversations
from app.store.writing import guesses as writing
from tests.store.making import HOUR_MS, NOW_MS, arrival, keep
from tests.store.reading.test_tags import asked


def test_one_message_of_a_customer_that_nobody_sorted(database: Database, account_id: int) -> None:
    for place in range(1, 6):
        keep(database, account_id, arrival(f"m{place}", f"hola {place}", thread_key=f"t{place}"))
    keep(database, account_id, arrival("m6", "y otra", thread_key="t2"))
    keep(database, account_id, arrival("m7", "hola", thread_key="t3", kind=MessageKind.OURS))
    database.write_now(conversations.categorize, 4, Category.ORDER)
    ids, since = [1, 2, 3, 4, 5, 99], NOW_MS - 2 * HOUR_MS
    found = database.reader.now(guesses.begun, ids, since)
    assert [(each.conversation_id, each.text) for each in found] == [(1, "hola 1"), (5, "hola 5")]
    assert database.reader.now(guesses.begun, ids, NOW_MS) == []
    guess = writing.Guess(1, found[0].message_id, Category.QUESTION)
    assert database.write_now(writing.keep, [guess], NOW_MS) == 1
    database.write_now(conversations.categorize, 1, Category.OTHER)
    assert [each.conversation_id for each in database.reader.now(guesses.begun, ids, since)] == [5]


def test_it_looks_nothing_through(database: Database) -> None:
    steps = asked(database, guesses.begun, [1, 2, 3], 0)
    assert not [step for step in steps if step.startswith("SCAN")]
