"""The strip above Insights: its tabs, which days beside which, whose figures, and the report."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.models.periods import Comparison
from app.ui.insights.choosing import Choosing
from app.ui.insights.tabs import TABS
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.surface import PaneHeader

NARROW = 1240 - 76
"""Below it the header says less, and leaves the arrows to the keys."""


class InsightsHeader(PaneHeader):
    """`say` tells it what is shown."""

    stepped = Signal(int)
    turned = Signal(int)
    period_asked = Signal()
    accounts_asked = Signal()
    report_asked = Signal()

    def __init__(self, face: PageFace) -> None:
        super().__init__(face.look, face.text("page.insights"))
        look, text = face.look, face.text
        self._face = face
        self._names = ("", "")
        """Of the days: with much room, and with little."""
        self._whose = ""
        self.tabs = Segmented(look, text("insights.tabs"), [(text(entry.title_id), None) for entry in TABS])
        self.tabs.chosen.connect(self.turned)
        self.row.addWidget(self.tabs)
        self.row.addStretch(1)
        self.earlier = IconButton(look, "caret-left", text("command.insights.earlier"), key="←", framed=True)
        self.later = IconButton(look, "caret-right", text("command.insights.later"), key="→", framed=True)
        self.earlier.clicked.connect(lambda: self.stepped.emit(-1))
        self.later.clicked.connect(lambda: self.stepped.emit(1))
        self.period = Button(look, "", icon="calendar-blank", menu_arrow=True, clicked=self.period_asked.emit)
        self.accounts = Button(look, "", menu_arrow=True, clicked=self.accounts_asked.emit)
        self.report = Button(look, text("insights.report"), icon="export", menu_arrow=True, clicked=self.report_asked.emit)
        for each in (self.earlier, self.later, self.period, self.accounts, self.report):
            self.row.addWidget(each)

    def say(self, choosing: Choosing) -> None:
        words, text, choice = self._face.words, self._face.text, choosing.days
        period, compared = choosing.period, choosing.compared
        days, beside = words.range(period.first, period.last), words.range(compared.first, compared.last)
        told = text("insights.days_beside", n=period.days, days=days, beside=beside)
        if choice.comparison is not Comparison.BEFORE:
            self._names = (f"{days} · {text('insights.beside_days', days=beside)}", days)
        elif choice.own is not None:
            self._names = (days, days)
        else:
            self._names = (f"{text('insights.days' if choice.back else 'insights.last_days', n=choice.days)} · {days}", days)
        self.period.setToolTip(told)
        self.later.setEnabled(choice.has_later(choosing.today))
        known = [each for each in choosing.known if each.id in choosing.accounts]
        if len(known) == 1:
            self._whose = isolated(known[0].handle)
        else:
            self._whose = text("insights.n_accounts", n=len(known)) if known else text("insights.all_accounts")
        self._fit()
        self.period.setAccessibleName(told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= self._face.theme.px(NARROW)
        self.period.setText(self._names[0 if wide else 1])
        for each in (self.title, self.earlier, self.later):
            each.setVisible(wide)
        self.accounts.setText(self._whose)
        self.accounts.choose_icon(None)
        if wide:  # whole or not at all: the rail says it, too
            self.title.setVisible(self._holds(self.title, self.tabs, self.earlier, self.later, self.period, self.accounts, self.report))
        report = self._face.text("insights.report")
        self.report.setText(report)
        self.period.choose_icon("calendar-blank")
        if not wide and not self._holds(self.tabs, self.period, self.accounts, self.report):
            self.accounts.setText("")
            self.accounts.choose_icon("funnel")
            if not self._holds(self.tabs, self.period, self.accounts, self.report):
                self.report.setText("")
            if not self._holds(self.tabs, self.period, self.accounts, self.report):
                self.period.choose_icon(None)
        self.report.setAccessibleName(report)
        self.report.setToolTip("" if self.report.text() else report)
        self.accounts.setAccessibleName(self._whose)
        self.accounts.setToolTip(self._whose)

    def _holds(self, *parts: QWidget) -> bool:
        """Whether there is room for all that they say."""
        inset = self._face.theme.px(2 * 16)
        gaps = self.row.spacing() * (len(parts) - 1)
        return sum(part.sizeHint().width() for part in parts) + gaps + inset <= self.width()
