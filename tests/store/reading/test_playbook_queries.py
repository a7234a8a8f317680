"""The playbook's reads over one connection."""

from __future__ import annotations

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer, PreviewPerson
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from app.store.writing import playbook
from tests.fakes.clock import FakeClock
from tests.store.making import NOW_MS, arrival, keep


def test_everything_the_page_asks_for(database: Database, account_id: int, clock: FakeClock) -> None:
    keep(database, account_id, arrival("m1", "¿Y mi pedido?"))
    answer = PlaybookAnswer("a", Category.ORDER, {"es": "Título"}, {"es": ("Hola",)})
    database.write_now(playbook.import_answers, [answer])
    database.write_now(playbook.save_draft, 1, "{}", NOW_MS)
    database.write_now(playbook.used, "a", playbook.Used(1, None, NOW_MS, "Hola, ¿qué tal?"))
    database.write_now(playbook.used, "a", playbook.Used(1, None, NOW_MS, "Hola"))
    database.write_now(playbook.add_fact, playbook.FactWords("k", "K", '{"es": "x"}'), NOW_MS)

    def ask(queries: StoreQueries) -> None:
        assert queries.answers() == [PlaybookAnswer("a", Category.ORDER, {"es": "Título"}, {"es": ("Hola",)}, uses=2)]
        assert queries.answer_drafts() == {1: "{}"}
        assert queries.answer_figures()[1].uses == 2
        assert queries.figures_of(1).edited == 1
        assert queries.answer_versions(1) == []
        assert [fact.key for fact in queries.facts()] == ["k"]
        assert queries.wording_uses(1, 1) == {1: (NOW_MS, NOW_MS)}
        assert queries.examples_of(1) == []
        (person,) = queries.preview_people()
        assert isinstance(person, PreviewPerson)

    database.reader.now(lambda connection: ask(StoreQueries(connection, clock)))
