"""The keys that lists handle themselves, wherever they stand: which can be chosen, which stay, and what each does. Free of Qt."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

LISTS = "lists"
"""Where these keys act; no page is called so."""


class ListKey(NamedTuple):
    """One act of every list. To the table of keys it is like a command, but no command runs."""

    id: str
    all_keys: tuple[str, ...]
    step: int

    @property
    def context(self) -> str:
        return LISTS

    @property
    def keys_twin(self) -> str | None:
        return None

    @property
    def instead_of(self) -> str:
        return ""

    @property
    def title_id(self) -> str:
        return f"keys.{self.id}"

    @property
    def help_id(self) -> str:
        return f"keys.{self.id}.help"


LIST_KEYS = (ListKey("list.next", ("J",), 1), ListKey("list.previous", ("K",), -1))
FIXED = (
    ("list.arrows", ("Up", "Down")),
    ("list.extend", ("Shift+Up", "Shift+Down")),
    ("list.ends", ("Home", "End")),
    ("list.page", ("PageUp", "PageDown")),
    ("list.open", ("Return",)),
)
"""(its name, keys) of what stays as it is."""
ARROWS: Mapping[str, int] = MappingProxyType({"Down": 1, "Up": -1})
MOVES: Mapping[str, int] = MappingProxyType({**ARROWS, **{key: each.step for each in LIST_KEYS for key in each.all_keys}})
"""How far each key goes in a list, as the program comes; with Shift it extends what is ticked."""


def moves_with(keys: Mapping[str, tuple[str, ...]]) -> Mapping[str, int]:
    """The same with the keys in force of each act, by its id."""
    return {**ARROWS, **{key: each.step for each in LIST_KEYS for key in keys.get(each.id, each.all_keys)}}


def moves_of(single_keys: bool, own: Mapping[str, tuple[str, ...]]) -> Mapping[str, int]:
    """By the settings alone, for a list that is there before everything else."""
    return moves_with(own) if single_keys else ARROWS
