"""What days say above their posts: number and weekday, launches, holidays and deadlines, and the bands of campaigns."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPainterPath

from app.models.campaign import a_day
from app.ui.calendar.desk import Desk
from app.ui.calendar.layout import Band
from app.ui.look import Look
from app.ui.safe_text import isolated
from app.ui.widgets.stripes import paint_stripes
from app.ui.widgets.text import draw_text, text_width

MOST_LANES = 3
_MARKS = {"launch": "rocket-launch", "holiday": "flag-banner", "deadline": "hourglass-medium", "contest": "trophy"}
_PHASES = {"teaser": "eye", "promo": "megaphone-simple", "winners": "trophy", "story": "quotes"}


def marks_of(desk: Desk, day: date) -> list[tuple[str, str]]:
    """(icon, title) of a day: what the shop marked, then its public holiday."""
    found = [
        (_MARKS.get(mark.kind, "star"), isolated(mark.title)) for mark in desk.shown.span.marks if mark.on_day == day
    ]
    if day in desk.holidays:
        found.append(("flag-banner", desk.holidays[day]))
    return found


def over_limit(desk: Desk, day: date) -> int:
    """The most posts that one account has on a day, where that is above its limit; else 0."""
    return desk.shown.outlook.over.get(day, (0, 0))[0]


def paint_marks(painter: QPainter, rect: QRectF, look: Look, marks: list[tuple[str, str]], role: str = "small") -> None:
    """The first mark of a day; more are counted."""
    if not marks:
        return
    px = look.theme.px
    icon, title = marks[0]
    look.icons.paint(painter, QRectF(rect.left(), rect.top(), px(13), rect.height()), icon, "text.secondary")
    painter.setPen(look.theme.color("text.secondary"))
    text = title if len(marks) == 1 else f"{title} +{len(marks) - 1}"
    draw_text(painter, rect.adjusted(px(18), 0, 0, 0), text, look.theme.font(role))


def paint_day_number(
    painter: QPainter, rect: QRectF, look: Look, text: str, role: str, *, today: bool, faint: bool = False
) -> float:
    """The number of a day, on a pill where it is today; answers the width."""
    theme = look.theme
    font = theme.font(role, weight=600, tabular=True)
    width = text_width(text, font) + 1
    if today:
        pad = theme.px(8)
        pill = QRectF(rect.left(), rect.center().y() - theme.line(role) / 2, width + 2 * pad, theme.line(role))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent.fill"))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        painter.setPen(theme.color("accent.onFill"))
        draw_text(painter, pill.adjusted(pad, 0, 0, 0), text, font)
        return pill.width()
    painter.setPen(theme.color("text.secondary" if faint else "text.primary"))
    draw_text(painter, QRectF(rect.left(), rect.top(), width + 1, rect.height()), text, font)
    return width


def band_words(look: Look, band: Band) -> str:
    """Campaign and phase, and how many posts a day it asks for beside those planned."""
    phase = band.phase
    called = isolated(phase.title) if phase.title else look.text(f"calendar.phase.{phase.kind}")
    words = f"{isolated(phase.campaign)} · {called}"
    if not phase.posts_a_day:
        return words
    planned = look.words.number(a_day(phase.planned, phase), 1)
    return f"{words} · {look.text('campaigns.asks_a_day', n=phase.posts_a_day, planned=planned)}"


def paint_band(painter: QPainter, rect: QRectF, look: Look, band: Band) -> None:
    """Teasers striped, the others solid; flat where it goes on."""
    theme, px = look.theme, look.theme.px
    hue = band.phase.hue or "slate"
    shape = QPainterPath()
    shape.addRoundedRect(rect, theme.radius("chip"), theme.radius("chip"))
    for goes_on, left in ((band.goes_on_left, rect.left()), (band.goes_on_right, rect.right() - px(6))):
        if goes_on:
            shape.addRect(QRectF(left, rect.top(), px(6), rect.height()))
    shape = shape.simplified()
    painter.save()
    painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
    painter.fillRect(rect, theme.hue(hue, "tint"))
    if band.phase.kind == "teaser":
        paint_stripes(painter, rect, look)
    if not band.goes_on_left:
        painter.fillRect(QRectF(rect.left(), rect.top(), px(3), rect.height()), theme.hue(hue, "strong"))
    x = rect.left() + px(10)
    text = band_words(look, band)
    font = theme.font("captionStrong")
    if band.phase.kind == "teaser":  # words stand on plain ground
        width = min(rect.right() - x, px(22) + text_width(text, font) + px(6))
        painter.fillRect(QRectF(x - px(4), rect.top(), width, rect.height()), theme.hue(hue, "tint"))
    look.icons.paint(
        painter,
        QRectF(x, rect.top(), px(13), rect.height()),
        _PHASES.get(band.phase.kind, "megaphone-simple"),
        theme.hue(hue, "text"),
    )
    painter.setPen(theme.hue(hue, "text"))
    draw_text(painter, QRectF(x + px(18), rect.top(), rect.right() - x - px(20), rect.height()), text, font)
    painter.restore()


def hatch(look: Look) -> QBrush:
    """The past, and hours that a day has not."""
    return QBrush(look.theme.color("border.subtle"), Qt.BrushStyle.BDiagPattern)
