"""The files of a message: a row for each that names it, and above it its picture, if one is kept on this computer."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.models.message import Attachment
from app.ui.faces import Faces
from app.ui.inbox.thread_parts import paint_attachment
from app.ui.look import Look

ROW_HEIGHT = 34
THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT = 320, 180
"""The most that a picture takes, at 100 %."""
GAP = 6
PICTURE_GAP = 4


class Files:
    """Laid out below each other; positions are relative to the first one's top left corner."""

    def __init__(self, look: Look, files: tuple[Attachment, ...], pictures: Faces | None) -> None:
        self._look = look
        self.files = files
        self._pictures = pictures
        self._sizes: list[QSizeF] = []
        self._room = 0.0

    def lay_out(self, room: float) -> None:
        self._room = room
        self._sizes = [self._size(file) for file in self.files]

    @property
    def width(self) -> float:
        """What the widest picture takes."""
        return max((size.width() for size in self._sizes), default=0.0)

    @property
    def height(self) -> float:
        """With the gap below each."""
        px = self._look.theme.px
        return float(
            sum(
                px(ROW_HEIGHT + GAP) + (size.height() + px(PICTURE_GAP) if size.height() else 0) for size in self._sizes
            )
        )

    def rows(self, width: float) -> list[QRectF]:
        """Where the rows stand; a picture stands above its own."""
        px = self._look.theme.px
        y = 0.0
        rows = []
        for size in self._sizes:
            y += size.height() + px(PICTURE_GAP) if size.height() else 0
            rows.append(QRectF(0, y, width, px(ROW_HEIGHT)))
            y += px(ROW_HEIGHT + GAP)
        return rows

    def at(self, point: QPointF, width: float) -> str:
        """The address of the file under a point."""
        for file, size, row in zip(self.files, self._sizes, self.rows(width), strict=True):
            picture = self._look.theme.px(PICTURE_GAP) + size.height() if size.height() else 0.0
            if row.adjusted(0, -picture, 0, 0).contains(point):
                return file.url
        return ""

    def paint(self, painter: QPainter, at: QPointF, width: float) -> None:
        for file, size, row in zip(self.files, self._sizes, self.rows(width), strict=True):
            pixmap = self._pixmap(file) if size.height() else None
            if pixmap is not None:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                corner = at + QPointF(0, row.top() - self._look.theme.px(PICTURE_GAP) - size.height())
                painter.drawPixmap(QRectF(corner, size), pixmap, QRectF(pixmap.rect()))
            paint_attachment(painter, row.translated(at), self._look, file)

    def _size(self, file: Attachment) -> QSizeF:
        """How large its picture is painted; empty where there is none here."""
        pixmap = self._pixmap(file)
        if pixmap is None:
            return QSizeF(0, 0)
        px = self._look.theme.px
        most = QSizeF(min(self._room, px(THUMBNAIL_WIDTH)), px(THUMBNAIL_HEIGHT))
        return QSizeF(pixmap.size()).scaled(most, Qt.AspectRatioMode.KeepAspectRatio)

    def _pixmap(self, file: Attachment) -> QPixmap | None:
        if self._pictures is None or file.kind != "image":
            return None
        return self._pictures.picture(file.preview_url or file.url)
