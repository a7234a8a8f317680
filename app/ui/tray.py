"""The icon in the system's tray: how things stand, and a menu of the few things one wants without the window. Also shows notifications
where nothing better does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from app.runtime.signals import Signal
from app.runtime.words import message
from app.ui.actions import Actions
from app.ui.look import Look

SIZES = (16, 22, 32, 64)
LONG_MS = 10_000


class TrayState(StrEnum):
    """What the icon says, by a dot and by its tooltip; the worst first."""

    LOCKED = "locked"
    """Nothing is said, and nothing but opening and quitting is offered."""
    OFFLINE = "offline"
    PAUSED = "paused"
    NEEDS_YOU = "needs_you"
    WELL = "well"


_DOTS = {
    TrayState.LOCKED: "text.secondary",
    TrayState.OFFLINE: "text.tertiary",
    TrayState.PAUSED: "status.warn.text",
    TrayState.NEEDS_YOU: "status.danger.text",
}


class Tray(QObject):
    """Made where a tray is; `show` brings the window forward with a page ("" for the one in front)."""

    def __init__(self, look: Look, actions: Actions, show: Callable[..., None], quit_: Callable[[], None]) -> None:
        super().__init__()
        self.acted: Signal[[str, str]] = Signal("tray.acted")
        self._look = look
        self._actions = actions
        self._show = show
        self._quit = quit_
        self._said = ""
        self.state = TrayState.WELL
        self.waiting = 0
        self.icon = QSystemTrayIcon()
        self.menu = QMenu()
        self._items: dict[str, QAction] = {}
        self._fill()
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(lambda: self.acted.emit(self._said, "default"))
        self._hear_no_more = look.words.changed.connect(self._fill)
        look.theme.changed.connect(self._paint)
        self._paint()
        self.icon.show()

    def show_state(self, state: TrayState, waiting: int) -> None:
        if (state, waiting) != (self.state, self.waiting):
            self.state, self.waiting = state, waiting
            self._tell()
            self._paint()

    def remove(self) -> None:
        """It goes from the tray."""
        self._hear_no_more()
        self.icon.hide()
        self.icon.setContextMenu(None)  # type: ignore[arg-type]
        self.menu.deleteLater()

    # ---- as a teller

    async def show(self, key: str, title: str, text: str, actions: Sequence[tuple[str, str]] = ()) -> bool:
        """Without buttons: the tray's messages have none."""
        del actions
        self._said = key
        self.icon.showMessage(title, text, self.icon.icon(), LONG_MS)
        return True

    async def take_back(self, key: str) -> None:
        """A message of the tray goes by itself."""

    # ---- inside

    def _fill(self) -> None:
        text = self._look.text
        self.menu.clear()
        self._items = {}

        def add(name: str, act: Callable[[], object]) -> None:
            self._items[name] = self.menu.addAction(text(f"tray.{name}"))
            self._items[name].triggered.connect(lambda: act())

        add("open", lambda: self._show(""))
        add("due", lambda: self._show("inbox", view="due_soon"))
        self.menu.addSeparator()
        for name, command in (
            ("pause_hour", "desktop.pause_hour"),
            ("pause_tomorrow", "desktop.pause_tomorrow"),
            ("resume", "desktop.resume"),
        ):
            add(name, lambda command=command: self._actions.run(command))  # type: ignore[misc]
        self.menu.addSeparator()
        add("quit", self._quit)
        self._tell()

    def _tell(self) -> None:
        paused = self.state is TrayState.PAUSED
        locked = self.state is TrayState.LOCKED
        for name in ("pause_hour", "pause_tomorrow"):
            self._items[name].setVisible(not paused and not locked)
        self._items["resume"].setVisible(paused)
        self._items["due"].setVisible(not locked)
        self._items["due"].setText(self._look.text(message("tray.due_count", n=self.waiting)))
        self.icon.setToolTip(self._look.words.told_of(self._look.text("app.name"), self._look.text(f"tray.state.{self.state}")))

    def item(self, name: str) -> QAction:
        """An entry of the menu."""
        return self._items[name]

    def _paint(self) -> None:
        icon = QIcon()
        for size in SIZES:
            icon.addPixmap(self._pixmap(size))
        self.icon.setIcon(icon)

    def _pixmap(self, size: int) -> QPixmap:
        mark = self._look.icons.mark(size, 1.0).copy()
        role = _DOTS.get(self.state)
        if role is None:
            return mark
        painter = QPainter(mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dot = QRectF(size * 0.56, 0, size * 0.44, size * 0.44)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.color("surface.raised"))
        painter.drawEllipse(dot)
        painter.setBrush(self._look.theme.color(role))
        painter.drawEllipse(dot.adjusted(size * 0.05, size * 0.05, -size * 0.05, -size * 0.05))
        painter.end()
        return mark

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self._show("")


def tray_state(*, offline: bool, paused: bool, needs_you: bool) -> TrayState:
    """The one that matters most: without a connection nothing else can be done, and a pause is the user's own."""
    if offline:
        return TrayState.OFFLINE
    if paused:
        return TrayState.PAUSED
    return TrayState.NEEDS_YOU if needs_you else TrayState.WELL
