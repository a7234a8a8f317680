"""The panel at the left of the first run: the promise, and a table with three cups whose steam is speech, in flat shapes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.look import Look
from app.ui.widgets.text import text_width

WIDTH = 560
_DRAWN = (400, 250)


class WelcomePanel(QWidget):
    """Painted as one piece; read out as one text."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        look.theme.changed.connect(self._resize)
        self._resize()
        self.retitle()

    def retitle(self) -> None:
        look = self._look
        said = [look.text(f"first_run.promise_{number}") for number in (1, 2, 3)]
        self.setAccessibleName(" ".join([look.text("app.name"), *said, look.text("first_run.hour"), look.text("first_run.stays")]))
        self.update()

    def _resize(self) -> None:
        self.setFixedWidth(self._look.theme.px(WIDTH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme, px = self._look, self._look.theme, self._look.theme.px
        ground, ink = colours(look)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), ground)
        left, top = px(64), px(56)
        painter.drawPixmap(left, top, look.icons.mark(px(38), self.devicePixelRatioF(), ink, ground))
        painter.setPen(ink)
        painter.setFont(theme.font("heading"))
        painter.drawText(QRectF(left + px(50), top, px(300), px(38)), int(Qt.AlignmentFlag.AlignVCenter), look.text("app.name"))
        y = top + px(38)
        words = 3 * px(33) + px(14) + 2 * theme.line("title")
        foot = px(40) + theme.line("small")
        room = self.height() - y - words - foot - px(40)
        scale = min(1.0, max(0.0, room / px(_DRAWN[1] + 80)))
        if scale > 0.35:  # in a low window the words matter more
            painter.save()
            painter.translate(left + px(16), y + px(40) * scale)
            painter.scale(theme.scale * scale, theme.scale * scale)
            paint_table(painter, look)
            painter.restore()
            y += round(px(_DRAWN[1] + 84) * scale)
        painter.setPen(ink)
        painter.setFont(theme.font("heading"))
        for number in (1, 2, 3):
            painter.drawText(QRectF(left, y, self.width() - 2 * left, px(33)), int(Qt.AlignmentFlag.AlignVCenter), look.text(f"first_run.promise_{number}"))
            y += px(33)
        y += px(10)
        painter.setFont(theme.font("title", weight=400))
        flags = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop)
        painter.drawText(QRectF(left, y, self.width() - 2 * left, 2 * theme.line("title") + 4), flags, look.text("first_run.hour"))
        self._paint_foot(painter, left, ink)

    def _paint_foot(self, painter: QPainter, left: int, ink: QColor) -> None:
        look, theme, px = self._look, self._look.theme, self._look.theme.px
        font = theme.font("small")
        lines = 1 if text_width(look.text("first_run.stays"), font) <= self.width() - 2 * left - px(25) else 2
        height = lines * theme.line("small")
        top = self.height() - px(40) - height
        look.icons.paint(painter, QRectF(left, top, px(17), theme.line("small")), "hard-drives", ink)
        painter.setPen(ink)
        painter.setFont(font)
        rest = QRectF(left + px(25), top, self.width() - 2 * left - px(25), height + 4)
        painter.drawText(rest, int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop), look.text("first_run.stays"))


def colours(look: Look) -> tuple[QColor, QColor]:
    """Ground and ink of the panel."""
    theme = look.theme
    if theme.dark:
        return theme.color("accent.tint"), theme.color("text.primary")
    return theme.color("accent.fill"), theme.color("accent.onFill")


def paint_table(painter: QPainter, look: Look) -> None:
    """The drawing, in a space of 400 x 250."""
    theme = look.theme
    _, paper = colours(look)
    wood, dusk = theme.hue("gold", "strong"), theme.color("accent.pressed" if not theme.dark else "surface.selected")
    deep, mild = theme.color("accent.fill"), theme.color("accent.track")
    warm = theme.hue("orange", "strong")
    rose, cream = theme.hue("rose", "tint"), theme.hue("gold", "tint")
    if theme.dark:
        rose, cream = theme.hue("rose", "text"), theme.hue("gold", "text")
        deep, mild = theme.color("accent.tint"), theme.color("accent.pressed")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(dusk)
    painter.drawEllipse(QRectF(30, 198, 340, 32))
    painter.setBrush(wood)
    painter.drawRoundedRect(QRectF(40, 178, 320, 20), 10, 10)
    painter.setBrush(wood.darker(118))
    painter.drawRoundedRect(QRectF(60, 198, 280, 8), 4, 4)
    _paint_cup(painter, 82, 132, 62, 48, paper)
    _paint_cup(painter, 170, 142, 60, 40, rose)
    _paint_cup(painter, 256, 132, 62, 48, cream)
    _paint_speech(painter, QRectF(60, 56, 104, 46), [QPointF(96, 100), QPointF(104, 118), QPointF(116, 100)], theme.color("accent.tint") if not theme.dark else paper)
    painter.setBrush(deep)
    painter.drawRoundedRect(QRectF(76, 70, 72, 6), 3, 3)
    painter.setBrush(mild.darker(130) if not theme.dark else mild)
    painter.drawRoundedRect(QRectF(76, 83, 46, 6), 3, 3)
    _paint_record(painter, look, QPointF(204, 78), warm, paper)
    _paint_speech(painter, QRectF(242, 36, 116, 62), [QPointF(286, 96), QPointF(278, 116), QPointF(266, 96)], paper)
    for x, height, colour in ((258, 12, mild), (276, 22, mild.darker(125)), (294, 30, deep.lighter(140)), (312, 38, deep), (330, 26, wood)):
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(x, 86 - height, 12, height), 2, 2)


def _paint_cup(painter: QPainter, x: float, y: float, width: float, height: float, colour: QColor) -> None:
    round_by = height - 26
    body = QPainterPath(QPointF(x, y))
    body.lineTo(x + width, y)
    body.lineTo(x + width, y + 26)
    body.quadTo(x + width, y + 26 + round_by, x + width - round_by, y + height)
    body.lineTo(x + round_by, y + height)
    body.quadTo(x, y + 26 + round_by, x, y + 26)
    body.closeSubpath()
    painter.setPen(QPen(colour, 6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QRectF(x + width - 8, y + 8, 26, 22))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(body)


def _paint_speech(painter: QPainter, box: QRectF, tail: list[QPointF], colour: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(box, 12, 12)
    painter.drawPolygon(tail)


def _paint_record(painter: QPainter, look: Look, middle: QPointF, label: QColor, hole: QColor) -> None:
    theme = look.theme
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface.sunken" if theme.dark else "text.primary"))
    painter.drawEllipse(middle, 30, 30)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("text.secondary" if not theme.dark else "border.strong"), 2))
    painter.drawEllipse(middle, 20, 20)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(label)
    painter.drawEllipse(middle, 10, 10)
    painter.setBrush(hole)
    painter.drawEllipse(middle, 2.5, 2.5)
