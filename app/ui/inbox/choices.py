"""Menus whose entries have digits, by place on any keyboard; and the one of what a conversation is about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.models.conversation import Category
from app.ui.key_names import key_name, this_system
from app.ui.look import Look
from app.ui.safe_text import menu_text


class DigitMenu(QMenu):
    """A menu that goes when it is closed; a digit takes the entry that bears it, also where the layout types another sign."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._by_digit: dict[str, QAction] = {}

    def add(self, number: int, text: str, detail: str = "") -> QAction:
        """An entry with its digit (0 for the tenth) and perhaps words at the right."""
        action = self.addAction(f"{number % 10}  {menu_text(text)}" + (f"\t{menu_text(detail)}" if detail else ""))
        self._by_digit[str(number % 10)] = action
        return action

    def take_digit(self, event: QKeyEvent) -> bool:
        """Whether the key was the digit of an entry, which is taken then."""
        action = self._by_digit.get(key_name(event, this_system()))
        if action is None or not action.isEnabled():
            return False
        self.close()
        action.trigger()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.take_digit(event):
            super().keyPressEvent(event)


def category_menu(
    look: Look, chosen: Category | None, parent: QWidget, choose: Callable[[Category], None]
) -> DigitMenu:
    """The categories that are offered, each with its digit (0 for the tenth); the present one is ticked and has the keyboard."""
    menu = DigitMenu(parent)
    for number, (name, each) in enumerate(look.categories(chosen or ""), 1):
        category = Category(each)
        hue, icon = look.theme.category(category)
        action = menu.add(number, name)
        action.setIcon(look.icons.icon(icon, look.theme.hue(hue, "text")))
        action.setCheckable(True)
        action.setChecked(category is chosen)
        action.triggered.connect(lambda _checked=False, category=category: choose(category))
        if category is chosen:
            menu.setActiveAction(action)
    return menu

