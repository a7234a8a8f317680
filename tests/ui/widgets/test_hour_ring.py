"""The hour's ring shows minutes, speaks, and can be off."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.hour_ring import HourRing
from tests.ui.pictures import has, shot


def test_it_shows_and_speaks(look: Look, qtbot: QtBot) -> None:
    ring = HourRing(look)
    qtbot.addWidget(ring)
    assert ring.isHidden()
    ring.show_minutes(24, 60)
    assert ring.accessibleName() == "Your hour: 24 of 60 minutes used today"
    assert has(shot(ring), look.theme.color("accent.fill"))
    ring.be_compact(True)
    shot(ring)
    ring.show_minutes(24, 0)
    assert ring.isHidden()


def test_it_never_turns_red(look: Look, qtbot: QtBot) -> None:
    ring = HourRing(look)
    qtbot.addWidget(ring)
    ring.show_minutes(90, 60)
    image = shot(ring)
    assert not has(image, look.theme.color("status.danger.strong"))
    assert not has(image, look.theme.color("status.warn.strong"))
