"""A text that the user typed and did not send yet, as plain data."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class KeptText(NamedTuple):
    """A reply, a post, or a question to a manager that is still a draft."""

    text: str
    saved_at: datetime
    """Aware UTC."""
    name: str = ""
    """Who the reply is to."""
    conversation_id: int | None = None
    post_id: int | None = None
    asks_manager: bool = False
    """It stands in the sheet of a question about the conversation."""
