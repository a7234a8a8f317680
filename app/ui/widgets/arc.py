"""Arcs: how much of something is used, drawn from 12 o'clock with flat ends."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


def paint_arc(painter: QPainter, rect: QRectF, part: float, colour: QColor, track: QColor, width: float = 2.5) -> None:
    """`part` 0 to 1 of the circle inside `rect` in `colour`, the rest in `track`."""
    inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(track, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawEllipse(inner)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.drawArc(inner, 90 * 16, -round(min(max(part, 0.0), 1.0) * 360 * 16))
    painter.restore()
