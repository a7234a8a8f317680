"""Patterns: the one that comes with the program, in each language, and the user's own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.models.campaign import Pattern, Step
from app.runtime.errors import Damaged, UserMistake
from app.services.patterns import Patterns
from app.services.undo import Undo
from app.store.reading import campaigns as reading
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in

LANGUAGES = ("en", "es", "fr", "ru", "zh")
OWN = Pattern("Discos", (Step(1, 600, " después "), Step(-3, 600, "antes")))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_one_that_comes_along_stands_from_a_week_before_to_two_days_after(
    tmp_path: Path, clock: FakeClock, language: str
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        found = shop.services.patterns.shipped(language)
        assert [step.days for step in found.steps] == [-7, -5, -3, -1, 0, 0, 1, 2]
        assert all("{product}" in step.text for step in found.steps)
        assert all("{link}" in step.text for step in found.steps if step.days == 0)
        assert not any("{link}" in step.text for step in found.steps if step.days < 0)
        english = shop.services.patterns.shipped("en")
        assert [replace(step, text="") for step in found.steps] == [replace(step, text="") for step in english.steps]


async def test_each_language_of_the_screen_has_its_own_and_any_other_the_english_one(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shipped = [shop.services.patterns.shipped(language) for language in LANGUAGES]
        assert len({pattern.name for pattern in shipped}) == len({pattern.steps for pattern in shipped}) == len(LANGUAGES)
        assert shop.services.patterns.shipped("es_MX") == shop.services.patterns.shipped("es")
        assert shop.services.patterns.shipped("de") == shop.services.patterns.shipped("en")


async def test_one_is_kept_changed_and_removed_with_a_way_back_each(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        patterns = shop.services.patterns
        number = await patterns.save(OWN)
        assert await shop.database.read(reading.patterns) == [
            Pattern("Discos", (Step(-3, 600, "antes"), Step(1, 600, "después")), number)
        ]
        await patterns.save(Pattern("Vinilos", OWN.steps[:1], number))
        assert [(each.name, len(each.steps)) for each in await shop.database.read(reading.patterns)] == [("Vinilos", 1)]
        await shop.undo()
        assert [(each.name, len(each.steps)) for each in await shop.database.read(reading.patterns)] == [("Discos", 2)]
        await patterns.remove(number)
        assert await shop.database.read(reading.patterns) == []
        assert await shop.undo() == "undone.pattern_removed"
        assert len(await shop.database.read(reading.patterns)) == 1


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (Pattern("", OWN.steps), "campaigns.pattern_name_missing"),
        (Pattern("Nada"), "campaigns.pattern_empty"),
        (Pattern("Nada", (Step(0, 0, " "),)), "campaigns.step_empty"),
        (Pattern("Lejos", (Step(61, 0, "x"),)), "campaigns.step_too_far"),
        (Pattern("Mucho", (Step(0, 0, "x"),) * 41), "campaigns.too_many_steps"),
    ],
)
async def test_what_cannot_be_is_refused(tmp_path: Path, clock: FakeClock, pattern: Pattern, said: str) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as refused:
            await shop.services.patterns.save(pattern)
        assert refused.value.message.id == said


async def test_an_installation_without_its_files_is_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(Damaged):
            Patterns(shop.database, Undo(), clock, tmp_path / "nowhere").shipped("es")
