"""How the computer stands, on Linux: battery (UPower), a network paid for by the amount (NetworkManager), sleep and a locked screen (logind)."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from app.runtime.signals import Signal
from app.services.desktop_bus import PROPERTIES, BusTrouble, DesktopBus
from app.services.sparing import Sparing

_log = logging.getLogger(__name__)

UPOWER, UPOWER_PATH = "org.freedesktop.UPower", "/org/freedesktop/UPower"
NETWORK, NETWORK_PATH = "org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager"
LOGIN, LOGIN_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
LOGIN_MANAGER, LOGIN_SESSION = f"{LOGIN}.Manager", f"{LOGIN}.Session"
OWN_SESSION = "/org/freedesktop/login1/session/auto"
METERED = (1, 3)
"""NMMetered: yes, and guessed yes."""


class Power:
    """Tells `sparing`, and says when the computer wakes. What is not there is taken for well."""

    def __init__(self, bus: DesktopBus, sparing: Sparing) -> None:
        self.woke: Signal[[]] = Signal("power.woke")
        self.left: Signal[[]] = Signal("power.left")
        """The computer goes to sleep, or the screen of our session is locked."""
        self._bus = bus
        self._sparing = sparing
        self._battery = False
        self._metered = False

    async def begin(self) -> None:
        """Ask how things stand, and hear of every change until the bus is closed."""
        await self._try(
            self._bus.hear(LOGIN_MANAGER, "PrepareForSleep", lambda body: self._slept(bool(body[0])), path=LOGIN_PATH)
        )
        await self._hear_locking()
        for path, take in ((UPOWER_PATH, self._take_battery), (NETWORK_PATH, self._take_network)):
            await self._try(self._bus.hear(PROPERTIES, "PropertiesChanged", _values(take), path=path))
        battery = await self._try(self._bus.get(UPOWER, UPOWER_PATH, UPOWER, "OnBattery"))
        metered = await self._try(self._bus.get(NETWORK, NETWORK_PATH, NETWORK, "Metered"))
        self._take_battery({"OnBattery": battery})
        self._take_network({"Metered": metered})

    async def is_locked(self) -> bool:
        """Whether our own session's screen is locked, as far as logind knows."""
        return bool(await self._try(self._bus.get(LOGIN, OWN_SESSION, LOGIN_SESSION, "LockedHint")))

    async def _try(self, asking: Awaitable[Any]) -> Any:
        try:
            return await asking
        except BusTrouble as trouble:
            _log.info("not known here: %s", trouble)
            return None

    def _slept(self, begins: bool) -> None:
        if begins:
            self.left.emit()
        else:
            self.woke.emit()

    async def _hear_locking(self) -> None:
        """Of our own session alone: its path is asked for, signals do not come from the alias."""
        found = await self._try(self._bus.call(LOGIN, LOGIN_PATH, LOGIN_MANAGER, "GetSession", "s", "auto"))
        path = str(found[0]) if found else ""
        if not path.startswith("/"):
            return
        await self._try(self._bus.hear(LOGIN_SESSION, "Lock", lambda _body: self.left.emit(), path=path))
        await self._try(self._bus.hear(PROPERTIES, "PropertiesChanged", _values(self._take_session), path=path))

    def _take_session(self, values: dict[str, Any]) -> None:
        if values.get("LockedHint"):
            self.left.emit()

    def _take_battery(self, values: dict[str, Any]) -> None:
        if "OnBattery" in values:
            self._battery = bool(values["OnBattery"])
            self._sparing.note(on_battery=self._battery, metered=self._metered)

    def _take_network(self, values: dict[str, Any]) -> None:
        if "Metered" in values:
            self._metered = values["Metered"] in METERED
            self._sparing.note(on_battery=self._battery, metered=self._metered)


def _values(take: Callable[[dict[str, Any]], None]) -> Callable[[tuple[Any, ...]], None]:
    """The body of PropertiesChanged: interface, new values with their types, names of those to be asked for."""
    return lambda body: take({name: value for name, (_signature, value) in body[1].items()})
