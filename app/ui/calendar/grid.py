"""What the mouse does to the posts of a page, and what other programs drop on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QToolTip

from app.ui.calendar.canvas import Canvas, Placed
from app.ui.calendar.chips import ChipPictures, spoken
from app.ui.calendar.desk import Desk, Slot
from app.ui.calendar.dragging import Dragging
from app.ui.page import PageFace

_FLAGS = {Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier}


class Grid(Canvas):
    """A page that is looked at and worked on."""

    opened = Signal(int)
    """Enter or a double click on a post."""
    new_wanted = Signal()
    """A double click on a free place, which is chosen by then."""
    day_wanted = Signal(object)
    """The line "4 more" of a day."""
    menu_wanted = Signal(QPoint)
    things_dropped = Signal(object, object)
    """(mime data, a Slot) from another program."""

    def __init__(self, face: PageFace, desk: Desk, pictures: ChipPictures, dragging: Dragging) -> None:
        super().__init__(face, desk, pictures)
        self.dragging = dragging
        self._pressed: tuple[Placed | None, QPoint] | None = None
        self.pressed_over: Callable[[QPoint], bool] = lambda _point: False
        """Told of a press at a point of the page first; answers whether that was all."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint() + self.offset()
        if self.pressed_over(point):
            return
        placed = self.chip_at(point)
        self._pressed = (placed, point)
        if placed is not None:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.desk.choose(placed.post.id)
                self.desk.tick()
            else:
                self.desk.choose(placed.post.id)
            return
        rest = next((rest for rest in self.rests if rest.rect.contains(point)), None)
        if rest is not None:
            self._pressed = None
            self.day_wanted.emit(rest.day)
            return
        self.desk.choose(None, self.slot_at(point, None, fine=False))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.dragging.active:
            self.dragging.follow(event.globalPosition().toPoint(), event.modifiers())
            return
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        placed, start = self._pressed
        moved = event.position().toPoint() + self.offset() - start
        if placed is None or moved.manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None  # put back by Escape, it is not lifted again by the same press
        self.dragging.begin(placed.post, start - placed.rect.topLeft())
        self.dragging.follow(event.globalPosition().toPoint(), event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        if self.dragging.active and event.button() == Qt.MouseButton.LeftButton:
            self.dragging.drop(event.globalPosition().toPoint(), event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        placed = self.chip_at(event.position().toPoint() + self.offset())
        if placed is not None:
            self.opened.emit(placed.post.id)
        elif self.desk.slot is not None:
            self.new_wanted.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        placed = self.chip_at(event.pos() + self.offset())
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        if placed is not None:
            self.desk.choose(placed.post.id)
        elif by_mouse:
            self.desk.choose(None, self.slot_at(event.pos() + self.offset(), None, fine=False))
        where = self.rect_of_choice().translated(-self.offset()).bottomLeft()
        self.menu_wanted.emit(event.globalPos() if by_mouse else self.viewport().mapToGlobal(where))

    def viewportEvent(self, event: Any) -> bool:
        if isinstance(event, QHelpEvent):
            placed = self.chip_at(event.pos() + self.offset())
            warned = [self.face.text(each) for each in placed.post.warnings] if placed is not None else []
            said = (
                [spoken(self.look, placed.post), *warned]
                if placed is not None
                else self.told_at(event.pos() + self.offset())
            )
            QToolTip.showText(event.globalPos(), "\n".join(said), self)
            return True
        return bool(super().viewportEvent(event))

    def told_at(self, _point: QPoint) -> list[str]:
        """What the tooltip says of a place without a post."""
        return []

    # ---- what other programs drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasText():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        slot = self._aimed(event.position())
        self.aim(self.dragging.target_of_things(slot) if slot is not None else None)
        event.setAccepted(slot is not None and self.target is not None and self.target.level != "refused")

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.aim(None)

    def dropEvent(self, event: QDropEvent) -> None:
        slot = self._aimed(event.position())
        self.aim(None)
        if slot is not None:
            event.acceptProposedAction()
            self.things_dropped.emit(event.mimeData(), slot)

    def _aimed(self, position: QPointF) -> Slot | None:
        return self.slot_at(position.toPoint() + self.offset(), None, fine=False)

    # ---- the rest

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.dragging.active and event.key() in (Qt.Key.Key_Control, Qt.Key.Key_Shift):
            self.dragging.held(event.modifiers() | _FLAGS[Qt.Key(event.key())])
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if self.dragging.active and event.key() in (Qt.Key.Key_Control, Qt.Key.Key_Shift):
            self.dragging.held(event.modifiers() & ~_FLAGS[Qt.Key(event.key())])
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.refill()

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        self.update_page(self.chosen_rect)

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.update_page(self.chosen_rect)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.viewport().update()
