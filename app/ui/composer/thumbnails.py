"""Pictures of the post, read small and kept: a photograph of twelve megapixels is never decoded whole for a thumbnail."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImageReader, QPainter, QPainterPath, QPixmap

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
            self._kept[key] = _read(path)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def paint_covering(painter: QPainter, rect: QRectF, pixmap: QPixmap, radius: float) -> None:
    """Fill a rectangle with round corners by the middle of a picture."""
    if pixmap.isNull():
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    painter.setClipPath(path)
    factor = max(rect.width() / pixmap.width(), rect.height() / pixmap.height())
    width, height = pixmap.width() * factor, pixmap.height() * factor
    target = QRectF(rect.center().x() - width / 2, rect.center().y() - height / 2, width, height)
    painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
    painter.restore()


def _read(path: Path) -> QPixmap:
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > SIDE:
        reader.setScaledSize(size.scaled(QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return QPixmap() if image.isNull() else QPixmap.fromImage(image)
