"""What tests do with the Playbook page over and over."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.ui.playbook.page import PlaybookPage
from app.ui.widgets.select import Select
from tests.ui.playbook.fakes import FakePlaybook
from tests.ui.shop import Shop


def page_of(shop: Shop) -> PlaybookPage:
    page = shop.page
    assert isinstance(page, PlaybookPage)
    return page


def fake_of(shop: Shop) -> FakePlaybook:
    fake: FakePlaybook = shop.services.playbook
    return fake


def titles(page: PlaybookPage) -> list[str]:
    return [row.title for row in page.list.model.rows]


def press(shop: Shop, command: str, application: QApplication) -> None:
    shop.shell.actions.run(command)
    application.processEvents()


def write(page: PlaybookPage, text: str) -> None:
    page.editor.texts.editor.setPlainText(text)


def choose(select: Select, value: object) -> None:
    select.choose(value)
    select.activated.emit(select.currentIndex())
