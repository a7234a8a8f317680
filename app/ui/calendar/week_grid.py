"""The week: hours as rows, days as columns; a head with days and plans that stays, and a gutter of hours at the left."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.models.calendar import CalendarPost
from app.models.stance import is_urgent
from app.ui.calendar.canvas import Placed, Rest
from app.ui.calendar.chips import ChipPictures
from app.ui.calendar.days import A_DAY, at, minute_of, skipped, snapped
from app.ui.calendar.desk import Desk, Slot
from app.ui.calendar.dragging import Dragging
from app.ui.calendar.good_times import paint_stars, star_at, stars
from app.ui.calendar.grid import Grid
from app.ui.calendar.layout import bands, side_by_side
from app.ui.calendar.marks import MOST_LANES, hatch, marks_of, over_limit, paint_band, paint_day_number, paint_marks
from app.ui.calendar.warnings import on_day
from app.ui.page import PageFace
from app.ui.widgets.fill import fill
from app.ui.widgets.text import draw_text, text_width

HEAD = 52
LANE = 24
LANE_WIDTH = 68
"""Chips beside each other are at least so wide."""
FIRST_HOUR = 8
"""Where the page begins when it is first seen."""
STEP, FINE_STEP = 15, 5


class WeekGrid(Grid):
    """Seven columns of 24 hours."""

    def __init__(self, face: PageFace, desk: Desk, pictures: ChipPictures, dragging: Dragging) -> None:
        super().__init__(face, desk, pictures, dragging)
        self._head = _Head(self)
        self._gutter = _Gutter(self)
        self._seen = False
        self.verticalScrollBar().setSingleStep(face.theme.px(22))

    # ---- where things stand

    @property
    def hour(self) -> int:
        return self.face.theme.size("calendar.hour")

    @property
    def gutter(self) -> int:
        """Wide enough for "12:00 p.m."."""
        theme = self.face.theme
        font = theme.font("caption", tabular=True)
        noon = at(self.desk.shown.days[0], 12 * 60, self.face.words.zone)
        return max(theme.size("calendar.gutter"), int(text_width(self.face.words.time(noon), font)) + theme.px(14))

    @property
    def column(self) -> int:
        least = self.face.theme.size("calendar.dayMin")
        return max(least, self.viewport().width() // max(1, len(self.desk.shown.days)))

    def lanes(self) -> int:
        """How many lanes of plans the head shows."""
        found = bands(self.desk.shown.span.phases, self.desk.shown.days)
        return min(MOST_LANES, max((band.lane + 1 for band in found), default=0))

    def plans(self) -> str:
        """What the gutter says beside them: more than fit are counted."""
        found = bands(self.desk.shown.span.phases, self.desk.shown.days)
        hidden = sum(band.lane >= MOST_LANES for band in found)
        return f"+{hidden}" if hidden else self.face.text("calendar.plans")

    def lay_out(self) -> None:
        px = self.face.theme.px
        head = px(HEAD) + self.lanes() * px(LANE) + (px(6) if self.lanes() else 0)
        self.setViewportMargins(self.gutter, head, 0, 0)
        view, column = self.viewport().size(), self.column
        self._head.setGeometry(self.gutter, 0, view.width(), head)
        self._gutter.setGeometry(0, 0, self.gutter, head + view.height())
        height = 24 * self.hour + px(8)
        self.verticalScrollBar().setRange(0, max(0, height - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.horizontalScrollBar().setRange(0, max(0, column * len(self.desk.shown.days) - view.width()))
        self.horizontalScrollBar().setPageStep(view.width())
        self.placed, self.rests = [], []
        for number, day in enumerate(self.desk.shown.days):
            self._lay_out_day(number, day, column)
        if not self._seen and view.height() > px(100):
            self._seen = True
            self.verticalScrollBar().setValue(self.y_of(FIRST_HOUR * 60) - px(4))
        self._head.update()
        self._gutter.update()

    def _lay_out_day(self, number: int, day: date, column: int) -> None:
        px, zone = self.face.theme.px, self.face.words.zone
        posts = [
            (post, minute_of(post.planned_at, zone)) for post in self.desk.shown.by_day.get(day, ()) if post.planned_at
        ]
        room = column - px(8)
        slots, more = side_by_side(posts, max(1, room // px(LANE_WIDTH)), is_urgent)
        for slot in slots:
            width = (room - px(3) * (slot.lanes - 1)) // slot.lanes
            left = number * column + px(4) + slot.lane * (width + px(3))
            rect = QRect(left, self.y_of(slot.minute), width, self.face.theme.size("calendar.chipWeek") - 1)
            self.placed.append(Placed(slot.post, rect, day))
        for rest in more:
            top = self.y_of(min(rest.minute, A_DAY - 20))
            self.rests.append(Rest(QRect(number * column + px(8), top, room, px(16)), day, len(rest.posts)))

    def y_of(self, minute: int) -> int:
        return round(minute * self.hour / 60)

    def rect_of(self, slot: Slot) -> QRect:
        px, column = self.face.theme.px, self.column
        number = (slot.day - self.desk.shown.days[0]).days
        return QRect(
            number * column + px(4),
            self.y_of(slot.minute),
            column - px(8),
            self.face.theme.size("calendar.chipWeek") - 1,
        )

    def slot_at(self, point: QPoint, post: CalendarPost | None, fine: bool) -> Slot | None:
        number = point.x() // self.column
        if not 0 <= number < len(self.desk.shown.days):
            return None
        star = star_at(self, point, held=post is not None) if not fine else None
        if star is not None:
            return star
        minute = point.y() * 60 / self.hour
        if post is None:
            return Slot(self.desk.shown.days[number], max(0, min(A_DAY - 30, int(minute // 30) * 30)))
        return Slot(self.desk.shown.days[number], snapped(minute, FINE_STEP if fine else STEP))

    def stepped(self, slot: Slot, right: int, down: int) -> Slot:
        """The place beside, half an hour at a time."""
        minute = max(0, min(A_DAY - 30, (slot.minute // 30 + down) * 30 if down else slot.minute))
        days = self.desk.shown.days
        number = max(0, min(len(days) - 1, (slot.day - days[0]).days + right))
        half = minute // 30
        good = [star.slot for star in stars(self) if star.slot.day == days[number] and star.slot.minute // 30 == half]
        return good[0] if good else Slot(days[number], minute)

    # ---- painting

    def paint_ground(self, painter: QPainter, clip: QRect) -> None:
        theme, column = self.face.theme, self.column
        height = 24 * self.hour
        now, zone = self.face.clock.now(), self.face.words.zone
        today, pattern = self.desk.today, hatch(self.look)
        for number, day in enumerate(self.desk.shown.days):
            area = QRect(number * column, 0, column, height)
            if not area.intersects(clip):
                continue
            if day == today:
                fill(painter, area.intersected(clip), theme.color("surface.raised"))
            gone = height if day < today else self.y_of(minute_of(now, zone)) if day == today else 0
            painter.fillRect(QRect(area.left(), 0, column, gone).intersected(clip), pattern)
            missing = skipped(day, zone)
            if missing is not None:
                lost = QRect(area.left(), self.y_of(missing[0]), column, self.y_of(missing[1]) - self.y_of(missing[0]))
                fill(painter, lost.intersected(clip), theme.color("surface.sunken"))
                painter.setPen(theme.color("text.tertiary"))
                draw_text(
                    painter,
                    QRectF(lost).adjusted(theme.px(8), 0, 0, 0),
                    self.face.text("calendar.no_such_hour"),
                    theme.font("caption"),
                )
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        for hour in range(25):
            painter.drawLine(clip.left(), self.y_of(hour * 60), clip.right(), self.y_of(hour * 60))
        for number in range(1, len(self.desk.shown.days)):
            painter.drawLine(number * column, clip.top(), number * column, clip.bottom())
        paint_stars(self, painter, clip)
        self._paint_now(painter, clip)

    def extras(self) -> list[tuple[QRect, object]]:
        """The good times."""
        return [(star.rect, star.good) for star in stars(self)]

    def _paint_now(self, painter: QPainter, clip: QRect) -> None:
        """Across the week faintly, with a dot where today begins; chips stand over it."""
        today = self.desk.today
        if not self.desk.within(today):
            return
        theme = self.face.theme
        y = self.y_of(minute_of(self.face.clock.now(), self.face.words.zone))
        painter.setPen(QPen(theme.color("status.danger.strong"), 1))
        painter.setOpacity(0.45)
        painter.drawLine(clip.left(), y, clip.right(), y)
        painter.setOpacity(1.0)
        left = (today - self.desk.shown.days[0]).days * self.column
        painter.drawLine(left, y, left + self.column, y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("status.danger.strong"))
        painter.drawEllipse(QRectF(left - 4, y - 4, 8, 8))

    def tell_time(self) -> None:
        """A minute has passed: the line moves."""
        if self.isVisible() and self.desk.within(self.desk.today):
            self.viewport().update()
            self._gutter.update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self._head.update()
        self._gutter.update()

    def chip_size(self) -> QSize:
        return QSize(self.column - self.face.theme.px(8), self.face.theme.size("calendar.chipWeek") - 1)


class _Head(QWidget):
    """Days with their marks, and the plans below them."""

    def __init__(self, week: WeekGrid) -> None:
        super().__init__(week)
        self._week = week
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A day's head offers what begins on that day."""
        week = self._week
        number = (event.pos().x() + week.offset().x()) // max(1, week.column)
        if 0 <= number < len(week.desk.shown.days):
            week.desk.choose(None, Slot(week.desk.shown.days[number], FIRST_HOUR * 60))
            week.menu_wanted.emit(event.globalPos())

    def paintEvent(self, _event: QPaintEvent) -> None:
        week, theme = self._week, self._week.face.theme
        painter = QPainter(self)
        fill(painter, self.rect(), theme.color("surface.base"))
        painter.translate(-week.offset().x(), 0)
        column = week.column
        for number, day in enumerate(week.desk.shown.days):
            if day == week.desk.today:
                fill(painter, QRect(number * column, 0, column, self.height()), theme.color("surface.raised"))
            self._paint_day(painter, QRectF(number * column, 0, column, theme.px(HEAD)), day)
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        width = column * len(week.desk.shown.days)
        for y in (theme.px(HEAD), self.height() - 1):
            painter.drawLine(0, y, width, y)
        for number in range(1, len(week.desk.shown.days)):
            painter.drawLine(number * column, 0, number * column, self.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for band in bands(week.desk.shown.span.phases, week.desk.shown.days):
            if band.lane < MOST_LANES:
                left = band.first * column + (0 if band.goes_on_left else theme.px(3))
                right = (band.last + 1) * column - (0 if band.goes_on_right else theme.px(3))
                top = theme.px(HEAD) + theme.px(4) + band.lane * theme.px(LANE)
                paint_band(painter, QRectF(left, top, right - left, theme.size("calendar.phaseBand")), week.look, band)

    def _paint_day(self, painter: QPainter, rect: QRectF, day: date) -> None:
        week, theme = self._week, self._week.face.theme
        px, words = theme.px, week.face.words
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(rect.left() + px(8), rect.top() + px(4), rect.width() - px(14), px(24))
        today = day == week.desk.today
        painter.setPen(theme.color("accent.text" if today else "text.secondary"))
        x = draw_text(
            painter, line, words.weekday(day.isoweekday()), theme.font("small", weight=600 if today else 400)
        ) + px(7)
        x += paint_day_number(painter, line.adjusted(x, 0, 0, 0), week.look, str(day.day), "title", today=today)
        over, many = over_limit(week.desk, day), len(week.desk.shown.by_day.get(day, ()))
        text = week.face.text("calendar.posts", n=many) if many else ""
        font = theme.font("caption", weight=600 if over else 400, tabular=True)
        glyph = px(17) if over else 0
        if text_width(text, font) + glyph > line.width() - x - px(8):
            text = week.look.number(many)
        width = text_width(text, font) + 1
        if text and width + glyph <= line.width() - x:
            painter.setPen(theme.color("status.warn.text" if over else "text.tertiary"))
            draw_text(painter, QRectF(line.right() - width, line.top(), width, line.height()), text, font)
            if over:
                spot = QRectF(line.right() - width - glyph, line.top(), px(13), line.height())
                week.look.icons.paint(painter, spot, "warning-circle-fill", "status.warn.text")
        below = QRectF(rect.left() + px(8), rect.top() + px(28), rect.width() - px(14), px(18))
        marks, silent = marks_of(week.desk, day), week.desk.shown.outlook.silent(day)
        if over:
            painter.setPen(theme.color("status.warn.text"))
            limit = week.desk.shown.outlook.over[day][1]
            draw_text(painter, below, week.face.text("calendar.your_limit", n=limit), theme.font("caption"))
        elif silent is not None and not marks:
            painter.setPen(theme.color("status.warn.text"))
            texts = on_day(week.look, week.desk, silent)
            fits = (text for text in texts if text_width(text, theme.font("caption")) <= below.width())
            draw_text(painter, below, next(fits, texts[-1]), theme.font("caption"))
        else:
            paint_marks(painter, below, week.look, marks, "caption")


class _Gutter(QWidget):
    """Hours, and the time of day."""

    def __init__(self, week: WeekGrid) -> None:
        super().__init__(week)
        self._week = week
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, _event: QPaintEvent) -> None:
        week, theme = self._week, self._week.face.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, self.rect(), theme.color("surface.base"))
        head, width, words = week.viewport().y(), self.width(), week.face.words
        painter.setPen(theme.color("text.tertiary"))
        font = theme.font("caption", tabular=True)
        now = week.face.clock.now()
        box = QRectF(0, theme.px(HEAD) - theme.px(22), width - theme.px(6), theme.px(18))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        draw_text(painter, box, zone_text(now.astimezone(words.zone).utcoffset()), font, right)
        if week.lanes():
            box = QRectF(0, theme.px(HEAD) + theme.px(4), width - theme.px(6), theme.size("calendar.phaseBand"))
            draw_text(painter, box, week.plans(), font, right)
        painter.setClipRect(QRect(0, head, width, self.height() - head))
        painter.translate(0, head - week.offset().y())
        day = week.desk.shown.days[0]
        current = minute_of(now, words.zone) if week.desk.within(week.desk.today) else -999
        for hour in range(24):
            if abs(hour * 60 - current) < 14:
                continue
            y = week.y_of(hour * 60)
            draw_text(
                painter,
                QRectF(0, y - 9, width - theme.px(6), 18),
                words.time(at(day, hour * 60, words.zone)),
                font,
                right,
            )
        if current >= 0:
            strong = theme.font("caption", weight=600, tabular=True)
            text = words.time(now)
            wide = text_width(text, strong) + theme.px(10)
            pill = QRectF(width - wide - theme.px(2), week.y_of(current) - theme.px(8), wide, theme.px(16))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("status.danger.strong"))
            painter.drawRoundedRect(pill, theme.radius("chip"), theme.radius("chip"))
            painter.setPen(theme.color("status.danger.onStrong"))
            draw_text(painter, pill.adjusted(theme.px(5), 0, 0, 0), text, strong)


def zone_text(offset: timedelta | None) -> str:
    """ "GMT−6"; half hours too."""
    minutes = round(offset.total_seconds() / 60) if offset is not None else 0
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"GMT{sign}{hours}" + (f":{rest:02}" if rest else "")
