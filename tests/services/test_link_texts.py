"""Links of a text: which are found, and what stands in their place."""

from __future__ import annotations

import pytest

from app.services.link_texts import host_of, links_of, put_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mira https://a.mx/x.", ["https://a.mx/x"]),
        ("Mira discosaurora.mx/marea, hoy", ["https://discosaurora.mx/marea"]),
        ("(discosaurora.mx)", ["https://discosaurora.mx"]),
        ("hola@discosaurora.mx y @aurora.mx", []),
        ("ASP.NET, Node.js y Fin.Es", []),
        ("https://www.x.com/ana/status/1 instagram.com/aurora", []),
        ("https://go.aurora.mx/x", []),
        ("", []),
    ],
)
def test_links_are_found_with_and_without_their_scheme(text: str, found: list[str]) -> None:
    assert [url for _, url in links_of(text, {"go.aurora.mx"})] == found


def test_others_stand_in_their_place() -> None:
    instead = {"https://a.mx/x": "https://s.mx/1", "https://b.mx": "https://s.mx/2"}
    assert (
        put_in("🎶 a.mx/x y b.mx, c.mx/x (https://a.mx/x)", instead)
        == "🎶 https://s.mx/1 y https://s.mx/2, c.mx/x (https://s.mx/1)"
    )
    assert put_in("Mira a.mx/x", {"https://a.mx/x": "https://a.mx/x"}) == "Mira a.mx/x", (
        "what is not tracked stays as it is written"
    )


def test_hosts() -> None:
    assert [host_of(each) for each in ("https://WWW.a.mx/x", "https://[::1", "mailto:x")] == [
        "www.a.mx".removeprefix("www."),
        "",
        "",
    ]
