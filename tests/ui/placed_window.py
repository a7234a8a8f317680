"""Run as a program, on screens that its environment describes: places the window as a start does, moves it, and remembers that as an end
does. Prints where it was and is, as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from app.runtime.paths import resources
from app.ui.first_frame import GEOMETRY, FirstFrame, is_on_screen, make_application, remembered_in


def main(window_ini: Path, wish: dict[str, object]) -> None:
    application = make_application(["tertulia"])
    remembered = remembered_in(window_ini)
    frame = FirstFrame(remembered, resources())
    frame.show()
    application.processEvents()
    began = frame.geometry()
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    found = {
        "began": began.getRect(),
        "on_screen": is_on_screen(frame),
        "within": max(_share(began, room) for room in rooms),
        "maximized": frame.isMaximized(),
        "usual": frame.normalGeometry().getRect(),
        "ratio": frame.devicePixelRatioF(),
    }
    if isinstance(place := wish.get("place"), list):
        frame.setGeometry(*place)
    if wish.get("maximized"):
        frame.showMaximized()
    application.processEvents()
    remembered.setValue(GEOMETRY, frame.saveGeometry())
    remembered.sync()
    sys.stdout.write(json.dumps(found))


def _share(window: QRect, room: QRect) -> float:
    """How much of the window is in the room."""
    part = window.intersected(room)
    return part.width() * part.height() / (window.width() * window.height())


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.loads(sys.argv[2]))
