"""A playbook of five answers, and the page with their cards, for tests."""

from __future__ import annotations

import pytest

from app.models.conversation import Category
from app.models.playbook import Blank, FactRow, ListFigures, PlaybookAnswer
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.fake_reads import FakeChanges
from tests.ui.inbox.fake_services import FakeServices

XIMENA, MEMO, ROCIO = 2, 6, 9
LINK = PlaybookAnswer(
    "link",
    Category.TECHNICAL,
    {"en": "Link expired", "es": "Enlace caducado"},
    {"es": ("¡Hola, {name}! Ya reactivamos el enlace de tu pedido {order}.",), "en": ("Hi {name}, it works again.",)},
    uses=64,
    id=1,
)
RENEW = PlaybookAnswer("renew", Category.TECHNICAL, {"en": "Renew it"}, {"es": ("Pide otro aquí.",)}, uses=38, id=2)
TRACK = PlaybookAnswer(
    "track",
    Category.ORDER,
    {"en": "Tracking"},
    {"es": ("Tu guía es {tracking}, y repito: {tracking}.",)},
    id=3,
    blanks=(Blank("tracking", "número de guía"),),
)
FACTS = PlaybookAnswer("ship", Category.ORDER, {"en": "Shipping"}, {"es": ("Tardamos {fact:ship}.",)}, id=4)
ENGLISH = PlaybookAnswer(
    "hours", Category.QUESTION, {"en": "Hours"}, {"en": ("We open at ten.",)}, id=5, tags=("time",)
)
ALL = ("link", "renew", "track", "ship", "hours")


@pytest.fixture(autouse=True)
def _five_answers(services: FakeServices) -> None:
    services.answers = [LINK, RENEW, TRACK, FACTS, ENGLISH]
    services.facts = [FactRow(1, "ship", "Shipping time", {"es": "tres días"})]
    services.figures = {1: ListFigures(64, 50, 47)}
    services.suggesting.found = {"Marea": ("link", "renew", "track")}


def opened(inbox: Inbox, conversation_id: int = XIMENA) -> Inbox:
    """With the cards there, made of what the test has put into the playbook: a slow machine may have read it while the window opened."""
    inbox.services.changed.emit(FakeChanges(answer=None, fact=None))
    rows = inbox.page.list.rows
    place = inbox.page.desk.model.position_of(conversation_id)
    rows.choose(place)
    inbox.settle()
    inbox.page.suggestions._rest.stop()
    inbox.page.suggestions._rest.timeout.emit()
    inbox.settle()
    return inbox


def keys(inbox: Inbox) -> list[str]:
    return [card.key for card in inbox.page.suggestions.cards]


def shown(inbox: Inbox) -> list[str]:
    """The titles on the cards that are there."""
    strip = inbox.page.conversation.suggestions
    return (
        [card.answer.title for card in strip.cards if not card.isHidden() and card.answer] if strip.isVisible() else []
    )


def reply(inbox: Inbox) -> str:
    return inbox.page.conversation.reply.text()


def again(inbox: Inbox) -> None:
    """What is asked again later is asked now."""
    inbox.page.suggestions._rest.stop()
    inbox.page.suggestions._rest.timeout.emit()
    inbox.settle()


class Changed:
    """A commit of one table."""

    def __init__(self, table: str) -> None:
        self._table = table

    def ids(self, _table: str) -> frozenset[int]:
        return frozenset()

    def all_of(self, table: str) -> bool:
        return table == self._table

    def touches(self, *tables: str) -> bool:
        return self._table in tables
