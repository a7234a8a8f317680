"""Below the tray, in the month: how many posts each content pillar has."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.calendar.desk import Desk
from app.ui.page import PageFace
from app.ui.widgets.fill import fill
from app.ui.widgets.text import draw_text, text_width

ROW, TOP = 22, 36
LEAST_HEIGHT = 760
"""Of the window; below it the cards need the room."""


class PillarPanel(QWidget):
    """The most used first; those without a post are left out. A screen reader hears the figures as its name."""

    def __init__(self, face: PageFace, desk: Desk) -> None:
        super().__init__()
        self._face = face
        self._desk = desk
        self.counts: list[tuple[str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def refill(self) -> None:
        """Of the days of the month that is shown, as the filters let them through."""
        shown, words = self._desk.shown, self._face.words
        counted: Counter[str] = Counter()
        if shown.view == "month":
            month = shown.anchor.month
            counted.update(post.pillar for day, posts in shown.by_day.items() if day.month == month for post in posts)
        pillars = self._face.theme.vocabulary.pillars
        known = [each for each in counted if pillars.find(each) is not None]
        self.counts = [(each, counted[each]) for each in sorted(known, key=lambda each: (-counted[each], pillars.place(each)))]
        tall = self.window().height() >= self._face.theme.px(LEAST_HEIGHT)
        self.setVisible(bool(self.counts) and tall)
        said = words.facts(f"{self._face.text(f'pillar.{each}')} {words.number(many)}" for each, many in self.counts)
        self.setAccessibleName(f"{self._title()}: {said}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self._face.theme.px
        return QSize(px(120), px(TOP) + len(self.counts) * px(ROW) + px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme, px = self._face.look, self._face.theme, self._face.theme.px
        painter = QPainter(self)
        fill(painter, self.rect(), theme.color("surface.base"))
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("text.secondary"))
        title = QRectF(px(14), px(10), self.width() - px(24), px(18))
        draw_text(painter, title, self._title(), theme.font("caption", weight=600))
        font, most = theme.font("small"), max((many for _, many in self.counts), default=1)
        bars = self.width() - px(14) - px(30) - px(84)
        for number, (pillar, many) in enumerate(self.counts):
            hue, icon = theme.pillar(pillar)
            line = QRectF(px(14), px(TOP) + number * px(ROW), self.width() - px(28), px(ROW))
            look.icons.paint(
                painter, QRectF(line.left(), line.top(), px(13), line.height()), icon, theme.hue(hue, "text")
            )
            painter.setPen(theme.color("text.primary"))
            named = QRectF(line.left() + px(20), line.top(), bars - line.left() - px(26), line.height())
            draw_text(painter, named, self._face.text(f"pillar.{pillar}"), font)
            bar = QRectF(bars, line.center().y() - px(3), max(px(3), px(84) * many / most), px(6))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.hue(hue, "strong"))
            painter.drawRoundedRect(bar, px(3), px(3))
            figure = look.number(many)
            width = text_width(figure, font) + 1
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, QRectF(line.right() - width, line.top(), width, line.height()), figure, font)

    def _title(self) -> str:
        words = self._face.words
        return self._face.text("calendar.pillars", month=words.month(self._desk.shown.anchor).split(" ")[0])
