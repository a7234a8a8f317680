"""Lengths are counted as each network counts them, fast enough for every key."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.measure import graphemes, measure

FAMILY = "👨‍👩‍👧‍👦"
LONG_LINK = "https://discos.example.org/" + "x" * 100


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Hola, ¿qué tal?", 15),
        ("e\u0301", 1),
        (FAMILY, 1),
        ("🇲🇽", 1),
        ("नमस्ते", 3),
        ("a\r\nb", 3),
        (LONG_LINK, 23),
        ("http://a.co", 23),
        (f"x {LONG_LINK} y {LONG_LINK}", 51),
        ("@ana@instancia.example hola", 9),
        ("@ana hola", 9),
        ("correo@ana@x.example", 20),
        ("discos.com", 10),
    ],
)
def test_mastodon_counts_graphemes_links_as_23_and_names_without_their_server(text: str, length: int) -> None:
    assert measure(text, "mastodon", 500).length == length


def test_a_content_warning_counts_along_and_a_server_may_count_links_otherwise() -> None:
    assert measure("hola", "mastodon", 500, warning="aviso").length == 9
    assert measure(LONG_LINK, "mastodon", 500, link_length=30).length == 30


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Hola", 4),
        ("ñandú", 5),
        ("n\u0303", 1),
        ("新唱片", 6),
        ("привет", 6),
        ("—", 1),
        ("…", 2),
        ("€", 2),
        (FAMILY, 2),
        ("👍🏽", 2),
        ("🇲🇽", 2),
        ("1️⃣", 2),
        ("©", 1),
        (LONG_LINK, 23),
        ("discos.com", 23),
        ("@ana hola", 9),
    ],
)
def test_x_weighs_letters_emoji_and_links(text: str, length: int) -> None:
    assert measure(text, "x", 280).length == length


def test_bluesky_counts_graphemes_and_bytes() -> None:
    found = measure(FAMILY * 130, "bluesky", 300)
    assert (found.length, found.bytes, found.bytes_limit) == (130, 130 * 25, 3000)
    assert not found.fits
    assert measure(LONG_LINK, "bluesky", 300).length == len(LONG_LINK)


def test_plain_counts_code_points() -> None:
    assert measure("e\u0301 👍🏽", "plain", 10).length == 5


def test_the_limit_is_inclusive() -> None:
    assert measure("a" * 500, "mastodon", 500).fits
    assert not measure("a" * 501, "mastodon", 500).fits


@pytest.mark.parametrize("counting", ["mastodon", "x", "bluesky", "plain"])
@pytest.mark.parametrize(
    "piece",
    [
        "Este disco https://discos.example/nuevo?x=1 @ana@m.example #disco ",
        "a.",
        "@",
        "#",
        "a@",
        "a-",
        "http://",
        "新唱片到货了",
        FAMILY,
        "http://a.com/(",
        "a\u0301",
        "a.com ",
    ],
)
def test_the_effort_grows_with_the_text_and_not_with_its_square(piece: str, counting: str) -> None:
    short, long = (piece * 500)[:500], (piece * 8000)[:8000]
    effort = [min(_seconds(text, counting) for _ in range(5)) for text in (short, long)]
    assert effort[1] < 16 * 16 / 2 * max(
        effort[0], 0.0001
    )  # sixteen times as long; the square would be 256 times the effort


def _seconds(text: str, counting: str) -> float:
    started = time.process_time()
    measure(text, counting, 500)
    return time.process_time() - started


@given(st.text())
def test_any_text_can_be_measured(text: str) -> None:
    for counting in ("mastodon", "x", "bluesky", "plain"):
        found = measure(text, counting, 500)
        assert found.length >= 0
        for span in (*found.links, *found.mentions, *found.hashtags):
            assert 0 <= span.start < span.end <= len(text)


def test_a_half_character_does_not_stop_the_count() -> None:
    assert measure("a\ud800", "bluesky", 300).bytes == 2


def test_graphemes_of_plain_letters() -> None:
    assert graphemes("a\r\nb") == 3
