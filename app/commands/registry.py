"""The one list of commands: gathers them and refuses what would confuse (double ids, clashing or forbidden keys, no docstring)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from app.commands.command import EVERYWHERE, Command, is_bare

# interface.md section 7, rule 5: keys of input methods, of screen readers, of layout switching and of the systems.
_NEVER = frozenset(
    {
        "Ctrl+Space", "Ctrl+.", "Ctrl+;", "Ctrl+Shift+F", "Ctrl+Shift+U", "Ctrl+Shift+E",
        "Ctrl+Alt+Left", "Ctrl+Alt+Right", "Ctrl+Alt+Up", "Ctrl+Alt+Down",
        "Alt+Shift", "Ctrl+Shift", "Shift", "Insert", "CapsLock",
        "Meta+Space", "Meta+Tab",
    }
)  # fmt: skip
_NEVER_PATTERNS = (
    re.compile(r"^Ctrl\+Alt\+[A-Z]$"),  # = AltGr, which types letters
    re.compile(r"^Alt\+[A-Z]$"),  # menu mnemonics; accents on a Mac
    re.compile(r"^Meta\+"),  # Windows key
    re.compile(r"^Ctrl\+(Shift\+)?[HM]$"),  # hide and minimize on a Mac
    re.compile(r"^Ctrl\+Shift\+[345]$"),  # screenshots on a Mac
)


class CommandFault(ValueError):
    """A command that cannot be in the list, found at the start and by the tests."""


class Registry:
    """All commands by id, in the order in which they were given."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        self._commands = MappingProxyType(dict(commands))
        self._fitting: dict[str, tuple[Command, ...]] = {}

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def __len__(self) -> int:
        return len(self._commands)

    def __contains__(self, command_id: object) -> bool:
        return command_id in self._commands

    def __getitem__(self, command_id: str) -> Command:
        return self._commands[command_id]

    def get(self, command_id: str | None) -> Command | None:
        return self._commands.get(command_id) if command_id else None

    def in_context(self, context: str) -> Sequence[Command]:
        """The commands that apply in a context, those of the page before those of everywhere."""
        if context not in self._fitting:
            fitting = [command for command in self if command.applies_in(context)]
            self._fitting[context] = tuple(sorted(fitting, key=lambda command: command.context == EVERYWHERE))
        return self._fitting[context]


def collect(*lists: Iterable[Command]) -> Registry:
    """Gather lists of commands into one registry, or raise `CommandFault` with the reason."""
    found: dict[str, Command] = {}
    taken: dict[str, list[tuple[str, Command]]] = {}  # by the first stroke: others cannot clash
    for command in (command for commands in lists for command in commands):
        if command.id in found:
            raise CommandFault(f"two commands are called {command.id}")
        if not command.help:
            raise CommandFault(f"{command.id} has no docstring")
        found[command.id] = command
        twin = (command.keys_twin,) if command.keys_twin else ()
        if command.keys_twin and is_bare(command.keys_twin):
            raise CommandFault(f"{command.id}: {command.keys_twin} must have a modifier to replace a bare key")
        for key in command.all_keys + twin:
            if forbidden(key):
                raise CommandFault(f"{command.id}: {key} belongs to input methods, screen readers or the system")
            near = taken.setdefault(key.partition(" ")[0], [])
            _refuse_clash(near, command, key)
            near.append((key, command))
    return Registry(found)


class Scoped(Protocol):
    """What has keys somewhere."""

    @property
    def context(self) -> str: ...


def overlap(one: Scoped, other: Scoped) -> bool:
    """Whether both can apply at once: same context, one inside the other, or one of everywhere."""
    inside = one.context.startswith(f"{other.context}.") or other.context.startswith(f"{one.context}.")
    return one.context == other.context or inside or EVERYWHERE in (one.context, other.context)


def forbidden(key: str) -> bool:
    """Whether a key is on the list of those never bound."""
    return any(step in _NEVER or any(p.match(step) for p in _NEVER_PATTERNS) for step in key.split(" "))


def _refuse_clash(near: Iterable[tuple[str, Command]], command: Command, key: str) -> None:
    """Two commands clash on a key when both can apply at once: same context, one inside the other, or one of everywhere."""
    for other_key, other in near:
        if other is command or other.id == command.instead_of or other.instead_of == command.id:
            continue
        if not overlap(command, other):
            continue
        if other_key == key:
            raise CommandFault(f"{command.id} and {other.id} both want {key}")
        if other_key.startswith(f"{key} ") or key.startswith(f"{other_key} "):
            raise CommandFault(f"{command.id} ({key}) and {other.id} ({other_key}): one begins the other")
