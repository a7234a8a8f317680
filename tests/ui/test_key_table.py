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
