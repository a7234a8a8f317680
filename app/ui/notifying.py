"""Notifications of the desktop: what is worth one, whether it may be shown now, once each; and what a click or a button does.

Keeps to itself what was told already (in the profile's INI file), quiet hours, and when a customer's words may be shown.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.commands.desktop_services import Teller
from app.commands.services import Changes, Services
from app.runtime.clock import Clock
from app.runtime.settings import Notifications
from app.runtime.words import Message, message
from app.ui.look import Look
from app.ui.tellings import Facts, Telling, read_facts, tellings

TOLD, LOOKED = "notifications/told", "notifications/looked"
MOST_TOLD = 400
MOST_AT_ONCE = 3
"""More than so many at a time are told as one."""
EVERY_MS = 60_000
SOON_MS = 1_500
SNOOZE = timedelta(hours=1)
SUMMARY, TRIAL = "summary", "trial"
DEFAULT = "default"
TABLES = ("conversation", "outbox", "post", "account", "letter", "escalation")

Show = Callable[..., None]
StartWork = Callable[[str, Any], object]


class Notifying(QObject):
    """`begin` starts looking; `teller` may be exchanged, None where nothing can show notifications."""

    looked = Signal(object)
    """The `Facts` that were read: the tray shows some of them."""

    def __init__(
        self,
        services: Services,
        look: Look,
        clock: Clock,
        remembered: QSettings,
        start: StartWork,
        show: Show,
        is_seen: Callable[[], bool],
        is_locked: Callable[[], Awaitable[bool]],
        is_shut: Callable[[], bool] = lambda: False,
    ) -> None:
        """`show` brings the window forward with a page; `is_seen`: whether the user looks at the window anyway;
        `is_locked`: the screen; `is_shut`: the window itself, and then nothing is said but that something waits.
        """
        super().__init__()
        self._services = services
        self._look = look
        self._clock = clock
        self._remembered = remembered
        self._start = start
        self._show = show
        self._is_seen = is_seen
        self._is_locked = is_locked
        self._is_shut = is_shut
        self._teller: Teller | None = None
        told = remembered.value(TOLD)
        self._told: dict[str, None] = dict.fromkeys(told if isinstance(told, list) else [])
        self._since = self._read_since()
        self._there: dict[str, Telling] = {}
        """Those on the desktop now, by key."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.look)
        self._often = QTimer(self)
        self._often.setInterval(EVERY_MS)
        self._often.timeout.connect(self.look)

    def begin(self, teller: Teller | None) -> None:
        """From now on; without somebody to show them, what happens is noted alone."""
        self._teller = teller
        if teller is not None:
            teller.acted.connect(self.act)
        self._services.changed.connect(self._changed)
        self._services.spikes.changed.connect(lambda _spike: self._soon.start())
        self._often.start()
        self.look()

    def end(self) -> None:
        self._often.stop()
        self._soon.stop()
        self._teller = None

    @property
    def can_show(self) -> bool:
        return self._teller is not None

    def look(self) -> None:
        """Read how things stand, and tell what is new."""
        now = self._clock.now()
        self._services.reads.later(lambda queries: read_facts(queries, now), lambda facts: self._take(facts, now))

    def shut(self, shut: bool) -> None:
        """The window was locked: what stands on the desktop goes, and nothing says more than that something waits."""
        teller = self._teller
        if teller is None:
            return
        gone = [*self._there, SUMMARY] if shut else [SUMMARY]
        self._there.clear()
        for key in gone:
            self._start("take a notification back", teller.take_back(key))

    def try_out(self) -> bool:
        """One to look at; whether it can be shown here at all."""
        if self._teller is None:
            return False
        title, said = (self._look.text(each) for each in ("notify.trial", "notify.trial.said"))
        self._start("notification on trial", self._teller.show(TRIAL, title, said))
        return True

    def act(self, key: str, action: str) -> None:
        """A click on a notification, or on one of its buttons."""
        telling = self._there.pop(key, None)
        if self._is_shut():  # of an earlier hour, or by somebody else
            self._show("")
        elif telling is not None and action == "snooze":
            self._start("snooze", self._services.inbox.snooze([telling.about], self._clock.now() + SNOOZE))
        elif telling is not None and action == "again":
            self._start("send again", self._services.outbox.send_now(telling.about))
        elif telling is not None:
            self._show(telling.page, **telling.target)
        elif key == SUMMARY:
            self._show("today")
        else:
            self._show("")

    # ---- inside

    def _read_since(self) -> datetime:
        try:
            moment = datetime.fromisoformat(str(self._remembered.value(LOOKED)))
        except ValueError:
            return self._clock.now()
        return moment if moment.tzinfo is not None else self._clock.now()

    def _changed(self, changes: Changes) -> None:
        if changes.touches(*TABLES) and not self._soon.isActive():
            self._soon.start()

    def _take(self, facts: Facts, now: datetime) -> None:
        self.looked.emit(facts)
        standing = tellings(facts, self._services.spikes.current, self._since, now)
        self._take_back({telling.key for telling in standing})
        chosen = self._services.settings.get(Notifications)
        fresh = [telling for telling in standing if telling.key not in self._told]
        wanted = [telling for telling in fresh if chosen.on and getattr(chosen, telling.topic)]
        if self._is_seen() or self._teller is None:
            wanted = []
        elif wanted and is_quiet(chosen, self._minutes(now)):
            fresh = [
                telling for telling in fresh if telling not in wanted
            ]  # told when the quiet ends, if it still stands then
            wanted, now = [], self._since
        self._note(fresh)
        self._remembered.setValue(LOOKED, now.isoformat())
        if wanted:
            self._start("notifications", self._tell(wanted))

    def _minutes(self, now: datetime) -> int:
        local = now.astimezone(self._look.words.zone)
        return local.hour * 60 + local.minute

    def _note(self, seen: Sequence[Telling]) -> None:
        if seen:
            self._told.update(dict.fromkeys(telling.key for telling in seen))
            for key in list(self._told)[:-MOST_TOLD]:
                del self._told[key]
            self._remembered.setValue(TOLD, list(self._told))

    def _take_back(self, standing: set[str]) -> None:
        """What was answered, sent or seen to meanwhile needs no notification any more."""
        for key in self._there.keys() - standing:
            del self._there[key]
            if self._teller is not None:
                self._start("take a notification back", self._teller.take_back(key))

    async def _tell(self, wanted: Sequence[Telling]) -> None:
        said = self._services.settings.get(Notifications).said
        may_say = said == "always" or (said == "unlocked" and not await self._is_locked())
        if self._teller is None:
            return
        text = self._look.text
        if self._is_shut():
            await self._teller.show(SUMMARY, text("notify.locked"), text("notify.locked.said"))
            return
        if len(wanted) > MOST_AT_ONCE:
            await self._teller.show(
                SUMMARY, text(message("notify.several", n=len(wanted))), text(message("notify.several.said"))
            )
            return
        for telling in wanted:
            title: Message = telling.title if may_say else telling.hidden
            body = text(telling.text) if may_say and telling.text is not None else ""
            self._there[telling.key] = telling
            buttons = [(name, text(f"notify.act.{name}")) for name in telling.actions]
            if not await self._teller.show(telling.key, text(title), body, buttons):
                self._there.pop(telling.key, None)


def is_quiet(chosen: Notifications, minutes: int) -> bool:
    """Whether a time of day (minutes since midnight) lies in the quiet hours, which may go over midnight."""
    begins, ends = chosen.quiet_from, chosen.quiet_until
    if not chosen.quiet or begins == ends:
        return False
    return begins <= minutes < ends if begins < ends else minutes >= begins or minutes < ends
