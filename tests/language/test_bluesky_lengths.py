"""How long texts are on Bluesky: graphemes and UTF-8 bytes, one line for each kind of text that people write."""

from __future__ import annotations

import pytest

from app.language.measure import measure

VECTORS = [
    ("", 0, 0),
    ("hola", 4, 4),
    ("Llegó el disco", 14, 15),
    ("ñandú", 5, 7),
    ("e\u0301", 1, 3),
    ("\u00e9", 1, 2),
    ("línea\nsegunda", 13, 14),
    ("a\r\nb", 3, 4),
    ("\t \u00a0", 3, 4),
    ("https://discos.example/nuevo?utm_source=bluesky", 47, 47),
    ("@aurora.bsky.social", 19, 19),
    ("#vinilo", 7, 7),
    ("¡Ya! ¿Sí?", 9, 12),
    ("5 € y 10 £", 10, 13),
    ("“comillas”", 10, 14),
    ("…", 1, 3),
    ("😀", 1, 4),
    ("👍🏽", 1, 8),
    ("❤️", 1, 6),
    ("❤", 1, 3),
    ("☕️ caliente", 10, 15),
    ("🇲🇽", 1, 8),
    ("🇲🇽🇩🇪", 2, 16),
    ("🇲", 1, 4),
    ("👩‍👩‍👧‍👦", 1, 25),
    ("🏳️‍🌈", 1, 14),
    ("👩🏽‍🚀", 1, 15),
    ("1️⃣", 1, 7),
    ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 1, 28),
    ("日本語", 3, 9),
    ("한국어", 3, 9),
    ("\u1112\u1161\u11ab", 1, 9),
    ("สวัสดี", 4, 18),
    ("नमस्ते", 3, 18),
    ("עברית", 5, 10),
    ("مرحبا", 5, 10),
    ("a\u200db", 2, 5),
    ("Z͑ͫ̓ͪ̂ͫ̽", 1, 15),
]


@pytest.mark.parametrize(("text", "graphemes", "length_in_bytes"), VECTORS)
def test_a_text_is_as_long_as_its_reader_sees_it(text: str, graphemes: int, length_in_bytes: int) -> None:
    found = measure(text, "bluesky", 300)
    assert (found.length, found.bytes) == (graphemes, length_in_bytes)


def test_both_limits_hold() -> None:
    assert measure("a" * 300, "bluesky", 300).fits
    assert not measure("a" * 301, "bluesky", 300).fits
    # 120 families are 120 characters and 3,000 bytes.
    assert measure("👩‍👩‍👧‍👦" * 120, "bluesky", 300).fits
    assert not measure("👩‍👩‍👧‍👦" * 121, "bluesky", 300).fits
