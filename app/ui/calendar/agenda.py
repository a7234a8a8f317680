"""The agenda: day after day, each post in a line of its own with all that is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPen

from app.models.calendar import CalendarPost
from app.ui.calendar.canvas import Placed
from app.ui.calendar.chips import ChipPictures
from app.ui.calendar.days import day_minute
from app.ui.calendar.desk import Desk, Slot
from app.ui.calendar.dragging import Dragging
from app.ui.calendar.grid import Grid
from app.ui.calendar.marks import marks_of, paint_day_number, paint_marks
from app.ui.page import PageFace
from app.ui.widgets.text import draw_text

HEAD, FREE_HEAD = 34, 26
ROW = 44
GAP = 4
WIDEST, GHOST = 760, 320


class Agenda(Grid):
    """Days without posts and marks are one low line, where something may be dropped; they are left out where nothing is planned at all."""

    def __init__(self, face: PageFace, desk: Desk, pictures: ChipPictures, dragging: Dragging) -> None:
        super().__init__(face, desk, pictures, dragging)
        self._heads: list[tuple[date, QRect]] = []
        self._wanted: Mapping[date, int] = {}
        self._rooms: dict[date, list[QRect]] = {}
        """Rows below the posts of a day, for what is proposed."""

    def make_room(self, wanted: Mapping[date, int]) -> None:
        """So many rows a day for posts that are not there yet."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.repaint_all()

    def room_of(self, day: date, place: int) -> QRect:
        """One of these rows; empty where there is none."""
        rooms = self._rooms.get(day, [])
        return rooms[place] if place < len(rooms) else QRect()

    def lay_out(self) -> None:
        px, desk = self.face.theme.px, self.desk
        width = min(self.viewport().width() - px(40), px(WIDEST))
        self.placed, self.rests, self._heads, self._rooms = [], [], [], {}
        top, planned = px(8), any(desk.shown.by_day.values())
        for day in desk.shown.days:
            posts = desk.shown.by_day.get(day, [])
            wanted = self._wanted.get(day, 0)
            full = bool(posts or wanted or marks_of(desk, day) or day == desk.today)
            if not full and not planned:
                continue
            head = px(HEAD if full else FREE_HEAD)
            self._heads.append((day, QRect(px(20), top, width, head)))
            top += head
            if not full:
                continue
            for post in posts:
                self.placed.append(Placed(post, QRect(px(20), top, width, px(ROW)), day))
                top += px(ROW + GAP)
            for _ in range(wanted):
                self._rooms.setdefault(day, []).append(QRect(px(20), top, width, px(ROW)))
                top += px(ROW + GAP)
            top += px(8)
        view = self.viewport().height()
        self.verticalScrollBar().setRange(0, max(0, top - view))
        self.verticalScrollBar().setPageStep(view)
        self.verticalScrollBar().setSingleStep(px(40))
        self.horizontalScrollBar().setRange(0, 0)

    def rect_of(self, slot: Slot) -> QRect:
        return next((rect for day, rect in self._heads if day == slot.day), QRect())

    def chip_size(self) -> QSize:
        px = self.face.theme.px
        return QSize(min(px(GHOST), self.viewport().width() - px(40)), px(ROW))

    def held_at(self, _hot: QPoint) -> int:
        return 0

    def slot_at(self, point: QPoint, post: CalendarPost | None, fine: bool) -> Slot | None:  # noqa: ARG002  (days alone)
        """The day in whose stretch of the list a point is; a post keeps its time of day."""
        above = [day for day, rect in self._heads if rect.top() <= point.y()]
        if not self._heads:
            return None
        day = above[-1] if above else self._heads[0][0]
        good = self.desk.shown.outlook.good.get(day, ())
        return Slot(day, day_minute(post, good[0].at if good else None, self.face.words.zone))

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
            name, full = self.face.words.day(day, self.face.clock.now()), rect.height() >= px(HEAD)
            role = "body" if full else "small"
            x = paint_day_number(painter, line, self.look, name, role, today=today, faint=not full) + px(12)
            paint_marks(painter, line.adjusted(x, 0, 0, 0), self.look, marks_of(self.desk, day), "small")
            if not self.desk.shown.by_day.get(day) and day not in self._rooms:
                painter.setPen(theme.color("text.tertiary"))
                draw_text(
                    painter,
                    line.adjusted(x + (px(200) if marks_of(self.desk, day) else 0), 0, 0, 0),
                    self.face.text("calendar.nothing_that_day"),
                    theme.font("small"),
                )
            painter.setPen(QPen(theme.color("border.subtle"), 1))
            painter.drawLine(rect.left(), rect.bottom() - 2, rect.right(), rect.bottom() - 2)

    def tell_time(self) -> None:
        """A minute has passed; nothing here follows the minute."""
