"""Changes say what was touched, and never less than that."""

from __future__ import annotations

from app.store.changes import ALL, MOST_IDS, Changes


def test_ids_of_a_touched_table():
    changes = Changes({"message": frozenset({1, 2})})
    assert changes.ids("message") == {1, 2}
    assert changes.ids("post") == frozenset()
    assert changes.touches("post", "message")
    assert not changes.touches("post")
    assert not changes.all_of("message")


def test_all_rows_of_a_table_name_no_ids():
    changes = Changes({"sample": ALL})
    assert changes.all_of("sample")
    assert changes.ids("sample") == frozenset()
    assert changes.touches("sample")
    assert not changes.all_of("message")


def test_merging_joins_ids():
    merged = Changes({"message": frozenset({1}), "post": frozenset({7})}).merge(Changes({"message": frozenset({2})}))
    assert merged == Changes({"message": frozenset({1, 2}), "post": frozenset({7})})


def test_merging_with_all_rows_is_all_rows():
    assert Changes({"message": frozenset({1})}).merge(Changes({"message": ALL})).all_of("message")
    assert Changes({"message": ALL}).merge(Changes({"message": frozenset({1})})).all_of("message")


def test_too_many_ids_become_all_rows():
    many = Changes({"message": frozenset(range(MOST_IDS))})
    assert many.merge(Changes({"message": frozenset({MOST_IDS})})).all_of("message")


def test_nothing_is_false():
    assert not Changes()
    assert Changes({"message": ALL})
