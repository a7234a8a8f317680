"""What becomes of a post whose time passed while nothing could send it: the computer slept, the line was down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class LateRule(StrEnum):
    """product.md and issue texts: fine until..., next slot, ask, drop."""

    FINE_UNTIL = "fine_until"
    """It may leave up to `Lateness.minutes` late; later the user is asked."""
    NEXT_SLOT = "next_slot"
    """It moves to the next good time."""
    ASK = "ask"
    """The user is asked."""
    DROP = "drop"
    """It is let go, and that is said."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """A rule with its patience in minutes."""

    rule: LateRule = LateRule.FINE_UNTIL
    minutes: int = 60

    @property
    def patience(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    def to_text(self) -> str:
        """As tables and the command line keep it: `fine_until:60`, `ask`."""
        return f"{self.rule}:{self.minutes}" if self.rule is LateRule.FINE_UNTIL else str(self.rule)


def lateness_of(text: str) -> Lateness | None:
    """What a table holds; None for the setting. Raises ValueError for what is no rule."""
    if not text:
        return None
    rule, _, minutes = text.partition(":")
    return Lateness(LateRule(rule), int(minutes)) if minutes else Lateness(LateRule(rule))
