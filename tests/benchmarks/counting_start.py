"""The real start, ended where the page is marked as painted: writes how many different rows of the list had been painted by then, and
whether the list answered J by then."""

import os
import sys
from pathlib import Path
from typing import Any

from app.runtime.start import Options
from app.ui import first_frame

target, profile = Path(sys.argv[1]), Path(sys.argv[2])
options = Options(profile, page="inbox")
start = first_frame.begin(options, [])
assert start is not None

from PySide6.QtCore import QEvent, QRectF, Qt  # noqa: E402  (as in __main__)
from PySide6.QtGui import QKeyEvent, QPainter  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from app import early  # noqa: E402
from app.models.conversation import ConversationRow  # noqa: E402
from app.ui.inbox.rows import RowPainter  # noqa: E402
from app.ui.widgets.row_list import RowList  # noqa: E402

painted: set[int] = set()
paint = RowPainter.paint


def count(self: RowPainter, painter: QPainter, box: QRectF, place: int, row: ConversationRow | None, **more: Any) -> None:
    if row is not None:
        painted.add(place)
    paint(self, painter, box, place, row, **more)


def end(event: str) -> None:
    if event == "page":
        rows = len(painted)
        focus = QApplication.focusWidget() or start.frame.focusWidget()  # type: ignore[union-attr]
        assert isinstance(focus, RowList), "the list has not the keyboard"
        before = focus.current_row
        QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier, "j"))
        assert focus.current_row == before + 1, "the list does not answer yet"
        target.write_text(str(rows), encoding="ascii")
        os._exit(0)


RowPainter.paint = count  # type: ignore[method-assign]
early.reached = end  # type: ignore[attr-defined]
early.open_early(options, start)
sys.exit("the list was never shown")
