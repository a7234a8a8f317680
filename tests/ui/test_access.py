"""Parts of our own as a screen reader has them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.runtime.words import message
from app.ui.access import Named, Part, Pressed, Tab, role_of
from app.ui.roles import spoken_as
from app.ui.screen_readers import answer_screen_readers
from app.ui.shell import Shell

Role = QAccessible.Role


@pytest.fixture(autouse=True)
def answered(qapp: QApplication) -> None:
    answer_screen_readers(qapp)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    return made


def put(window: QWidget, part: QWidget) -> QWidget:
    layout = window.layout()
    assert layout is not None
    layout.addWidget(part)
    return part


def found(part: QWidget) -> QAccessibleInterface:
    made = QAccessible.queryAccessibleInterface(part)
    assert made is not None
    return made


def test_a_name_makes_a_text_of_what_has_no_parts_and_a_group_of_what_has(window: QWidget) -> None:
    part = put(window, QWidget())
    assert found(part).role() == Role.Client
    part.setAccessibleName("24 of 60 minutes")
    assert found(part).role() == Role.StaticText
    QVBoxLayout(part).addWidget(QWidget())
    assert found(part).role() == Role.Grouping
    assert isinstance(found(part), Named)


def test_a_noted_role_goes_before_also_where_it_is_noted_late(window: QWidget) -> None:
    part = put(window, QWidget())
    part.setAccessibleName("The disk is full")
    assert found(part).role() == Role.StaticText
    spoken_as(part, "alert")
    assert found(part).role() == Role.AlertMessage


def test_what_qt_has_a_word_for_of_its_own_can_have_another(window: QWidget) -> None:
    part = QLineEdit()
    spoken_as(part, "group")
    put(window, part)
    assert isinstance(found(part), Part)
    assert found(part).role() == Role.Grouping


class _Button(QAbstractButton):
    def paintEvent(self, _event: object) -> None:
        """Nothing to see."""


def test_a_tab_says_whether_it_is_in_front_and_can_be_pressed(window: QWidget) -> None:
    button = _Button()
    spoken_as(button, "tab")
    button.setCheckable(True)
    put(window, button)
    tab = found(button)
    assert isinstance(tab, Tab)
    assert (tab.role(), tab.state().selectable, tab.state().selected) == (Role.PageTab, True, False)
    button.setChecked(True)
    assert tab.state().selected
    heard: list[str] = []
    button.clicked.connect(lambda: heard.append("clicked"))
    assert tab.pressAction() in tab.actionNames()
    tab.doAction(tab.pressAction())
    assert len(heard) == 1


class _Card(QWidget):
    """Acts on Enter."""

    pressed = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Return:
            self.pressed += 1


def test_what_acts_on_enter_is_a_button_that_can_be_pressed(window: QWidget) -> None:
    card = _Card()
    spoken_as(card, "button")
    put(window, card)
    told = found(card)
    assert isinstance(told, Pressed)
    assert told.role() == Role.Button
    told.doAction(told.pressAction())
    assert card.pressed == 1


def test_every_role_that_can_be_noted_is_one_of_qts() -> None:
    roles = {
        role_of(name)
        for name in (
            "alert",
            "button",
            "chart",
            "dialog",
            "graphic",
            "group",
            "list",
            "separator",
            "status",
            "tab",
            "tabs",
            "text",
        )
    }
    assert len(roles) == 12


def test_the_rail_is_a_list_of_tabs_and_one_of_them_is_in_front(shell: Shell) -> None:
    rail = shell.window.rail
    assert found(rail).role() == Role.PageTabList
    fronts = {page: found(rail.button(page)).state().selected for page in ("today", "inbox")}
    assert fronts == {"today": False, "inbox": True}


def test_sheets_are_dialogs_and_toasts_and_banners_say_what_they_are(shell: Shell) -> None:
    shell.notices.banner("disk", message("shell.crash_title"), level="danger")
    shell.notices.say(message("shell.crash_title"))
    strip, (toast,) = shell.window.banners.strip, shell.window.toasts.toasts()
    assert strip is not None
    assert (found(strip).role(), found(toast).role()) == (Role.AlertMessage, Role.Notification)
    shell.face.show_help("history")
    sheet = shell.window.overlay()
    assert sheet is not None
    assert found(sheet.panel).role() == Role.Dialog
