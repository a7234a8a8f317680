"""X's own conformance suite (twitter-text, Apache-2.0; the parts used here, as JSON, in twitter_text/): what is a link, a mention, a hashtag, and how long a text is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from app.language.entities import Span, find
from app.language.measure import measure

FOLDER = Path(__file__).parent / "twitter_text"
OF_VERSION_2 = (
    "Count a mix of single byte single word, and double word unicode characters",
    "Count unicode emoji chars outside the basic multilingual plane with skin tone modifiers",
)
"""These two count an emoji by its parts, as X's configuration did before version 3, which counts each as one."""


def cases(name: str, *sections: str) -> list[Any]:
    tests = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    chosen = [case for section in sections for case in tests[section] if case["description"] not in OF_VERSION_2]
    return [pytest.param(case, id=case["description"][:60]) for case in chosen]


def placed(spans: tuple[Span, ...]) -> list[tuple[str, int, int]]:
    return [(span.value, span.start, span.end) for span in spans]


@pytest.mark.parametrize("case", cases("extract", "urls", "tco_urls_with_params"))
def test_links(case: dict[str, Any]) -> None:
    assert [span.value for span in find(case["text"], "x").links] == case["expected"]


@pytest.mark.parametrize("case", cases("extract", "urls_with_indices", "urls_with_directional_markers"))
def test_where_links_are(case: dict[str, Any]) -> None:
    assert placed(find(case["text"], "x").links) == [(each["url"], *each["indices"]) for each in case["expected"]]


@pytest.mark.parametrize("case", cases("extract", "mentions"))
def test_mentions(case: dict[str, Any]) -> None:
    assert [span.value.partition("/")[0] for span in find(case["text"], "x").mentions] == case["expected"]


@pytest.mark.parametrize("case", cases("extract", "mentions_or_lists_with_indices"))
def test_where_mentions_are(case: dict[str, Any]) -> None:
    expected = [(each["screen_name"] + each["list_slug"], *each["indices"]) for each in case["expected"]]
    assert placed(find(case["text"], "x").mentions) == expected


@pytest.mark.parametrize("case", cases("extract", "hashtags", "hashtags_from_astral"))
def test_hashtags(case: dict[str, Any]) -> None:
    assert [span.value for span in find(case["text"], "x").hashtags] == case["expected"]


@pytest.mark.parametrize("case", cases("extract", "hashtags_with_indices"))
def test_where_hashtags_are(case: dict[str, Any]) -> None:
    assert placed(find(case["text"], "x").hashtags) == [
        (each["hashtag"], *each["indices"]) for each in case["expected"]
    ]


@pytest.mark.parametrize(
    "case", cases("validate", "WeightedTweetsCounterTest", "WeightedTweetsWithDiscountedEmojiCounterTest")
)
def test_lengths(case: dict[str, Any]) -> None:
    expected = case["expected"]
    length = measure(case["text"], "x", 280).length
    assert length == expected["weightedLength"]
    if len(case["text"]) and "\ufffe" not in case["text"] and "\uffff" not in case["text"]:
        assert (0 < length <= 280) == expected["valid"]
