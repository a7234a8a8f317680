"""The Insights page: which period and which accounts, and the summary of them beside the period before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from app.commands.insights import CONTEXT, LENGTHS
from app.commands.services import Changes
from app.models.account import POSTS_NOTHING, AccountRow
from app.models.insight import DAYS, Period, Summary, last_days
from app.runtime.words import message
from app.ui.insights.menus import accounts_menu, drop, period_menu
from app.ui.insights.summary import SummaryView
from app.ui.page import FooterKey, Page, PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.strip import Strip
from app.ui.widgets.surface import Pane, PaneHeader, Scrolling

TABLES = ("sample", "outbox", "post", "account", "support_case", "campaign", "phase", "mark", "faq_entry", "faq_asked", "local_day")
REST_MS = 400
"""Commits in a row are read once."""
KEYS = (
    FooterKey(("←", "→"), "insights.hint_period"),
    FooterKey(("T",), "insights.hint_now"),
    FooterKey(("Tab",), "insights.hint_figure"),
    FooterKey(("Return",), "insights.hint_behind"),
    FooterKey(("Ctrl+C",), "insights.hint_copy"),
    FooterKey(("Ctrl+E",), "insights.hint_export"),
    FooterKey(("?",), "insights.hint_keys"),
)


class InsightsPage(Page):
    """Reads on a worker thread; the former figures stand until the new ones are there."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.days = DAYS
        self.back = 0
        """How many periods before the last full days."""
        self.chosen: frozenset[int] = frozenset()
        """Accounts looked at; empty: all."""
        self.accounts: list[AccountRow] = []
        self.summary: Summary | None = None
        self._cancel: Callable[[], None] | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(REST_MS)
        self._soon.timeout.connect(self.read)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build()

    def _build(self) -> None:
        face, text = self._face, self._face.text
        self.header = PaneHeader(face.look, text("page.insights"))
        row = self.header.row
        row.addStretch(1)
        self.earlier = IconButton(face.look, "caret-left", text("command.insights.earlier"), key="←", framed=True)
        self.later = IconButton(face.look, "caret-right", text("command.insights.later"), key="→", framed=True)
        self.earlier.clicked.connect(lambda: self.step(-1))
        self.later.clicked.connect(lambda: self.step(1))
        self.period_button = Button(face.look, "", icon="calendar-blank", clicked=lambda: drop(self.period_button, period_menu(face, self, self.days)))
        self.accounts_button = Button(face.look, "", icon="funnel", clicked=lambda: drop(self.accounts_button, accounts_menu(face, self, self.accounts, self.chosen, self.choose_accounts)))
        self.export_button = Button(face.look, text("insights.export"), icon="export", key="Ctrl+E", clicked=lambda: face.actions.run("insights.export"))
        for each in (self.earlier, self.later, self.period_button, self.accounts_button, self.export_button):
            row.addWidget(each)
        self._column.addWidget(self.header)
        ground = Pane(face.look, "window")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self.strip = Strip(face.look, "info")
        self.strip.hide()
        inside.addWidget(self.strip)
        self.area = Scrolling()
        self.view = SummaryView(face)
        self.area.hold(self.view)
        inside.addWidget(self.area, 1)
        self._column.addWidget(ground, 1)
        self.view.post_opened.connect(lambda number: face.window.show_page("composer", post=number))
        self.view.question_opened.connect(lambda number: face.window.show_page("faq", entry=number))
        self.view.cases_wanted.connect(lambda: face.window.show_page("inbox", view="done"))
        self._name_buttons()

    # ---- Page

    def shown(self) -> None:
        self.read()

    def first_focus(self) -> QWidget | None:
        return next(iter(self.view.kpis.values()))

    def toast_room(self) -> QWidget | None:
        return self.area

    def panes(self) -> Sequence[QWidget]:
        return self.view.stops()

    def footer_keys(self) -> Sequence[FooterKey]:
        return KEYS

    def state(self) -> dict[str, Any]:
        return {"facts": frozenset({"summary"} if self.summary is not None else ())}

    def perform(self, verb: str, **values: object) -> Any:
        days, step = values.get("days"), values.get("step")
        done: dict[str, Callable[[], object]] = {
            "step": lambda: self.step(1 if step == 1 else -1),
            "now": lambda: self.step(self.back),
            "length": lambda: self.choose_length(days if isinstance(days, int) else DAYS),
            "export": self._ask_folder,
        }
        if verb not in done:
            return None
        done[verb]()
        return True

    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self._soon.start()

    def resumable(self) -> dict[str, Any]:
        return {"days": self.days}

    def resume(self, remembered: dict[str, Any]) -> None:
        days = remembered.get("days")
        if str(days).isdigit() and int(str(days)) in LENGTHS:
            self.days = int(str(days))
            self._name_buttons()

    def retranslate(self) -> None:
        for place in range(self._column.count() - 1, -1, -1):
            item = self._column.takeAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._build()
        self.read()

    # ---- what is shown

    @property
    def period(self) -> Period:
        today = self._face.clock.now().astimezone(self._face.words.zone).date()
        return last_days(today, self.days).moved(-self.back)

    def step(self, by: int) -> None:
        """So many periods later; never beyond the last full days."""
        self.back = max(0, self.back - by)
        self._name_buttons()
        self.read()

    def choose_length(self, days: int) -> None:
        self.days, self.back = days, 0
        self._name_buttons()
        self.read()

    def choose_accounts(self, accounts: frozenset[int]) -> None:
        self.chosen = accounts
        self._name_buttons()
        self.read()

    def read(self) -> None:
        """Ask for the figures of the period and accounts that are chosen; an older question is forgotten."""
        if self._cancel is not None:
            self._cancel()
        period, chosen, zone, language = self.period, self.chosen, self._face.words.zone, self._face.words.language

        def query(queries: Any) -> tuple[list[AccountRow], Summary]:
            accounts = [each for each in queries.accounts() if each.network not in POSTS_NOTHING]
            wanted = [each.id for each in accounts if not chosen or each.id in chosen]
            return accounts, queries.summary(period, wanted, zone, language)

        self._cancel = self._face.services.reads.later(query, self._filled)

    def _filled(self, found: tuple[list[AccountRow], Summary]) -> None:
        self.accounts, self.summary = found
        self.view.show_summary(self.summary)
        starts = self.summary.compares_from
        self.strip.setVisible(starts is not None)
        if starts is not None:
            self.strip.show_message("info", self._face.text("insights.compares_from", day=self._face.words.long_day(starts)))
        self._name_buttons()
        self._face.actions.refresh()

    def _name_buttons(self) -> None:
        face, period = self._face, self.period
        name = face.text("insights.last_days", n=self.days) if not self.back else face.text("insights.days", n=self.days)
        self.period_button.setText(f"{name} · {face.words.range(period.first, period.last)}")
        self.later.setEnabled(self.back > 0)
        known = [each for each in self.accounts if each.id in self.chosen]
        self.accounts_button.setText(isolated(known[0].handle) if len(known) == 1 else face.text("insights.all_accounts") if not known else face.text("insights.n_accounts", n=len(known)))

    # ---- files

    def _ask_folder(self) -> None:
        """The dialog calls back and does not stop the window."""
        dialog = QFileDialog(self.window(), self._face.text("insights.choose_folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self.save_to(Path(folder)))
        dialog.open()

    def save_to(self, folder: Path) -> None:
        """All tables of the page as files there."""
        self._face.actions.start("insights: files", self._save(folder))

    async def _save(self, folder: Path) -> None:
        sheets = [(table.title, table.columns, table.rows) for table in self.view.tables()]
        made = await self._face.services.figure_sheets.save(folder, sheets)
        self._face.notices.say(message("insights.saved", n=len(made), folder=str(folder)))
