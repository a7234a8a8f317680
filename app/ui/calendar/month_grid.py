"""The month: weeks as rows of days, each with as many chips as fit; a dragged post keeps its time of day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.models.calendar import CalendarPost
from app.models.stance import is_urgent
from app.ui.calendar.canvas import Placed, Rest
from app.ui.calendar.chips import ChipPictures
from app.ui.calendar.days import DAY, day_minute
from app.ui.calendar.desk import Desk, Slot
from app.ui.calendar.dragging import Dragging
from app.ui.calendar.good_times import first_star, paint_star
from app.ui.calendar.grid import Grid
from app.ui.calendar.layout import Band, bands, chosen
from app.ui.calendar.marks import (
    MOST_LANES,
    band_words,
    hatch,
    marks_of,
    over_limit,
    paint_band,
    paint_day_number,
    paint_marks,
)
from app.ui.page import PageFace
from app.ui.widgets.fill import fill
from app.ui.widgets.text import draw_text, text_width

WEEKDAYS = 26
NUMBER = 24
LANE = 22
GAP = 2
OUTSIDE_WEIGHT = 0.65
"""Weeks mostly of another month are that much lower."""


class MonthGrid(Grid):
    """Whole weeks; those mostly outside of the month are lower."""

    def __init__(self, face: PageFace, desk: Desk, pictures: ChipPictures, dragging: Dragging) -> None:
        super().__init__(face, desk, pictures, dragging)
        self._cells: dict[date, QRect] = {}
        self._bands: list[tuple[QRect, Band]] = []
        self._hidden: dict[date, list[Band]] = {}
        """Plans of a day without room for their bands; they are counted beside its number."""
        self._weekdays = _Weekdays(self)

    # ---- where things stand

    @property
    def chip(self) -> int:
        return max(self.face.theme.size("calendar.chipMonth"), self.face.theme.line("caption") + 3)

    def lay_out(self) -> None:
        theme = self.face.theme
        self.setViewportMargins(0, theme.px(WEEKDAYS), 0, 0)
        view = self.viewport().size()
        self._weekdays.setGeometry(0, 0, view.width(), theme.px(WEEKDAYS))
        self._weekdays.update()
        days = self.desk.shown.days
        weeks = [days[start : start + 7] for start in range(0, len(days), 7)]
        least = theme.px(NUMBER) + 3 * (self.chip + GAP) + theme.px(4)
        weights = [self._weight(week) for week in weeks]
        unit = max(view.height(), sum(max(least, 0) * weight for weight in weights)) / sum(weights)
        column = view.width() / 7
        self.placed, self.rests, self._cells, self._bands, self._hidden = [], [], {}, [], {}
        top = 0.0
        for week, weight in zip(weeks, weights, strict=True):
            height = max(unit * weight, theme.px(NUMBER) + 2 * (self.chip + GAP))
            for number, day in enumerate(week):
                left, right = round(number * column), round((number + 1) * column)
                self._cells[day] = QRect(left, round(top), right - left, round(top + height) - round(top))
            self._lay_out_week(week)
            top += height
        self.verticalScrollBar().setRange(0, max(0, round(top) - view.height()))
        self.verticalScrollBar().setPageStep(view.height())
        self.verticalScrollBar().setSingleStep(theme.px(40))
        self.horizontalScrollBar().setRange(0, 0)

    def _weight(self, week: list[date]) -> float:
        inside = sum(day.month == self.desk.shown.anchor.month for day in week)
        return 1.0 if inside > 3 else OUTSIDE_WEIGHT

    def _lay_out_week(self, week: list[date]) -> None:
        theme = self.face.theme
        everything = bands(self.desk.shown.span.phases, week)
        found = [band for band in everything if band.lane < MOST_LANES]
        for band in everything:
            for day in week[band.first : band.last + 1] if band.lane >= MOST_LANES else ():
                self._hidden.setdefault(day, []).append(band)
        for band in found:
            first, last = self._cells[week[band.first]], self._cells[week[band.last]]
            top = first.top() + theme.px(NUMBER) + band.lane * theme.px(LANE)
            left = first.left() + (0 if band.goes_on_left else theme.px(3))
            right = last.right() - (0 if band.goes_on_right else theme.px(3))
            self._bands.append((QRect(left, top, right - left, theme.size("calendar.phaseBand")), band))
        for number, day in enumerate(week):
            lanes = max((band.lane + 1 for band in found if band.first <= number <= band.last), default=0)
            self._lay_out_day(day, self._cells[day], lanes)

    def _lay_out_day(self, day: date, cell: QRect, lanes: int) -> None:
        px, chip = self.face.theme.px, self.chip
        top = cell.top() + px(NUMBER) + lanes * px(LANE)
        room = max(1, (cell.bottom() - top - px(2)) // (chip + GAP))
        shown, rest = chosen(self.desk.shown.by_day.get(day, ()), room, is_urgent)
        for post in shown:
            self.placed.append(Placed(post, QRect(cell.left() + px(4), top, cell.width() - px(8), chip), day))
            top += chip + GAP
        if rest:
            self.rests.append(Rest(QRect(cell.left() + px(12), top, cell.width() - px(16), chip), day, rest))

    def told_at(self, point: QPoint) -> list[str]:
        """Plans that found no room, and all marks of the day: its line shows the first of them."""
        day = next((day for day, cell in self._cells.items() if cell.contains(point)), None)
        if day is None:
            return []
        plans = [band_words(self.look, band) for band in self._hidden.get(day, ())]
        return [*(title for _, title in marks_of(self.desk, day)), *plans]

    def rect_of(self, slot: Slot) -> QRect:
        return self._cells.get(slot.day, QRect())

    def _star_rect(self, day: date) -> QRect:
        """Below the chips of a silent day, where there is room."""
        cell = self._cells[day]
        lowest = max((placed.rect.bottom() for placed in self.placed if placed.day == day), default=0)
        bands = max((rect.bottom() for rect, _ in self._bands if rect.intersects(cell)), default=0)
        top = max(lowest, bands, cell.top() + self.face.theme.px(NUMBER)) + GAP + 1
        rect = QRect(cell.left() + self.face.theme.px(4), top, cell.width() - self.face.theme.px(8), self.chip)
        return rect if rect.bottom() < cell.bottom() else QRect()

    def extras(self) -> list[tuple[QRect, object]]:
        """Warnings beside the numbers of days, and the good times of silent days."""
        plan, height = self.desk.shown.outlook, self.face.theme.px(NUMBER)
        found: list[tuple[QRect, object]] = []
        for day, cell in self._cells.items():
            warned = (plan.over.get(day), plan.silent(day) is not None)
            if any(warned):
                found.append((QRect(cell.left(), cell.top(), cell.width(), height), warned))
            star = first_star(self, day)
            if star is not None:
                found.append((self._star_rect(day), star))
        return found

    def chip_size(self) -> QSize:
        cell = next(iter(self._cells.values()), QRect(0, 0, 150, 100))
        return QSize(cell.width() - self.face.theme.px(8), self.chip)

    def held_at(self, _hot: QPoint) -> int:
        return 0

    def slot_at(self, point: QPoint, post: CalendarPost | None, fine: bool) -> Slot | None:  # noqa: ARG002  (days alone)
        day = next((day for day, cell in self._cells.items() if cell.contains(point)), None)
        if day is None:
            return None
        good = self.desk.shown.outlook.good.get(day, ())
        return Slot(day, day_minute(post, good[0].at if good else None, self.face.words.zone))

    def stepped(self, slot: Slot, right: int, down: int) -> Slot:
        """The day beside, above or below."""
        days = self.desk.shown.days
        number = (slot.day - days[0]).days + right + 7 * down
        return slot._replace(day=days[0] + number * DAY) if 0 <= number < len(days) else slot

    # ---- painting

    def paint_ground(self, painter: QPainter, clip: QRect) -> None:
        theme = self.face.theme
        pattern = hatch(self.look) if self.lifted or self.target is not None else None
        for day, cell in self._cells.items():
            if not cell.intersects(clip):
                continue
            if day.month != self.desk.shown.anchor.month:
                fill(painter, cell.intersected(clip), theme.color("surface.window"))
            elif day == self.desk.today:
                fill(painter, cell.intersected(clip), theme.color("surface.raised"))
            if pattern is not None and day < self.desk.today:
                painter.fillRect(cell.intersected(clip), pattern)
            painter.setPen(QPen(theme.color("border.subtle"), 1))
            painter.drawLine(cell.right(), cell.top(), cell.right(), cell.bottom())
            painter.drawLine(cell.left(), cell.bottom(), cell.right(), cell.bottom())
            if QRect(cell.left(), cell.top(), cell.width(), theme.px(NUMBER)).intersects(clip):
                self._paint_number(painter, cell, day)
            star = first_star(self, day)
            if star is not None and (place := self._star_rect(day)).isValid():
                paint_star(self, painter, place, star)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect, band in self._bands:
            if rect.intersects(clip):
                paint_band(painter, QRectF(rect), self.look, band)

    def _paint_number(self, painter: QPainter, cell: QRect, day: date) -> None:
        theme, px = self.face.theme, self.face.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(cell.left() + px(8), cell.top() + px(2), cell.width() - px(14), px(NUMBER) - px(3))
        outside = day.month != self.desk.shown.anchor.month
        text = str(day.day) if day.day > 1 else self.face.words.day(day).split(" ", 1)[-1]
        x = paint_day_number(painter, line, self.look, text, "small", today=day == self.desk.today, faint=outside) + px(
            8
        )
        over = over_limit(self.desk, day)
        right = line.right()
        hidden = self._hidden.get(day)
        if hidden and (
            day.isoweekday() == self.desk.first_weekday or any(band.phase.starts_on == day for band in hidden)
        ):
            font, text = theme.font("caption", weight=600, tabular=True), f"+{len(hidden)}"
            width = text_width(text, font) + 1
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, QRectF(right - width, line.top(), width, line.height()), text, font)
            spot = QRectF(right - width - px(16), line.top(), px(13), line.height())
            self.look.icons.paint(painter, spot, "megaphone-simple", "text.secondary")
            right -= width + px(20)
        if over:
            font = theme.font("caption", weight=600, tabular=True)
            width = text_width(str(over), font) + 1
            painter.setPen(theme.color("status.warn.text"))
            draw_text(painter, QRectF(right - width, line.top(), width, line.height()), str(over), font)
            self.look.icons.paint(
                painter,
                QRectF(right - width - px(16), line.top(), px(13), line.height()),
                "warning-circle-fill",
                "status.warn.text",
            )
            right -= width + px(20)
        elif self.desk.shown.outlook.silent(day) is not None:
            font, quiet = theme.font("caption", weight=600), self.face.text("rhythm.quiet_short")
            width = text_width(quiet, font) + 1
            painter.setPen(theme.color("status.warn.text"))
            draw_text(painter, QRectF(right - width, line.top(), width, line.height()), quiet, font)
            spot = QRectF(right - width - px(16), line.top(), px(13), line.height())
            self.look.icons.paint(painter, spot, "moon-stars-fill", "status.warn.text")
            right -= width + px(20)
        paint_marks(
            painter,
            QRectF(line.left() + x, line.top(), max(0.0, right - line.left() - x), line.height()),
            self.look,
            marks_of(self.desk, day),
            "caption",
        )

    def lift(self, post_ids: frozenset[int]) -> None:
        began = bool(post_ids) != bool(self.lifted)
        super().lift(post_ids)
        if began:  # days that are over are hatched while something is dragged
            self.viewport().update()

    def tell_time(self) -> None:
        """A minute has passed; days alone are shown here."""


class _Weekdays(QWidget):
    """The names of the days above the columns."""

    def __init__(self, month: MonthGrid) -> None:
        super().__init__(month)
        self._month = month
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, _event: QPaintEvent) -> None:
        month, theme = self._month, self._month.face.theme
        painter = QPainter(self)
        fill(painter, self.rect(), theme.color("surface.base"))
        painter.setPen(theme.color("text.secondary"))
        column = self.width() / 7
        for number, day in enumerate(month.desk.shown.days[:7]):
            box = QRectF(number * column + theme.px(8), 0, column - theme.px(8), self.height())
            draw_text(painter, box, month.face.words.weekday(day.isoweekday()), theme.font("small", weight=600))
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
