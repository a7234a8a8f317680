"""The tokens: contrast in both themes, distance for colour-blind eyes, and what the theme makes of them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import chain, combinations
from typing import Any, Literal

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.theme import HUES, ZOOM_STEPS, Theme
from tests.ui.conftest import RESOURCES

TOKENS = json.loads((RESOURCES / "theme" / "tokens.json").read_text("utf-8"))

# Machado, Oliveira and Fernandes 2009, severity 1.0: how red, green and blue are seen.
SEEN_BY = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pairs(theme: str, colours: dict[str, Any]) -> Iterator[tuple[str, str, str, float]]:
    """What stands on what, and the least contrast it needs: 4.5 for text, 3 for glyphs and outlines."""
    surface, text, accent = colours["surface"], colours["text"], colours["accent"]
    for name in (name for name in surface if name != "scrim"):
        for ink in ("primary", "secondary", "link"):
            yield f"text.{ink} on surface.{name}", text[ink], surface[name], 4.5
        if name != "pressed":
            yield f"text.tertiary on surface.{name}", text["tertiary"], surface[name], 4.5
        yield f"focus.ring on surface.{name}", colours["focus"]["ring"], surface[name], 3.0
    for name in ("base", "raised", "overlay", "window"):
        yield f"border.strong on surface.{name}", colours["border"]["strong"], surface[name], 3.0
        yield f"accent.fill on surface.{name}", accent["fill"], surface[name], 3.0
        yield f"accent.text on surface.{name}", accent["text"], surface[name], 4.5
    yield "accent.text on accent.tint", accent["text"], accent["tint"], 4.5
    yield "accent.fill on accent.track", accent["fill"], accent["track"], 3.0
    for name in ("fill", "hover", "pressed"):
        yield f"accent.onFill on accent.{name}", accent["onFill"], accent[name], 4.5
    for name, status in colours["status"].items():
        yield f"{name}.onStrong on its strong", status["onStrong"], status["strong"], 4.5
        yield f"{name}.text on its tint", status["text"], status["tint"], 4.5
        for ink in ("primary", "secondary"):
            yield f"text.{ink} on {name}.tint", text[ink], status["tint"], 4.5
        for ground in ("base", "raised", "window", "selected"):
            yield f"{name}.text on surface.{ground}", status["text"], surface[ground], 4.5
            yield f"{name}.strong on surface.{ground}", status["strong"], surface[ground], 3.0
    for name, hue in colours["categorical"].items():
        yield f"{name}.text on its tint", hue["text"], hue["tint"], 4.5
        for ground in ("base", "raised", "selected"):
            # Bars on a selection may be fainter: icon and word carry the meaning.
            yield f"{name}.strong on surface.{ground}", hue["strong"], surface[ground], 2.7 if ground == "selected" else 3.0
    for name, network in TOKENS["network"].items():
        yield f"{name}'s glyph on its disc", network[f"glyph{theme.title()}"], network[theme], 4.5
        for ground in ("base", "raised", "selected"):
            yield f"{name}'s disc on surface.{ground}", network[theme], surface[ground], 3.0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_stands_out_from_what_it_stands_on(theme: str) -> None:
    assert too_faint(pairs(theme, TOKENS["color"][theme])) == []


def too_faint(found: Iterator[tuple[str, str, str, float]]) -> list[str]:
    return [f"{what}: {contrast(ink, ground):.2f}" for what, ink, ground, least in found if contrast(ink, ground) < least]


def shown(theme: Theme, tree: dict[str, Any], path: str = "") -> dict[str, Any]:
    """The colours in force, as the tokens' tree has them."""
    return {
        key: shown(theme, value, f"{path}{key}.") if isinstance(value, dict) else theme.color(f"{path}{key}").name().upper()
        for key, value in tree.items()
    }


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_high_contrast_draws_every_line_so_that_it_is_seen(theme: Theme, mode: Literal["light", "dark"]) -> None:
    theme.choose(mode=mode, contrast="high")
    colours = shown(theme, TOKENS["color"][mode])
    lines = ((f"border.{name} on surface.{ground}", colours["border"][name], colours["surface"][ground], 3.0)
             for name in ("subtle", "default", "strong") for ground in ("base", "raised", "overlay", "window"))  # fmt: skip
    words = ((f"text.primary on surface.{ground}", colours["text"]["primary"], colours["surface"][ground], 7.0)
             for ground in ("base", "raised", "overlay", "window", "selected"))  # fmt: skip
    assert too_faint(chain(pairs(mode, colours), lines, words)) == []
    assert {hue["tint"] for hue in colours["status"].values()} == {colours["surface"]["base"]}
    assert theme.stroke("focus") == 3


