"""Files and links that the system hands to the program while it runs: on macOS a double click in the Finder and a link come so, also at the
start, and never as an argument.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFileOpenEvent


class Opened(QObject):
    """Waits with what comes before there is a window that could show it."""

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self._hear: Callable[[str], None] | None = None
        self._waiting: list[str] = []
        application.installEventFilter(self)

    def hand_to(self, hear: Callable[[str], None]) -> None:
        """From now on whoever shows it hears of each, and first of what came before."""
        self._hear = hear
        waiting, self._waiting = self._waiting, []
        for target in waiting:
            hear(target)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return False
        target = event.file() or event.url().toString()
        if self._hear is None:
            self._waiting.append(target)
        else:
            self._hear(target)
        return True
