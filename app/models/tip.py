"""A tip: what the user's own figures advise, with what it rests on. How they are drawn is in tips.py, which may load later."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from app.runtime.words import Message


class TipKind(StrEnum):
    """What a tip is about."""

    ASKED = "asked"
    SLOW_DAY = "slow_day"
    FORMAT = "format"
    PILLAR = "pillar"
    HOUR = "hour"
    AFTER_PROMO = "after_promo"


class Tip(NamedTuple):
    """One of them. `evidence` says on how much it rests, and of which days."""

    kind: TipKind
    key: str
    """The same for the same advice, whatever its figures: what is put aside by."""
    said: Message
    evidence: Message
    about: int = 0
    """The entry of the FAQ."""
    text: str = ""
    """The question."""
