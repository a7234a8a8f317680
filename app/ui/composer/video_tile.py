"""A video as a tile: in its card with length and size, in a preview with its length; a triangle stands for its picture."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.commands.publishing_services import VideoFacts
from app.ui.composer.films import megabytes, running_time
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.widgets.picture_tile import PictureTile
from app.ui.widgets.text import draw_text

SHAPE = 0.56
"""Height of the preview's box by its width."""
DISC = 34


class VideoTile(PictureTile):
    """Behaves as a picture's tile."""

    def __init__(self, look: Look, side: int) -> None:
        super().__init__(look, side)
        self.length = ""
        self.size_text = ""

    def show_video(self, facts: VideoFacts | None, number: int, alt: str, chosen: bool) -> None:
        """`facts` is None until they are read, or where they cannot be."""
        look = self._look
        self.length = running_time(facts.seconds) if facts is not None else ""
        self.size_text = look.text("composer.video_size", megabytes=megabytes(facts.bytes)) if facts is not None else ""
        self.show_described(number, alt, chosen=chosen)
        said = "composer.video_name" if alt.strip() else "composer.video_name_bare"
        self.setAccessibleName(look.text(said, number=number, alt=alt, length=self.length, size=self.size_text))

    def paint_inside(self, painter: QPainter, rect: QRectF) -> None:
        theme = self._look.theme
        upper = rect.adjusted(0, theme.px(20), 0, -theme.px(24))
        paint_play(painter, upper, self._look)
        line = QRectF(rect.left() + theme.px(6), rect.top() + theme.px(4), rect.width() - theme.px(12), theme.px(16))
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, line, self.length, theme.font("micro", tabular=True, weight=600))
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, line, self.size_text, theme.font("micro", tabular=True), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class VideoBox(QWidget):
    """The video in a network's preview: plain, for we cannot play it."""

    def __init__(self, face: PageFace, length: str, alt: str) -> None:
        super().__init__()
        self._look = face.look
        self._length = length
        self.setAccessibleName(face.text("composer.preview.video", length=length))
        self.setToolTip(alt)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        height = round(self.width() * SHAPE)
        if height != self.height():
            self.setFixedHeight(height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken"))
        rect = QRectF(self.rect())
        painter.drawRoundedRect(rect, theme.radius("m"), theme.radius("m"))
        paint_play(painter, rect, self._look)
        painter.setPen(theme.color("text.secondary"))
        line = QRectF(rect.left() + theme.px(10), rect.bottom() - theme.px(24), rect.width() - theme.px(20), theme.px(18))
        draw_text(painter, line, self._length, theme.font("caption", tabular=True))


def paint_play(painter: QPainter, rect: QRectF, look: Look) -> None:
    """A triangle on a disc in the middle."""
    theme, middle = look.theme, rect.center()
    radius = theme.px(DISC) / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("text.secondary"))
    painter.drawEllipse(middle, radius, radius)
    painter.setBrush(theme.color("surface.base"))
    side = radius * 0.45
    corners = [QPointF(-0.75, -1), QPointF(-0.75, 1), QPointF(1.1, 0)]
    painter.drawPolygon(QPolygonF([middle + corner * side for corner in corners]))
