"""The keys of lists: as the program comes, with those the user chose, and without single keys."""

from __future__ import annotations

from app.ui.list_keys import ARROWS, FIXED, LIST_KEYS, MOVES, moves_of, moves_with


def test_arrows_always_move_and_letters_as_the_user_chose() -> None:
    assert MOVES == {"J": 1, "K": -1, "Down": 1, "Up": -1}
    assert moves_with({"list.next": ("N", "Space")}) == {**ARROWS, "N": 1, "Space": 1, "K": -1}
    assert moves_with({"list.next": (), "list.previous": ()}) == ARROWS


def test_by_the_settings_alone_it_is_the_same() -> None:
    own = {"list.previous": ("P",), "inbox.done": ("X",)}
    assert moves_of(True, own) == {**ARROWS, "J": 1, "P": -1}
    assert moves_of(False, own) == ARROWS


def test_what_can_be_chosen_is_nothing_of_what_stays() -> None:
    fixed = {key for _, keys in FIXED for key in keys}
    assert not fixed & {key for each in LIST_KEYS for key in each.all_keys}
