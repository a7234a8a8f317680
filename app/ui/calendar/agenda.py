"""The agenda: day after day, each post in a line of its own with all that is known of it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QPainter, QPen

from app.models.calendar import CalendarPost
from app.ui.calendar.canvas import Placed
from app.ui.calendar.chips import ChipPictures
from app.ui.calendar.desk import Desk, Slot
from app.ui.calendar.dragging import Dragging
from app.ui.calendar.grid import Grid
from app.ui.calendar.marks import marks_of, paint_day_number, paint_marks
from app.ui.page import PageFace
from app.ui.widgets.text import draw_text

HEAD = 34
ROW = 44
GAP = 4
WIDEST = 760


class Agenda(Grid):
    """Days without posts and marks are left out, but for today."""

    def __init__(self, face: PageFace, desk: Desk, pictures: ChipPictures, dragging: Dragging) -> None:
        super().__init__(face, desk, pictures, dragging)
        self._heads: list[tuple[date, QRect]] = []

    def lay_out(self) -> None:
        px, desk = self.face.theme.px, self.desk
        width = min(self.viewport().width() - px(40), px(WIDEST))
        self.placed, self.rests, self._heads = [], [], []
        top = px(8)
        for day in desk.shown.days:
            posts = desk.shown.by_day.get(day, [])
            if not posts and not marks_of(desk, day) and day != desk.today:
                continue
            self._heads.append((day, QRect(px(20), top, width, px(HEAD))))
            top += px(HEAD)
            for post in posts:
                self.placed.append(Placed(post, QRect(px(20), top, width, px(ROW)), day))
                top += px(ROW + GAP)
            top += px(8)
        view = self.viewport().height()
        self.verticalScrollBar().setRange(0, max(0, top - view))
        self.verticalScrollBar().setPageStep(view)
        self.verticalScrollBar().setSingleStep(px(40))
        self.horizontalScrollBar().setRange(0, 0)

    def rect_of(self, slot: Slot) -> QRect:
        return next((rect for day, rect in self._heads if day == slot.day), QRect())

    def slot_at(self, point: QPoint, post: CalendarPost | None, fine: bool) -> Slot | None:  # noqa: ARG002  (a list has no places)
        return None

    def stepped(self, slot: Slot, right: int, down: int) -> Slot:
        """The day with something on it after or before."""
        days = [day for day, _ in self._heads]
        later = (
            [day for day in days if day > slot.day]
            if right + down > 0
            else [day for day in reversed(days) if day < slot.day]
        )
        return slot._replace(day=later[0]) if later else slot

    def paint_ground(self, painter: QPainter, clip: QRect) -> None:
        theme, px = self.face.theme, self.face.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for day, rect in self._heads:
            if not rect.intersects(clip):
                continue
            today = day == self.desk.today
            line = QRectF(rect)
            x = paint_day_number(
                painter, line, self.look, self.face.words.day(day, self.face.clock.now()), "body", today=today
            ) + px(12)
            paint_marks(painter, line.adjusted(x, 0, 0, 0), self.look, marks_of(self.desk, day), "small")
            if today and not self.desk.shown.by_day.get(day):
                painter.setPen(theme.color("text.tertiary"))
                draw_text(
                    painter,
                    line.adjusted(x + px(200), 0, 0, 0),
                    self.face.text("calendar.nothing_that_day"),
                    theme.font("small"),
                )
            painter.setPen(QPen(theme.color("border.subtle"), 1))
            painter.drawLine(rect.left(), rect.bottom() - 2, rect.right(), rect.bottom() - 2)

    def tell_time(self) -> None:
        """A minute has passed; nothing here follows the minute."""
