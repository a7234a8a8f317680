"""What a list of conversations asks is answered without any other reading function."""

from __future__ import annotations

from app.models.conversation import View
from app.store.database import Database
from app.store.reading.list_queries import StoreListQueries
from tests.fakes.clock import FakeClock
from tests.store.making import arrival, keep


def test_a_list_is_counted_and_read(database: Database, account_id: int, clock: FakeClock):
    keep(database, account_id, arrival())

    def look(queries: StoreListQueries) -> None:
        assert queries.conversation_count(View.ALL, None) == queries.conversation_count(View.NEEDS_ANSWER, account_id) == 1
        [row] = queries.conversations(View.NEEDS_ANSWER, account_id, None)
        assert queries.conversations(View.NEEDS_ANSWER, account_id, (row.sort_key, row.id)) == []
        assert queries.conversations_by_id([row.id]) == [row]
        assert list(queries.conversation_ids(View.NEEDS_ANSWER, None)) == [row.id]

    database.reader.now(lambda connection: look(StoreListQueries(connection, clock)))
