"""What a widget or a painting function puts on the screen, as a picture that tests can ask for colours."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget


def painted(paint: Callable[[QPainter], object], width: int = 400, height: int = 100) -> QImage:
    """The picture a function paints on nothing."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def shot(widget: QWidget) -> QImage:
    """The widget at its own size, as if on the screen."""
    if not widget.testAttribute(Qt.WidgetAttribute.WA_Resized):
        widget.resize(widget.sizeHint())
    return widget.grab().toImage()


def has(image: QImage, colour: QColor) -> bool:
    """Whether any point has exactly this colour."""
    wanted = colour.rgb()
    return any(image.pixel(x, y) == wanted for y in range(image.height()) for x in range(image.width()))


def share(image: QImage, colour: QColor) -> float:
    """Which part of the picture has exactly this colour."""
    wanted = colour.rgb()
    hits = sum(image.pixel(x, y) == wanted for y in range(image.height()) for x in range(image.width()))
    return hits / (image.width() * image.height())
