"""The two menus that ask for more before an act: until when to snooze (1 to 5), and what a conversation is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.commands.inbox import snooze_choices
from app.models.conversation import Category
from app.ui.inbox.times import same_day
from app.ui.look import Look


def snooze_menu(look: Look, now: datetime, parent: QWidget, choose: Callable[[datetime], None]) -> QMenu:
    """Times to come back, each with its digit and the moment it means."""
    menu = _menu(parent)
    for number, (name, until) in enumerate(snooze_choices(now, look.words.zone), 1):
        when = look.words.time(until) if same_day(look, until, now) else look.words.day_and_time(until, now)
        action = menu.addAction(f"&{number}  {_plain(look.text(name))}\t{_plain(when)}")
        action.triggered.connect(lambda _checked=False, until=until: choose(until))
    return menu


def category_menu(look: Look, chosen: Category | None, parent: QWidget, choose: Callable[[Category], None]) -> QMenu:
    """The ten categories, each with its digit (0 for the tenth); the present one is ticked and has the keyboard."""
    menu = _menu(parent)
    for number, category in enumerate(Category, 1):
        hue, icon = look.theme.category(category)
        picture = look.icons.icon(icon, look.theme.hue(hue, "text"))
        action = menu.addAction(picture, f"&{number % 10}  {_plain(look.text(f'category.{category}'))}")
        action.setCheckable(True)
        action.setChecked(category is chosen)
        action.triggered.connect(lambda _checked=False, category=category: choose(category))
        if category is chosen:
            menu.setActiveAction(action)
    return menu


def _menu(parent: QWidget) -> QMenu:
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def _plain(text: str) -> str:
    return text.replace("&", "&&")
