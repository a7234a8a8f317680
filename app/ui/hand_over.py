"""Runs functions on the window's thread, whichever thread asks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class HandOver(QObject):
    """Call it with a function: it runs at the next turn of Qt's loop, in the thread in which this object was made."""

    _handed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._handed.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def __call__(self, function: Callable[[], None]) -> None:
        self._handed.emit(function)

    def _run(self, function: Callable[[], None]) -> None:
        function()
