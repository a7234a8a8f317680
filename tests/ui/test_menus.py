"""The menu bar is the complete list of commands, hidden until asked for."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu

from app.runtime.settings import Appearance
from app.runtime.words import message
from app.ui.shell import Shell

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_every_command_stands_in_its_menu(shell: Shell) -> None:
    bar = shell.face.menus()
    titles = [action.text() for action in bar.actions()]
    assert titles == ["File", "Edit", "Go", "Message", "View", "Help"]
    listed = {action.objectName() for menu in bar.findChildren(QMenu) for action in menu.actions() if not action.isSeparator()}
    assert listed == {command.id for command in shell.actions.registry if command.menu != "none"}


def test_it_is_hidden_until_asked_for(shell: Shell) -> None:
    bar = shell.face.menus()
    assert bar.isHidden()
    shell.face.show_menu_bar()
    assert bar.isVisible()
    shell.face.show_menu_bar()
    assert bar.isHidden()


def test_a_question_keeps_the_keyboard(shell: Shell) -> None:
    bar = shell.face.menus()
    shell.face.ask(message("shell.parting.question"), [message("shell.parting.keep")], lambda _choice: None)
    shell.face.show_menu_bar()
    assert bar.isHidden()


def test_it_can_be_kept(shell: Shell) -> None:
    shell.face._settings.change(Appearance, always_menu=True)
    assert shell.face.menus().isVisible()
    shell.face.show_menu_bar()
    assert shell.face.menus().isVisible()


def test_icons_follow_the_theme_and_titles_the_language(shell: Shell) -> None:
    bar = shell.face.menus()
    action = shell.actions.action("go.inbox")
    before = action.icon().cacheKey()
    shell.look.theme.choose(mode="dark")
    assert action.icon().cacheKey() != before
    shell.look.words.language = "es"
    assert bar.actions()[0].text() == "Archivo"
