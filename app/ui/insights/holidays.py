"""Public holidays for the time axes: read once the figures stand and the user rests, for their library takes its time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QObject, QTimer

from app.models.insight import Period
from app.ui.page import PageFace

REST_MS = 600
"""Who turns through years is not disturbed; the first ones come as soon as the figures stand."""


class HolidayNames(QObject):
    """`days` is replaced as a whole when others came; `came` is told then."""

    def __init__(self, face: PageFace, came: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self.days: Mapping[date, str] = {}
        self._face = face
        self._came = came
        self._years: frozenset[int] = frozenset()
        self._wanted: frozenset[int] = frozenset()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._read)

    def want(self, period: Period) -> None:
        """Those of its years."""
        self._wanted = frozenset(range(period.first.year, period.last.year + 1)) - self._years
        if self._wanted:
            self._rest.start(REST_MS if self._years else 0)

    def _read(self) -> None:
        years, planning, language = sorted(self._wanted), self._face.services.planning, self._face.words.language
        self._years |= self._wanted

        def deliver(found: dict[date, str]) -> None:
            if found:
                self.days = {**self.days, **found}
                self._came()

        self._face.services.reads.later(lambda _queries: planning.holidays(years, language), deliver)
