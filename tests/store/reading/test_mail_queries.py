"""The reads of mailboxes and managers over one connection."""

from __future__ import annotations

from app.models.manager import ManagerRow
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from app.store.writing import managers
from tests.fakes.clock import FakeClock


def test_they_answer_what_screens_ask(database: Database, clock: FakeClock) -> None:
    number = database.write_now(managers.save, ManagerRow(0, "Marta", "", "marta@tienda.example"))
    assert [row.id for row in database.reader.now(lambda c: StoreQueries(c, clock).managers())] == [number]
    assert database.reader.now(lambda c: StoreQueries(c, clock).mailboxes()) == []
