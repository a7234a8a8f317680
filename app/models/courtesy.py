"""What the strip over the reply box needs to know to be courteous: thanks given today, who is not heard any more, what was promised."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

THANKS_A_DAY = 5
"""So many public thanks a day are shown as usual; more of them look staged (interface.md, section 6)."""


class Courtesy(NamedTuple):
    """About one conversation. Times are aware UTC."""

    conversation_id: int
    thanked_today: int = 0
    """Public replies to praise since the day began, those on their way included."""
    closed: bool = False
    """The one courteous closing answer was given to this person already."""
    muted_at: datetime | None = None
    """Ignored politely since."""
    written_since: int = 0
    """Messages of the person since then."""
    promised: frozenset[int] = frozenset()
    """Messages of this conversation in which a promise was found and remembered."""
    promised_words: tuple[str, ...] = ()
    """What was remembered in this conversation, in its words: a reply that was on its way then is no message yet."""


class Thanked(NamedTuple):
    """A thanks that is on its way."""

    outbox_id: int
    text: str
    name: str
    """The customer's."""
    today: int
    """How many public thanks this makes today."""
