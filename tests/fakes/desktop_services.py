"""A private bus (dbus-daemon) and what desktops offer on one: a notification server, UPower, NetworkManager and logind, as far as asked."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, MessageType, message_bus, new_error, new_method_return, new_signal
from jeepney.io.asyncio import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields, Message

CONFIG = """<busconfig><type>session</type><listen>unix:path={path}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


def daemon() -> str | None:
    return shutil.which("dbus-daemon")


@contextmanager
def private_bus(folder: Path) -> Iterator[str]:
    """The address of a bus of its own; ended afterwards."""
    config = folder / "bus.conf"
    config.write_text(CONFIG.format(path=folder / "bus"), encoding="utf-8")
    command = [daemon() or "dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


class DesktopServices:
    """Answers calls by table; keeps what was asked of it."""

    def __init__(self, connection: DBusConnection, properties: dict[tuple[str, str], tuple[str, Any]]) -> None:
        self._connection = connection
        self.properties = properties
        self.shown: list[tuple[Any, ...]] = []
        self.closed: list[int] = []
        self.came = asyncio.Event()
        self.session = ""
        """The path of the caller's session at logind; empty: there is none."""

    async def serve(self) -> None:
        with suppress(EOFError, ConnectionError):
            while True:
                message = await self._connection.receive()
                if message.header.message_type is MessageType.method_call:
                    await self._connection.send(self._answer(message))

    async def say(self, path: str, interface: str, member: str, signature: str, *body: object) -> None:
        await self._connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    async def change(self, path: str, interface: str, name: str, value: tuple[str, Any]) -> None:
        self.properties[interface, name] = value
        await self.say(
            path, "org.freedesktop.DBus.Properties", "PropertiesChanged", "sa{sv}as", interface, {name: value}, []
        )

    async def next_shown(self) -> tuple[Any, ...]:
        await asyncio.wait_for(self.came.wait(), 10)
        self.came.clear()
        return self.shown[-1]

    def _answer(self, message: Message) -> Message:
        member, body = message.header.fields[HeaderFields.member], tuple(message.body)
        if member == "GetCapabilities":
            return new_method_return(message, "as", (["actions", "body", "body-markup"],))
        if member == "Notify":
            self.shown.append(body)
            self.came.set()
            return new_method_return(message, "u", (body[1] or len(self.shown),))
        if member == "CloseNotification":
            self.closed.append(body[0])
            return new_method_return(message)
        if member == "Get" and body in self.properties:
            return new_method_return(message, "v", (self.properties[body],))
        if member == "GetSession" and self.session:
            return new_method_return(message, "o", (self.session,))
        return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")


@asynccontextmanager
async def desktop_services(address: str, *names: str, **properties: tuple[str, Any]) -> AsyncIterator[DesktopServices]:
    """On a bus, under these names. `properties`: `OnBattery=("b", True)`, of whatever interface is asked."""
    connection = await open_dbus_connection(address)
    interfaces = {
        "OnBattery": "org.freedesktop.UPower",
        "Metered": "org.freedesktop.NetworkManager",
        "LockedHint": "org.freedesktop.login1.Session",
    }
    served = DesktopServices(connection, {(interfaces[name], name): value for name, value in properties.items()})
    task = asyncio.get_running_loop().create_task(served.serve())
    for name in names:
        await connection.send(message_bus.RequestName(name))
    try:
        yield served
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await connection.close()
