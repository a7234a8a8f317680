"""Answers come back with all their wordings."""

from __future__ import annotations

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer
from app.store.database import Database
from app.store.reading import playbook
from app.store.writing import playbook as acts


def test_answers_by_category_and_key(database: Database):
    late = PlaybookAnswer(
        "order.late",
        Category.ORDER,
        {"es": "Pedido tarde", "en": "Late order"},
        {"es": ("Uno", "Dos"), "en": ("One",)},
        ("envío",),
    )
    thanks = PlaybookAnswer("praise.thanks", Category.PRAISE, {"es": "Gracias"}, {"es": ("¡Gracias!",)})
    database.write_now(acts.import_answers, [thanks, late])
    assert database.reader.now(playbook.answers) == [late, thanks]
