"""The two menus of the header: which period and beside which, and whose figures are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.models.account import AccountRow
from app.models.periods import LENGTHS, Comparison, PeriodChoice
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import isolated

COMMANDS = ("insights.week", "insights.four_weeks", "insights.quarter")
COMPARISONS = {Comparison.BEFORE: "insights.beside_before", Comparison.LAST_YEAR: "insights.beside_last_year", Comparison.CHOSEN: "insights.own_days"}


def drop(below: QWidget, menu: QMenu) -> None:
    """Under its button; gone when it is closed."""
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))


def period_menu(face: PageFace, host: QWidget, choice: PeriodChoice) -> QMenu:
    menu = QMenu(host)
    for each, command in zip(LENGTHS, COMMANDS, strict=True):
        _add(face, menu, face.text("insights.last_days", n=each), command, checked=choice.own is None and each == choice.days)
    _add(face, menu, face.text("insights.own_days"), "insights.own_days", checked=choice.own is not None)
    menu.addSeparator()
    for comparison, command in COMPARISONS.items():
        _add(face, menu, face.text(f"insights.beside.{comparison}"), command, checked=choice.comparison is comparison)
    return menu


def accounts_menu(
    face: PageFace, host: QWidget, accounts: Sequence[AccountRow], chosen: frozenset[int], choose: Callable[[frozenset[int]], None]
) -> QMenu:
    """All of them, those of a network, or some; `choose` hears which."""
    menu = QMenu(host)
    menu.addAction(face.text("insights.all_accounts")).triggered.connect(lambda: choose(frozenset()))
    by_network: dict[str, set[int]] = {}
    for each in accounts:
        by_network.setdefault(each.network, set()).add(each.id)
    several = {network: frozenset(numbers) for network, numbers in by_network.items() if len(numbers) > 1}
    if several:
        menu.addSeparator()
    for network, numbers in several.items():
        action = menu.addAction(face.text("insights.all_of_network", network=network_name(network)))
        action.setCheckable(True)
        action.setChecked(chosen == numbers)
        action.triggered.connect(partial(_choose, choose, numbers))
    menu.addSeparator()
    for each in accounts:
        action = menu.addAction(f"{isolated(each.handle)} · {network_name(each.network)}")
        action.setCheckable(True)
        action.setChecked(each.id in chosen)
        action.triggered.connect(partial(_toggle, choose, chosen, each.id))
    return menu


def _add(face: PageFace, menu: QMenu, title: str, command: str, *, checked: bool) -> None:
    action = menu.addAction(title)
    action.setCheckable(True)
    action.setChecked(checked)
    action.triggered.connect(partial(_run, face, command))


def _run(face: PageFace, command: str, _checked: bool = False) -> None:
    face.actions.run(command)


def _choose(choose: Callable[[frozenset[int]], None], numbers: frozenset[int], _checked: bool = False) -> None:
    choose(numbers)


def _toggle(choose: Callable[[frozenset[int]], None], chosen: frozenset[int], number: int, _checked: bool = False) -> None:
    choose(chosen ^ {number})
