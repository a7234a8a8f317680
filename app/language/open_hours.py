"""The hours in which a shop answers, in words of five languages, for an answer's `{hours}`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from app.runtime.paths import resources

Blocks = tuple[tuple[int, int], ...]
"""(from, to) of one day, in minutes since midnight."""
A_DAY = 24 * 60
WORDS = "language/open_hours.json"


class _Words(NamedTuple):
    """How a language says it; what stands in braces is filled in."""

    one: Sequence[str]
    """Each weekday from Monday, as the day on which something happens each week."""
    start: Sequence[str]
    """Each weekday, as the first of several."""
    end: Sequence[str]
    """Each weekday, as the last of several."""
    many: str
    every_day: str
    always: str
    span: str
    with_days: str
    between: str
    """Between groups of days."""
    also: str
    """Between two times of a day."""
    clock: str
    full: str
    """An hour without minutes; empty: like any other."""


def hours_in_words(hours: Sequence[Blocks], language: str) -> str:
    """Seven days from Monday; empty for a language that is not known here, or where no day has hours."""
    words = _known().get(language)
    if words is None or not any(hours):
        return ""
    if all(day == ((0, A_DAY),) for day in hours):
        return words.always
    groups: list[tuple[int, int]] = []
    for day, blocks in enumerate(hours):
        if groups and groups[-1][1] == day - 1 and hours[groups[-1][0]] == blocks:
            groups[-1] = (groups[-1][0], day)
        else:
            groups.append((day, day))
    said = []
    for first, last in groups:
        if hours[first]:
            spans = words.also.join(_span(words, *block) for block in hours[first])
            said.append(words.with_days.format(days=_days(words, first, last), spans=spans))
    return words.between.join(said)


@lru_cache(maxsize=1)
def _known() -> dict[str, _Words]:
    found = json.loads((resources() / WORDS).read_text("utf-8"))["languages"]
    return {language: _Words(**words) for language, words in found.items()}


def _days(words: _Words, first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return words.every_day
    if first == last:
        return words.one[first]
    return words.many.format(first=words.start[first], last=words.end[last])


def _span(words: _Words, start: int, end: int) -> str:
    return words.span.format(start=_time(words, start), end=_time(words, end))


def _time(words: _Words, minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return (words.full if words.full and not minute else words.clock).format(hour=hour, minute=minute)
