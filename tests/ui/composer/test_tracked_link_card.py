"""The card of the post's links: how each leaves, whether clicks are counted, and what goes wrong."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from app.models.post import PostDraft
from app.models.tracked_link import LinkState
from app.runtime.words import message
from app.ui.composer.tracked_link_card import TrackedLinkCard, plain
from app.ui.widgets.text import Label
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import BLUESKY, MASTODON, X
from tests.ui.shop import nameless, texts

LINK = "https://discosaurora.mx/santa-cecilia"
SHORT = "https://aurora.mx/sc26m"


def opened(window: Window, text: str = f"Hoy es Santa Cecilia: {LINK}", short: str = SHORT) -> TrackedLinkCard:
    window.services.tracked_links.short = {LINK: short}
    window.services.tracked_links.shortener_name = "Shlink"
    window.store.drafts[1] = PostDraft(id=1, parts=(text,), accounts=(X, MASTODON, BLUESKY))
    window.open(post=1)
    window.page.bench.look_over()
    window.application.processEvents()
    return window.page.bench.tracked


def test_it_shows_what_becomes_of_the_link(window: Window) -> None:
    card = opened(window)
    assert card.isVisible()
    said = texts(card)
    assert {"discosaurora.mx/santa-cecilia", "aurora.mx/sc26m", "Count clicks"} <= set(said)
    assert "One short link for each network. Campaign “santa-cecilia”, source “x”." in said
    window.page.bench.turn_to(MASTODON)
    window.application.processEvents()
    assert "One short link for each network. Campaign “santa-cecilia”, source “mastodon”." in texts(card)
    assert nameless(card) == []


def test_a_post_without_a_link_has_no_such_card(window: Window) -> None:
    assert not opened(window, "Sin enlace").isVisible()


def test_lengths_and_previews_are_of_the_text_as_it_leaves(window: Window) -> None:
    opened(window)
    bench = window.page.bench
    bluesky = next(card for card in bench.accounts.cards() if card.place.id == BLUESKY)
    assert bluesky._length == len(f"Hoy es Santa Cecilia: {SHORT}")
    assert any(SHORT.removeprefix("https://") in label.text() for label in bench.preview.findChildren(Label)), "as the networks write links"
    assert bench.text.editors()[0].toPlainText().endswith(LINK), "what was written stays"


def test_the_switch_leaves_links_as_they_are_written(window: Window) -> None:
    card = opened(window)
    card.switch.setFocus()
    window.press(Qt.Key.Key_Space)
    assert not window.draft.track_clicks
    assert "Goes out as it is written. Its clicks are not counted." in texts(card)
    window.run("composer.count_clicks")
    assert window.draft.track_clicks
    assert card.switch.isChecked()


def test_what_has_no_room_and_what_was_not_made_short_is_said(window: Window) -> None:
    service = window.services.tracked_links
    service.states = {BLUESKY: LinkState.NO_ROOM, MASTODON: LinkState.UNSHORTENED}
    service.trouble = message("links.error.gone", name="Shlink")
    card = opened(window)
    assert card.warning.isVisible()
    assert "On Bluesky there is no room for the parameters" in card.warning.text()
    assert "Shlink gave no short link for Mastodon" in card.warning.text()
    assert "Shlink did not answer." in card.warning.text()


def test_without_a_shortener_it_leads_to_the_settings(window: Window) -> None:
    service = window.services.tracked_links
    service.states = dict.fromkeys((X, MASTODON, BLUESKY), LinkState.TAGGED)
    card = opened(window)
    assert not card.set_up.isVisible()
    service.shortener_name = ""
    card._shown = None
    window.page.bench.look_over()
    window.application.processEvents()
    assert card.set_up.isVisible()
    assert "Goes out with its parameters, for X. Campaign “santa-cecilia”, source “x”." in texts(card)


def test_addresses_are_shown_as_readers_see_them() -> None:
    many: list[Any] = ["https://www.a.mx/x", "http://a.mx", "https://a.mx/\u202ex"]
    assert [plain(each) for each in many] == ["a.mx/x", "a.mx", plain("https://a.mx/\u202ex")]
