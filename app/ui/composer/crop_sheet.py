"""Cuts a picture to a shape that a network shows whole, or freely. The file before stays as it is: what is put in its place is another one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.post import Picture
from app.runtime.errors import AppError
from app.ui.composer.cropping import NETWORK_SHAPES, SHAPES, Frame, shaped, stretched
from app.ui.composer.thumbnails import Thumbnails
from app.ui.dialogs import Sheet
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text import Label

HANDLE = 14
HEIGHT = 330
STEP = 0.02
CORNERS = ("tl", "tr", "bl", "br")


class CropView(QWidget):
    """The picture with its frame: drag the corners or the middle; arrows move it, Shift+arrows size it. Says `changed` with the frame."""

    changed = Signal(object)

    def __init__(self, face: PageFace, pixmap: QPixmap) -> None:
        super().__init__()
        self._face = face
        self._pixmap = pixmap
        self.frame = Frame()
        self.shape = 0.0
        self._dragged = ""
        self._from = QPointF()
        self._began = Frame()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(face.theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(face.text("composer.crop.view"))

    @property
    def aspect(self) -> float:
        return self._pixmap.width() / self._pixmap.height() if not self._pixmap.isNull() else 1.0

    def choose_shape(self, shape: float) -> None:
        self.shape = shape
        self._become(shaped(self.frame, shape, self.aspect) if shape else self.frame)

    def picture_rect(self) -> QRectF:
        room, margin = QRectF(self.rect()), self._face.theme.px(HANDLE) / 2
        room = room.adjusted(margin, margin, -margin, -margin)
        width = min(room.width(), room.height() * self.aspect)
        height = width / self.aspect
        return QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)

    def frame_rect(self) -> QRectF:
        whole, frame = self.picture_rect(), self.frame
        return QRectF(
            whole.left() + frame.left * whole.width(), whole.top() + frame.top * whole.height(), frame.width * whole.width(), frame.height * whole.height()
        )

    def _become(self, frame: Frame) -> None:
        if frame != self.frame:
            self.frame = frame
            self.changed.emit(frame)
        self.update()

    # ---- events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        rect, reach = self.frame_rect(), self._face.theme.px(HANDLE)
        points = dict(zip(CORNERS, (rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight()), strict=True))
        near = next((name for name, point in points.items() if (point - event.position()).manhattanLength() <= reach), "")
        self._dragged = near or ("move" if rect.contains(event.position()) else "")
        self._from, self._began = event.position(), self.frame

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        whole, by = self.picture_rect(), event.position() - self._from
        if self._dragged and whole.width() > 0:
            self._drag(self._began, self._dragged, by.x() / whole.width(), by.y() / whole.height())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged = ""

    def _drag(self, frame: Frame, what: str, right: float, down: float) -> None:
        if what == "move":
            self._become(frame.moved(right, down))
        else:
            self._become(stretched(frame, what, right, down, self.shape, self.aspect))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: (-STEP, 0.0), Qt.Key.Key_Right: (STEP, 0.0), Qt.Key.Key_Up: (0.0, -STEP), Qt.Key.Key_Down: (0.0, STEP)}
        by = step.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        self._drag(self.frame, "br" if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else "move", *by)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._face.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        whole, rect = self.picture_rect(), self.frame_rect()
        painter.drawPixmap(whole, self._pixmap, QRectF(self._pixmap.rect()))
        outside = QPainterPath()
        outside.addRect(whole)
        inside = QPainterPath()
        inside.addRect(rect)
        painter.fillPath(outside.subtracted(inside), theme.color("surface.scrim"))
        painter.setPen(QPen(theme.color("focus.ring" if self.hasFocus() else "accent.fill"), 2))
        painter.drawRect(rect)
        painter.setBrush(theme.color("accent.fill"))
        side = theme.px(HANDLE) / 2
        for point in (rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight()):
            painter.drawRect(QRectF(point.x() - side / 2, point.y() - side / 2, side, side))


class CropSheet(Sheet):
    """`put` gets the old picture and the new one."""

    def __init__(self, face: PageFace, host: QWidget, picture: Picture, put: Callable[[Picture, Picture], object]) -> None:
        look = face.look
        super().__init__(look, host, look.text("composer.crop.title"), width=560)
        self._face = face
        self._picture = picture
        self._put = put
        self.shapes = Segmented(look, look.text("composer.crop.shape"), [(look.text(f"composer.crop.{name}"), None) for name in SHAPES])
        self.shapes.chosen.connect(self._choose)
        self.body.addWidget(self.shapes)
        path = face.services.drafting.picture_path(picture)
        self.view = CropView(face, Thumbnails().pixmap(path))
        self.view.changed.connect(self._changed)
        self.body.addWidget(self.view)
        self._whole = Label(look, look.text("composer.crop.keys"), "caption", "text.tertiary", wrap=True)
        self.body.addWidget(self._whole)
        self.foot.addStretch(1)
        self.foot.addWidget(Button(look, look.text("composer.quote.cancel"), clicked=self.close_now))
        self.button = Button(look, look.text("composer.crop.do"), kind="primary", clicked=self.cut)
        self.button.setEnabled(False)
        self.foot.addWidget(self.button)

    def _choose(self, index: int) -> None:
        name = list(SHAPES)[index]
        networks = [network_name(network) for network, shapes in NETWORK_SHAPES.items() if name in shapes]
        said = self._look.text("composer.crop.whole", networks=networks) if networks else self._look.text("composer.crop.keys")
        self._whole.setText(said)
        self.view.choose_shape(SHAPES[name])
        self.place()

    def _changed(self, frame: Frame) -> None:
        self.button.setEnabled(not frame.is_whole)

    def cut(self) -> None:
        """Make the new picture; where that fails it is said, and the sheet stays."""
        self.button.setEnabled(False)
        self._face.actions.start("crop a picture", self._cut(self.view.frame))

    async def _cut(self, frame: Frame) -> None:
        try:
            made = await self._face.services.drafting.crop(self._picture, (frame.left, frame.top, frame.right, frame.bottom))
        except AppError as error:
            self._whole.setText(self._look.text(error.message))
            self._whole.recolour("status.danger.text")
            self.button.setEnabled(True)
            self.place()
            return
        self.close_now()
        self._put(self._picture, made)
