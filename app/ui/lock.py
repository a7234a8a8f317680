"""The lock of the window: what is in it is taken out, as a whole, and a field for the passphrase stands in its place.

What is taken out keeps its state, hears what happens and is seen and read by nobody: it hangs in a widget that is never shown, so that
neither the screen nor a screen reader finds it. Keeps to itself when the window locks and what waits for its opening.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid

from app.commands.services import Services
from app.runtime.clock import Clock
from app.runtime.settings import Lock
from app.runtime.words import Message, message
from app.ui.actions import Actions
from app.ui.first_frame import FirstFrame
from app.ui.look import Look
from app.ui.main_window import MainWindow
from app.ui.notices import Notices
from app.ui.widgets.overlay import Overlay

EVERY_MS = 5_000
ASLEEP = timedelta(seconds=90)
"""A step of the clock this long means that the computer slept, also where no desktop says so."""
MOST_WAITING = 20
TAKEN_OFF = "lock.taken_off"


class WindowLock(QObject):
    """Locks once it has the window on the desktop (`stand_in`); before that, and in pictures, there is nothing to lock."""

    changed = Signal(bool)
    """Locked, or opened."""

    def __init__(
        self,
        look: Look,
        window: MainWindow,
        actions: Actions,
        notices: Notices,
        services: Services,
        clock: Clock,
        seconds_idle: Callable[[], float],
    ) -> None:
        """`seconds_idle`: since the last key or click."""
        super().__init__()
        self._look = look
        self._window = window
        self._actions = actions
        self._notices = notices
        self._services = services
        self._clock = clock
        self._seconds_idle = seconds_idle
        self._frame: FirstFrame | None = None
        self._aside: QWidget | None = None
        """Where the window's content hangs meanwhile."""
        self._focus: QWidget | None = None
        """What had the keyboard."""
        self._waiting: list[Callable[[], object]] = []
        self._looked: datetime = clock.now()
        self.screen: Any = None
        """The `LockScreen` while it stands there; its module is imported then."""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.step)

    # ---- what others ask

    @property
    def is_set(self) -> bool:
        """Whether there is a passphrase."""
        return self._services.settings.get(Lock).on

    @property
    def is_locked(self) -> bool:
        return self.screen is not None

    def when_open(self, act: Callable[[], object]) -> None:
        """Now, or after the passphrase: links, files and later starts do not get past it."""
        if not self.is_locked:
            act()
        else:
            self._waiting.append(act)
            del self._waiting[:-MOST_WAITING]

    # ---- locking

    def stand_in(self, frame: FirstFrame) -> None:
        """The window on the desktop, which holds the content now or in a moment; from now on the lock can be."""
        self._frame = frame
        self._timer.start()

    def let_go(self) -> None:
        """The window goes."""
        self._timer.stop()
        self._frame = None

    def step(self) -> None:
        """Look whether it is time."""
        now = self._clock.now()
        passed, self._looked = now - self._looked, now
        if self.is_locked or not self.is_set:
            return
        chosen = self._services.settings.get(Lock)
        if (chosen.away and passed > ASLEEP) or (chosen.minutes and self._seconds_idle() >= chosen.minutes * 60):
            self.lock()

    def away(self) -> None:
        """The computer goes to sleep, or its screen is locked."""
        if self._services.settings.get(Lock).away:
            self.lock()

    def lock(self) -> None:
        """Take everything out of the window. Does nothing where no passphrase is set."""
        frame = self._frame
        if frame is None or self.is_locked or not self.is_set:
            return
        was_active = QApplication.activeWindow() is not None
        _close_what_lies_outside(frame)
        self._aside = aside = QWidget()
        aside.setWindowTitle(frame.windowTitle())
        aside.resize(frame.size())
        self._focus = frame.focusWidget()
        overlays = _overlays_of(frame)
        content = frame.takeCentralWidget() or self._window  # at a start it is not in yet
        content.setParent(aside)
        content.resize(frame.size())
        content.show()
        for overlay, shown in overlays:
            _hang(overlay, aside, shown)
        self.screen = import_module("app.ui.lock_screen").LockScreen(
            self._look, self._services, self._actions, self._open
        )
        self.screen.setWindowTitle(self._look.text("app.name"))
        self._shut(True)
        self._notices.withhold(True)
        frame.hold(self.screen)
        if was_active:  # a dialog that was closed may have been the active one
            frame.activateWindow()
        self.changed.emit(True)

    # ---- opening

    def _open(self) -> None:
        frame, aside, screen = self._frame, self._aside, self.screen
        if frame is None or aside is None or screen is None:
            return
        self.screen = self._aside = None
        title = aside.windowTitle()
        overlays = _overlays_of(aside)
        taken = frame.takeCentralWidget()
        self._shut(False)
        self._window.setWindowTitle(title)
        frame.hold(self._window)
        focus, self._focus = self._focus, None
        if focus is not None and isValid(focus) and frame.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        for overlay, shown in overlays:
            _hang(overlay, frame, shown)
        self._actions.hold(self._window.overlay() is not None)
        if taken is not None:
            taken.hide()
            taken.deleteLater()
        aside.deleteLater()
        self._notices.withhold(False)
        self.changed.emit(False)
        self.tell()
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()

    def _shut(self, shut: bool) -> None:
        self._actions.is_shut = shut
        self._actions.refresh_now()

    def tell(self) -> None:
        """That the lock was taken off without its passphrase: once, to whoever comes next."""
        chosen = self._services.settings.get(Lock)
        if not chosen.taken_off_at or self.is_locked or self._services.data.read_only:
            return
        self._notices.banner(TAKEN_OFF, _taken_off(chosen.taken_off_at), level="warn", command="lock.set")
        self._services.settings.change(Lock, taken_off_at="")


def _taken_off(at: str) -> Message:
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        return message("lock.taken_off_once")
    return message("lock.taken_off", when=when) if when.tzinfo is not None else message("lock.taken_off_once")


def _close_what_lies_outside(frame: QWidget) -> None:
    """Menus, lists that dropped down, tooltips and file dialogs are windows of their own."""
    QToolTip.hideText()
    while (popup := QApplication.activePopupWidget()) is not None and popup.isVisible():
        popup.close()
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QDialog) and window.isVisible():
            window.reject()
        elif window is not frame and window.isVisible() and window.parentWidget() is not None:
            window.close()


def _overlays_of(host: QWidget) -> list[tuple[Overlay, bool]]:
    """What lies over a window, from the lowest to the topmost, and whether it is shown."""
    return [(child, not child.isHidden()) for child in host.children() if isinstance(child, Overlay)]


def _hang(overlay: Overlay, host: QWidget, shown: bool) -> None:
    overlay.setParent(host)
    host.installEventFilter(overlay)
    if shown:
        overlay.open()
