"""The Insights page: which days beside which, of which accounts, and the tabs that show what they brought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.insights import CONTEXT
from app.commands.services import Changes
from app.models.account import AccountRow
from app.models.insight import DAYS, Period
from app.models.periods import Comparison, PeriodChoice
from app.ui.insights.ahead import ReadingAhead
from app.ui.insights.choosing import Choosing, of_accounts
from app.ui.insights.folder_files import FolderFiles
from app.ui.insights.header import InsightsHeader
from app.ui.insights.menus import accounts_menu, drop, period_menu
from app.ui.insights.period_sheet import PeriodSheet
from app.ui.insights.reports import Reporting, report_menu
from app.ui.insights.shelf import Shelf
from app.ui.insights.summary import SummaryView
from app.ui.insights.tab import Tab
from app.ui.insights.tabs import TABS
from app.ui.page import FooterKey, Page, PageFace
from app.ui.widgets.strip import Strip
from app.ui.widgets.surface import Pane

TABLES = ("account", "local_day", "campaign", "phase", "mark")
"""A commit to one of them may change any tab."""
REST_MS = 400
"""Commits in a row are read once."""
KEYS = (
    FooterKey(("Left", "Right"), "insights.hint_period"),
    FooterKey(("Ctrl+Tab",), "insights.hint_tab"),
    FooterKey(("Tab",), "insights.hint_figure"),
    FooterKey(("Return",), "insights.hint_behind"),
    FooterKey(("Ctrl+C",), "insights.hint_copy"),
    FooterKey(("Ctrl+E",), "insights.hint_export"),
    FooterKey(("?",), "insights.hint_keys"),
)
MOST_HINTS = 7


class InsightsPage(Page):
    """Reads the tab that is shown on a worker thread; its former figures stand until the new ones are there."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.choosing = Choosing(face)
        self._cancel: Callable[[], None] | None = None
        self.files = FolderFiles(face, self, lambda: self.tab.tables())
        self.reporting = Reporting(face, self, self.choosing.report)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST_MS)
        self._soon.timeout.connect(self.read)
        self._ahead = ReadingAhead(face, self, self.choosing)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build({})

    def _build(self, remembered: dict[str, Any], place: int = 0) -> None:
        face = self._face
        self.header = InsightsHeader(face)
        self.header.turned.connect(self.turn_to)
        self.header.stepped.connect(self.step)
        self.header.period_asked.connect(lambda: drop(self.header.period, period_menu(face, self, self.choosing.days)))
        self.header.accounts_asked.connect(lambda: drop(self.header.accounts, accounts_menu(face, self, self.choosing.known, self.choosing.accounts, self.choose)))
        self.header.report_asked.connect(lambda: drop(self.header.report, report_menu(face, self)))
        self._column.addWidget(self.header)
        ground = Pane(face.look, "window")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self.strip = Strip(face.look, "info")
        self.strip.hide()
        inside.addWidget(self.strip)
        self.shelf = Shelf(face, self.read, remembered)
        inside.addWidget(self.shelf, 1)
        self._column.addWidget(ground, 1)
        self._show_tab(place)

    # ---- tabs

    @property
    def tab(self) -> Tab:
        """The one that is shown."""
        return self.shelf.tab

    @property
    def view(self) -> SummaryView:
        """The first one."""
        summary = self.shelf.at(0)
        assert isinstance(summary, SummaryView)
        return summary

    def turn_to(self, place: int, *, focus: bool = False) -> None:
        """Show a tab; what it showed before stands until it is read anew. `focus`: the keyboard goes with it, unless it is on their names."""
        if place == self.shelf.place:
            return
        focused = self.focusWidget()
        self._show_tab(place)
        self.read()
        self._face.actions.refresh()
        first = self.first_focus()
        if focus and first is not None and (focused is None or not self.header.tabs.isAncestorOf(focused)):
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_tab(self, place: int) -> None:
        self.shelf.turn_to(place)
        self.header.tabs.choose(place)
        self._tell()

    # ---- Page

    def shown(self) -> None:
        self.read()

    def opened(self, **target: object) -> None:
        """`tab` shows one of the tabs, which hears of everything else; `account`: the figures of that one alone."""
        place, account = _place_of(target.get("tab")), target.get("account")
        if isinstance(account, int):
            self.choosing.accounts = frozenset({account})
        if place is not None:
            self.shelf.at(place).opened(**target)
            self.turn_to(place)
        if isinstance(account, int):
            self._tell()
            self.read()

    def first_focus(self) -> QWidget | None:
        return next(iter(self.tab.stops()), self.header.tabs.entry())

    def toast_room(self) -> QWidget | None:
        return self.shelf

    def panes(self) -> Sequence[QWidget]:
        return [self.header, *self.tab.stops()]

    def footer_keys(self) -> Sequence[FooterKey]:
        own = self.tab.footer_keys()
        said = {hint.keys for hint in own}
        return [*own, *(hint for hint in KEYS if hint.keys not in said)][:MOST_HINTS]

    def state(self) -> dict[str, Any]:
        facts = {"summary"} if self.shelf.is_filled else set[str]()
        return {"facts": frozenset(facts | {TABS[self.shelf.place].id} | self.tab.facts())}

    def perform(self, verb: str, **values: object) -> Any:
        length, step, comparison, by = (values.get(name) for name in ("days", "step", "comparison", "by"))
        days, turns = self.choosing.days, by if isinstance(by, int) else 1
        done: dict[str, Callable[[], object]] = {
            "step": lambda: self.step(1 if step == 1 else -1),
            "now": lambda: self.choose(days.now),
            "length": lambda: self.choose(days.of_length(length if isinstance(length, int) else DAYS)),
            "compare": lambda: self.choose(replace(days, comparison=Comparison(str(comparison)))),
            "own_days": lambda: self._face.window.open_sheet(PeriodSheet(self._face, self.window(), days, self.choose)),
            "turn": lambda: self.turn_to((self.shelf.place + turns) % len(TABS), focus=True),
            "export": self.files.ask,
            "report": lambda: self.reporting.ask(str(values.get("kind", "pdf"))),
        }
        if verb not in done:
            return self.tab.perform(verb, **values)
        done[verb]()
        return True

    def escape(self) -> bool:
        return self.tab.escape()

    def on_changes(self, changes: Changes) -> None:
        self.shelf.hear(changes, TABLES)
        if changes.touches(*TABLES, *self.tab.TABLES):
            self._soon.start()

    def resumable(self) -> dict[str, Any]:
        return {**self.shelf.resumable(), **self.choosing.days.to_plain(), "tab": TABS[self.shelf.place].id}

    def resume(self, remembered: dict[str, Any]) -> None:
        self.choosing.days = PeriodChoice.from_plain(remembered)
        self.shelf.resume(dict(remembered))
        self._show_tab(_place_of(remembered.get("tab")) or 0)

    def retranslate(self) -> None:
        remembered, place = self.resumable(), self.shelf.place
        for number in range(self._column.count() - 1, -1, -1):
            item = self._column.takeAt(number)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._build(remembered, place)
        self.read()

    # ---- what is shown

    @property
    def period(self) -> Period:
        return self.choosing.period

    @property
    def compared(self) -> Period:
        return self.choosing.compared

    def step(self, by: int) -> None:
        """So many periods later; never beyond the last full days."""
        self.choose(self.choosing.days.stepped(by, self.choosing.today))

    def choose(self, what: PeriodChoice | frozenset[int]) -> None:
        """Show other days, or beside others; or other accounts."""
        if isinstance(what, PeriodChoice):
            self.choosing.days = what
        else:
            self.choosing.accounts = what
        self._tell()
        self.read()

    def read(self) -> None:
        """Ask for the figures of what is chosen; an older question is forgotten."""
        if self._cancel is not None:
            self._cancel()
        self._ahead.stop()
        shelf, tab, scope = self.shelf, self.tab, self.choosing.scope()
        place = shelf.place

        def query(queries: Any) -> tuple[list[AccountRow], Any]:
            accounts, wanted = of_accounts(queries, scope)
            return accounts, tab.ask(queries, wanted)

        def deliver(found: tuple[list[AccountRow], Any]) -> None:
            self.choosing.known = found[0]
            shelf.fill(place, found[1])
            self._tell()
            self._face.actions.refresh()
            shelf.holidays.want(scope.period)
            self._ahead.of(tab)

        self._cancel = self._face.services.reads.later(query, deliver)

    def _tell(self) -> None:
        """What is shown, above it."""
        self.header.say(self.choosing)
        told = self.tab.remark() if self.shelf.is_filled else ""
        self.strip.setVisible(bool(told))
        if told:
            self.strip.show_message("info", told)


def _place_of(tab: object) -> int | None:
    return next((place for place, entry in enumerate(TABS) if entry.id == tab), None)
