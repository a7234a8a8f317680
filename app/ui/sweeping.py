"""Python's garbage is swept on the screen's thread alone: a worker that happened to sweep would destroy Qt's objects from beside it."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500


class Sweeping(QObject):
    """Does on a timer what Python does by itself on whichever thread makes the next object."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(sweep)
        self._before = False

    def begin(self) -> None:
        """From now on."""
        self._before = gc.isenabled()
        gc.disable()
        self._timer.start()

    def end(self) -> None:
        """The window goes; what is left is left to Python, if it swept before."""
        self._timer.stop()
        if self._before:
            gc.enable()


def sweep() -> int:
    """Once, as deep as the counts ask for; answers the generation, -1 where nothing was due."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return generation
    return -1
