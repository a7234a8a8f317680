"""Facets: places in UTF-8 bytes, whole addresses, and only people who exist."""

from __future__ import annotations

from typing import Any

import pytest

from app.language.entities import find
from app.networks.bluesky.facets import facets_of

DIDS = {"ana.test": "did:plc:ana", "aurora.bsky.social": "did:plc:aurora"}

VECTORS = [
    ("sin nada", []),
    ("https://discos.example/nuevo", [(0, 28, "https://discos.example/nuevo")]),
    ("mira aurora.mx/a.", [(5, 16, "https://aurora.mx/a")]),
    ("mira discos-aurora.mx", []),
    ("(https://discos.example)", [(1, 23, "https://discos.example")]),
    ("¿https://a.example/b_(c)?", []),
    ("ñ https://a.example", [(3, 20, "https://a.example")]),
    ("👩‍👩‍👧‍👦 https://a.example", [(26, 43, "https://a.example")]),
    ("@ana.test hola", [(0, 9, "did:plc:ana")]),
    ("hola (@aurora.bsky.social)", [(6, 25, "did:plc:aurora")]),
    ("hola @nadie.test", []),
    ("ventas@ana.test", []),
    ("Llegó #vinilo, #Año y #７０", [(7, 14, "vinilo"), (16, 21, "Año")]),
    ("＃全角 #2026", [(0, 9, "全角")]),
    ("#uno#dos", [(0, 8, "uno#dos")]),
    ("$aapl sube", [(0, 5, "$AAPL")]),
    ("ftp://a.example", []),
    ("a.notatld", []),
    ("HTTP://A.EXAMPLE", []),
    ("línea\nhttps://a.example\n#fin", [(7, 24, "https://a.example"), (25, 29, "fin")]),
    ("עברית https://a.example", [(11, 28, "https://a.example")]),
    ("日本語 #音楽。", [(10, 17, "音楽")]),
]


def told(facets: list[dict[str, Any]]) -> list[tuple[int, int, str]]:
    values = []
    for facet in facets:
        (feature,) = facet["features"]
        value = feature.get("uri") or feature.get("did") or feature.get("tag")
        values.append((facet["index"]["byteStart"], facet["index"]["byteEnd"], value))
    return values


@pytest.mark.parametrize(("text", "expected"), VECTORS)
def test_facets_stand_where_the_bytes_are(text: str, expected: list[tuple[int, int, str]]) -> None:
    found = told(facets_of(text, find(text, "bluesky"), DIDS))
    assert found == expected
    encoded = text.encode()
    assert all(encoded[start:end].decode() for start, end, _ in found)
