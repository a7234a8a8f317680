"""What saved searches found, read by index."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from app.models.find import Condition, SavedSearchRow, Wanted
from app.store.database import Database
from app.store.reading import saved_searches as reading
from app.store.writing import saved_searches as writing
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep

WORDS = Wanted(words=("vinilo",))


def a_search(database: Database, *conversations: int) -> int:
    number = database.write_now(writing.add, SavedSearchRow(0, "V", "vinilo"), NOW_MS)
    database.write_now(writing.add_hits, number, [(each, NOW_MS - each) for each in conversations])
    return number


def test_found_rows_show_the_passage_with_the_hit(database: Database, account_id: int) -> None:
    keep(
        database,
        account_id,
        arrival("m1", "Hola, buenas tardes a todos por allá. " * 9 + "El vinilo llegó roto. Gracias."),
    )
    (found,) = database.reader.now(reading.find, WORDS, NOW_MS, 5).rows
    assert "El vinilo llegó roto" in found.row.snippet
    (named,) = database.reader.now(reading.find, Wanted(words=("ximena",)), NOW_MS, 5).rows
    assert named.row.snippet.startswith("Hola")


def test_a_list_is_newest_first_and_narrowed_to_an_account(database: Database) -> None:
    one, two = add_account(database, "@aurora"), add_account(database, "@discos")
    keep(database, one, arrival("m1", "vinilo", thread_key="a"), arrival("m2", "vinilo", thread_key="b", at=NOW))
    keep(database, two, arrival("m3", "vinilo", thread_key="c", at=NOW + timedelta(minutes=1)))
    number = a_search(database, 1, 2, 3)
    assert next(iter(database.reader.now(reading.ids, number, WORDS, None, NOW_MS))) == 3
    assert sorted(database.reader.now(reading.ids, number, WORDS, one, NOW_MS)) == [1, 2]
    assert database.reader.now(reading.counts, two) == {number: 1}


def test_a_list_shows_the_passages_with_the_hits(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1", "Hola. " * 60 + "¿Y el vinilo?"), arrival("m2", "Gracias", at=NOW))
    number = database.write_now(writing.add, SavedSearchRow(0, "V", "vinilo"), NOW_MS)
    (found,) = database.reader.now(reading.find, WORDS, NOW_MS, 5).rows
    database.write_now(writing.add_hits, number, [(found.row.id, found.at_ms)])
    shown = database.reader.now(reading.passages, number, WORDS, [found.row.id, 99])
    assert list(shown) == [found.row.id]
    assert "¿Y el vinilo?" in shown[found.row.id]


def test_new_messages_come_in_the_order_they_were_stored(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1", "uno"), arrival("m2", "dos", at=NOW))
    assert [one.text for one in database.reader.now(reading.new_messages, 0, 9)] == ["uno", "dos"]
    assert [one.text for one in database.reader.now(reading.new_messages, 1, 9)] == ["dos"]
    assert database.reader.now(reading.last_message) == 2
    said = database.reader.now(reading.new_messages, 0, 9)
    theirs = Wanted(conditions=(Condition("from", "ximena"),))
    assert database.reader.now(reading.fitting, theirs, said, NOW_MS) == said
    assert database.reader.now(reading.fitting, Wanted(conditions=(Condition("from", "us"),)), said, NOW_MS) == []


def test_no_count_and_no_list_is_a_scan(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1", "vinilo"))
    number = a_search(database, 1)
    late = WORDS._replace(conditions=(Condition("is", "late"), Condition("category", "order")))
    plans: list[str] = []

    def explain(connection: sqlite3.Connection) -> None:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        reading.counts(connection, None)
        for wanted in (WORDS, late, late._replace(words=())):
            reading.count(connection, number, wanted, None, NOW_MS)
        reading.ids(connection, number, late, None, NOW_MS)
        reading.new_messages(connection, 0, 10)
        connection.set_trace_callback(None)
        for sql in asked:
            if sql.startswith("SELECT") and "FROM account" not in sql:
                plans.extend(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}"))

    database.reader.now(explain)
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN") and plan != "SCAN counter"] == []
