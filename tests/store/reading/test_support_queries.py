"""The reads of both tabs over an empty file: nothing is nothing, and no figure."""

from __future__ import annotations

from app.models.interest import Kind
from app.store.database import Database
from app.store.reading.support_queries import StoreSupportQueries
from tests.fakes.clock import FakeClock
from tests.store.reading.test_interests import scope


def test_an_empty_file_has_no_figures(database: Database, account_id: int) -> None:
    def ask(connection: object) -> StoreSupportQueries:
        return StoreSupportQueries(connection, FakeClock())  # type: ignore[arg-type]

    wanted = scope(account_id)
    support = database.reader.now(lambda c: ask(c).support(wanted, lambda since, until: until - since))
    audience = database.reader.now(lambda c: ask(c).audience(wanted))
    assert (support.came, support.months, support.known_since) == (0, (), None)
    assert (audience.writers.people, audience.interests, audience.names_known) == (0, (), False)
    assert list(database.reader.now(lambda c: ask(c).newsletter_readers(wanted))) == []
    assert list(database.reader.now(lambda c: ask(c).interest_conversations(wanted, Kind.TITLE, "marea", 5))) == []
    assert list(database.reader.now(lambda c: ask(c).interests_put_away())) == []
    assert list(database.reader.now(lambda c: ask(c).call_months())) == []
