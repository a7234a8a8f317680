"""Which keys are in force for which command: the user's own, else those of a preset, else the program's; or their modified twins where
single keys are switched off.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from PySide6.QtGui import QKeySequence

from app.commands.command import is_bare
from app.commands.registry import Registry, overlap
from app.ui.list_keys import LIST_KEYS, LISTS, MOVES, moves_with

Keys = Mapping[str, tuple[str, ...]]
NONE: Keys = MappingProxyType({})


class Keyed(Protocol):
    """What has keys: a command, or an act of every list."""

    @property
    def id(self) -> str: ...
    @property
    def context(self) -> str: ...
    @property
    def all_keys(self) -> tuple[str, ...]: ...
    @property
    def keys_twin(self) -> str | None: ...
    @property
    def instead_of(self) -> str: ...
    @property
    def title_id(self) -> str: ...
    @property
    def help_id(self) -> str: ...


class KeyTable:
    """Asked by menus, hints and the key router alike, so that they never disagree."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._modified: dict[str, str] | None = None
        self._single_keys = True
        self._preset = NONE
        self._own = NONE
        self._moves = MOVES

    @property
    def single_keys(self) -> bool:
        """Whether bare keys act (WCAG 2.1.4 lets the user switch them off)."""
        return self._single_keys

    def choose_single_keys(self, on: bool) -> bool:
        """Switch bare keys on or off; whether that changed anything."""
        return self.choose(on, self._preset, self._own)

    def choose(self, single_keys: bool, preset: Keys, own: Keys) -> bool:
        """What is in force from now on; whether that changed anything."""
        changed = (single_keys, preset, own) != (self._single_keys, self._preset, self._own)
        self._single_keys, self._preset, self._own = single_keys, preset, own
        self._modified = None
        self._moves = moves_with({each.id: self.keys(each) for each in LIST_KEYS})
        return changed

    def is_own(self, command: Keyed) -> bool:
        """Whether the user chose its keys."""
        return command.id in self._own

    def as_it_came(self, command: Keyed) -> tuple[str, ...]:
        """Its keys without the user's own, those included that rest while single keys are switched off."""
        keys = self._preset.get(command.id, command.all_keys)
        return (*keys, command.keys_twin) if command.keys_twin and not self._single_keys else keys

    def held(self, command: Keyed) -> tuple[str, ...]:
        """Its keys with the user's own, those included that rest while single keys are switched off."""
        return self._own.get(command.id, self.as_it_came(command))

    def keys(self, command: Keyed, *, with_twin: bool = False) -> tuple[str, ...]:
        """The keys in force; `with_twin` adds the twin even while it rests."""
        keys, twin = self.held(command), command.keys_twin
        if not self._single_keys:
            return tuple(key for key in keys if not is_character_key(key))
        return (*keys, twin) if with_twin and twin and not self.is_own(command) else keys

    def bare(self, command: Keyed) -> tuple[str, ...]:
        """Those the key router listens to."""
        return tuple(key for key in self.keys(command) if is_bare(key))

    def modified(self, command: Keyed) -> tuple[str, ...]:
        """Those that are shortcuts of QActions."""
        return tuple(key for key in self.keys(command) if not is_bare(key))

    def command_of(self, sequence: str) -> list[str]:
        """The commands of a modified key in Qt's portable writing."""
        if self._modified is None:
            self._modified = {}
            for command in self._registry:
                for key in self.modified(command):
                    text = QKeySequence(key).toString()
                    self._modified[text] = f"{self._modified.get(text, '')} {command.id}".strip()
        return self._modified.get(sequence, "").split()

    @property
    def moves(self) -> Mapping[str, int]:
        """How far each key goes in a list."""
        return self._moves

    @property
    def is_changed(self) -> bool:
        """Whether any key is another than the program comes with."""
        return bool(self._own or self._preset or not self._single_keys)

    def in_the_way(self, holder: Keyed, key: str) -> list[Keyed]:
        """The others that would hear the key at the same time, or that have a sequence which it begins, or a key that begins it."""
        others: list[Keyed] = [*self._registry, *LIST_KEYS]
        return [
            other
            for other in others
            if _meet(holder, other) and any(clash(key, each) for each in self.keys(other, with_twin=True))
        ]

    def now(self, context: str, key: str) -> str:
        """The key that does now what this one does as the program comes; empty where it was taken away. A key of nothing stays."""
        holders: list[Keyed] = [*self._registry.in_context(context), *LIST_KEYS]
        for holder in holders:
            if key in holder.all_keys:
                keys = self.keys(holder)
                return key if key in keys else next(iter(keys), "")
        return key


def _meet(one: Keyed, other: Keyed) -> bool:
    """Whether both can want a key at once. Lists are everywhere; what has a key of theirs as the program comes does the same in its
    other panes.
    """
    if one.id == other.id or one.id == other.instead_of or other.id == one.instead_of:
        return False
    if LISTS in (one.context, other.context):
        return not set(one.all_keys) & set(other.all_keys)
    return overlap(one, other)


def clash(one: str, other: str) -> bool:
    """Whether two keys are the same, or one begins the other."""
    return one == other or other.startswith(f"{one} ") or one.startswith(f"{other} ")


def is_character_key(key: str) -> bool:
    """Whether a key types a character (a letter, a digit, punctuation), so that WCAG 2.1.4 lets the user switch it off."""
    last = key.split(" ")[0].split("+")[-1] or "+"
    return is_bare(key) and len(last) == 1
