"""A rectangle is filled with a colour and nothing else is touched."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.ui.widgets.fill import fill


def test_it_fills_its_box(qapp: QApplication) -> None:
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    fill(painter, QRectF(0, 0, 5, 10), QColor("#aa0000"))
    fill(painter, QRect(5, 0, 1, 1), QColor("#0000aa"))
    painter.end()
    assert image.pixelColor(4, 9) == QColor("#aa0000")
    assert image.pixelColor(5, 0) == QColor("#0000aa")
    assert image.pixelColor(5, 1) == QColor("#ffffff")
