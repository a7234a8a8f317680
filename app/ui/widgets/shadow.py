"""Shadows without blur: concentric translucent rectangles, painted once into a picture that is stretched by its nine parts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.ui.look import Look


class Shadow:
    """The shadow of one level ("e2", "e3"); owned by the widget that lies above the others."""

    def __init__(self, look: Look, level: str, radius: int) -> None:
        self._look = look
        self._level = level
        self._radius = radius
        self._patch: QPixmap | None = None
        look.theme.changed.connect(self._forget)

    @property
    def margin(self) -> int:
        """How far it reaches beyond the rectangle that throws it, at most."""
        return max((spread + abs(dy) for dy, spread, _ in self._look.theme.elevation(self._level)), default=0)

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Below a rounded rectangle that is about to be painted."""
        ratio = painter.device().devicePixelRatio()
        if self._patch is None or self._patch.devicePixelRatio() != ratio:
            self._patch = self._draw(ratio)
        edge = self.margin + self._radius + 1
        side = edge * 2 + 1
        outer = rect.adjusted(-self.margin, -self.margin, self.margin, self.margin)
        xs = (outer.left(), outer.left() + edge, outer.right() - edge, outer.right())
        ys = (outer.top(), outer.top() + edge, outer.bottom() - edge, outer.bottom())
        cuts = (0, edge, edge + 1, side)
        for column in range(3):
            for row in range(3):
                target = QRectF(xs[column], ys[row], xs[column + 1] - xs[column], ys[row + 1] - ys[row])
                source = QRectF(
                    cuts[column] * ratio, cuts[row] * ratio,
                    (cuts[column + 1] - cuts[column]) * ratio, (cuts[row + 1] - cuts[row]) * ratio,
                )  # fmt: skip
                if target.width() > 0 and target.height() > 0:
                    painter.drawPixmap(target, self._patch, source)

    def _forget(self) -> None:
        self._patch = None

    def _draw(self, ratio: float) -> QPixmap:
        theme = self._look.theme
        side = (self.margin + self._radius + 1) * 2 + 1
        patch = QPixmap(round(side * ratio), round(side * ratio))
        patch.setDevicePixelRatio(ratio)
        patch.fill(Qt.GlobalColor.transparent)
        painter = QPainter(patch)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        body = QRectF(0, 0, side, side).adjusted(self.margin, self.margin, -self.margin, -self.margin)
        for dy, spread, alpha in reversed(theme.elevation(self._level)):
            colour = theme.color("shadow.color")
            colour.setAlphaF(min(1.0, alpha * (2.4 if theme.dark else 1.0)))
            painter.setBrush(colour)
            rect = body.adjusted(-spread, -spread, spread, spread).translated(0, dy)
            painter.drawRoundedRect(rect, self._radius + spread, self._radius + spread)
        painter.end()
        return patch
