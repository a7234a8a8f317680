"""What the marks of the guide stand for: the words of the catalogues, the titles of commands, the keys in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.commands.command import EVERYWHERE
from app.commands.registry import Registry
from app.runtime.settings import GROUPS, describe
from app.runtime.words import Words
from app.ui.widgets.key_cap import key_text

LETTERS_HIDDEN = frozenset({"first_run"})
"""Screens whose keys are in no table: each is shown there once, on its own buttons."""


class ProgramFilling:
    """Implements `Filling`. Asks anew each time: language and keys may change while the guide is open."""

    def __init__(
        self, words: Words, registry: Registry, keys: Callable[[str], Sequence[str]], apple: bool | None = None
    ) -> None:
        """`keys` answers those in force for a command; `apple` writes them as a Mac does."""
        self._words = words
        self._registry = registry
        self._keys = keys
        self._apple = apple

    def word(self, message_id: str) -> str:
        return self._words.text(message_id) if self._words.knows(message_id) else message_id

    def title(self, command_id: str) -> str:
        command = self._registry.get(command_id)
        return self._words.text(command.title_id) if command is not None else command_id

    def keys(self, command_id: str) -> Sequence[str]:
        command = self._registry.get(command_id)
        return tuple(self.cap(key) for key in self._keys(command_id)) if command is not None else ()

    def cap(self, key: str) -> str:
        return " ".join(key_text(step, self._apple) for step in key.split(" "))

    def default(self, setting: str) -> str:
        found = next((each for group in GROUPS for each in describe(group) if each.key == setting), None)
        value = found.default if found is not None else setting
        return self._words.number(value) if isinstance(value, int) else str(value)

    def table(self, context: str) -> Sequence[tuple[Sequence[str], str]]:
        listed = [command for command in self._registry if command.context == context]
        return [
            (self.keys(command.id), self._words.text(command.title_id).rstrip("…"))
            for command in listed
            if self._keys(command.id)
        ]


def contexts(registry: Registry) -> list[str]:
    """Every screen that has keys, that of everywhere first."""
    found = {command.context for command in registry if command.all_keys} - LETTERS_HIDDEN
    return sorted(found, key=lambda context: (context != EVERYWHERE, context))
