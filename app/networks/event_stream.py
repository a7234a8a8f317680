"""Server-sent events out of the bytes of a stream (WHATWG HTML, 9.2.6); what is no event is left out, and nothing grows without bound."""

from __future__ import annotations

from typing import NamedTuple

KIND = "text/event-stream"
LONGEST_LINE = 1024 * 1024
"""Bytes; a status with its account and pictures takes some ten thousand."""


class Event(NamedTuple):
    """One event. `data` is whatever the server wrote."""

    name: str
    data: str


class Garbled(Exception):
    """What comes cannot be a stream of events: a line or an event without end."""


class EventStream:
    """Fed with bytes as they come, answers the events that are whole."""

    def __init__(self) -> None:
        self._rest = b""
        self._name = ""
        self._data: list[str] = []
        self._size = 0

    def feed(self, chunk: bytes) -> list[Event]:
        """Raises `Garbled`."""
        found: list[Event] = []
        whole = self._rest + chunk
        held = b"\r" if whole.endswith(b"\r") else b""  # its other half may come next
        *lines, rest = whole.removesuffix(held).replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = rest + held
        if len(rest) > LONGEST_LINE:
            raise Garbled("a line without end")
        for line in lines:
            event = self._take(line.decode("utf-8", "replace"))
            if event is not None:
                found.append(event)
        return found

    def _take(self, line: str) -> Event | None:
        if not line:
            event = Event(self._name or "message", "\n".join(self._data)) if self._data else None
            self._name, self._data, self._size = "", [], 0
            return event
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if field == "event":
            self._name = value[:100]
        elif field == "data":
            self._size += len(value)
            if self._size > LONGEST_LINE:
                raise Garbled("an event without end")
            self._data.append(value)
        return None
