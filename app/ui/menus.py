"""The menu bar: the complete list of commands, grouped by their menus; native on a Mac, hidden until asked for elsewhere."""

from __future__ import annotations

import sys
from typing import get_args

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QMenu, QMenuBar

from app.commands.command import Menu
from app.ui.actions import Actions
from app.ui.look import Look


class MenuBar(QMenuBar):
    """Filled when built; the actions enable themselves."""

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__()
        self._look = look
        self._actions = actions
        self._always = False
        self._menus: dict[str, QMenu] = {}
        for name in get_args(Menu):
            commands = [command for command in actions.registry if command.menu == name]
            if name == "none" or not commands:
                continue
            menu = QMenu(self)
            menu.setToolTipsVisible(False)
            context = commands[0].context
            for command in commands:
                if command.context != context:
                    menu.addSeparator()
                    context = command.context
                action = actions.action(command.id)
                if command.icon and action.icon().isNull():
                    action.setIcon(look.icons.icon(command.icon))
                menu.addAction(action)
            self._menus[name] = menu
            self.addMenu(menu)
        look.theme.changed.connect(self._recolour)
        self.retitle()
        self._settle()

    def retitle(self) -> None:
        """The language changed."""
        for name, menu in self._menus.items():
            menu.setTitle(self._look.text(f"shell.menu_{name}"))

    def keep_visible(self, always: bool) -> None:
        """The setting "always show"."""
        self._always = always
        self._settle()

    def toggle(self) -> None:
        """Alt or F10: show it and go into it, or hide it again."""
        if sys.platform == "darwin":
            return
        if self.isVisible() and not self._always:
            self.hide()
            return
        self.show()
        first = self.actions()[:1]
        if first:
            self.setFocus()
            self.setActiveAction(first[0])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self._always and self.activeAction() is None:
            self.hide()

    def _settle(self) -> None:
        self.setVisible(self._always or sys.platform == "darwin")

    def _recolour(self) -> None:
        for command in self._actions.registry:
            action = self._actions.action(command.id)
            if command.icon and not action.icon().isNull():
                action.setIcon(self._look.icons.icon(command.icon))
