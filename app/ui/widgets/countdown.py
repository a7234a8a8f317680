"""How long until an answer is due: a quiet arc and a clock time, amber minutes in the last hour, a red glyph when late."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.ui.look import Look
from app.ui.widgets.arc import paint_arc
from app.ui.widgets.text import text_width

_SOON = timedelta(minutes=60)
_WHOLE = timedelta(hours=4)  # the arc of a later deadline is full from here on


class Countdown(NamedTuple):
    """What a countdown shows at one moment; `part` of the arc is what is left."""

    level: Literal["calm", "soon", "late"]
    text: str
    part: float


def countdown(look: Look, answer_by: datetime, now: datetime, clock_text: str) -> Countdown:
    """The countdown of a deadline; both times aware, `clock_text` is the deadline as the region writes it ("13:00")."""
    left = answer_by - now
    if left < timedelta(0):
        minutes = int(-left / timedelta(minutes=1))
        if minutes < 60:
            return Countdown("late", look.text("shell.minutes_late", minutes=max(minutes, 1)), 1.0)
        if minutes < 48 * 60:
            return Countdown("late", look.text("shell.hours_late", n=minutes // 60), 1.0)
        return Countdown("late", look.text("shell.days_late", n=minutes // 1440), 1.0)
    if left <= _SOON:
        return Countdown("soon", look.text("shell.minutes", minutes=int(left / timedelta(minutes=1))), left / _SOON)
    return Countdown("calm", clock_text, min(1.0, left / _WHOLE))


def countdown_width(look: Look, shown: Countdown) -> float:
    weight = 0 if shown.level == "calm" else 600
    mark = look.theme.px(13 if shown.level == "late" else 12)
    return mark + look.theme.px(4) + text_width(shown.text, look.theme.font("caption", tabular=True, weight=weight))


def paint_countdown(painter: QPainter, right: float, y: float, height: float, look: Look, shown: Countdown) -> float:
    """Draw it ending at `right`, centred in the height from `y`; answers its width."""
    theme = look.theme
    width = countdown_width(look, shown)
    left = right - width
    ink = {"calm": "text.tertiary", "soon": "status.warn.text", "late": "status.danger.text"}[shown.level]
    painter.save()
    if shown.level == "late":
        mark = theme.px(13)
        look.icons.paint(painter, QRectF(left, y, mark, height), "warning-circle-fill", "status.danger.text")
    else:
        mark = theme.px(12)
        colour = theme.color("text.tertiary" if shown.level == "calm" else "status.warn.strong")
        box = QRectF(left, y + (height - mark) / 2, mark, mark)
        paint_arc(painter, box, shown.part, colour, theme.color("border.default"), 2.5 * theme.scale)
    painter.setPen(theme.color(ink))
    painter.setFont(theme.font("caption", tabular=True, weight=0 if shown.level == "calm" else 600))
    text = QRectF(left + mark + theme.px(4), y, width, height)
    painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown.text)
    painter.restore()
    return width
