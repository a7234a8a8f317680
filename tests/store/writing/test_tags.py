"""Tags are given once each, and what was there comes back exactly."""

from __future__ import annotations

import pytest

from app.store.changes import Changes
from app.store.database import Database
from app.store.writing import tags
from tests.store.making import NOW_MS, arrival, keep, rows


@pytest.fixture
def three(database: Database, account_id: int) -> Database:
    keep(database, account_id, *(arrival(f"m{n}", thread_key=f"t{n}") for n in range(3)))
    return database


def borne(database: Database) -> list[tuple[int, int]]:
    return rows(database, "SELECT message_id, tag_id FROM message_tag ORDER BY 1, 2")  # type: ignore[return-value]


def test_a_tag_is_put_on_once(three: Database):
    heard: list[Changes] = []
    three.changed.connect(heard.append)
    assert [each[0] for each in three.write_now(tags.put, [1, 2, 2], 1, NOW_MS)] == [1, 2]
    assert [each[0] for each in three.write_now(tags.put, [2, 3], 1, NOW_MS)] == [3]
    assert borne(three) == [(1, 1), (2, 1), (3, 1)]
    assert heard == [Changes({"message_tag": frozenset({1, 2})}), Changes({"message_tag": frozenset({3})})]


def test_taking_it_off_answers_what_was_there(three: Database):
    three.write_now(tags.put, [1, 2], 1, NOW_MS)
    taken = three.write_now(tags.take, [2, 3], 1)
    assert taken == [(2, 1, None, NOW_MS)]
    assert borne(three) == [(1, 1)]
    three.write_now(tags.bring, taken)
    three.write_now(tags.bring, taken)
    assert borne(three) == [(1, 1), (2, 1)]


def test_merging_keeps_each_message_with_one(three: Database):
    own = three.write_now(tags.add, "Vinilo")
    three.write_now(tags.put, [1, 2], own, NOW_MS)
    three.write_now(tags.put, [2], 1, NOW_MS)
    taken, new = three.write_now(tags.merge, own, 1, NOW_MS)
    assert borne(three) == [(1, 1), (2, 1)]
    three.write_now(tags.part, own, taken, new)
    assert borne(three) == [(1, own), (2, 1), (2, own)]
    assert rows(three, "SELECT retired_at FROM tag WHERE id = ?", own) == [(None,)]


def test_a_new_tag_stands_behind_the_others(three: Database):
    first, second = three.write_now(tags.add, "a"), three.write_now(tags.add, "b")
    assert rows(three, "SELECT id FROM tag ORDER BY position") == [(1,), (2,), (3,), (first,), (second,)]
    assert three.write_now(tags.rename, first, "c") == "a"
