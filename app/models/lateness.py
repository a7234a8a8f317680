"""What becomes of a post whose time passed while nothing could send it: the computer slept, the line was down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

LATE_FROM = timedelta(minutes=5)
"""What leaves this little after its time is not late under any rule: a slow line, a restart."""
MOST_MINUTES = 24 * 60
"""Nothing goes out two days late unasked, so no rule is more patient than one day."""


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


class AfterPause(StrEnum):
    """What becomes of posts whose time passed while the user had paused everything."""

    SEND = "send"
    """They leave now."""
    MOVE = "move"
    """Each moves to its next free day."""
    ASK = "ask"
    """Each is put before the user."""


class Pause(NamedTuple):
    """From when until when nothing was to be sent, both aware UTC; it may be over."""

    since: datetime
    until: datetime

    def held(self, due_at: datetime) -> bool:
        """Whether something that was due then was held back by it."""
        return self.since <= due_at < self.until


@dataclass(frozen=True, slots=True)
class Lateness:
    """A rule with its patience in minutes (of `FINE_UNTIL` alone). Raises ValueError for a patience that is none, or longer than a day."""

    rule: LateRule = LateRule.FINE_UNTIL
    minutes: int = 60

    def __post_init__(self) -> None:
        if not 0 < self.minutes <= MOST_MINUTES:
            raise ValueError(f"not a patience for what is late: {self.minutes} minutes")

    @property
    def patience(self) -> timedelta:
        """How late is still in time."""
        return timedelta(minutes=self.minutes) if self.rule is LateRule.FINE_UNTIL else LATE_FROM

    def to_text(self) -> str:
        """As tables and the command line keep it: `fine_until:60`, `ask`."""
        return f"{self.rule}:{self.minutes}" if self.rule is LateRule.FINE_UNTIL else str(self.rule)


def lateness_of(text: str) -> Lateness | None:
    """What a table holds; None for the setting. Raises ValueError for what is no rule."""
    if not text:
        return None
    name, _, minutes = text.partition(":")
    rule = LateRule(name)
    if not minutes:
        return Lateness(rule)
    if rule is not LateRule.FINE_UNTIL:
        raise ValueError(f"not a rule for what is late: {text!r}")
    return Lateness(rule, int(minutes))
