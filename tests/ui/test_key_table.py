"""Which keys are in force, with single keys and without."""

from __future__ import annotations

import pytest

from app.ui.key_table import KeyTable, is_character_key
from tests.ui.stand_ins import make_registry


@pytest.mark.parametrize(
    ("key", "typed"), [("E", True), ("Shift+J", True), ("?", True), ("G T", True), ("Escape", False), ("Space", False), ("F6", False), ("Ctrl+K", False)]
)
def test_character_keys_are_those_that_type(key: str, typed: bool) -> None:
    assert is_character_key(key) is typed


def test_switched_off_single_keys_give_way_to_their_twins() -> None:
    registry = make_registry([])
    table = KeyTable(registry)
    done, undo = registry["stub.done"], registry["edit.undo"]
    assert (table.keys(done), table.bare(done), table.modified(done)) == (("E",), ("E",), ())
    assert table.choose_single_keys(False)
    assert not table.choose_single_keys(False)
    assert not table.single_keys
    assert (table.keys(done), table.bare(done)) == (("Ctrl+Shift+D",), ())
    assert table.keys(undo) == ("Ctrl+Z",)
    assert table.bare(registry["view.escape"]) == ("Escape",)


def test_commands_are_found_by_a_modified_key() -> None:
    table = KeyTable(make_registry([]))
    assert table.command_of("Ctrl+K") == ["view.palette"]
    assert table.command_of("Ctrl+J") == []


def test_ones_own_keys_come_before_those_of_a_preset() -> None:
    registry = make_registry([])
    table = KeyTable(registry)
    done = registry["stub.done"]
    assert table.choose(True, {"stub.done": ("Y",)}, {})
    assert (table.keys(done), table.as_it_came(done), table.is_own(done)) == (("Y",), ("Y",), False)
    assert table.choose(True, {"stub.done": ("Y",)}, {"stub.done": ("Ctrl+J",)})
    assert (table.keys(done), table.is_own(done)) == (("Ctrl+J",), True)
    assert table.command_of("Ctrl+J") == ["stub.done"]
    assert table.now(done.context, "E") == "Ctrl+J"  # what a hint shows instead
    assert table.choose(False, {}, {"stub.done": ()})
    assert (table.keys(done), table.now(done.context, "E")) == ((), "")


def test_what_is_in_the_way_of_a_key_is_found_also_where_it_begins_a_sequence() -> None:
    registry = make_registry([])
    table = KeyTable(registry)
    done = registry["stub.done"]
    assert [other.id for other in table.in_the_way(done, "Ctrl+K")] == ["view.palette"]
    assert table.in_the_way(done, "G")
    assert table.in_the_way(done, "Y") == []
