"""What a check says: how much it matters, the sentence, and the click that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.runtime.words import Message


class Level(StrEnum):
    """How much a finding matters."""

    FIX = "fix"
    LOOK = "look"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Mend:
    """What one click does about it: a verb of the page, with what it is about."""

    verb: str
    label_id: str
    account: int | None = None
    index: int = 0
    n: int | None = None
    """For the plural of the label."""
    about: str = ""
    """A word of the text."""


@dataclass(frozen=True, slots=True)
class Check:
    """One finding."""

    level: Level
    said: Message
    detail: Message | None = None
    mend: Mend | None = None
    other: Mend | None = None
    """Another way to mend it."""
    field: str = ""
    """The name that services use for the input it is about."""
