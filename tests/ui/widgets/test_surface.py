"""Grounds: panes with lines, cards, headers of one height."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.surface import Card, Line, Pane, PaneHeader, Scrolling
from tests.ui.pictures import has, shot


def test_a_pane_is_filled_and_lined(look: Look, qtbot: QtBot) -> None:
    pane = Pane(look, "base", ("right", "left", "top", "bottom"))
    qtbot.addWidget(pane)
    pane.resize(40, 30)
    image = shot(pane)
    assert pane.surface == "surface.base"
    line = look.theme.color("border.subtle").name()
    assert {image.pixelColor(*at).name() for at in ((39, 15), (0, 15), (20, 0), (20, 29))} == {line}
    assert image.pixelColor(20, 15) == look.theme.color("surface.base")


def test_a_header_is_52_high_at_every_zoom_drawn(look: Look, qtbot: QtBot) -> None:
    header = PaneHeader(look, "Needs answer")
    qtbot.addWidget(header)
    assert header.height() == 52
    look.theme.choose(zoom=125)
    assert header.height() == 65
    assert header.title.text() == "Needs answer"


def test_a_card_has_a_border_and_a_line_is_thin(look: Look, qtbot: QtBot) -> None:
    card, line = Card(look), Line(look, "border.default")
    qtbot.addWidget(card)
    qtbot.addWidget(line)
    card.resize(60, 40)
    assert has(shot(card), look.theme.color("surface.raised"))
    line.resize(30, 1)
    assert has(shot(line), look.theme.color("border.default"))
    assert line.height() == 1


def test_a_pane_is_seen_through_what_scrolls_on_it(look: Look, qtbot: QtBot) -> None:
    pane = Pane(look, "sunken")
    qtbot.addWidget(pane)
    pane.resize(60, 60)
    area = Scrolling(pane)
    area.resize(60, 60)
    content = QWidget()
    content.setMinimumHeight(200)
    area.hold(content)
    pane.show()
    assert shot(pane).pixelColor(20, 30) == look.theme.color("surface.sunken")
    assert area.verticalScrollBar().maximum() > 0
    assert area.focusPolicy() is Qt.FocusPolicy.NoFocus
