"""How the days, phases and posts of a campaign are painted, from left to right; and what a phase is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.models.campaign import CampaignPhase, CampaignPost, PhaseKind, a_day
from app.ui.campaigns.states import glyph, kind_word
from app.ui.page import PageFace
from app.ui.plans.phase_icons import ICONS
from app.ui.safe_text import isolated
from app.ui.widgets.fill import fill
from app.ui.widgets.stripes import paint_stripes
from app.ui.widgets.text import draw_text, text_width

DAY = timedelta(days=1)
HEIGHT, DAYS, BAND, TOP = 88, 25, 21, 28
NARROW_DAY = 30
A_DAY = 24 * 60


def phase_title(face: PageFace, phase: CampaignPhase, posts: int) -> str:
    """Its kind, what the user calls it, and how many posts a day it asks for, beside those that stand in it."""
    kind = face.text(f"campaigns.phase.{phase.kind}")
    title = face.text("campaigns.phase_named", kind=kind, title=isolated(phase.title)) if phase.title else kind
    if not phase.posts_a_day:
        return title
    planned = face.words.number(a_day(posts, phase), 1)
    return f"{title} · {face.text('campaigns.asks_a_day', n=phase.posts_a_day, planned=planned)}"


def spoken_phase(face: PageFace, phase: CampaignPhase, posts: int) -> str:
    """For screen readers: title and days."""
    return face.words.facts((phase_title(face, phase, posts), face.words.range(phase.starts_on, phase.ends_on)))


class BandPainter:
    """Over a widget whose days are `column` wide and begin with `first`."""

    def __init__(self, painter: QPainter, face: PageFace, area: QRect, first: date, column: float) -> None:
        self._painter = painter
        self._face = face
        self._area = area
        self._first = first
        self._column = column
        self._now = face.clock.now().astimezone(face.words.zone)

    def _x(self, day: date) -> float:
        return (day - self._first).days * self._column

    def days(self, last: date) -> None:
        """Numbers and lines, week ends shaded; where days are narrow, weeks alone."""
        painter, theme, px = self._painter, self._face.theme, self._face.theme.px
        every = 1 if self._column >= px(NARROW_DAY) else 7 if self._column >= px(6) else 28
        free_from = 0.0
        for number in range((last - self._first).days + 1):
            day = self._first + number * DAY
            left, today = round(self._x(day)), day == self._now.date()
            if day.isoweekday() >= 6:
                fill(painter, QRectF(left, 0, self._column, self._area.height()), theme.color("surface.base"))
            if (number % every == 0 or today) and left >= free_from:
                text = self._day_text(day, named=number == 0 or day.day == 1 or every > 1)
                font = theme.font("captionStrong" if today else "caption", tabular=True)
                room = QRectF(left + px(6), 0, max(self._column * every, text_width(text, font) + px(6)), px(DAYS))
                painter.setPen(theme.color("accent.text" if today else "text.secondary"))
                free_from = left + px(6) + draw_text(painter, room, text, font)
            if number and (every == 1 or day.isoweekday() == 1):
                painter.setPen(QPen(theme.color("border.subtle"), 1))
                painter.drawLine(left, 0, left, self._area.height())
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.drawLine(0, px(DAYS), self._area.width(), px(DAYS))

    def _day_text(self, day: date, *, named: bool) -> str:
        text = self._face.text
        return (
            text("campaigns.day_of_month", day=str(day.day), month=text(f"format.month.{day.month}"))
            if named
            else str(day.day)
        )

    def phase(self, phase: CampaignPhase, band: QRectF, hue: str, posts: int, *, chosen: bool) -> None:
        """A teaser striped, with its words on plain ground; the others solid. `posts` stand in it."""
        painter, face, theme, px = self._painter, self._face, self._face.theme, self._face.theme.px
        band = band.adjusted(0, 0, -1, 0)
        ink = theme.hue(hue, "text")
        painter.save()
        painter.setClipRect(band)
        fill(painter, band, theme.hue(hue, "tint"))
        text, font = phase_title(face, phase, posts), theme.font("captionStrong")
        x = band.left() + px(10)
        if phase.kind is PhaseKind.TEASER:
            paint_stripes(painter, band, face.look)
            room = min(band.right() - x, px(22) + text_width(text, font) + px(6))
            fill(painter, QRectF(x - px(4), band.top(), room, band.height()), theme.hue(hue, "tint"))
        fill(painter, QRectF(band.left(), band.top(), px(3), band.height()), theme.hue(hue, "strong"))
        face.icons.paint(painter, QRectF(x, band.top(), px(13), band.height()), ICONS[phase.kind], ink)
        painter.setPen(ink)
        draw_text(
            painter, QRectF(x + px(18), band.top(), max(0.0, band.right() - x - px(20)), band.height()), text, font
        )
        painter.restore()
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus.ring"), theme.stroke("focus")))
            painter.drawRoundedRect(band.adjusted(1, 1, -1, -1), 3, 3)

    def posts(self, by_day: Mapping[date, Sequence[CampaignPost]]) -> None:
        """One line: where the posts of each day stand, and which announcement is among them where there is room."""
        painter, face, theme, px = self._painter, self._face, self._face.theme, self._face.theme.px
        days, top = sorted(by_day), px(TOP + BAND)
        for number, day in enumerate(days):
            posts, left = by_day[day], self._x(day) + px(4)
            until = self._x(days[number + 1]) if number + 1 < len(days) else float(self._area.width())
            lead = next((each for each in posts if each.announcement), posts[0])
            icon, ink = glyph(lead.post)
            row = QRectF(left, top, max(0.0, until - left), self._area.height() - top)
            face.icons.paint(painter, QRectF(left, row.top(), px(13), row.height()), icon, ink)
            text = kind_word(face, lead) if lead.announcement else isolated(lead.post.title)
            text = f"{text} +{len(posts) - 1}" if len(posts) > 1 else text
            room = row.adjusted(px(17), 0, -px(4), 0)
            if room.width() > px(26):
                painter.setPen(theme.color("text.secondary"))
                draw_text(painter, room, text, theme.font("caption"))

    def now(self, last: date) -> None:
        """Below the days: it crosses no number."""
        if self._first <= self._now.date() <= last:
            x = round(self._x(self._now.date()) + self._column * (self._now.hour * 60 + self._now.minute) / A_DAY)
            self._painter.setPen(QPen(self._face.theme.color("status.danger.strong"), 2))
            self._painter.drawLine(x, self._face.theme.px(DAYS), x, self._area.height())
