"""Every page in five languages at both sizes: nothing of what we say is cut off."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.pofile import read_po

from app.bootstrap import build_services, open_database
from app.profile import adopt_settings, open_profile
from app.runtime.paths import resources
from app.runtime.start import Options
from app.runtime.tasks import Tasks
from app.services.undo import Undo
from app.ui.settings.sections import SECTIONS
from app.window import painter_for
from tests.ui.clipping import cut_parts, elided_texts, words_on

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]
LANGUAGES = ("en", "es", "fr", "ru", "zh")
SIZES = ((1440, 900), (1024, 640))
TABS = ("insights:posts", "insights:answers", "insights:audience", "insights:campaigns")
MAY_BE_CUT = re.compile(r"[\u2026]$")
"""Placeholders in empty fields and words that end in an ellipsis themselves."""


def sentences(language: str) -> set[str]:
    """What a language says; the first form of plurals."""
    found: set[str] = set()
    for path in (resources() / "translations" / language).glob("*.po"):
        with path.open("rb") as file:
            for entry in read_po(file, locale=language):
                said = str(entry.string[0] if isinstance(entry.string, tuple) else entry.string)
                if entry.id and said and not MAY_BE_CUT.search(said):
                    found.add(said)
    return found


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """The sample shop's profile and services."""

    async def nowhere(_address: str) -> None:
        """No browser."""

    profile = open_profile(Options(tmp_path_factory.mktemp("sample"), sample=True), "test")
    profile.clock.sleeper = asyncio.sleep
    database = open_database(profile)
    adopt_settings(profile)
    services = build_services(profile, database, Tasks(lambda _: None, lambda _: None), Undo(), nowhere)
    yield profile, services
    database.close_now()


@pytest.fixture
def painter(shop: tuple[Any, Any]) -> Iterator[Any]:
    made = painter_for(*shop)
    yield made
    made.close()


def cut(window: Any, ours: set[str]) -> list[str]:
    """What is cut of a page that stands still: parts without room, and sentences of ours that are painted with an ellipsis."""
    with elided_texts() as elided:
        window.grab()
    return cut_parts(window, ours) + [f"{text!r} ends in an ellipsis" for text in sorted(elided & ours)]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_we_say_is_cut(painter: Any, language: str, size: tuple[int, int]) -> None:
    ours = sentences(language)
    painter._look.words.language = language
    faults: list[str] = []
    for page in (*painter.pages(), *TABS):
        window = painter.show(page, size)
        faults += [f"{page}: {fault}" for fault in cut(window, ours)]
        for section in SECTIONS if page == "settings" else ():
            window.page().show_section(section.id)
            painter._settle()
            faults += [f"settings, {section.id}: {fault}" for fault in cut(window, ours)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("before", "after"), [("ru", "zh"), ("zh", "es"), ("en", "fr")])
def test_another_language_changes_every_word_on_the_screen(painter: Any, before: str, after: str) -> None:
    former = sentences(before) - sentences(after)
    left: list[str] = []
    for page in (*painter.pages(), *TABS):
        painter._look.words.language = before
        window = painter.show(page, SIZES[0])
        painter._look.words.language = after
        painter._settle()
        left += [f"{page}: {said}" for said in sorted(words_on(window) & former)]
    assert not left, "\n".join(left)
