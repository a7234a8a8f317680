"""X's table of emoji: what is one emoji to X, and what is counted by its parts."""

from __future__ import annotations

import pytest
import regex

from app.language.measure import measure
from app.language.x_emoji import PATTERN


@pytest.mark.parametrize("emoji", ["🎶", "👩‍🎤", "👩🏽‍🎤", "🇲🇽", "8️⃣", "☺️", "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "✈"])
def test_one_emoji_counts_as_two(emoji: str) -> None:
    assert regex.fullmatch(PATTERN, emoji)
    assert measure(emoji, "x").length == 2


@pytest.mark.parametrize(("emoji", "length"), [("👩🏾‍🦯", 5), ("🧑🏽‍✈️", 5), ("🥸", 2), ("👩🏽‍🤝‍👩🏿", 8)])
def test_what_came_after_emoji_11_counts_by_its_parts(emoji: str, length: int) -> None:
    assert measure(emoji, "x").length == length


def test_the_pattern_is_quick_on_a_long_text() -> None:
    assert measure("😀" * 5_000, "x").length == 10_000
