"""Reads the periods beside the one that is shown while nobody waits: who turns to one of them finds it remembered."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.ui.insights.choosing import Choosing, of_accounts
from app.ui.insights.tab import Tab
from app.ui.page import PageFace

REST_MS = 300
"""Who looks at a period that long may turn to the one beside it."""


class ReadingAhead(QTimer):
    """For tabs that remember what they read (`Tab.READS_AHEAD`)."""

    def __init__(self, face: PageFace, page: QWidget, choosing: Choosing) -> None:
        super().__init__(page)
        self._face = face
        self._page = page
        self._choosing = choosing
        self._tab: Tab | None = None
        self.setSingleShot(True)
        self.setInterval(REST_MS)
        self.timeout.connect(self._read)

    def of(self, tab: Tab) -> None:
        """A tab shows what was read."""
        if tab.READS_AHEAD:
            self._tab = tab
            self.start()

    def _read(self) -> None:
        tab, choosing, today = self._tab, self._choosing, self._choosing.today
        if tab is None or not self._page.isVisible():
            return
        scopes = [
            choosing.scope()._replace(period=days.period(today), compared=days.compared(today))
            for days in (choosing.days.stepped(-1, today), choosing.days.stepped(1, today))
            if days != choosing.days
        ]

        def query(queries: Any) -> None:
            for scope in scopes:
                tab.ask(queries, of_accounts(queries, scope)[1])

        self._face.services.reads.later(query, lambda _nothing: None)
