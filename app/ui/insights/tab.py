"""What a tab of Insights is to its page: a question asked on the reading thread, its answer shown, and what keys, F6 and files ask of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.commands.services import Queries
from app.models.insight import Note, Scope
from app.ui.charts.chart import Chart, Table
from app.ui.charts.frame import Span
from app.ui.page import FooterKey


class Tab(QWidget):
    """A tab. The page asks only the one that is shown; what it showed before stands until the next answer is there."""

    TABLES: tuple[str, ...] = ()
    """A commit that touched one of these has it asked again."""
    READS_AHEAD = False
    """It remembers what it read: the page asks it for the periods beside the shown one while there is nothing else to do."""
    SCROLLS = True
    """The page scrolls it; a tab with a windowed list takes the height there is and scrolls that."""
    holidays: Mapping[date, str] = {}
    """Names of public holidays, as far as they are known: the page sets them, and asks again when others came."""
    on_paper = False
    """It is filled for a report and shown nowhere: what it does for the screen alone is left."""
    asks_again = Signal()
    """Emitted by the tab where the user chose something that needs another reading."""

    @abstractmethod
    def ask(self, queries: Queries, scope: Scope) -> Any:
        """Reads what is to be shown. On the reading thread: it touches no widget, and of itself only what is plain and replaced as a whole."""

    @abstractmethod
    def show_found(self, found: Any) -> None:
        """Shows what `ask` answered."""

    def forget(self) -> None:
        """What `ask` remembers of earlier readings does not count any more: a commit touched what it was made of."""

    def room(self) -> int:
        """How wide it may be: what is laid out too wide is wider than what scrolls it."""
        held = self.parentWidget()
        return self.width() if held is None else min(self.width(), held.width())

    def notes(self, queries: Queries, scope: Scope) -> list[Note]:
        """What explains the figures of a period, for its time axes. On the reading thread."""
        period, known = scope.period, self.holidays
        days = [Note(day, day, name, "") for day, name in known.items() if period.first <= day <= period.last]
        found = queries.insight_notes(period)
        titles = {(note.first, note.title) for note in found}
        return sorted((*found, *(each for each in days if (each.first, each.title) not in titles)), key=lambda note: (note.first, note.last))

    def for_paper(self) -> tuple[Sequence[Table], str]:
        """(tables as a report prints them, what is to be said of them). It is asked of a tab that is filled and shown nowhere."""
        return self.tables(), ""

    def opened(self, **target: object) -> None:
        """What `show_page("insights", tab=..., ...)` was given; a reading follows."""

    def remark(self) -> str:
        """What is said above the tab: why something is not shown, and from when it will be."""
        return ""

    def stops(self) -> Sequence[QWidget]:
        """What F6 goes through; the first has the focus when the tab is shown."""
        return ()

    def tables(self) -> Sequence[Table]:
        """All figures of the tab, for files and the report; none before anything was shown."""
        return ()

    def charts(self) -> Sequence[Chart]:
        """Those that may be saved as pictures; a chart's name is its accessible name, and `draw` paints it on any device."""
        return ()

    def footer_keys(self) -> Sequence[FooterKey]:
        """Hints of its own, before those of the page."""
        return ()

    def facts(self) -> frozenset[str]:
        """Added to the page's facts, for `when` of commands."""
        return frozenset()

    def perform(self, verb: str, **values: object) -> Any:  # noqa: ARG002  (for tabs to override)
        """A verb that the page does not know; None for an unknown one."""
        return None

    def escape(self) -> bool:
        """Whether there was something to leave."""
        return False

    def resumable(self) -> dict[str, Any]:
        """What it remembers for the next start: plain values."""
        return {}

    def resume(self, remembered: dict[str, Any]) -> None:
        """What `resumable` gave."""


def spans_of(notes: Sequence[Note]) -> list[Span]:
    """As charts take them."""
    return [Span(note.first, note.last, note.title, note.hue) for note in notes]


class TabEntry(NamedTuple):
    """A tab in the page's list; it is imported and made when it is first shown."""

    id: str
    title_id: str
    """Message id of one word."""
    module: str
    """Of app/ui/insights/."""
    name: str
    """Of the class: called with the page's face."""
