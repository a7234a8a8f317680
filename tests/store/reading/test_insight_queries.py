"""The summary over one connection: days begin where the shop is."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from app.models.insight import Metric, Period, Scope
from app.store.database import Database
from app.store.reading.insight_queries import StoreInsightQueries
from app.store.writing import samples
from tests.fakes.clock import FakeClock

DAY = Period(date(2026, 11, 17), date(2026, 11, 17))
NEARLY_MIDNIGHT_MS = 1_794_960_000_000 - 60_000
"""17 November 2026, 23:59 UTC: the 18th in Tokyo."""


def test_a_figure_belongs_to_the_day_of_the_asked_zone(database: Database, account_id: int) -> None:
    database.write_now(samples.add, [("followers", "account", account_id, NEARLY_MIDNIGHT_MS, 7)])

    def found(zone: str) -> tuple[float | None, ...]:
        queries = database.reader.now(lambda connection: StoreInsightQueries(connection, FakeClock()))
        return queries.summary(Scope(DAY, DAY.before, (account_id,), ZoneInfo(zone), "es")).kpi(Metric.FOLLOWERS).series

    assert found("UTC") == (7,)
    assert found("Asia/Tokyo") == (None,)
