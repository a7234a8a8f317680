"""Each network shows texts, links and polls in its own way."""

from __future__ import annotations

import pytest

from app.models.post import PostDraft
from app.ui.composer.network_faces import face_of, shown_text
from app.ui.widgets.text import Label
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import INSTAGRAM, MASTODON

LINK = "https://www.discosaurora.example/santa-cecilia/playlist-de-todos"
LONG = "Feliz Santa Cecilia a toda la gente que toca, canta o nada más escucha. Cuéntanos abajo con quién empezaste y arma con nosotros la lista del año."


@pytest.mark.parametrize(
    ("network", "shown"),
    [
        ("x", "Mira discosaurora.example/santa-cecilia/p…, hoy"),
        ("mastodon", "Mira discosaurora.example/santa-cec…, hoy"),
        ("bluesky", "Mira discosaurora.example/santa-cecilia…, hoy"),
        ("instagram", f"Mira {LINK}, hoy"),
        ("unknown", f"Mira {LINK}, hoy"),
    ],
)
def test_links_are_shortened_as_the_network_does(network: str, shown: str) -> None:
    assert shown_text(face_of(network), f"Mira {LINK}, hoy") == (shown, False)


def test_a_long_text_is_cut_at_a_word_where_the_network_cuts() -> None:
    shown, cut = shown_text(face_of("instagram"), LONG)
    assert cut
    assert len(shown) <= 125
    assert LONG.startswith(f"{shown} ")
    assert shown_text(face_of("mastodon"), LONG) == (LONG, False)


def texts(window: Window) -> list[str]:
    return [label.text() for card in window.page.bench.preview.cards() for label in card.findChildren(Label) if "line-height" in label.text() and label.isVisibleTo(card)]


def test_more_opens_what_the_preview_cuts_off(window: Window) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=(LONG,), accounts=(INSTAGRAM, MASTODON))
    window.open(post=3)
    mastodon, instagram = texts(window)
    assert "lista del año" in mastodon
    assert "<b>discosaurora</b>" in instagram
    assert "lista del año" not in instagram
    label = next(label for card in window.page.bench.preview.cards() for label in card.findChildren(Label) if 'href="more"' in label.text())
    label.linkActivated.emit("more")
    window.application.processEvents()
    assert all("lista del año" in text for text in texts(window) if text)
