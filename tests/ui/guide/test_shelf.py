"""The guide's pages stand ready in the language of the window, and are searched."""

from __future__ import annotations

import pytest

from app.language.guide_pages import PAGES
from app.runtime.paths import resources
from app.ui.guide.filling import ProgramFilling
from app.ui.guide.shelf import GuideShelf
from app.ui.look import Look
from tests.ui.stand_ins import make_registry


def shelf(look: Look) -> GuideShelf:
    registry = make_registry([])
    filling = ProgramFilling(look.words, registry, lambda name: registry[name].all_keys)
    return GuideShelf(resources(), look.words.language, filling)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "keyring"), ("es", "llavero"), ("fr", "Bluesky"), ("ru", "Bluesky"), ("zh", "密钥环")]
)
def test_the_search_finds_in_every_language(look: Look, language: str, word: str) -> None:
    look.words.language = language
    assert shelf(look).find(word)


def test_pages_come_in_their_order_with_their_titles_and_pictures(look: Look) -> None:
    ready = shelf(look)
    assert [name for name, _ in ready.titles()] == list(PAGES)
    assert dict(ready.titles())["keys"] == "All keys"
    assert ready.picture("inbox").is_file()
