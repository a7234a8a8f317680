"""Which keys are in force for which command: all of them, or their modified twins where single keys are switched off."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from app.commands.command import Command, is_bare
from app.commands.registry import Registry


class KeyTable:
    """Asked by menus, hints and the key router alike, so that they never disagree."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._modified: dict[str, str] | None = None
        self._single_keys = True

    @property
    def single_keys(self) -> bool:
        """Whether bare keys act (WCAG 2.1.4 lets the user switch them off)."""
        return self._single_keys

    def choose_single_keys(self, on: bool) -> bool:
        """Switch bare keys on or off; whether that changed anything."""
        changed = on != self._single_keys
        self._single_keys = on
        self._modified = None
        return changed

    def keys(self, command: Command, *, with_twin: bool = False) -> tuple[str, ...]:
        """The keys in force; `with_twin` adds the twin even while it rests."""
        keys = command.all_keys
        if not self._single_keys:
            keys = tuple(key for key in keys if not is_character_key(key))
        if command.keys_twin and (with_twin or not self._single_keys):
            keys = (*keys, command.keys_twin)
        return keys

    def bare(self, command: Command) -> tuple[str, ...]:
        """Those the key router listens to."""
        return tuple(key for key in self.keys(command) if is_bare(key))

    def modified(self, command: Command) -> tuple[str, ...]:
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


def is_character_key(key: str) -> bool:
    """Whether a key types a character (a letter, a digit, punctuation), so that WCAG 2.1.4 lets the user switch it off."""
    last = key.split(" ")[0].split("+")[-1] or "+"
    return is_bare(key) and len(last) == 1
