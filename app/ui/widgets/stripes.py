"""The stripes of a teaser: nothing is sold there yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath

from app.ui.look import Look


def paint_stripes(painter: QPainter, rect: QRectF, look: Look) -> None:
    """Over the tint of a band; the caller clips."""
    stripe = look.theme.color("surface.base")
    step, half = look.theme.px(12), look.theme.px(6)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x = rect.left() - rect.height()
    while x < rect.right():
        path = QPainterPath()
        path.moveTo(x, rect.bottom())
        path.lineTo(x + rect.height(), rect.top())
        path.lineTo(x + rect.height() + half, rect.top())
        path.lineTo(x + half, rect.bottom())
        painter.fillPath(path, stripe)
        x += step
