"""What week, month and agenda show alike: chips on a ground, one post or place chosen, ticks, and where something dragged would go.

A frame of a drag repaints the strip that the target leaves and the one it reaches; chips are pictures (chips.py).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessibleInterface, QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from app.models.calendar import CalendarPost
from app.ui.calendar.chips import ChipPictures
from app.ui.calendar.desk import Desk, Slot
from app.ui.page import PageFace
from app.ui.widgets.checks import paint_check
from app.ui.widgets.fill import fill
from app.ui.widgets.text import draw_text, text_width


class Placed(NamedTuple):
    """A chip, where the whole of the page has it."""

    post: CalendarPost
    rect: QRect
    day: date


class Rest(NamedTuple):
    """The line that stands for posts without room."""

    rect: QRect
    day: date
    many: int


@dataclass(frozen=True, slots=True)
class Target:
    """Where what is dragged would go, and what is said of it."""

    slot: Slot
    said: str
    level: Literal["ok", "warn", "refused"] = "ok"


class Canvas(QAbstractScrollArea):
    """Subclasses say where things stand (`lay_out`, `rect_of`, `slot_at`) and paint the ground."""

    def __init__(self, face: PageFace, desk: Desk, pictures: ChipPictures) -> None:
        super().__init__()
        self.face = face
        self.look = face.look
        self.desk = desk
        self.pictures = pictures
        self.access: QAccessibleInterface | None = None
        """What screen readers see of it (access.py), which must live as long."""
        self.lifted: frozenset[int] = frozenset()
        """Posts that are being dragged."""
        self.placed: list[Placed] = []
        self.rests: list[Rest] = []
        self._ground: tuple[object, ...] = ()
        """What the ground was painted of."""
        self.target: Target | None = None
        self.chosen_rect = QRect()
        self.paint_over: Callable[[QPainter, QRect], object] = lambda _painter, _clip: None
        """Paints above the chips, within a clip of the page."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(face.text("page.calendar"))
        face.theme.changed.connect(self.repaint_all)

    # ---- what subclasses say

    @abstractmethod
    def lay_out(self) -> None:
        """Fill `placed` and `rests`, set the scroll bars."""

    @abstractmethod
    def paint_ground(self, painter: QPainter, clip: QRect) -> None:
        """Everything below the chips, within `clip` (of the whole page)."""

    @abstractmethod
    def rect_of(self, slot: Slot) -> QRect:
        """Where a chip at this place stands alone."""

    @abstractmethod
    def slot_at(self, point: QPoint, post: CalendarPost | None, fine: bool) -> Slot | None:
        """The place at a point of the page, for what is dragged (None: a click)."""

    @abstractmethod
    def stepped(self, slot: Slot, right: int, down: int) -> Slot:
        """The place beside another."""

    @abstractmethod
    def tell_time(self) -> None:
        """A minute has passed."""

    def extras(self) -> list[tuple[QRect, object]]:
        """What else the ground shows and where: painted anew when it changes."""
        return []

    def chip_size(self) -> QSize:
        """Of a chip that stands alone."""
        return self.rect_of(Slot(self.desk.shown.days[0], 600)).size()

    # ---- what others ask

    def refill(self) -> None:
        """Lay everything out anew; where the days are the same, what moved is painted alone."""
        before = self._stand()
        self.lay_out()
        shown = self.desk.shown
        size = self.viewport().size()
        ground = (shown.days, shown.span.phases, shown.span.marks, len(self.desk.holidays), size.width(), size.height())
        if ground != self._ground:
            self._ground = ground
            self.viewport().update()
        else:
            for x, y, width, height, _what in before ^ self._stand():
                self.update_page(QRect(x, y, width, height))
        self.show_choice(follow=False)

    def _stand(self) -> set[tuple[int, int, int, int, object]]:
        """What stands where."""
        places: list[tuple[QRect, object]] = [(placed.rect, placed.post) for placed in self.placed]
        places += [(rest.rect, rest.many) for rest in self.rests]
        places += self.extras()
        return {(rect.x(), rect.y(), rect.width(), rect.height(), what) for rect, what in places}

    def repaint_all(self) -> None:
        """Theme, zoom or language changed."""
        self._ground = ()
        self.refill()

    def show_choice(self, *, follow: bool = True) -> None:
        """Another post or place is chosen: its rect and the one before are painted."""
        before, self.chosen_rect = self.chosen_rect, self.rect_of_choice()
        for rect in (before, self.chosen_rect):
            self.update_page(rect)
        if follow and self.chosen_rect.isValid():
            self.scroll_to(self.chosen_rect)

    def scroll_to(self, rect: QRect) -> None:
        view = QRect(self.offset(), self.viewport().size())
        for bar, begins, ends, first, last in (
            (self.verticalScrollBar(), rect.top(), rect.bottom(), view.top(), view.bottom()),
            (self.horizontalScrollBar(), rect.left(), rect.right(), view.left(), view.right()),
        ):
            if begins < first:
                bar.setValue(begins - 8)
            elif ends > last:
                bar.setValue(bar.value() + ends - last + 8)

    def aim(self, target: Target | None) -> None:
        """Show where what is dragged would go; None hides it."""
        if target == self.target:
            return
        before, self.target = self.target, target
        for each in (before, target):
            if each is not None:
                self.update_page(self.rect_of(each.slot))
                self.update_page(label_rect(self, each))

    def lift(self, post_ids: frozenset[int]) -> None:
        """These are being dragged: they are shown faint where they were."""
        changed, self.lifted = self.lifted ^ post_ids, post_ids
        for placed in self.placed:
            if placed.post.id in changed:
                self.update_page(placed.rect)

    def held_at(self, hot: QPoint) -> int:
        """How far below the time it points at a chip is held."""
        return hot.y()

    def update_page(self, rect: QRect) -> None:
        """Repaint a part of the page."""
        if rect.isValid():
            self.viewport().update(rect.translated(-self.offset()).adjusted(-4, -4, 4, 4))

    def offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def page_point(self, everywhere: QPoint) -> QPoint | None:
        """A point of the screen as one of the page; None outside of what is seen."""
        inside = self.viewport().mapFromGlobal(everywhere)
        return inside + self.offset() if self.viewport().rect().contains(inside) and self.isVisible() else None

    def chip_at(self, point: QPoint) -> Placed | None:
        return next((placed for placed in reversed(self.placed) if placed.rect.contains(point)), None)

    def chip_of(self, post_id: int | None) -> Placed | None:
        return next((placed for placed in self.placed if placed.post.id == post_id), None)

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        offset = self.offset()
        clip = event.rect().translated(offset)
        painter.translate(-offset)
        fill(painter, clip, self.face.theme.color("surface.base"))
        self.paint_ground(painter, clip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        ratio = self.devicePixelRatioF()
        for placed in self.placed:
            if placed.rect.intersects(clip):
                _paint_chip(self, painter, placed, ratio)
        _paint_rests(self, painter, clip)
        _paint_choice(self, painter)
        self.paint_over(painter, clip)
        if self.target is not None:
            paint_target(self, painter, self.target)
        if self.desk.loading and not self.placed:
            _paint_reading(self, painter)

    def rect_of_choice(self) -> QRect:
        placed = self.chip_of(self.desk.post_id)
        if placed is not None:
            return placed.rect
        slot = self.desk.slot
        if self.desk.post_id is None and slot is not None and self.desk.within(slot.day):
            return self.rect_of(slot)
        return QRect()


def label_rect(canvas: Canvas, target: Target) -> QRect:
    """Of what is said: above the place, or below it where there is no room above; never beyond the edge of what is seen."""
    theme, rect = canvas.face.theme, canvas.rect_of(target.slot)
    width = int(text_width(target.said, theme.font("caption", weight=600, tabular=True))) + theme.px(18)
    height, view = theme.px(22), QRect(canvas.offset(), canvas.viewport().size())
    top = rect.top() - height - theme.px(4)
    if top < view.top():
        top = rect.bottom() + theme.px(4)
    left = max(view.left() + 2, min(rect.left(), view.right() - width - 2))
    return QRect(left, top, width, height)


def paint_target(canvas: Canvas, painter: QPainter, target: Target) -> None:
    theme = canvas.face.theme
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    strong, tint, ink = {
        "ok": ("accent.fill", "accent.tint", "accent.onFill"),
        "warn": ("status.warn.strong", "status.warn.tint", "status.warn.onStrong"),
        "refused": ("status.danger.strong", "status.danger.tint", "status.danger.onStrong"),
    }[target.level]
    rect = QRectF(canvas.rect_of(target.slot)).adjusted(1, 1, -1, -1)
    ground = theme.color(tint)
    ground.setAlphaF(0.8)
    painter.setPen(QPen(theme.color(strong), 2))
    painter.setBrush(ground)
    painter.drawRoundedRect(rect, theme.radius("chip"), theme.radius("chip"))
    if target.level == "refused":  # hatched, so that it is not by its colour alone
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(theme.color(strong), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(rect, theme.radius("chip"), theme.radius("chip"))
    label = QRectF(label_rect(canvas, target))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(strong))
    painter.drawRoundedRect(label, theme.radius("chip"), theme.radius("chip"))
    painter.setPen(theme.color(ink))
    font = theme.font("caption", weight=600, tabular=True)
    draw_text(painter, label.adjusted(theme.px(9), 0, -theme.px(4), 0), target.said, font)


def _paint_reading(canvas: Canvas, painter: QPainter) -> None:
    """Days that take long to read are not empty days."""
    theme, view = canvas.face.theme, QRectF(canvas.viewport().rect()).translated(QPointF(canvas.offset()))
    text, font = canvas.face.text("calendar.reading"), theme.font("body")
    width = text_width(text, font) + theme.px(32)
    box = QRectF(view.center().x() - width / 2, view.top() + theme.px(60), width, theme.px(34))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("border.default"), 1))
    painter.setBrush(theme.color("surface.raised"))
    painter.drawRoundedRect(box, theme.radius("m"), theme.radius("m"))
    painter.setPen(theme.color("text.secondary"))
    draw_text(painter, box, text, font, Qt.AlignmentFlag.AlignCenter)


