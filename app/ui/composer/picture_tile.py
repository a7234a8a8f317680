"""A picture of the post as a tile in its card: chosen with a click, dragged to another place, moved and removed with keys, marked where it has no description."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy

from app.ui.composer.thumbnails import paint_covering
from app.ui.look import Look
from app.ui.widgets.text import text_width

SIDE = 108


class PictureTile(QAbstractButton):
    """Arrows choose a neighbour, Shift+arrows move the picture, Delete removes it."""

    stepped = Signal(int)
    moved = Signal(int)
    removed = Signal()
    carried = Signal(object)
    """It is dragged: where it is now, in the coordinates of what holds the tiles."""
    let_down = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pixmap = QPixmap()
        self._described = False
        self._pressed_at: QPoint | None = None
        self._carried = False
        self._over = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownKeys", ["Delete", "Backspace", "Left", "Right", "Shift+Left", "Shift+Right"])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def show_picture(self, pixmap: QPixmap, number: int, alt: str, chosen: bool) -> None:
        look = self._look
        self._pixmap = pixmap
        self.show_described(alt, chosen)
        said = "composer.picture_name" if self._described else "composer.picture_name_bare"
        self.setAccessibleName(look.text(said, number=number, alt=alt))

    def show_described(self, alt: str, chosen: bool) -> None:
        """What all tiles show: the mark of the description, and which one is chosen."""
        self._described = bool(alt.strip())
        self.setChecked(chosen)
        self.setToolTip(self._look.text("composer.picture_hint"))
        self.update()

    def sizeHint(self) -> QSize:
        side = self._look.theme.px(SIDE)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None:
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.moved if shifted else self.stepped).emit(step)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    # ---- dragging: within the card alone, so no drag of the system is needed

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        begun, here = self._pressed_at, event.position().toPoint()
        if begun is not None and (self._carried or (here - begun).manhattanLength() >= QApplication.startDragDistance()):
            self._carried = True
            self.setDown(False)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.carried.emit(self.mapToParent(here))
        else:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        carried, self._carried, self._pressed_at = self._carried, False, None
        self.unsetCursor()
        if carried:
            self.setDown(False)
            self.let_down.emit(self.mapToParent(event.position().toPoint()))
        else:
            super().mouseReleaseEvent(event)

    def show_target(self, over: bool) -> None:
        """Whether another tile is carried over this one."""
        if over != self._over:
            self._over = over
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.radius("m")
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken"))
        painter.drawRoundedRect(rect, radius, radius)
        self.paint_inside(painter, rect)
        if self.isChecked() or self._over:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent.fill"), 2))
            painter.drawRoundedRect(rect, radius, radius)
        self._paint_mark(painter, rect)

    def paint_inside(self, painter: QPainter, rect: QRectF) -> None:
        """The picture itself, below frame and mark."""
        theme = self._look.theme
        if self._pixmap.isNull():
            side = theme.px(20)
            box = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
            self._look.icons.paint(painter, box, "image", "text.tertiary")
        paint_covering(painter, rect, self._pixmap, theme.radius("m"))

    def _paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        """ "ALT", or "NO ALT" in red."""
        theme = self._look.theme
        text = self._look.text("composer.alt_mark" if self._described else "composer.no_alt_mark")
        font = theme.font("micro", weight=600)
        box = QRectF(rect.left() + theme.px(5), rect.bottom() - theme.px(21), text_width(text, font) + theme.px(8), theme.px(16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text.primary" if self._described else "status.danger.strong"))
        painter.drawRoundedRect(box, theme.radius("xs"), theme.radius("xs"))
        painter.setPen(theme.color("surface.base" if self._described else "status.danger.onStrong"))
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