def test_contrast_comes_and_goes_while_the_window_is_open(theme: Theme) -> None:
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(theme.high_contrast))
    theme.choose(contrast="high")
    theme.choose(contrast="high")
    theme.choose(contrast="system")
    assert heard == [True, False]
    assert theme.color("border.subtle").name().upper() == TOKENS["color"]["light"]["border"]["subtle"]


def lab(colour: str, eyes: str) -> tuple[float, float, float]:
    seen = [min(1.0, max(0.0, sum(weight * part for weight, part in zip(row, linear(colour), strict=True)))) for row in SEEN_BY[eyes]]
    red, green, blue = seen
    white = (0.95047, 1.0, 1.08883)
    xyz = (
        0.4124564 * red + 0.3575761 * green + 0.1804375 * blue,
        0.2126729 * red + 0.7151522 * green + 0.0721750 * blue,
        0.0193339 * red + 0.1191920 * green + 0.9503041 * blue,
    )
    scaled = [value / whole for value, whole in zip(xyz, white, strict=True)]
    x, y, z = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("eyes", list(SEEN_BY))
def test_no_two_hues_look_alike_to_any_eyes(theme: str, eyes: str) -> None:
    hues = TOKENS["color"][theme]["categorical"]
    for one, other in combinations(hues, 2):
        # CIE 1976 distance; the tokens were chosen with CIEDE2000 of at least 11, which is never more than about this.
        assert math.dist(lab(hues[one]["strong"], eyes), lab(hues[other]["strong"], eyes)) > 11, (one, other)


def test_a_theme_can_be_fixed_and_says_so_once(theme: Theme) -> None:
    heard: list[str] = []
    theme.changed.connect(lambda: heard.append(theme.name))
    theme.choose(mode="dark")
    theme.choose(mode="dark")
    assert heard == ["dark"]
    assert theme.dark
    assert theme.color("surface.window").name().upper() == TOKENS["color"]["dark"]["surface"]["window"]


def test_the_alpha_of_the_scrim_is_its_last_pair_of_digits(theme: Theme) -> None:
    scrim = theme.color("surface.scrim")
    assert (scrim.name().upper(), scrim.alpha()) == ("#1F1D1A", 0x66)


def test_a_colour_handed_out_may_be_changed_without_harm(theme: Theme) -> None:
    theme.color("accent.fill").setAlpha(1)
    assert theme.color("accent.fill").alpha() == 255
    theme.hue("rose", "tint").setAlpha(1)
    assert theme.hue("rose", "tint").alpha() == 255


def test_sizes_grow_with_the_zoom_and_lines_do_not(theme: Theme) -> None:
    before = theme.size("row.messageComfortable")
    theme.choose(zoom=150)
    assert theme.size("row.messageComfortable") == pytest.approx(before * 1.5, abs=1)
    assert theme.pair("control.switch")[0] == pytest.approx(48, abs=1)
    assert theme.pair("window.min") == (1024, 640)
    assert theme.stroke("focus") == 2
    with pytest.raises(KeyError):
        theme.size("window.min")


def test_the_zoom_stays_within_its_steps(theme: Theme) -> None:
    theme.choose(zoom=400)
    assert theme.zoom == ZOOM_STEPS[-1]


def test_no_motion_means_no_duration(theme: Theme) -> None:
    assert theme.duration("toastIn") == 120
    theme.choose(motion=False)
    assert {theme.duration(what) for what in TOKENS["motion"]["what"]} == {0}
    theme.choose(motion=True)
    assert theme.duration("toastIn") == 120


def test_networks_categories_and_pillars_have_colours_and_icons(theme: Theme) -> None:
    assert theme.network("mastodon")[0].name().upper() == TOKENS["network"]["mastodon"]["light"]
    assert theme.network_icon("x") == "fa6b.x-twitter"
    assert theme.network("nobody")[0] == theme.color("text.secondary")
    assert theme.network_icon("nobody") == "ph.globe"
    assert theme.category("question") == ("blue", "ph.question")
    assert theme.category("never heard") == theme.category("other")
    assert theme.pillar("offers") == ("orange", "ph.tag-simple")
    assert set(HUES) == set(TOKENS["color"]["light"]["categorical"])


def test_without_a_choice_the_theme_is_the_systems(qapp: QApplication) -> None:
    theme = Theme.load(RESOURCES)
    assert theme.mode == "system"
    assert theme.name in ("light", "dark")
    theme._system_changed(qapp.styleHints().colorScheme())
    assert theme.density == "comfortable"
    assert theme.elevation("e1") == [(1, 0, 0.05)]
    assert theme.radius("button") == 6
