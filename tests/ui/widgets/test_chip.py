"""Chips and badges: tint and word together, counts that end at 99."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.chip import (
    Badge,
    BadgeKind,
    Chip,
    ChipLabel,
    badge_width,
    category_chip,
    chip_width,
    language_chip,
    paint_badge,
    paint_chip,
)
from tests.ui.pictures import has, painted, shot


def test_a_category_is_tinted_and_named(look: Look) -> None:
    chip = category_chip(look, "complaint")
    assert (chip.text, chip.icon, chip.hue) == ("Complaint", "ph.warning-circle", "orange")
    image = painted(lambda painter: paint_chip(painter, 0, 0, look, chip))
    assert has(image, look.theme.hue("orange", "tint"))


def test_every_category_has_words_and_a_chip(look: Look) -> None:
    names = ("question", "order", "technical", "request", "complaint", "praise", "contest", "other", "troll", "spam")
    assert len({category_chip(look, name).text for name in names}) == len(names)


def test_a_chip_is_as_wide_as_it_says(look: Look) -> None:
    for chip in (Chip("collector", kind="soft"), language_chip("es"), category_chip(look, "praise")):
        widths = []
        painted(lambda painter, chip=chip, widths=widths: widths.append(paint_chip(painter, 0, 0, look, chip)))
        assert widths == [chip_width(look, chip)]


def test_a_language_is_two_capitals(look: Look) -> None:
    assert language_chip("es-MX").text == "ES"


@pytest.mark.parametrize(
    ("kind", "fill"),
    [("accent", "accent.fill"), ("warn", "status.warn.strong"), ("danger", "status.danger.strong"), ("quiet", "surface.sunken")],
)
def test_a_badge_has_the_colour_of_its_kind(look: Look, kind: BadgeKind, fill: str) -> None:
    image = painted(lambda painter: paint_badge(painter, 4, 4, look, "14", kind, ring="surface.window"))
    assert has(image, look.theme.color(fill))
    assert badge_width(look, "1") >= 18


def test_the_widgets_speak_and_hide_at_zero(look: Look, qtbot: QtBot) -> None:
    badge, label = Badge(look), ChipLabel(look)
    qtbot.addWidget(badge)
    qtbot.addWidget(label)
    badge.show_count(0)
    assert badge.isHidden()
    badge.show_count(1234)
    assert badge.accessibleName() == "1,234"
    assert badge._text == "99+"
    label.show_chip(category_chip(look, "order"))
    assert label.accessibleName() == "Order & delivery"
    assert has(shot(label), look.theme.hue("sky", "tint"))
    shot(badge)