def _paint_rests(canvas: Canvas, painter: QPainter, clip: QRect) -> None:
    painter.setPen(canvas.face.theme.color("text.secondary"))
    font = canvas.face.theme.font("caption")
    for rest in canvas.rests:
        if rest.rect.intersects(clip):
            draw_text(painter, QRectF(rest.rect), canvas.face.text("calendar.more", n=rest.many), font)


def _paint_choice(canvas: Canvas, painter: QPainter) -> None:
    rect = canvas.chosen_rect
    if not rect.isValid():
        return
    theme = canvas.face.theme
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    focused = canvas.hasFocus()
    free = canvas.desk.post_id is None
    if free and not focused:
        return
    colour = theme.color("focus.ring" if focused else "border.strong")
    painter.setPen(QPen(colour, theme.stroke("focus"), Qt.PenStyle.DotLine if free else Qt.PenStyle.SolidLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    grown = QRectF(rect).adjusted(0, 0, 0, 0) if free else QRectF(rect).adjusted(-2, -2, 2, 2)
    painter.drawRoundedRect(grown, theme.radius("m"), theme.radius("m"))


def _paint_chip(canvas: Canvas, painter: QPainter, placed: Placed, ratio: float) -> None:
    rect = placed.rect
    lifted = placed.post.id in canvas.lifted
    if lifted:
        painter.setOpacity(0.4)
    painter.drawPixmap(rect.topLeft(), canvas.pictures.picture(placed.post, rect.width(), rect.height(), ratio))
    if lifted:
        painter.setOpacity(1.0)
    if placed.post.id in canvas.desk.ticked:
        side = canvas.face.theme.px(14)
        paint_check(
            painter, QRectF(rect.right() - side - 1, rect.bottom() - side - 1, side, side), canvas.look, checked=True
        )
