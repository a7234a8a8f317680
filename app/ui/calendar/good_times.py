"""Good times on the pages of the calendar: dashed places with a star and their time, where nothing stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.models.slot import GoodTime
from app.ui.calendar.canvas import Canvas
from app.ui.calendar.days import minute_of
from app.ui.calendar.desk import Slot
from app.ui.widgets.text import draw_text, text_width


class Star(NamedTuple):
    """A good time and its place on the page."""

    good: GoodTime
    slot: Slot
    rect: QRect


def stars(canvas: Canvas) -> Iterator[Star]:
    """Those of the week that is shown; where a filter on accounts holds, of those accounts."""
    desk, zone = canvas.desk, canvas.face.words.zone
    wanted = desk.filters.accounts
    for day, times in desk.shown.outlook.good.items():
        for good in times:
            if desk.within(day) and (not wanted or not wanted.isdisjoint(good.account_ids)):
                slot = Slot(day, minute_of(good.at, zone))
                yield Star(good, slot, canvas.rect_of(slot))


def star_at(canvas: Canvas, point: QPoint, *, held: bool) -> Slot | None:
    """The good time that a point of the page means: what is dropped there takes its exact minute. `held`: the point is the upper edge of
    what is dragged, which is to be within a quarter of an hour; else a click anywhere on it.
    """
    for star in stars(canvas):
        near = star.rect.height() // 4
        if star.rect.contains(point) and not held:
            return star.slot
        if held and star.rect.left() <= point.x() <= star.rect.right() and abs(point.y() - star.rect.top()) <= near:
            return star.slot
    return None


def paint_stars(canvas: Canvas, painter: QPainter, clip: QRect) -> None:
    for star in stars(canvas):
        if star.rect.intersects(clip):
            paint_star(canvas, painter, star.rect, star.good)


def paint_star(canvas: Canvas, painter: QPainter, rect: QRect, good: GoodTime) -> None:
    """Star, time, and of a queue its name; as much as there is room for."""
    theme, look = canvas.face.theme, canvas.look
    px = theme.px
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.color("border.default"), 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), theme.radius("chip"), theme.radius("chip"))
    text, font = star_text(canvas, good, rect.width() - px(26)), theme.font("caption", tabular=True)
    width = px(17) + text_width(text, font)
    left = rect.left() + max(px(4), (rect.width() - width) / 2)
    look.icons.paint(painter, QRectF(left, rect.top(), px(13), rect.height()), "star", "text.tertiary")
    painter.setPen(theme.color("text.tertiary"))
    draw_text(painter, QRectF(left + px(17), rect.top(), rect.right() - left - px(17), rect.height()), text, font)


def star_text(canvas: Canvas, good: GoodTime, room: float) -> str:
    """ "11:00 good time", "11:00 · Offers", or the time alone."""
    look = canvas.look
    when = look.words.time(good.at)
    font = canvas.face.theme.font("caption", tabular=True)
    queue = look.pillar_name(good.pillar)
    text = f"{when} · {queue}" if queue else look.text("rhythm.good_time", time=when)
    return text if text_width(text, font) <= room else when


def first_star(canvas: Canvas, day: date) -> GoodTime | None:
    """The good time that a silent day of the month offers."""
    desk = canvas.desk
    silence = desk.shown.outlook.silent(day)
    if silence is None:
        return None
    wanted = desk.filters.accounts
    there = desk.shown.outlook.good.get(day, ())
    ours = frozenset(silence.account_ids) & wanted if wanted else frozenset(silence.account_ids)
    return next((good for good in there if not ours.isdisjoint(good.account_ids)), None)
