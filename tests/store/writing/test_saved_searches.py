"""Saved searches: kept in order, each hit once, and what networks find is stored quietly."""

from __future__ import annotations

from app.models.find import SavedSearchRow
from app.models.judgement import as_it_comes
from app.store.database import Database
from app.store.reading import saved_searches as reading
from app.store.writing import saved_searches as writing
from tests.store.making import NOW_MS, arrival, keep, rows, within_an_hour

VINYL = SavedSearchRow(0, "Vinilos", "vinilo", (1,))


def names(database: Database) -> list[str]:
    return [search.name for search in database.reader.now(reading.searches)]


def test_the_order_is_the_users(database: Database) -> None:
    one = database.write_now(writing.add, VINYL, NOW_MS)
    two = database.write_now(writing.add, VINYL._replace(name="CD"), NOW_MS)
    assert names(database) == ["Vinilos", "CD"]
    assert database.write_now(writing.order, [two, one]) == [one, two]
    assert names(database) == ["CD", "Vinilos"]
    database.write_now(writing.remove, two, NOW_MS)
    assert names(database) == ["Vinilos"]
    database.write_now(writing.restore, two)
    assert names(database) == ["CD", "Vinilos"]


def test_a_conversation_is_one_hit_with_its_newest_match(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    number = database.write_now(writing.add, VINYL, NOW_MS)
    for hits in ([(1, 5), (1, 9)], [(1, 7)]):
        database.write_now(writing.add_hits, number, hits)
    assert rows(database, "SELECT search_id, conversation_id, at FROM search_hit") == [(number, 1, 9)]


def test_other_words_let_the_old_hits_go_and_another_name_keeps_them(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    number = database.write_now(writing.add, VINYL, NOW_MS)
    database.write_now(writing.add_hits, number, [(1, 5)])
    before = database.write_now(writing.change, VINYL._replace(id=number, name="V", asks=True))
    assert before == VINYL._replace(id=number)
    assert rows(database, "SELECT count(*) FROM search_hit") == [(1,)]
    database.write_now(writing.change, VINYL._replace(id=number, words="cd"))
    assert rows(database, "SELECT count(*) FROM search_hit") == [(0,)]
    assert database.reader.now(reading.counts, None) == {}


def test_what_a_network_found_is_stored_with_its_cursor(database: Database, account_id: int) -> None:
    number = database.write_now(writing.add, VINYL, NOW_MS)
    search = VINYL._replace(id=number)
    keep(database, account_id, arrival("m1", "vinilo"))
    found = [arrival("m1", "vinilo"), arrival("m2", "vinilo", thread_key="t2")]

    def store(cursor: str) -> int:
        return database.write_now(
            writing.keep_found, search, account_id, found, "search:1", cursor, NOW_MS, within_an_hour, as_it_comes
        )

    assert store("c1") == 1
    assert store("c2") == 0
    assert rows(database, "SELECT remote_id, kind FROM message ORDER BY id") == [("m1", "mention"), ("m2", "found")]
    assert rows(database, "SELECT state, unread, answer_by FROM conversation WHERE id = 2") == [("waiting", 1, None)]
    assert rows(database, "SELECT conversation_id FROM search_hit ORDER BY 1") == [(1,), (2,)]
    assert database.reader.now(reading.looked_at, account_id, "search:1") == ("c2", NOW_MS)
    assert database.reader.now(reading.counts, None) == {number: 2}
