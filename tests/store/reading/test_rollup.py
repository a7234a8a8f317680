"""The shop's days as they were written."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from app.store.database import Database
from app.store.reading import rollup as reading
from app.store.rollup import days
from app.store.writing import rollup


def test_the_days_of_a_span_are_told_by_their_beginnings(database: Database) -> None:
    assert database.reader.now(reading.day_starts, 0, 1 << 60) == []
    written = days(ZoneInfo("Europe/Madrid"))
    database.write_now(rollup.set_days, written, bulk=True)
    assert database.reader.now(reading.day_starts, written[3][0], written[6][0]) == [at for at, _ in written[3:6]]
