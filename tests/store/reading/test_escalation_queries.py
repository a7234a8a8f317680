"""The reads of escalations in one object."""

from __future__ import annotations

from app.models.escalation import SheetDraft
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from app.store.writing import settings
from tests.fakes.clock import FakeClock
from tests.store.making import arrival, keep, rows
from tests.store.writing.test_escalations import ask, mailbox_in


def test_they_are_part_of_all_queries(database: Database, account_id: int, clock: FakeClock) -> None:
    keep(database, account_id, arrival())
    number = ask(database, mailbox_in(database), "tokenone")
    database.write_now(settings.save, "escalation.draft.1", SheetDraft(question="¿?").to_json())
    customer = rows(database, "SELECT customer_id FROM conversation")[0][0]

    def ask_all(connection) -> tuple[list[int], list[int], SheetDraft | None]:  # type: ignore[no-untyped-def]
        queries = StoreQueries(connection, clock)
        opened = [row.id for row in queries.open_escalations(customer)]
        return opened, [wait.conversation_id for wait in queries.waits()], queries.sheet_draft(1)

    assert database.reader.now(ask_all) == ([number], [1], SheetDraft(question="¿?"))
