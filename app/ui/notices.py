"""What the program says to the user: toasts that pass, banners that stay, and a history of both; errors come with their next step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.commands.level import Level
from app.runtime.clock import Clock
from app.runtime.errors import AppError
from app.runtime.settings import undo_time
from app.runtime.words import Message
from app.ui.look import Look
from app.ui.page import ActionsFace
from app.ui.roles import spoken_as
from app.ui.widgets.button import Button
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import escaped
from app.ui.widgets.toast import Toast

UNDO_COMMAND = "edit.undo"
MOST_TOASTS = 2
MOST_HISTORY = 200
LAST_ACT = "last_act"
"""What Z takes back: only one toast at a time may offer it, or the older one would take back the newer act."""
_WORST_FIRST: tuple[Level, ...] = ("danger", "warn", "info", "ok")


class Said(NamedTuple):
    """One line of the history."""

    at: datetime
    level: Level
    message: Message


class Banner(NamedTuple):
    """A word that stays: what is so, what it means, and the command that helps."""

    key: str
    level: Level
    message: Message
    detail: Message | None = None
    command: str | None = None


class Spoken(NamedTuple):
    """What a toast is made of."""

    message: Message
    level: Level
    seconds: float
    undo: bool
    command: str | None
    topic: str
    """A later word on the same topic takes its place."""


class Notices(QObject):
    """Implements `NoticesFace`. Knows nothing of where toasts and banners are drawn."""

    spoken = Signal(object)
    """A `Spoken` for a toast."""
    undo_over = Signal()
    """The act was taken back: toasts that offer it may go."""
    banners_changed = Signal()

    def __init__(self, look: Look, clock: Clock) -> None:
        super().__init__()
        self._look = look
        self._clock = clock
        self._banners: dict[str, Banner] = {}
        self._history: list[Said] = []
        self._withheld: list[Spoken] | None = None

    def withhold(self, withheld: bool) -> None:
        """While the window is locked nothing is shown nor spoken; afterwards the last words are."""
        if withheld == (self._withheld is not None):
            return
        spoken, self._withheld = self._withheld or [], [] if withheld else None
        for each in spoken[-MOST_TOASTS:] if not withheld else ():
            self.spoken.emit(each)
        self.banners_changed.emit()

    @property
    def is_withheld(self) -> bool:
        return self._withheld is not None

    # ---- NoticesFace

    def say(
        self,
        message: Message,
        *,
        level: Level = "info",
        undo: bool = False,
        undone: bool = False,
        seconds: float = 6,
        command: str | None = None,
    ) -> None:
        """At least 6 seconds; those that offer to undo last as long as the act can be taken back, longer where they are read out."""
        self._remember(level, message)
        seconds = undo_time(round(seconds), screen_reader=QAccessible.isActive()) if undo else max(6.0, seconds)
        self._speak(Spoken(message, level, seconds, undo, command, LAST_ACT if undo or undone else message.id))

    def fail(self, error: AppError) -> None:
        self._remember("danger", error.message)
        self._speak(Spoken(error.message, "danger", 10, False, error.next_step, f"{error.message} {error.next_step}"))

    def banner(
        self, key: str, message: Message, *, level: Level = "warn", command: str | None = None, detail: Message | None = None
    ) -> None:
        banner = Banner(key, level, message, detail, command)
        if self._banners.get(key) == banner:
            return
        if key not in self._banners:
            self._remember(level, message)
        self._banners[key] = banner
        self.banners_changed.emit()

    def clear(self, key: str) -> None:
        if self._banners.pop(key, None) is not None:
            self.banners_changed.emit()

    def dismiss_undo(self) -> None:
        self.undo_over.emit()

    # ---- what the window shows

    def banners(self) -> list[Banner]:
        """Worst first; among equals the latest first."""
        latest_first = list(reversed(self._banners.values()))
        return sorted(latest_first, key=lambda banner: _WORST_FIRST.index(banner.level))

    def history(self) -> Sequence[Said]:
        """The latest last."""
        return tuple(self._history)

    def _speak(self, spoken: Spoken) -> None:
        if self._withheld is None:
            self.spoken.emit(spoken)
        elif not spoken.undo:  # what could be taken back for some seconds cannot when they are over
            self._withheld.append(spoken)
            del self._withheld[:-MOST_TOASTS]

    def _remember(self, level: Level, message: Message) -> None:
        self._history.append(Said(self._clock.now(), level, message))
        del self._history[:-MOST_HISTORY]


class Standing(NamedTuple):
    """A toast that stands there."""

    toast: Toast
    spoken: Spoken


class ToastStack(QObject):
    """Puts toasts at the bottom of a pane of the host, at most two, the newest lowest, one for each topic."""

    covers = Signal(int)
    """How high they stand, shadows apart; 0 when the last has gone."""

    def __init__(self, look: Look, notices: Notices, actions: ActionsFace, host: QWidget, pane: QWidget | None = None) -> None:
        """They stand in the `pane`, which lies in the host; a stack of pages is no host, as a screen reader finds nothing but pages in it."""
        super().__init__(host)
        self._look = look
        self._actions = actions
        self._host = host
        self._pane = pane or host
        self._room: QWidget | None = None
        self._toasts: list[Standing] = []
        notices.spoken.connect(self._speak)
        notices.undo_over.connect(self._drop_undo)
        host.installEventFilter(self)
        if self._pane is not host:
            self._pane.installEventFilter(self)

    def stand_in(self, room: QWidget | None) -> None:
        """The pane the toasts belong to; without one they stand at the lower left of the host."""
        if self._room is not None and self._room is not self._host:
            self._room.removeEventFilter(self)
            self._room.destroyed.disconnect(self._lose_room)
        self._room = room
        if room is not None and room is not self._host:
            room.installEventFilter(self)
            room.destroyed.connect(self._lose_room)
        self._place()

    def toasts(self) -> list[Toast]:
        """Those shown, the newest last."""
        return [standing.toast for standing in self._toasts]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and watched in (self._host, self._pane, self._room):
            self._place()
        return False

    def _lose_room(self) -> None:
        """A page was made anew, and its panes with it."""
        self._room = None

    def _speak(self, spoken: Spoken) -> None:
        look, message = self._look, spoken.message
        command = UNDO_COMMAND if spoken.undo else spoken.command
        offered = bool(command) and (spoken.undo or self._actions.applies(command or ""))
        keys = self._actions.keys(command) if offered and command else ()
        toast = Toast(
            look,
            lambda left: look.text(message, seconds=left) if spoken.undo else look.text(message),
            level=spoken.level,
            seconds=spoken.seconds,
            button=self._actions.title(command) if offered and command else "",
            key=keys[0] if keys else None,
            counting=spoken.undo,
            act=(lambda: self._actions.run(command)) if offered and command else None,
            parent=self._host,
        )
        toast.gone.connect(lambda: self._gone(toast))
        same = [standing for standing in self._toasts if standing.spoken.topic == spoken.topic]
        self._toasts.append(Standing(toast, spoken))
        for standing in same:
            standing.toast.end()
        while len(self._toasts) > MOST_TOASTS:
            self._toasts[0].toast.end()
        self._place(rising=None if same else toast)
        announce(self._host, toast.text(), spoken.level)

    def _gone(self, toast: Toast) -> None:
        self._toasts = [standing for standing in self._toasts if standing.toast is not toast]
        toast.deleteLater()
        self._place()

    def _drop_undo(self) -> None:
        for standing in list(self._toasts):
            if standing.spoken.undo:
                standing.toast.end()

    def _place(self, rising: Toast | None = None) -> None:
        area = self._area()
        bottom = area.bottom() + 1
        for toast, _ in reversed(self._toasts):
            toast.fit(area.width())
            target = QPoint(area.left(), bottom - toast.height())
            if toast is rising:
                toast.rise(target)
            else:
                toast.settle(target)
            bottom -= toast.height() - toast.margin
        self.covers.emit(area.bottom() + 1 - bottom)

    def _area(self) -> QRect:
        room = self._room
        if room is not None and room.isVisible():
            corner = room.mapTo(self._host, QPoint(0, 0))
            return QRect(corner, room.size())
        corner = self._pane.mapTo(self._host, QPoint(0, 0)) if self._pane is not self._host else QPoint(0, 0)
        return QRect(corner.x(), corner.y(), min(self._pane.width(), self._look.theme.px(380)), self._pane.height())


class BannerBar(QWidget):
    """Across the top of the content: the worst banner, and "2 more" behind it."""

    def __init__(self, look: Look, notices: Notices, actions: ActionsFace) -> None:
        super().__init__()
        self._look = look
        self._notices = notices
        self._actions = actions
        self._turn = 0
        self._strip: Strip | None = None
        self._more: Button | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        notices.banners_changed.connect(self._start_over)
        self.hide()

    @property
    def strip(self) -> Strip | None:
        """What is shown, if anything."""
        return self._strip

    def show_next(self) -> None:
        """The next banner of those behind."""
        self._turn += 1
        self._rebuild()

    def retitle(self) -> None:
        """The language changed."""
        self._rebuild()

    def _start_over(self) -> None:
        self._turn = 0
        before = self._strip.accessibleName() if self._strip is not None else ""
        self._rebuild()
        worst = self._notices.banners()[:1]
        if worst and self._strip is not None and self._strip.accessibleName() != before and not self._notices.is_withheld:
            announce(self, self._strip.accessibleName(), worst[0].level)

    def _rebuild(self) -> None:
        if self._strip is not None:
            self._column.removeWidget(self._strip)
            self._strip.hide()
            self._strip.deleteLater()
            self._strip = self._more = None
        banners = self._notices.banners()
        self.setVisible(bool(banners))
        if not banners:
            return
        banner = banners[self._turn % len(banners)]
        look = self._look
        strip = Strip(look, banner.level, square=True)
        spoken_as(strip, "alert")
        strip.row.setContentsMargins(look.theme.px(16), 6, look.theme.px(10), 6)
        text = f"<b>{escaped(look.text(banner.message))}</b>"
        if banner.detail is not None:
            text = f"{text} {escaped(look.text(banner.detail))}"
        strip.show_message(banner.level, text)
        command = banner.command
        if command is not None:
            strip.add_button(self._actions.title(command)).clicked.connect(lambda: self._actions.run(command))
        if len(banners) > 1:
            self._more = Button(look, look.text("shell.more", n=len(banners) - 1), kind="flat", size="small", clicked=self.show_next)
            strip.row.addWidget(self._more)
        key = banner.key
        strip.add_close(look.text("shell.close")).clicked.connect(lambda: self._notices.clear(key))
        self._column.addWidget(strip)
        self._strip = strip


def announce(place: QWidget, text: str, level: Level) -> None:
    """Have the screen reader say it: what failed at once, the rest when it has finished its sentence."""
    politeness = QAccessible.AnnouncementPoliteness
    event = QAccessibleAnnouncementEvent(place, text)
    event.setPoliteness(politeness.Assertive if level == "danger" else politeness.Polite)
    QAccessible.updateAccessibility(event)
