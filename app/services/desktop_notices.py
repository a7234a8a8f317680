"""Notifications of Linux desktops, with buttons: org.freedesktop.Notifications (Desktop Notifications Specification 1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from app.runtime.signals import Signal
from app.services.desktop_bus import BusTrouble, DesktopBus

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
DEFAULT = "default"
"""The action of a click on the notification itself."""
NORMAL = 1


class DesktopNotices:
    """Shows and takes back; `acted` says which button of which notification was pressed."""

    def __init__(self, bus: DesktopBus, application: str, icon: str, desktop_file: str) -> None:
        self.acted: Signal[[str, str]] = Signal("desktop_notices.acted")
        """(key, action): DEFAULT for a click on the whole."""
        self._bus = bus
        self._application = application
        self._icon = icon
        self._desktop_file = desktop_file
        self._shown: dict[int, str] = {}
        self.abilities: frozenset[str] = frozenset()

    async def begin(self) -> bool:
        """Whether somebody shows notifications here."""
        try:
            (abilities,) = await self._bus.call(NAME, PATH, NAME, "GetCapabilities")
            await self._bus.hear(NAME, "ActionInvoked", lambda body: self._acted(*body), path=PATH)
            await self._bus.hear(NAME, "NotificationClosed", lambda body: self._shown.pop(body[0], None), path=PATH)
        except BusTrouble:
            return False
        self.abilities = frozenset(abilities)
        return True

    async def show(self, key: str, title: str, text: str, actions: Sequence[tuple[str, str]] = ()) -> bool:
        """Whether it was taken. Texts are plain: what would be markup is escaped where the server reads any."""
        buttons = (
            [each for action in ((DEFAULT, title), *actions) for each in action] if "actions" in self.abilities else []
        )
        body = escape(text, quote=False) if "body-markup" in self.abilities else text
        hints = {"desktop-entry": ("s", self._desktop_file), "urgency": ("y", NORMAL), "category": ("s", "im.received")}
        replaces = next((number for number, shown in self._shown.items() if shown == key), 0)
        try:
            (number,) = await self._bus.call(
                NAME,
                PATH,
                NAME,
                "Notify",
                "susssasa{sv}i",
                self._application,
                replaces,
                self._icon,
                title,
                body,
                buttons,
                hints,
                -1,
            )
        except BusTrouble:
            return False
        self._shown[number] = key
        return True

    async def take_back(self, key: str) -> None:
        """What it tells is over."""
        for number in [number for number, shown in self._shown.items() if shown == key]:
            del self._shown[number]
            try:
                await self._bus.call(NAME, PATH, NAME, "CloseNotification", "u", number)
            except BusTrouble:
                return

    def _acted(self, number: int, action: str) -> None:
        key = self._shown.get(number)  # signals of other programs' notifications come here too
        if key is not None:
            self.acted.emit(key, action)
