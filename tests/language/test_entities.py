"""Links, mentions and hashtags are found where each network finds them."""

from __future__ import annotations

import pytest

from app.language.entities import find


def links(text: str, counting: str) -> list[str]:
    return [span.value for span in find(text, counting).links]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mira https://discos.example.org/nuevo?x=1&y=2.", ["https://discos.example.org/nuevo?x=1&y=2"]),
        ("(https://example.org/foo_(bar))", ["https://example.org/foo_(bar)"]),
        ("https://пример.рф/путь y https://例子.中国/路", ["https://пример.рф/путь", "https://例子.中国/"]),
        ("https://example.notatld/x", []),
        ("http://localhost/x http://127.0.0.1/x", []),
        ("xhttps://example.org", []),
        ("唱片https://example.org/a新", ["https://example.org/a"]),
        ("https://a.example.com:8080/p#f", ["https://a.example.com:8080/p#f"]),
    ],
)
def test_addresses_with_a_scheme_are_links_on_mastodon_and_x(text: str, found: list[str]) -> None:
    assert links(text, "mastodon") == found
    assert links(text, "x") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ve a discos.com/nuevo hoy", ["discos.com/nuevo"]),
        ("correo@discos.com", []),
        ("fin.Empieza otra", []),
        ("唱片discos.com店", ["discos.com"]),
        ("a.b.com.notatld", ["a.b.com"]),
    ],
)
def test_bare_addresses_are_links_on_x_alone(text: str, found: list[str]) -> None:
    assert links(text, "x") == found
    assert links(text, "mastodon") == []


def test_mentions_follow_each_networks_names() -> None:
    text = "hola @ana @ana@m.example @ana.bsky.social correo@ana.com"
    assert [span.value for span in find(text, "mastodon").mentions] == ["ana", "ana@m.example", "ana.bsky.social"]
    assert [span.value for span in find(text, "bluesky").mentions] == ["ana.bsky.social"]
    assert [span.value for span in find(text, "x").mentions] == ["ana", "ana"]


def test_hashtags_need_a_letter() -> None:
    text = "#disco #123 #año2026 a#b #唱片 &#39; #️⃣"
    assert [span.value for span in find(text, "x").hashtags][:3] == ["disco", "año2026", "唱片"]
    assert [span.value for span in find(text, "mastodon").hashtags][:2] == ["disco", "año2026"]
    assert [span.value for span in find("#disco! #123 y #vinilo. $ABC", "bluesky").hashtags] == [
        "disco",
        "vinilo",
        "$ABC",
    ]


def test_offsets_are_code_points_and_nothing_is_found_inside_a_link() -> None:
    text = "👩‍👩‍👧 https://example.org/@ana#disco @bob"
    found = find(text, "mastodon")
    assert [text[span.start : span.end] for span in (*found.links, *found.mentions)] == [
        "https://example.org/@ana#disco",
        "@bob",
    ]
    assert found.hashtags == ()


def test_bluesky_links_end_before_punctuation() -> None:
    text = "(https://example.org/a) discos.com, y https://example.org/b!"
    assert links(text, "bluesky") == ["https://example.org/a", "discos.com", "https://example.org/b"]
