"""Examples are added once; the latest word on an answer for a message holds."""

from __future__ import annotations

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer
from app.store.database import Database
from app.store.writing import playbook, suggesting
from tests.store.making import NOW_MS, arrival, keep, rows

ANSWER = PlaybookAnswer("late", Category.ORDER, {"es": "Pedido tarde"}, {"es": ("Va en camino.",)})


def test_examples_are_added_once(database: Database) -> None:
    database.write_now(playbook.import_answers, [ANSWER])
    assert database.write_now(suggesting.add_examples, "late", {"en": ["a", "b", "a"]}) == 2
    assert database.write_now(suggesting.add_examples, "late", {"en": ["b", "c"], "es": ["b"]}) == 2
    assert database.write_now(suggesting.add_examples, "nothing", {"en": ["a"]}) == 0
    assert rows(database, "SELECT language, text FROM answer_example ORDER BY position") == [
        ("en", "a"),
        ("en", "b"),
        ("en", "c"),
        ("es", "b"),
    ]


def test_the_latest_word_holds_and_can_be_forgotten(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    database.write_now(playbook.import_answers, [ANSWER])
    for fits in (True, False):
        database.write_now(lambda session, fits=fits: suggesting.choose(session, "late", 1, NOW_MS, fits=fits))
        assert rows(database, "SELECT message_id, fits FROM answer_choice") == [(1, int(fits))]
    database.write_now(lambda session: suggesting.choose(session, "nothing", 1, NOW_MS, fits=True))
    database.write_now(suggesting.forget_choice, "late", 1)
    database.write_now(suggesting.forget_choice, "late", 1)
    assert rows(database, "SELECT * FROM answer_choice") == []
