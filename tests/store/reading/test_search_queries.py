"""What screens ask of searching is answered by the clock of the program."""

from __future__ import annotations

from datetime import timedelta

from app.models.find import Condition, SavedSearchRow, Wanted
from app.store.database import Database
from app.store.reading.search_queries import SearchQueries
from app.store.writing import saved_searches
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, NOW_MS, arrival, keep

LATE = Wanted(conditions=(Condition("is", "late"),))


def test_late_is_what_is_late_now(database: Database, account_id: int, clock: FakeClock) -> None:
    keep(database, account_id, arrival(at=NOW))

    def late(connection: object) -> int:
        return len(SearchQueries(connection, clock).find(LATE).rows)  # type: ignore[arg-type]

    assert database.reader.now(late) == 0
    clock.advance(timedelta(hours=2).total_seconds())
    assert database.reader.now(late) == 1


def test_saved_searches_are_listed_counted_and_read(database: Database, account_id: int, clock: FakeClock) -> None:
    keep(database, account_id, arrival())
    number = database.write_now(saved_searches.add, SavedSearchRow(0, "Discos", "disco"), NOW_MS)
    database.write_now(saved_searches.add_hits, number, [(1, NOW_MS)])
    wanted = Wanted(words=("disco",))

    def look(queries: SearchQueries) -> None:
        assert queries.saved_searches() == [SavedSearchRow(number, "Discos", "disco")]
        assert queries.saved_search_counts(None) == queries.saved_search_counts(account_id) == {number: 1}
        assert queries.saved_search_counts(account_id + 1) == {}
        assert queries.saved_search_count(number, wanted, None) == 1
        assert list(queries.saved_search_ids(number, wanted, None)) == [1]

    database.reader.now(lambda connection: look(SearchQueries(connection, clock)))
