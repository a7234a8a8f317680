"""An empty pane says what is so and offers what one may do."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState
from tests.ui.pictures import has, shot


def test_it_shows_words_and_buttons(look: Look, qtbot: QtBot) -> None:
    state = EmptyState(look, icon="magnifying-glass")
    qtbot.addWidget(state)
    state.show_words("Nothing for “casete azul”", "Searched 3,214 messages.")
    button = Button(look, "Search without accents")
    state.add_button(button)
    assert state.accessibleName() == "Nothing for “casete azul”. Searched 3,214 messages."
    assert state.isAncestorOf(button)
    state.show_words("Nothing")
    assert state.sentence.isHidden()


def test_the_cup_is_drawn(look: Look, qtbot: QtBot) -> None:
    state = EmptyState(look, cup=True)
    qtbot.addWidget(state)
    state.show_words("Everyone has an answer")
    state.resize(340, 400)
    image = shot(state)
    assert has(image, look.theme.color("accent.fill"))
    assert has(image, look.theme.color("accent.track"))
