"""The starter playbook comes in once and never over the user's own words."""

from __future__ import annotations

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer
from app.store.database import Database
from app.store.reading import playbook as reading
from app.store.writing import playbook
from tests.store.making import rows


def answer(key: str, text: str) -> PlaybookAnswer:
    return PlaybookAnswer(key, Category.ORDER, {"es": "Título"}, {"es": (text,)})


def test_known_keys_stay_as_they_are(database: Database):
    assert database.write_now(playbook.import_answers, [answer("a", "mío")]) == 1
    assert (
        database.write_now(
            playbook.import_answers, [answer("a", "de fábrica"), answer("b", "nuevo"), answer("b", "doble")]
        )
        == 1
    )
    assert database.reader.now(reading.answers) == [answer("a", "mío"), answer("b", "nuevo")]


def test_uses_are_counted(database: Database):
    database.write_now(playbook.import_answers, [answer("a", "x")])
    database.write_now(playbook.used, "a")
    database.write_now(playbook.used, "a")
    database.write_now(playbook.used, "unknown")
    assert rows(database, "SELECT uses FROM answer") == [(2,)]
