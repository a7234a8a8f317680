"""The real start, ended where the page is marked as painted: writes how many different rows of the list had been painted by then."""

import os
import sys
from pathlib import Path

from app.runtime.start import Options
from app.ui import first_frame

target, profile = Path(sys.argv[1]), Path(sys.argv[2])
start = first_frame.begin(Options(profile, page="inbox"), [])
assert start is not None

from app import window  # noqa: E402  (as in __main__)
from app.ui.inbox.rows import RowPainter  # noqa: E402

painted: set[int] = set()
paint = RowPainter.paint


def count(self: RowPainter, painter: object, option: object, index: object) -> None:
    painted.add(index.row())  # type: ignore[attr-defined]
    paint(self, painter, option, index)  # type: ignore[arg-type]


def end(event: str) -> None:
    if event == "page":
        target.write_text(str(len(painted)), encoding="ascii")
        os._exit(0)


RowPainter.paint = count  # type: ignore[method-assign,assignment]
window.reached = end  # type: ignore[attr-defined]
sys.exit(window.open_window(Options(profile, page="inbox"), start))
