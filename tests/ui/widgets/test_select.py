"""A select offers values by their words and is not changed by scrolling past."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.select import Select
from tests.ui.pictures import has, shot


def test_values_are_chosen_and_kept(look: Look, qtbot: QtBot) -> None:
    select = Select(look, "Look for messages", [("Every 5 minutes", 5), ("Every hour", 60)])
    qtbot.addWidget(select)
    heard: list[int] = []
    select.currentIndexChanged.connect(heard.append)
    select.choose(60)
    select.choose(61)
    assert (select.currentData(), heard) == (60, [1])
    select.offer([("Every minute", 1), ("Every hour", 60)])
    assert (select.currentData(), heard) == (60, [1])
    assert select.accessibleName() == "Look for messages"


def test_what_its_layout_made_wide_stays_wide(look: Look, qtbot: QtBot) -> None:
    """With AdjustToContents, a timer of Qt's makes it narrow a moment after it was filled."""
    select = Select(look, "x", [("a", 1), ("b", 2)])
    qtbot.addWidget(select)
    select.offer([("a", 1), ("b", 2), ("c", 3)])
    assert select.sizeAdjustPolicy() != QComboBox.SizeAdjustPolicy.AdjustToContents


def test_the_wheel_is_for_the_page(look: Look, qtbot: QtBot) -> None:
    select = Select(look, "x", [("a", 1), ("b", 2)])
    qtbot.addWidget(select)
    none = Qt.MouseButton.NoButton
    wheel = QWheelEvent(QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), none, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
    select.wheelEvent(wheel)
    assert (select.currentIndex(), wheel.isAccepted()) == (0, False)


def test_it_is_drawn_with_room_for_its_words(look: Look, qtbot: QtBot) -> None:
    select = Select(look, "x", [("a", 1), ("quite a long choice", 2)])
    qtbot.addWidget(select)
    assert select.minimumSizeHint().width() <= select.sizeHint().width()
    select.setItemIcon(0, look.icons.icon("globe"))
    assert has(shot(select), look.theme.color("border.strong"))
    select.setEnabled(False)
    assert has(shot(select), look.theme.color("surface.window"))
