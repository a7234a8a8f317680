"""The two menus of the header: how long a period is, and whose figures are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.commands.insights import LENGTHS
from app.models.account import AccountRow
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import isolated

COMMANDS = ("insights.week", "insights.four_weeks", "insights.quarter")


def drop(below: QWidget, menu: QMenu) -> None:
    """Under its button; gone when it is closed."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))


def period_menu(face: PageFace, host: QWidget, days: int) -> QMenu:
    menu = QMenu(host)
    for each, command in zip(LENGTHS, COMMANDS, strict=True):
        action = menu.addAction(face.text("insights.last_days", n=each))
        action.setCheckable(True)
        action.setChecked(each == days)
        action.triggered.connect(partial(_run, face, command))
    return menu


def accounts_menu(
    face: PageFace, host: QWidget, accounts: Sequence[AccountRow], chosen: frozenset[int], choose: Callable[[frozenset[int]], None]
) -> QMenu:
    """All of them, or some; `choose` hears which."""
    menu = QMenu(host)
    menu.addAction(face.text("insights.all_accounts")).triggered.connect(lambda: choose(frozenset()))
    menu.addSeparator()
    for each in accounts:
        action = menu.addAction(f"{isolated(each.handle)} · {network_name(each.network)}")
        action.setCheckable(True)
        action.setChecked(each.id in chosen)
        action.triggered.connect(partial(_toggle, choose, chosen, each.id))
    return menu


def _run(face: PageFace, command: str, _checked: bool = False) -> None:
    face.actions.run(command)


def _toggle(choose: Callable[[frozenset[int]], None], chosen: frozenset[int], number: int, _checked: bool = False) -> None:
    choose(chosen ^ {number})
