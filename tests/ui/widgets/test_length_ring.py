"""The length of a text against the network's limit: figures, amber near it, red with the surplus above."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.length_ring import LengthRing
from tests.ui.pictures import has, shot


@pytest.mark.parametrize(
    ("length", "limit", "text", "colour"),
    [(46, 500, "46 / 500", "accent.fill"), (268, 280, "268 / 280", "status.warn.strong"), (291, 280, "−11", "status.danger.strong"),
     (280, 280, "280 / 280", "status.warn.strong"), (161, 4096, "161 / 4,096", "accent.fill")],
)  # fmt: skip
def test_figures_and_colour(look: Look, qtbot: QtBot, length: int, limit: int, text: str, colour: str) -> None:
    ring = LengthRing(look)
    qtbot.addWidget(ring)
    ring.show_length(length, limit)
    assert ring.shown_text() == text
    assert ring.over is (length > limit)
    assert has(shot(ring), look.theme.color(colour))


def test_it_speaks_and_without_a_limit_shows_nothing(look: Look, qtbot: QtBot) -> None:
    ring = LengthRing(look)
    qtbot.addWidget(ring)
    assert ring.sizeHint().width() == 0
    ring.show_length(146, 280)
    ring.show_length(146, 280)
    assert ring.accessibleName() == "146 of 280 characters"
    ring.show_length(146, 0)
    assert not ring.over
    ring.resize(20, 18)
    shot(ring)
