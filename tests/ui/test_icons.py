"""Icons are tinted with the theme's colours and kept; every name the tokens use exists."""

from __future__ import annotations

import json

import pytest

from app.ui.icons import Icons
from app.ui.look import Look
from app.ui.theme import Theme
from tests.ui.conftest import RESOURCES
from tests.ui.pictures import has


def test_an_icon_has_the_colour_it_was_asked_in(look: Look) -> None:
    image = look.icons.pixmap("tray-fill", "accent.fill", 32, 1.0).toImage()
    assert has(image, look.theme.color("accent.fill"))


def test_a_pixmap_is_made_once_until_the_theme_changes(look: Look, theme: Theme) -> None:
    first = look.icons.pixmap("tray", "text.primary", 16, 1.0)
    assert look.icons.pixmap("tray", "text.primary", 16, 1.0).cacheKey() == first.cacheKey()
    theme.choose(mode="dark")
    assert look.icons.pixmap("tray", "text.primary", 16, 1.0).cacheKey() != first.cacheKey()


def test_pixmaps_carry_the_ratio_of_the_screen(look: Look) -> None:
    pixmap = look.icons.pixmap("tray", "text.primary", 16, 1.5)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (24, 1.5)


def test_a_network_is_a_glyph_on_a_disc_of_its_colour(look: Look) -> None:
    disc, glyph = look.theme.network("mastodon")
    image = look.icons.network("mastodon", 30, 1.0).toImage()
    assert has(image, disc)
    assert has(image, glyph)
    assert not look.icons.brand("mastodon", "text.secondary", 16, 1.0).isNull()


def test_the_cup_is_drawn_in_the_accent_colour(look: Look) -> None:
    assert has(look.icons.mark(34, 1.0).toImage(), look.theme.color("accent.fill"))
    assert not look.icons.app_icon().isNull()
    assert not look.icons.icon("check").isNull()


def test_a_name_without_a_file_is_refused(look: Look) -> None:
    assert not look.icons.exists("no-such-icon")
    with pytest.raises(FileNotFoundError):
        look.icons.pixmap("no-such-icon")


def test_every_icon_of_the_tokens_is_shipped(theme: Theme) -> None:
    icons = Icons(theme, RESOURCES)
    tokens = json.loads((RESOURCES / "theme" / "tokens.json").read_text("utf-8"))
    names = [entry["icon"] for table in ("network", "pillar", "category") for entry in tokens[table].values()]
    assert [name for name in names if not icons.exists(name)] == []
