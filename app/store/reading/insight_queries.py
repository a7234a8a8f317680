"""The reads of Insights over one connection: what commands/insight_services.py asks for as `InsightQueries`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, tzinfo
from functools import cache

from app.models.insight import Note, Period, Scope, Summary, summarize
from app.models.post_table import Curve, PostLine
from app.runtime.clock import from_wall, to_ms
from app.store.reading import insights, post_table
from app.store.reading.list_queries import StoreListQueries


class StoreInsightQueries(StoreListQueries):
    """What periods brought."""

    def summary(self, scope: Scope) -> Summary:
        return summarize(insights.measured(self._connection, scope, day_starts(scope.zone)))

    def post_lines(self, scope: Scope) -> list[PostLine]:
        days = insights.Days(scope.period, day_starts(scope.zone))
        return post_table.lines(self._connection, scope.accounts, days.since, days.until)

    def post_curves(self, post_id: int, accounts: Sequence[int]) -> list[Curve]:
        return post_table.curves(self._connection, post_id, accounts)

    def insight_notes(self, period: Period) -> list[Note]:
        return insights.notes(self._connection, period)


def day_starts(zone: tzinfo) -> Callable[[date], int]:
    """Tells when each day of a zone begins, UTC milliseconds."""

    @cache
    def starts(day: date) -> int:
        return to_ms(from_wall(datetime.combine(day, time()), zone).at)

    return starts
