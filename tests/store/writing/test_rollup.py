"""Other days of the shop: the sums of gains are made anew by them."""

from __future__ import annotations

from datetime import UTC, date
from zoneinfo import ZoneInfo

from app.store.database import Database
from app.store.rollup import days
from app.store.writing import rollup, samples
from tests.store.making import NOW, NOW_MS, owe, rows

HOUR_MS = 3_600_000


def test_gains_move_to_the_days_of_another_zone(database: Database, account_id: int) -> None:
    number = owe(database, account_id)
    evening = NOW_MS - (NOW_MS % (24 * HOUR_MS)) + 23 * HOUR_MS
    database.write_now(rollup.set_days, days(UTC), bulk=True)
    database.write_now(samples.add, [("likes", "post", number, evening, 4)])
    sql = "SELECT day, gained FROM figure_day WHERE gained <> 0"
    assert rows(database, sql) == [(NOW.date().toordinal(), 4)]
    database.write_now(rollup.set_days, days(ZoneInfo("Asia/Tokyo")), bulk=True)
    assert rows(database, sql) == [(NOW.date().toordinal() + 1, 4)]
    assert rows(database, "SELECT count(*) FROM local_day") == [(len(days(UTC)),)]


def test_a_day_that_never_was_is_none(database: Database, account_id: int) -> None:
    """Samoa went from 29 to 31 December 2011; its shop has days all the same."""
    database.write_now(rollup.set_days, days(ZoneInfo("Pacific/Apia")), bulk=True)
    skipped = date(2011, 12, 30).toordinal()
    assert rows(database, f"SELECT day FROM local_day WHERE day BETWEEN {skipped - 1} AND {skipped + 1}") == [(skipped - 1,), (skipped + 1,)]
