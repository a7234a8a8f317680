"""What a playbook's file holds and what bringing it in would do, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.runtime.words import Message


class WrongRow(NamedTuple):
    """A row that is left out. In a JSON file `line` is the number of the answer."""

    line: int
    reason: Message
    cells: Mapping[str, str] = {}
    """What stands in it, by column; empty where it could not be taken apart, and in a JSON file."""


class FilePlan(NamedTuple):
    """What bringing a file in would do; nothing has been changed."""

    new: tuple[str, ...]
    """Titles of the answers that are not here."""
    changed: tuple[str, ...]
    """Titles of those that are here and say something else."""
    same: int
    """Those that are here just so."""
    examples: int
    """New ones."""
    facts: tuple[str, ...]
    """Titles of those that are new or say something else."""
    wrong: tuple[WrongRow, ...]

    @property
    def does_something(self) -> bool:
        return bool(self.new or self.changed or self.examples or self.facts)


class Imported(NamedTuple):
    """What came of a file."""

    answers: int
    """New ones."""
    examples: int
    known: int
    """Answers that were there before, whether or not they changed."""
    changed: int
    facts: int
    wrong: tuple[WrongRow, ...]


Fixed = Mapping[int, Mapping[str, str]]
"""Rows of a file as the user mended them, by line."""
