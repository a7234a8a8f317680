"""A text that the user typed and did not send yet, as plain data."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class KeptText(NamedTuple):
    """A reply or a post that is still a draft."""

    text: str
    saved_at: datetime
    """Aware UTC."""
    name: str = ""
    """Who the reply is to."""
    conversation_id: int | None = None
    post_id: int | None = None
