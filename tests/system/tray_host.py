"""A tray on the session bus, as desktops have one: a StatusNotifier watcher and host that look at what programs put there and use it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, MessageType, message_bus, new_error, new_method_call, new_method_return
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.low_level import HeaderFields, Message

WATCHER, WATCHER_PATH = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
ITEM, ITEM_PATH = "org.kde.StatusNotifierItem", "/StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
PROPERTIES = "org.freedesktop.DBus.Properties"
SECONDS = 10.0


@dataclass(frozen=True)
class MenuItem:
    """An entry that a user would see."""

    number: int
    label: str
    enabled: bool


class Icon:
    """What a program put into the tray, asked each time."""

    def __init__(self, connection: DBusConnection, owner: str) -> None:
        self._connection = connection
        self.owner = owner

    def _ask(self, message: Message) -> Any:
        answer = self._connection.send_and_get_reply(message, timeout=SECONDS)
        assert answer.header.message_type is MessageType.method_return, answer
        return answer.body

    def get(self, name: str) -> Any:
        """A property of the icon: "Title", "ToolTip", "IconPixmap", "Status"."""
        address = DBusAddress(ITEM_PATH, self.owner, PROPERTIES)
        ((_kind, value),) = self._ask(new_method_call(address, "Get", "ss", (ITEM, name)))
        return value

    @property
    def tooltip(self) -> str:
        return str(self.get("ToolTip")[2])

    @property
    def pictures(self) -> dict[int, bytes]:
        """Width -> pixels, ARGB in the order of the network."""
        return {width: bytes(pixels) for width, _height, pixels in self.get("IconPixmap")}

    def _menu(self) -> DBusAddress:
        return DBusAddress(str(self.get("Menu")), self.owner, MENU)

    def items(self) -> list[MenuItem]:
        """The visible entries, without lines between them."""
        address = self._menu()
        self._ask(new_method_call(address, "AboutToShow", "i", (0,)))
        _revision, (_number, _properties, children) = self._ask(
            new_method_call(address, "GetLayout", "iias", (0, -1, []))
        )
        found = []
        for _kind, (number, properties, _below) in children:
            told = {name: value for name, (_type, value) in properties.items()}
            if told.get("visible", True) and told.get("type") != "separator":
                found.append(MenuItem(number, told.get("label", "").replace("_", ""), told.get("enabled", True)))
        return found

    def labels(self) -> list[str]:
        return [item.label for item in self.items()]

    def choose(self, label: str) -> None:
        """A click on an entry of the menu."""
        number = next(item.number for item in self.items() if item.label == label)
        self._ask(new_method_call(self._menu(), "Event", "isvu", (number, "clicked", ("s", ""), 0)))

    def click(self) -> None:
        """On the icon itself."""
        address = DBusAddress(ITEM_PATH, self.owner, ITEM)
        self._ask(new_method_call(address, "Activate", "ii", (0, 0)))


class TrayHost:
    """Answers as the watcher on a connection of its own, in a thread; icons are asked over another."""

    def __init__(self, address: str) -> None:
        self._connection = open_dbus_connection(address)
        self._asking = open_dbus_connection(address)
        self._registered: list[str] = []
        self._over = threading.Event()
        self._connection.send_and_get_reply(message_bus.RequestName(WATCHER), timeout=SECONDS)
        self._thread = threading.Thread(target=self._serve, name="tray host")
        self._thread.start()

    def icons(self) -> list[Icon]:
        """Of the programs that are still there."""
        there = [
            owner
            for owner in list(self._registered)
            if self._asking.send_and_get_reply(message_bus.NameHasOwner(owner), timeout=SECONDS).body[0]
        ]
        return [Icon(self._asking, owner) for owner in there]

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        self._connection.close()
        self._asking.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                message = self._connection.receive(timeout=0.2)
                if message.header.message_type is MessageType.method_call:
                    self._connection.send(self._answer(message))

    def _answer(self, message: Message) -> Message:
        member, body = message.header.fields[HeaderFields.member], tuple(message.body)
        if member == "RegisterStatusNotifierItem":
            sender = message.header.fields[HeaderFields.sender]
            self._registered.append(body[0] if not body[0].startswith("/") else sender)
            return new_method_return(message)
        known: dict[str, tuple[str, Any]] = {
            "IsStatusNotifierHostRegistered": ("b", True),
            "ProtocolVersion": ("i", 0),
            "RegisteredStatusNotifierItems": ("as", list(self._registered)),
        }
        if member == "Get" and body[1] in known:
            return new_method_return(message, "v", (known[body[1]],))
        if member == "GetAll":
            return new_method_return(message, "a{sv}", (known,))
        return new_error(message, "org.freedesktop.DBus.Error.UnknownMethod")


@contextlib.contextmanager
def tray_host(address: str) -> Iterator[TrayHost]:
    host = TrayHost(address)
    try:
        yield host
    finally:
        host.close()
