"""The head of a card: what gives way where there is no room, and how."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui.insights.cards import Legend, TitledCard
from app.ui.look import Look

ABOUT = "each day, line: the days before"


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """What the card lies in: a window of its own would not become narrower than its layout."""
    held = QWidget()
    qtbot.addWidget(held)
    return held


def made(look: Look, host: QWidget, brief: str = "") -> TitledCard:
    card = TitledCard(look, "Clicks on our links", QWidget(), brief)
    card.setParent(host)
    card.resize(900, 200)
    host.show()
    return card


def narrow(card: TitledCard, qtbot: QtBot, width: int) -> None:
    """Or wide again; waits until all is laid out."""
    card.resize(width, 200)
    qtbot.waitUntil(lambda: not card.title.geometry().isEmpty() and card.title.width() >= card.title.sizeHint().width(), timeout=30_000)


def top(card: TitledCard, part: QWidget) -> int:
    return part.mapTo(card, QPoint(0, 0)).y()


def lowest(card: TitledCard) -> int:
    """Where the title ends."""
    return top(card, card.title) + card.title.height()


def test_what_it_is_about_stands_beside_the_title_or_whole_below_it(look: Look, host: QWidget, qtbot: QtBot) -> None:
    card = made(look, host)
    card.tell(ABOUT)
    narrow(card, qtbot, 900)
    assert top(card, card.about) < lowest(card)
    narrow(card, qtbot, card.title.sizeHint().width() + 60)
    qtbot.waitUntil(lambda: top(card, card.about) >= lowest(card), timeout=30_000)
    assert card.about.text() == ABOUT
    assert card.about.height() >= card.about.heightForWidth(card.about.width())
    narrow(card, qtbot, 900)
    qtbot.waitUntil(lambda: top(card, card.about) < lowest(card), timeout=30_000)


def test_words_that_only_go_with_the_title_are_its_tooltip_where_there_is_no_room(look: Look, host: QWidget, qtbot: QtBot) -> None:
    card = made(look, host)
    card.tell("top posts of the period", spare=True)
    assert card.about.isVisible()
    narrow(card, qtbot, card.title.sizeHint().width() + 60)
    assert not card.about.isVisible()
    assert card.title.toolTip() == "top posts of the period"
    narrow(card, qtbot, 900)
    assert card.about.isVisible()
    assert card.title.toolTip() == ""


def test_a_shorter_title_gives_room_for_what_it_is_about(look: Look, host: QWidget, qtbot: QtBot) -> None:
    card = made(look, host, brief="Clicks")
    card.tell(ABOUT)
    assert card.title.text() == "Clicks on our links"
    narrow(card, qtbot, card.title.sizeHint().width() + card.about.sizeHint().width())
    assert card.title.text() == "Clicks"
    assert top(card, card.about) < lowest(card)
    narrow(card, qtbot, 900)
    assert card.title.text() == "Clicks on our links"


def test_controls_without_room_beside_the_title_go_below_it_and_stay_whole(look: Look, host: QWidget, qtbot: QtBot) -> None:
    card = made(look, host)
    buttons = [QPushButton(f"A button with many words {number}") for number in range(2)]
    for button in buttons:
        card.add_control(button)
    legend = Legend(look, "accent.fill")
    legend.name.setText("informs 43")
    card.add_control(legend)
    narrow(card, qtbot, 1400)
    qtbot.waitUntil(lambda: top(card, buttons[0]) < lowest(card), timeout=30_000)
    assert card.minimumSizeHint().width() < sum(button.sizeHint().width() for button in buttons)
    narrow(card, qtbot, card.minimumSizeHint().width())
    qtbot.waitUntil(lambda: top(card, buttons[0]) >= lowest(card) and top(card, buttons[1]) > top(card, buttons[0]), timeout=30_000)
    assert all(part.width() >= part.sizeHint().width() for part in (*buttons, legend))
