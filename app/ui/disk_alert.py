"""A full disk is one trouble, however many writes it refuses: told by a banner that stays until there is room again, which is told as well."""

from __future__ import annotations

from app.runtime.errors import DiskFull
from app.runtime.words import message
from app.ui.notices import Notices

DISK_FULL = "disk_full"


class DiskAlert:
    """Hears of each episode, and is asked of each error whether that was told with it."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._full: DiskFull | None = None
        self._is_new = False
        """The error that the episode began with is still to come."""

    def hear(self, full: DiskFull | None) -> None:
        """An episode begins, or is over (None)."""
        was, self._full = self._full, full
        if full is not None:
            self._is_new = True
            self._notices.banner(DISK_FULL, full.message, level="danger", detail=message("alerts.disk_full"))
        elif was is not None:
            self._notices.clear(DISK_FULL)
            self._notices.say(message("alerts.disk_room"), level="ok")

    def is_told(self, error: DiskFull, *, asked: bool) -> bool:
        """Whether nothing more is to be said of an error. `asked`: the user is waiting for what failed; that is said each time."""
        if self._full is None or error.message != self._full.message:
            return False
        first, self._is_new = self._is_new, False
        return first or not asked
