"""Names of public holidays by day, read when a year is first shown: their library takes its time, and the days do not wait for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from app.ui.page import PageFace


class HolidayNames:
    """`days` fills by and by; `came` is told when it did."""

    def __init__(self, face: PageFace, came: Callable[[], object]) -> None:
        self.days: dict[date, str] = {}
        self._face = face
        self._came = came
        self._years: frozenset[int] = frozenset()

    def want(self, days: Sequence[date]) -> None:
        """Those of these days' years."""
        years = frozenset({days[0].year, days[-1].year})
        if years <= self._years:
            return
        planning, language = self._face.services.planning, self._face.words.language

        def deliver(found: dict[date, str]) -> None:
            if found:
                self._years |= years
                self.days.update(found)
                self._came()

        self._face.services.reads.later(lambda _queries: planning.holidays(sorted(years), language), deliver)

    def forget(self) -> None:
        """The language or the country changed."""
        self.days.clear()
        self._years = frozenset()
