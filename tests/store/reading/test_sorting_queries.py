"""What screens ask about tags and rules comes in moments, not in milliseconds."""

from __future__ import annotations

from datetime import timedelta

from app.models.rule import Rule, Then, When
from app.store.database import Database
from app.store.reading.sorting_queries import StoreSortingQueries
from app.store.writing import rules, tags
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, NOW_MS, arrival, keep


def test_tags_and_rules_are_read(database: Database, account_id: int, clock: FakeClock):
    keep(database, account_id, arrival())
    database.write_now(tags.put, [1], 2, NOW_MS)
    database.write_now(tags.retire, 3, NOW_MS)
    number = database.write_now(rules.save, Rule("r", When(any_of=("disco",)), Then(priority=1)), NOW_MS)

    def ask(queries: StoreSortingQueries) -> None:
        assert [tag.key for tag in queries.tags()] == ["request", "opinion"]
        assert [tag.key for tag in queries.tags(retired=True)] == ["request", "opinion", "criticism"]
        assert [each.many for each in queries.tag_counts(NOW - timedelta(days=1), NOW)] == [0, 1]
        assert [each.many for each in queries.tag_counts(None, NOW)] == [0, 1]
        assert [each.id for each in queries.tagged(2, NOW - timedelta(days=1), NOW)] == [1]
        assert queries.tagged(2, NOW, NOW + timedelta(days=1)) == []
        assert [tag.key for tag in queries.tags_of([1])[1]] == ["opinion"]
        assert [rule.id for rule in queries.rules()] == [number]
        assert queries.rule(99) is None

    database.reader.now(lambda connection: ask(StoreSortingQueries(connection, clock)))
