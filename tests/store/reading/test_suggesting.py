"""What suggestions are learned from, as it is read."""

from __future__ import annotations

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer
from app.store.database import Database
from app.store.reading import suggesting
from app.store.reading.suggesting import Learned
from app.store.writing import playbook
from app.store.writing import suggesting as writing
from tests.store.making import NOW_MS, arrival, keep

ANSWER = PlaybookAnswer("late", Category.ORDER, {"es": "Pedido tarde"}, {"es": ("Va en camino.",)})


def test_everything_that_says_something_of_an_answer_is_there(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival(text="¿Y mi disco?"))
    database.write_now(playbook.import_answers, [ANSWER])
    database.write_now(writing.add_examples, "late", {"en": ["where is it"]})
    database.write_now(lambda session: writing.choose(session, "late", 1, NOW_MS, fits=True))
    assert database.reader.now(suggesting.learned) == [
        Learned("late", "title", "es", "Pedido tarde"),
        Learned("late", "wording", "es", "Va en camino."),
        Learned("late", "example", "en", "where is it"),
        Learned("late", "sent", "", "¿Y mi disco?"),
    ]
    assert database.reader.now(suggesting.examples) == {"late": {"en": ("where is it",)}}
    assert database.reader.now(suggesting.text_of, 1) == "¿Y mi disco?"
    assert database.reader.now(suggesting.text_of, 99) == ""


def test_an_answer_that_was_removed_teaches_nothing(database: Database) -> None:
    database.write_now(playbook.import_answers, [ANSWER])
    database.write_now(writing.add_examples, "late", {"en": ["where is it"]})
    database.write_now(playbook.remove, 1, NOW_MS)
    assert database.reader.now(suggesting.learned) == []
    assert database.reader.now(suggesting.examples) == {}
