"""A strip has the tint and the glyph of its level, and says the same in words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.commands.level import Level
from app.ui.look import Look
from app.ui.widgets.strip import TOKENS, IconSpot, Strip
from tests.ui.pictures import has, shot


@pytest.mark.parametrize("level", ["info", "ok", "warn", "danger"])
def test_the_level_shows_in_the_tint(look: Look, qtbot: QtBot, level: Level) -> None:
    strip = Strip(look, level, "Your limit is 5 a day")
    qtbot.addWidget(strip)
    strip.resize(300, 34)
    assert has(shot(strip), look.theme.color(f"status.{TOKENS[level][0]}.tint"))


def test_it_speaks_without_markup_and_takes_buttons(look: Look, qtbot: QtBot) -> None:
    strip = Strip(look, square=True)
    qtbot.addWidget(strip)
    strip.show_message("warn", "Promise: <b>48 horas</b> &amp; more", icon="handshake")
    assert strip.accessibleName() == "Promise: 48 horas & more"
    assert strip.add_button("Remember", key="P").accessibleDescription() == "P"
    assert strip.add_close("Close").accessibleName() == "Close"


def test_narrower_than_its_words_would_like_it_becomes_higher(look: Look, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    column = QVBoxLayout(host)
    strip = Strip(look, "danger", "All accounts are signed out, all passwords forgotten and all folders removed. " * 3)
    column.addWidget(strip)
    column.addStretch(1)
    host.resize(260, 600)
    host.show()
    QApplication.processEvents()
    assert strip.label.height() >= strip.label.heightForWidth(strip.label.width())


def test_an_icon_keeps_its_size_with_the_zoom(look: Look, qtbot: QtBot) -> None:
    spot = IconSpot(look, "tray", "accent.fill", 16)
    qtbot.addWidget(spot)
    look.theme.choose(zoom=150)
    assert spot.width() == 24
    spot.show_icon("tray-fill")
    assert has(shot(spot), look.theme.color("accent.fill"))
