"""What of the playbook wants looking at, on Today."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.models.playbook import PlaybookCare
from app.ui.today.playbook_strip import playbook_strip
from app.ui.widgets.button import Button
from app.ui.widgets.strip import Strip
from tests.ui.shop import Shop, brief


def test_nothing_is_said_where_all_is_well(shop: Shop) -> None:
    assert playbook_strip(shop.shell.face, PlaybookCare()) is None


def test_facts_that_end_and_answers_to_review_are_told_in_one_line(shop: Shop, qapp: QApplication) -> None:
    shop.store.today = brief(playbook=PlaybookCare(("Envío",), ("Precio", "Garantía"), 2))
    shop.page.ask()
    qapp.processEvents()
    strip = shop.page.findChild(Strip, "playbook")
    said = strip.accessibleName().replace("\u2068", "").replace("\u2069", "")
    assert said == (
        "The fact Envío holds no more: answers wait for it. 2 facts end within three days: Precio and Garantía."
        " 2 answers of the playbook want another look."
    )
    assert [button.text() for button in strip.findChildren(Button)] == ["Open the Playbook"]
