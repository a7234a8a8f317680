"""Replies that wait because they were written in anger: since when, and when they may leave; one for the page, in memory only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.ui.inbox.counsel import Held
from app.ui.inbox.reply_to import NEVER

HELD_SECONDS = 120
PAUSE_SECONDS = 10
"""So long "send anyway" is not there yet: time for a breath."""


class Holding:
    """By conversation."""

    def __init__(self) -> None:
        self._since: dict[int, datetime] = {}

    def hold(self, conversation_id: int, now: datetime) -> None:
        """It waits from now on; what waits already keeps its time."""
        self._since.setdefault(conversation_id, now)

    def release(self, conversation_id: int) -> None:
        """It is sent, or gone."""
        self._since.pop(conversation_id, None)

    def let(self, conversation_id: int) -> None:
        """It is to leave as it is, by the user's word."""
        self._since[conversation_id] = NEVER

    def holds(self, conversation_id: int) -> bool:
        return conversation_id in self._since

    def may_leave(self, conversation_id: int, now: datetime) -> bool:
        """Whether it has waited long enough."""
        since = self._since.get(conversation_id)
        return since is not None and now - since >= timedelta(seconds=HELD_SECONDS)

    def standing(self, conversation_id: int, now: datetime, reasons: Sequence[str]) -> Held | None:
        """How long it waits still; None where it does not."""
        since = self._since.get(conversation_id)
        if since is None or not reasons:
            return None
        gone = int((now - since).total_seconds())
        return Held(tuple(reasons), max(0, HELD_SECONDS - gone), max(0, PAUSE_SECONDS - gone))
