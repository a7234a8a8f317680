"""The reads of Insights over one connection: what commands/insight_services.py asks for as `InsightQueries`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, tzinfo

from app.models.insight import Period, Summary, summarize
from app.runtime.clock import from_wall, to_ms
from app.store.reading import insights
from app.store.reading.list_queries import StoreListQueries


class StoreInsightQueries(StoreListQueries):
    """What periods brought."""

    def summary(self, period: Period, accounts: Sequence[int], zone: tzinfo, language: str) -> Summary:
        def starts(day: date) -> int:
            return to_ms(from_wall(datetime.combine(day, time()), zone).at)

        return summarize(insights.measured(self._connection, period, accounts, starts, language))
