"""What the Campaigns tab asks for in one question."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from app.models.sale import Cost
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from app.store.writing import sales
from tests.fakes.clock import FakeClock
from tests.store.making import NOW_MS
from tests.store.reading.test_campaigns import save


def test_a_report_comes_whole_and_of_what_is_there(database: Database, clock: FakeClock) -> None:
    number = save(database)
    database.write_now(sales.save_cost, Cost(number, "Ads", 30_000, "MXN", date(2026, 11, 2)), NOW_MS)

    def ask(connection: object) -> None:
        queries = StoreQueries(connection, clock)  # type: ignore[arg-type]
        found = queries.campaign_report(number, ZoneInfo("UTC"), date(2026, 11, 18))
        assert found is not None
        assert (found.plan.name, found.costs, found.missing) == ("Marea", queries.campaign_costs(number), {"orders"})
        assert queries.campaign_report(99, ZoneInfo("UTC"), date(2026, 11, 18)) is None
        assert queries.sales_currency() == ""

    database.reader.now(ask)
