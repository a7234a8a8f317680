"""Check boxes, radio buttons and switches show what is on, and act on click and space."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.checks import CheckBox, Switch, paint_check
from tests.ui.pictures import has, painted, shot


@pytest.mark.parametrize("kind", [CheckBox, Switch])
def test_on_is_drawn_in_the_accent_colour(look: Look, qtbot: QtBot, kind: type[CheckBox]) -> None:
    widget: QAbstractButton = kind(look, "Name")
    qtbot.addWidget(widget)
    assert not has(shot(widget), look.theme.color("accent.fill"))
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    assert widget.isChecked()
    assert has(shot(widget), look.theme.color("accent.fill"))
    assert widget.accessibleName() == "Name"
    assert widget.sizeHint().height() >= 24
    widget.setEnabled(False)
    assert not has(shot(widget), look.theme.color("accent.fill"))


def test_space_switches(look: Look, qtbot: QtBot) -> None:
    switch = Switch(look, "Private messages")
    qtbot.addWidget(switch)
    switch.show()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()


def test_a_ticked_row_uses_the_same_box(look: Look) -> None:
    image = painted(lambda painter: paint_check(painter, QRectF(0, 0, 36, 36), look, checked=True), 40, 40)
    assert has(image, look.theme.color("accent.fill"))
    image = painted(lambda painter: paint_check(painter, QRectF(0, 0, 36, 36), look, checked=False, enabled=False), 40, 40)
    assert not has(image, look.theme.color("accent.fill"))
