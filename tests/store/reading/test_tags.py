"""Tags are counted and listed through their indexes."""

from __future__ import annotations

import sqlite3

import pytest

from app.models.tag import TagCount, TagRow
from app.store.database import Database
from app.store.reading import tags
from app.store.writing import tags as writing
from tests.store.making import HOUR_MS, NOW, NOW_MS, arrival, keep, rows


def asked(database: Database, *told: object) -> list[str]:
    """The plan of each statement that a function of the reading runs."""
    function, *values = told
    plans: list[str] = []

    def run(connection: sqlite3.Connection) -> None:
        heard: list[str] = []
        connection.set_trace_callback(heard.append)
        function(connection, *values)  # type: ignore[operator]
        connection.set_trace_callback(None)
        for statement in heard:
            plans.extend(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}"))

    database.reader.now(run)
    return plans


@pytest.fixture
def two(database: Database, account_id: int) -> Database:
    """Two messages of an hour ago, the first with two tags."""
    keep(
        database,
        account_id,
        arrival("m1", "vinilo"),
        arrival("m2", "hola", thread_key="t2", author_id="u2", author_name=""),
    )
    database.write_now(writing.put, [1, 2], 1, NOW_MS)
    database.write_now(writing.put, [1], 3, NOW_MS)
    return database


def test_what_messages_bear(two: Database):
    found = two.reader.now(tags.of_messages, [1, 2, 99])
    assert found == {1: (TagRow(1, "request"), TagRow(3, "criticism")), 2: (TagRow(1, "request"),)}
    assert two.reader.now(tags.of_messages, []) == {}


def test_a_table_row_has_all_its_tags(two: Database):
    [first, second] = two.reader.now(tags.with_any_tag, None, NOW_MS, 10)
    assert (first.tags, second.tags) == ((1, 3), (1,))
    assert (first.author, second.author, second.handle) == ("Ximena Robles", "@ximena", "@ximena")
    assert (first.network, first.account, first.kind, first.category) == ("mastodon", "@aurora", "mention", "other")
    assert [row.id for row in two.reader.now(tags.with_any_tag, None, NOW_MS, 10, 1)] == [2]
    assert two.reader.now(tags.count_tagged, None, NOW_MS) == 2
    assert two.reader.now(tags.count_tagged, NOW_MS, NOW_MS + 1) == 0


def test_a_list_goes_on_behind_its_last_message(two: Database):
    [first] = two.reader.now(tags.tagged, 1, None, NOW_MS, 1)
    [second] = two.reader.now(tags.tagged, 1, None, NOW_MS, 5, (NOW_MS - HOUR_MS, first.id))
    assert {first.id, second.id} == {1, 2}
    assert first.at == NOW.replace(hour=NOW.hour - 1)


def test_a_retired_tag_is_counted_while_messages_bear_it(two: Database):
    two.write_now(writing.retire, 3, NOW_MS)
    two.write_now(writing.retire, 2, NOW_MS)
    found = two.reader.now(tags.counts, None, NOW_MS)
    assert found == [TagCount(TagRow(1, "request"), 2), TagCount(TagRow(3, "criticism", retired=True), 1)]


def test_the_last_message_of_the_customer_is_the_one_that_is_tagged(database: Database, account_id: int):
    page = (arrival("m1", at=NOW), arrival("m2", ours=True, at=NOW.replace(minute=50)))
    keep(database, account_id, *page)
    assert database.reader.now(tags.last_of_customers, [1, 2]) == [1]


def test_nothing_is_found_by_looking_at_every_message(two: Database):
    plans = [
        *asked(two, tags.counts, NOW_MS - HOUR_MS * 2, NOW_MS),
        *asked(two, tags.tagged, 1, 0, NOW_MS, 10),
        *asked(two, tags.with_any_tag, None, NOW_MS, 10),
        *asked(two, tags.of_messages, [1, 2]),
        *asked(two, tags.last_of_customers, [1]),
    ]
    assert plans
    assert not [
        step
        for step in plans
        if step.startswith("SCAN") and any(f" {name}" in step for name in ("m", "message ", "c", "i"))
    ]
    assert rows(two, "SELECT count(*) FROM message") == [(2,)]
