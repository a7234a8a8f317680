"""Pictures of the post, read small and kept."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtGui import QPixmap

from app.ui.widgets.pictures import read_small

MOST = 40
SIDE = 720
"""Pixels of the longer side that is kept; enough for the preview at twice the usual resolution."""


class Thumbnails:
    """One for the page. A file that cannot be read gives an empty pixmap."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()

    def pixmap(self, path: Path) -> QPixmap:
        """The picture, at most `SIDE` pixels wide and high."""
        key = str(path)
        if key not in self._kept:
            self._kept[key] = read_small(path, SIDE)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]
