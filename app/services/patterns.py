"""Patterns of posts around a launch: the one that comes with the program, and the user's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.models.campaign import FURTHEST_STEP, MINUTES_A_DAY, Pattern, steps_of
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import Damaged, UserMistake
from app.runtime.words import FALLBACK, message
from app.services.undo import Act, Undo
from app.store.database import Database
from app.store.reading import campaigns as reading
from app.store.writing import campaigns as writing

FOLDER = "patterns"
LONGEST_NAME = 80
LONGEST_TEXT = 5000
MOST_STEPS = 40


class Patterns:
    """`PatternsService` of commands/campaign_services.py."""

    def __init__(
        self, database: Database, undo: Undo, clock: Clock, folder: Path, offers: Callable[[str], bool] = bool
    ) -> None:
        """`folder` holds one file for each language. `offers` answers whether the user works with a pillar."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._folder = folder
        self._offers = offers

    def shipped(self, language: str) -> Pattern:
        """The one that comes with the program; without one in this language, the English one. Raises `Damaged`."""
        path = self._folder / f"{language.replace('_', '-').partition('-')[0].lower()}.json"
        if not path.exists():
            path = self._folder / f"{FALLBACK}.json"
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            steps = steps_of(found["steps"])
            return Pattern(found["name"], tuple(each if self._offers(each.pillar) else replace(each, pillar="") for each in steps))
        except (OSError, ValueError, KeyError) as error:
            raise Damaged(message("sample.content_missing", file=path.name), technical=str(error)) from error

    async def save(self, pattern: Pattern) -> int:
        """Keep it; answers its id. Raises `UserMistake` beside the field."""
        sound = _sound(pattern)
        own = {each.id: each for each in await self._database.read(reading.patterns)}
        before = own.get(pattern.id) if pattern.id is not None else None
        number: int = await self._database.write(writing.save_pattern, sound)

        async def back() -> None:
            if before is None:
                await self._database.write(writing.remove_pattern, number, to_ms(self._clock.now()))
            else:
                await self._database.write(writing.save_pattern, before)

        async def again() -> None:
            await self._database.write(writing.save_pattern, replace(sound, id=number))

        self._undo.did(Act(message("undone.pattern_saved", name=sound.name), back, again))
        return number

    async def remove(self, pattern_id: int) -> None:
        """Drafts that it made stay."""
        row = next((each for each in await self._database.read(reading.patterns) if each.id == pattern_id), None)
        if row is None:
            return

        async def again() -> None:
            await self._database.write(writing.remove_pattern, pattern_id, to_ms(self._clock.now()))

        async def back() -> None:
            await self._database.write(writing.remove_pattern, pattern_id, None)

        await again()
        self._undo.did(Act(message("undone.pattern_removed", name=row.name), back, again))


def _sound(pattern: Pattern) -> Pattern:
    name = " ".join(pattern.name.split())[:LONGEST_NAME]
    if not name:
        raise UserMistake(message("campaigns.pattern_name_missing"), field="name")
    if not pattern.steps:
        raise UserMistake(message("campaigns.pattern_empty"), field="steps")
    if len(pattern.steps) > MOST_STEPS:
        raise UserMistake(message("campaigns.too_many_steps", most=MOST_STEPS), field="steps")
    for step in pattern.steps:
        if not step.text.strip():
            raise UserMistake(message("campaigns.step_empty"), field="steps")
        if abs(step.days) > FURTHEST_STEP or not 0 <= step.minute < MINUTES_A_DAY:
            raise UserMistake(message("campaigns.step_too_far", most=FURTHEST_STEP), field="steps")
    steps = sorted(
        (replace(step, text=step.text.strip()[:LONGEST_TEXT]) for step in pattern.steps),
        key=lambda step: (step.days, step.minute),
    )
    return replace(pattern, name=name, steps=tuple(steps))
