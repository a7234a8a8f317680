"""Pictures from files: read no larger than they are shown, and painted so that they fill a place with round corners."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImageReader, QPainter, QPainterPath, QPixmap


def read_small(path: Path, side: int) -> QPixmap:
    """At most so many pixels wide and high: a photograph of twelve megapixels is never decoded whole. Empty where it cannot be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return QPixmap() if image.isNull() else QPixmap.fromImage(image)


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
