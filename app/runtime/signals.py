"""A signal without Qt: listeners connect, the owner emits; one listener's fault never silences the others."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import Generic, ParamSpec

_log = logging.getLogger(__name__)

P = ParamSpec("P")


class Signal(Generic[P]):
    """Calls its listeners in the order in which they connected, in the thread that emits.

    `Signal[str, int]` is emitted with a string and a number, `Signal[[]]` with nothing. Listeners are held until they disconnect.
    """

    def __init__(self, name: str = "signal", on_error: Callable[[BaseException], None] | None = None) -> None:
        """`on_error` hears what a listener raised; without it the process's exception hook does."""
        self._name = name
        self._on_error = on_error
        self._listeners: dict[object, Callable[P, object]] = {}

    def connect(self, listener: Callable[P, object]) -> Callable[[], None]:
        """Returns a function that disconnects; calling it again does nothing."""
        token = object()
        self._listeners[token] = listener

        def disconnect() -> None:
            self._listeners.pop(token, None)

        return disconnect

    def emit(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """A listener that disconnects another during the emission spares it; one that connects a new one leaves it for the next."""
        for token, listener in list(self._listeners.items()):
            if token not in self._listeners:
                continue
            try:
                listener(*args, **kwargs)
            except Exception as error:  # noqa: BLE001  (whatever it is, the other listeners must hear)
                self._report(error)

    def _report(self, error: Exception) -> None:
        _log.error("a listener of %s failed: %s", self._name, type(error).__name__)
        if self._on_error is not None:
            self._on_error(error)
        else:
            sys.excepthook(type(error), error, error.__traceback__)
