"""The ground of a chart: lines with their figures at the left, days below, and the spans that explain a rise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.ui.charts.scale import Scale
from app.ui.look import Look
from app.ui.safe_text import isolated
from app.ui.widgets.text import draw_text, text_width

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
AXIS = 18
"""Height of the days below."""
APART = 6
LEAST_APART = 64
"""Days are named no nearer to each other than this."""


class Span(NamedTuple):
    """Days that something explains: a campaign, or a launch."""

    first: date
    last: date
    title: str
    hue: str


class Ground(NamedTuple):
    """Where the figures go, and how high one stands."""

    plot: QRectF
    scale: Scale

    def y(self, value: float) -> float:
        return self.plot.bottom() - self.scale.place(value) * self.plot.height()


def lay_ground(
    painter: QPainter, rect: QRectF, look: Look, scale: Scale, written: Callable[[float], str], right: float = 0.0, top: float = 0.0
) -> Ground:
    """Paints lines and figures; `right` and `top` are kept free."""
    theme = look.theme
    font = theme.font("caption", tabular=True)
    width = max(text_width(written(tick), font) for tick in scale.ticks) + theme.px(APART)
    half = theme.line("caption") / 2
    plot = rect.adjusted(width, half + top, -right, -theme.px(AXIS))
    ground = Ground(plot, scale)
    for tick in scale.ticks:
        y = ground.y(tick)
        painter.setPen(QPen(theme.color("border.default" if tick == 0 else "border.subtle"), 1))
        painter.drawLine(round(plot.left()), round(y), round(plot.right()), round(y))
        painter.setPen(theme.color("text.secondary"))
        draw_text(painter, QRectF(rect.left(), y - half, width - theme.px(APART), 2 * half), written(tick), font, RIGHT)
    return ground


def name_days(painter: QPainter, ground: Ground, look: Look, days: Sequence[date], x_of: Callable[[int], float]) -> None:
    """Each seventh day below the plot, as far as they have room."""
    theme = look.theme
    font, line = theme.font("caption", tabular=True), theme.line("caption")
    painter.setPen(theme.color("text.secondary"))
    free = ground.plot.left() - 1
    for place in range(0, len(days), 7):
        word = look.words.day(days[place], None).partition(", ")[2] or look.words.day(days[place], None)
        width = max(text_width(word, font) + 2, 1)
        left = x_of(place)
        if left < free or left + width > ground.plot.right() + theme.px(APART):
            continue
        draw_text(painter, QRectF(left, ground.plot.bottom() + 2, width + 2, line), word, font, LEFT)
        free = left + max(width + theme.px(APART), theme.px(LEAST_APART) / 2)


def with_notes(look: Look, told: str, day: date, spans: Sequence[Span]) -> str:
    """What is said of a day, with what explains it: for the mouse, the keyboard and the screen reader alike."""
    titles = dict.fromkeys(isolated(span.title) for span in spans if span.first <= day <= span.last)
    return look.text("insights.said_notes", told=told, notes=", ".join(titles)) if titles else told


def notes_of(days: Sequence[date], spans: Sequence[Span]) -> list[str]:
    """What explains each day, for a table's column; none at all where nothing does."""
    found = [", ".join(dict.fromkeys(span.title for span in spans if span.first <= day <= span.last)) for day in days]
    return found if any(found) else []


def paint_spans(
    painter: QPainter,
    ground: Ground,
    look: Look,
    spans: Sequence[Span],
    days: Sequence[date],
    x_of: Callable[[float], float],
    *,
    titled: bool = True,
    hued: bool = True,
) -> None:
    """Tinted behind the figures, with their titles above where none lies over another; `x_of` tells where a day begins. `hued`: also those
    that have a hue of their own, which columns show by themselves.
    """
    theme, plot = look.theme, ground.plot
    font, line = theme.font("caption"), theme.line("caption")
    inside: list[tuple[Span, float, float]] = []
    for span in spans:
        first, last = max(0, (span.first - days[0]).days), min(len(days) - 1, (span.last - days[0]).days)
        if first <= last:
            inside.append((span, x_of(first), x_of(last + 1)))
    for span, left, right in inside:
        if hued or not span.hue:
            painter.fillRect(QRectF(left, plot.top(), right - left, plot.height()), theme.hue(span.hue or "slate", "tint"))
    taken: list[tuple[float, float]] = []
    for span, left, _right in inside if titled else ():
        title = isolated(span.title)
        width = min(text_width(title, font) + 4, plot.width() / 2)
        at = max(plot.left(), min(left - width - 4 if left - width - 4 > plot.left() else left + 4, plot.right() - width))
        if all(at >= end or at + width <= start for start, end in taken):
            painter.setPen(theme.hue(span.hue or "slate", "text"))
            draw_text(painter, QRectF(at, plot.top() + 2, width, line), title, font, LEFT)
            taken.append((at - theme.px(APART), at + width + theme.px(APART)))
