"""A D-Bus connection of Linux desktops: calls, properties and signals. A computer without one is no error: `open` answers False.

Imported on Linux alone.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any, Literal

from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.asyncio import DBusRouter, open_dbus_connection
from jeepney.low_level import HeaderFields, Message, MessageType

from app.runtime.tasks import Tasks

_log = logging.getLogger(__name__)

SECONDS = 5.0
"""Longest wait for an answer; a desktop that hangs must not hold us."""
PROPERTIES = "org.freedesktop.DBus.Properties"

BusKind = Literal["SESSION", "SYSTEM"]
Hear = Callable[[tuple[Any, ...]], object]


class BusTrouble(Exception):
    """The bus, or who was asked on it, did not answer as it should."""


class DesktopBus:
    """One connection; everything asked before `open`, or where there is no bus, raises `BusTrouble`."""

    def __init__(self, kind: BusKind, tasks: Tasks) -> None:
        self._kind: BusKind = kind
        self._tasks = tasks
        self._router: DBusRouter | None = None
        self._parts = AsyncExitStack()

    async def open(self) -> bool:
        """Whether there is such a bus and it takes us."""
        try:
            connection = await asyncio.wait_for(open_dbus_connection(self._kind), SECONDS)
        except (OSError, EOFError, KeyError, ValueError, RuntimeError, TimeoutError) as trouble:
            _log.info("no %s bus: %s", self._kind.lower(), trouble)
            return False
        self._parts.push_async_callback(connection.close)
        self._router = await self._parts.enter_async_context(DBusRouter(connection))
        return True

    async def close(self) -> None:
        self._router = None
        try:
            await self._parts.aclose()
        except (OSError, EOFError) as trouble:  # the bus went first
            _log.info("the %s bus was gone: %s", self._kind.lower(), trouble)

    async def call(
        self, name: str, path: str, interface: str, member: str, signature: str = "", *body: object
    ) -> tuple[Any, ...]:
        """Calls a method and answers what it returns. Raises `BusTrouble`."""
        address = DBusAddress(path, bus_name=name, interface=interface)
        return await self._ask(new_method_call(address, member, signature or None, body))

    async def get(self, name: str, path: str, interface: str, prop: str) -> Any:
        """The value of a property. Raises `BusTrouble`."""
        ((_signature, value),) = await self.call(name, path, PROPERTIES, "Get", "ss", interface, prop)
        return value

    async def hear(self, interface: str, member: str, heard: Hear, *, path: str | None = None) -> None:
        """`heard` gets the body of each such signal, until the bus is closed."""
        if self._router is None:
            raise BusTrouble("no bus")
        rule = MatchRule(type="signal", interface=interface, member=member, path=path)
        queue: asyncio.Queue[Message] = asyncio.Queue(100)
        self._parts.enter_context(self._router.filter(rule, queue=queue))
        await self._ask(message_bus.AddMatch(rule))
        pump = self._tasks.spawn(f"hear {member}", _pump(queue, heard), owner=self)
        self._parts.callback(pump.cancel)

    async def _ask(self, message: Message) -> tuple[Any, ...]:
        if self._router is None:
            raise BusTrouble("no bus")
        try:
            answer = await asyncio.wait_for(self._router.send_and_get_reply(message), SECONDS)
        except (OSError, EOFError, RuntimeError, TimeoutError, asyncio.QueueFull) as trouble:
            raise BusTrouble(str(trouble)) from trouble
        except Exception as trouble:
            if type(trouble).__module__.startswith("jeepney"):  # RouterClosed has no parent of its own
                raise BusTrouble(str(trouble)) from trouble
            raise
        if answer.header.message_type is MessageType.error:
            raise BusTrouble(str(answer.header.fields.get(HeaderFields.error_name, "")))
        return tuple(answer.body)


async def _pump(queue: asyncio.Queue[Message], heard: Callable[[tuple[Any, ...]], object | Awaitable[object]]) -> None:
    while True:
        message = await queue.get()
        heard(tuple(message.body))
