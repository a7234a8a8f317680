"""The reads of Today that may come after its brief: what commands/today_services.py asks for as `TodayQueries`."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo
from importlib import import_module

from app.models.tip import Tip
from app.runtime.clock import from_wall, to_ms
from app.store.reading import today
from app.store.reading.list_queries import StoreListQueries

TIPS = "app.store.reading.tips"
"""Imported when tips are asked for: the first page need not wait for it."""


class StoreTodayQueries(StoreListQueries):
    """Tips, what is put aside, and how much there is to do."""

    def tips(self, now: datetime, zone: tzinfo, language: str, promise_minutes: int) -> list[Tip]:
        def starts(day: date) -> int:
            return to_ms(from_wall(datetime.combine(day, time()), zone).at)

        found: list[Tip] = import_module(TIPS).told(self._connection, now, zone, starts, language, promise_minutes)
        return found

    def known_waiting(self) -> int:
        return today.known_waiting(self._connection)

    def work(self, now: datetime) -> tuple[int, int, int]:
        return today.work(self._connection, to_ms(now))
