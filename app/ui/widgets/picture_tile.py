"""A picture as a tile: chosen with a click, removed with a key; where pictures have an order, moved with keys and the mouse; marked where it has no description."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy

from app.ui.look import Look
from app.ui.widgets.pictures import paint_covering
from app.ui.widgets.text import text_width

ARRANGING = ("Left", "Right", "Shift+Left", "Shift+Right")
SMALLEST_MARKED = 60


class PictureTile(QAbstractButton):
    """Delete removes it. Where tiles are arranged, arrows choose a neighbour and Shift+arrows move the picture."""

    stepped = Signal(int)
    moved = Signal(int)
    removed = Signal()
    carried = Signal(object)
    """It is dragged: where it is now, in the coordinates of what holds the tiles."""
    let_down = Signal(object)

    def __init__(self, look: Look, side: int, pixmap: QPixmap | None = None, *, arranged: bool = True) -> None:
        """`side` as drawn at 100 %; a tile too small for it bears no mark."""
        super().__init__()
        self._look = look
        self._side = side
        self._arranged = arranged
        self._pixmap = pixmap or QPixmap()
        self._described = False
        self._pressed_at: QPoint | None = None
        self._carried = False
        self._over = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownKeys", ["Delete", "Backspace", *(ARRANGING if arranged else ())])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def show_picture(self, pixmap: QPixmap) -> None:
        self._pixmap = pixmap
        self.update()

    def show_described(self, number: int, alt: str, *, chosen: bool) -> None:
        """The mark of the description, the name, and whether it is the chosen one."""
        self._described = bool(alt.strip())
        self.setChecked(chosen)
        if self._arranged:
            self.setToolTip(self._look.text("picture.hint"))
        self.setAccessibleName(self._look.text("picture.described" if self._described else "picture.bare", number=number, alt=alt))
        self.update()

    def sizeHint(self) -> QSize:
        side = self._look.theme.px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and self._arranged:
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if shifted:
                self.click()  # it is this one that moves, chosen or not
            (self.moved if shifted else self.stepped).emit(step)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.click()
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    # ---- dragging: within the card alone, so no drag of the system is needed

    def mousePressEvent(self, event: QMouseEvent) -> None:
        held = self._arranged and event.button() == Qt.MouseButton.LeftButton
        self._pressed_at = event.position().toPoint() if held else None
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
        if self._side >= SMALLEST_MARKED:
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
        text = self._look.text("picture.alt_mark" if self._described else "picture.no_alt_mark")
        font = theme.font("micro", weight=600)
        box = QRectF(rect.left() + theme.px(5), rect.bottom() - theme.px(21), text_width(text, font) + theme.px(8), theme.px(16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("text.primary" if self._described else "status.danger.strong"))
        painter.drawRoundedRect(box, theme.radius("xs"), theme.radius("xs"))
        painter.setPen(theme.color("surface.base" if self._described else "status.danger.onStrong"))
        painter.setFont(font)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
