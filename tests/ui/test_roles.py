"""A role is noted on a part, and told when a screen reader asks."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.roles import SPOKEN_AS, spoken_as


def test_it_is_noted_on_the_part(qtbot: QtBot) -> None:
    part = QWidget()
    qtbot.addWidget(part)
    spoken_as(part, "chart")
    assert part.property(SPOKEN_AS) == "chart"
