"""The tabs of Insights in one place: made when first asked for, one of them shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.commands.services import Changes
from app.ui.insights.holidays import HolidayNames
from app.ui.insights.tab import Tab
from app.ui.insights.tabs import TABS, make_tab
from app.ui.page import PageFace
from app.ui.widgets.surface import Scrolling


class Shelf(QStackedWidget):
    """`asks` hears when a tab wants another reading."""

    def __init__(self, face: PageFace, asks: Callable[[], object], remembered: dict[str, Any]) -> None:
        super().__init__()
        self._face = face
        self._asks = asks
        self._remembered = remembered
        self.place = 0
        """Which one is shown."""
        self.holidays = HolidayNames(face, self._name_holidays, self)
        self._tabs: dict[int, Tab] = {}
        self._held: dict[int, QWidget] = {}
        """What is shown of each: the tab, or what scrolls it."""
        self._filled: set[int] = set()

    @property
    def tab(self) -> Tab:
        """The one that is shown."""
        return self.at(self.place)

    @property
    def is_filled(self) -> bool:
        """Whether the one that is shown was read."""
        return self.place in self._filled

    def at(self, place: int) -> Tab:
        made = self._tabs.get(place)
        return made if made is not None else self._make(place)

    def hear(self, changes: Changes, tables: Sequence[str]) -> None:
        """A commit: what tabs remember of what it touched, or of `tables`, is forgotten."""
        for tab in self._tabs.values():
            if changes.touches(*tables, *tab.TABLES):
                tab.forget()

    def turn_to(self, place: int) -> None:
        self.at(place)
        self.place = place
        self.setCurrentWidget(self._held[place])

    def fill(self, place: int, found: Any) -> None:
        """Show what was read."""
        self._tabs[place].show_found(found)
        self._filled.add(place)

    def _name_holidays(self) -> None:
        """Others are known now."""
        for tab in self._tabs.values():
            tab.holidays = self.holidays.days
        self._asks()

    def resumable(self) -> dict[str, Any]:
        """Of each tab by its id; those not made yet keep what they had."""
        kept = {f"{TABS[place].id}_{key}": value for place, tab in self._tabs.items() for key, value in tab.resumable().items()}
        return {**self._remembered, **kept}

    def resume(self, remembered: dict[str, Any]) -> None:
        self._remembered = remembered
        for place in self._tabs:
            self._resume(place)

    def _resume(self, place: int) -> None:
        mark = f"{TABS[place].id}_"
        self._tabs[place].resume({key.removeprefix(mark): value for key, value in self._remembered.items() if key.startswith(mark)})

    def _make(self, place: int) -> Tab:
        made = self._tabs[place] = make_tab(TABS[place], self._face)
        made.holidays = self.holidays.days
        made.asks_again.connect(self._asks)
        self._resume(place)
        held: QWidget = made
        if made.SCROLLS:
            area = Scrolling()
            area.hold(made)
            held = area
        self._held[place] = held
        self.addWidget(held)
        return made
