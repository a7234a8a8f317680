"""Remembers what was worked out of spans of time until something changes: who turns to the next period has read half of it already."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

MOST = 40
T = TypeVar("T")


class SpanMemory:
    """Bounded: what was not asked for longest goes. May be asked on any thread."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._lock = Lock()
        self._known: OrderedDict[Hashable, Any] = OrderedDict()
        self._age = 0

    def forget(self) -> None:
        """Something changed: nothing that was read before counts, also not what is being read now."""
        with self._lock:
            self._known.clear()
            self._age += 1

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is known under a key, else what `make` answers. Two threads may both make it."""
        with self._lock:
            age = self._age
            if key in self._known:
                self._known.move_to_end(key)
                found: T = self._known[key]
                return found
        made = make()
        with self._lock:
            if age == self._age:
                self._known[key] = made
                while len(self._known) > self._most:
                    self._known.popitem(last=False)
        return made
