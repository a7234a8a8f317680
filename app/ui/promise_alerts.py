"""The reminder of what was promised: a banner when the time comes, with the way to the conversation; gone when it is kept or let go."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.commands.services import Changes, Services
from app.models.promise import PromiseRow
from app.runtime.words import message
from app.ui.look import Look
from app.ui.notices import Notices
from app.ui.safe_text import isolated, shortened

KEY = "promise"
AHEAD = timedelta(days=1)
"""So far ahead promises are read."""
LONGEST_WAIT = timedelta(minutes=10)
"""A computer that slept is looked at again after so long, whatever its timers think."""


class PromiseAlerts:
    """A banner that the user closed stays closed until another promise falls due."""

    def __init__(self, services: Services, notices: Notices, look: Look) -> None:
        self._services = services
        self._notices = notices
        self._look = look
        self._said: tuple[int, ...] = ()
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.read)
        services.changed.connect(self._changed)
        self.read()

    def read(self) -> None:
        """Look at what is promised, now and when the next one falls due."""
        now = self._now()
        if now is not None:
            self._services.reads.later(lambda queries: queries.promises_due(now + AHEAD), self._tell)

    def _changed(self, changes: Changes) -> None:
        if changes.touches("promise", "customer"):
            self.read()

    def _now(self) -> datetime | None:
        clock = self._look.words.clock
        return clock.now() if clock is not None else None

    def _tell(self, promises: list[PromiseRow]) -> None:
        now = self._now()
        if now is None:
            return
        later = [each.due_at for each in promises if each.due_at > now]
        wait = min([*later, now + LONGEST_WAIT]) - now if later else LONGEST_WAIT
        self._timer.start(max(1000, round(min(wait, LONGEST_WAIT).total_seconds() * 1000)))
        due = [each for each in promises if each.due_at <= now]
        about = tuple(sorted(each.id for each in due))
        fresh = set(about) - set(self._said)
        shown = any(banner.key == KEY for banner in self._notices.banners())
        self._said = about
        if not due:
            self._notices.clear(KEY)
            return
        if not shown and not fresh:
            return  # the user closed it
        first = due[0]
        said = message("alerts.promise_due", name=isolated(first.name), text=isolated(shortened(first.text)))
        more = len(due) - 1
        detail = (
            message("alerts.promise_more", when=first.due_at, n=more)
            if more
            else message("alerts.promise_due_said", when=first.due_at)
        )
        self._notices.banner(KEY, said, level="warn", command="go.promise_due", detail=detail)
        window = QApplication.activeWindow() or next(iter(QApplication.topLevelWidgets()), None)
        if fresh and window is not None:
            QApplication.alert(window)
