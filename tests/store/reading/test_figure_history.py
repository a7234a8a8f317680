"""Which days of an account are known already."""

from __future__ import annotations

from datetime import date

from app.runtime.clock import from_ms
from app.store.database import Database
from app.store.reading import figure_history
from app.store.writing import sales, samples
from tests.store.making import NOW_MS, owe

DAY_MS = 86_400_000


def test_what_was_measured_and_what_came_out_of_files(database: Database, account_id: int) -> None:
    item = owe(database, account_id)
    today = from_ms(NOW_MS).date().toordinal()
    database.write_now(
        samples.add, [("likes", "post", item, NOW_MS, 3), ("followers", "account", account_id, NOW_MS - DAY_MS, 9)]
    )
    database.write_now(sales.add_past, [("likes", account_id, today - 4, 2), ("clicks", account_id, today - 3, 2)])
    assert database.reader.now(figure_history.gains_since, account_id, ["likes", "clicks"]) == {"likes": today}
    assert database.reader.now(figure_history.past_days, account_id) == {("likes", today - 4), ("clicks", today - 3)}
    found = database.reader.now(figure_history.total_days, account_id, ["followers"], lambda at: from_ms(at).date())
    assert found == {("followers", today - 1)}
    assert date.fromordinal(today) == from_ms(NOW_MS).date()
