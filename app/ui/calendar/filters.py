"""What may be shown of the plan: the menu that switches filters, and the words that name those that hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.models.stance import Stance
from app.ui.calendar.desk import Desk, Filters
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import isolated, menu_text


def names(face: PageFace, desk: Desk) -> list[str]:
    """Each thing that is filtered by, by its name: accounts, pillars, campaigns, states."""
    now = desk.filters
    found = [
        f"{isolated(each.handle)} {network_name(each.network)}" for each in desk.accounts if each.id in now.accounts
    ]
    found += [name for name, each in face.look.pillars(*sorted(now.pillars)) if each in now.pillars]
    found += [isolated(name) for number, name in desk.campaigns.items() if number in now.campaigns]
    return found + [face.text(f"calendar.state.{each}") for each in Stance if each in now.stances]


def filter_words(face: PageFace, desk: Desk) -> str:
    """All of them; empty where none holds."""
    return face.words.enumeration(names(face, desk))


def button_words(face: PageFace, desk: Desk) -> str:
    """The first, and how many more; or that everything is shown."""
    found = names(face, desk)
    if not found:
        return face.text("calendar.everything")
    return found[0] if len(found) == 1 else face.text("calendar.filtered_by", first=found[0], n=len(found) - 1)


def make_menu(face: PageFace, desk: Desk, parent: QWidget) -> QMenu:
    """Accounts, pillars, campaigns and states, and the way back to everything."""
    menu = QMenu(parent)
    everything = menu.addAction(face.text("calendar.show_everything"))
    everything.setEnabled(desk.filters.many > 0)
    everything.triggered.connect(lambda: desk.filter(Filters()))
    menu.addSeparator()
    accounts = [(each.id, f"{isolated(each.handle)} · {network_name(each.network)}") for each in desk.accounts]
    _add(menu, face, desk, "accounts", accounts)
    _add(menu, face, desk, "pillars", [(each, name) for name, each in face.look.pillars(*_worn(desk))])
    _add(menu, face, desk, "campaigns", [(number, isolated(name)) for number, name in desk.campaigns.items()])
    _add(menu, face, desk, "stances", [(str(each), face.text(f"calendar.state.{each}")) for each in Stance])
    return menu


def _worn(desk: Desk) -> list[str]:
    """Pillars of what is shown, and those that are filtered by: to choose from whether or not they are offered."""
    shown = {post.pillar for posts in desk.shown.by_day.values() for post in posts}
    return sorted(shown | desk.filters.pillars)


def _add(menu: QMenu, face: PageFace, desk: Desk, group: str, choices: Sequence[tuple[int | str, str]]) -> None:
    if not choices:
        return
    below = menu.addMenu(face.text(f"calendar.filter.{group}"))
    for value, title in choices:
        action = QAction(menu_text(title), below)
        action.setCheckable(True)
        action.setChecked(value in getattr(desk.filters, group))
        action.triggered.connect(partial(_toggle, desk, group, value))
        below.addAction(action)


def _toggle(desk: Desk, group: str, value: int | str, _checked: bool = False) -> None:
    desk.filter(desk.filters.toggled(group, value))
