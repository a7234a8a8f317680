"""What a screen reader hears that Qt does not say by itself."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.screen_readers import INSTALLED, answer_screen_readers, retitle


def test_what_answers_is_there_once(qapp: QApplication, qtbot: QtBot) -> None:
    answer_screen_readers(qapp)
    answer_screen_readers(qapp)
    part = QWidget()
    qtbot.addWidget(part)
    part.setAccessibleName("Hour")
    assert qapp.property(INSTALLED)
    told = QAccessible.queryAccessibleInterface(part)
    assert told is not None
    assert told.role() == QAccessible.Role.StaticText


def test_another_title_is_the_windows_name(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    retitle(window, "Inbox · Tertulia")
    assert window.windowTitle() == "Inbox · Tertulia"
    told = QAccessible.queryAccessibleInterface(window)
    assert told is not None
    assert told.text(QAccessible.Text.Name) == "Inbox · Tertulia"
