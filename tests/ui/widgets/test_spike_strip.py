"""The strip says what repeats, how it stands, and what may be done."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.models.spike import Spike
from app.ui.look import Look
from app.ui.widgets.spike_strip import SpikeStrip, spike_words


def test_it_says_how_many_about_what_and_how_it_stands(look: Look) -> None:
    what, how = spike_words(look, Spike("descarga", tuple(range(9)), 2, 1, 6, 18_400))
    assert what == "9 messages in 2 hours about “\u2068descarga\u2069” (usually 1)."
    assert how == "6 unanswered, reach 18,400"


def test_what_is_nothing_is_left_out(look: Look) -> None:
    assert spike_words(look, Spike("a", (1, 2), 2, 1, 0, 0))[1] == ""


def test_its_words_are_never_markup(look: Look, qtbot: QtBot) -> None:
    asked: list[str] = []
    strip = SpikeStrip(look, lambda: asked.append("show"), lambda: asked.append("dismiss"))
    qtbot.addWidget(strip)
    strip.show_spike(Spike("<img src=x>", (1, 2), 2, 1, 0, 0))
    assert "<img src=x>" in strip.accessibleName()
    strip.open.click()
    assert strip.close_button is not None
    strip.close_button.click()
    assert asked == ["show", "dismiss"]


def test_on_a_page_of_its_own_it_is_only_shown(look: Look, qtbot: QtBot) -> None:
    strip = SpikeStrip(look, lambda: None)
    qtbot.addWidget(strip)
    strip.show_spike(Spike("a", (1, 2), 2, 1, 0, 0))
    assert strip.close_button is None
