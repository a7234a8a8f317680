"""The language of a post is that of its words, until somebody chooses another."""

from __future__ import annotations

import pytest

from app.models.post import PostDraft
from app.ui.composer.languages import heard_in
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import X

SPANISH = "Mañana llega el nuevo vinilo de Mar de Cal."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (SPANISH, "es"),
        ("The new record is out on Friday", "en"),
        ("Le vinyle est dans la boutique", "fr"),
        ("Вечер", "ru"),
        ("新唱片", "zh"),
        ("¡Ya!", ""),
        ("Mar de Cal", ""),
        ("", ""),
    ],
)
def test_words_tell_their_language_where_there_are_enough_of_them(text: str, language: str) -> None:
    assert heard_in(PostDraft(parts=(text,))) == language


def typed(window: Window, text: str) -> None:
    window.page.bench.text.editors()[0].setFocus()
    window.type(text)
    window.pause()


def test_it_follows_what_is_typed(window: Window) -> None:
    window.open(new=True)
    assert window.draft.language == "en"
    typed(window, SPANISH)
    assert window.draft.language == "es"
    assert window.page.bench.text.tools.language.currentData() == "es"
    window.page.bench.text.editors()[0].selectAll()
    typed(window, "Tomorrow the new record is here.")
    assert window.draft.language == "en"


def test_what_is_begun_with_a_text_has_its_language(window: Window) -> None:
    window.open(new=True, text=SPANISH)
    assert window.draft.language == "es"


def test_a_language_that_was_chosen_stays(window: Window) -> None:
    window.open(new=True)
    choice = window.page.bench.text.tools.language
    choice.choose("fr")
    choice.activated.emit(choice.currentIndex())
    typed(window, SPANISH)
    assert window.draft.language == "fr"


def test_one_that_was_chosen_earlier_stays_too_and_looking_changes_nothing(window: Window) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=(SPANISH,), accounts=(X,), language="fr")
    window.open(post=3)
    window.page.bench.rested()
    assert window.draft.language == "fr"
    typed(window, " Ya está aquí.")
    assert window.draft.language == "fr"
