"""The two lists of the page: posts that travelled furthest, and the questions asked most."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.insight import GAINS, Asked, Metric, PostFigures
from app.ui.page import PageFace
from app.ui.plain_list import PlainList
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.text import draw_text, text_width

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
FIGURE, NETWORKS, APART = 82, 92, 12
ROW = "row.table"


class TopPosts(PlainList[PostFigures]):
    """Title with its pillar, networks, and three figures; the one that is ranked by is strong."""

    def __init__(self, face: PageFace) -> None:
        self.by = Metric.CLICKS
        super().__init__(face, face.text("insights.furthest"), ROW, self._said, self._paint_post)

    def _said(self, post: PostFigures) -> str:
        figures = (f"{self.face.text(f'insights.{metric}')} {self._figure(post, metric)}" for metric in GAINS)
        return f"{isolated(post.title)}, {', '.join(figures)}"

    def _figure(self, post: PostFigures, metric: Metric) -> str:
        value = post.of(metric)
        return self.face.text("insights.nothing") if value is None else self.face.look.number(value)

    def _paint_post(self, painter: QPainter, rect: QRectF, post: PostFigures, _ground: str) -> None:
        theme = self.face.theme
        hue, icon = theme.pillar(post.pillar)
        painter.fillRect(QRectF(rect.left(), rect.top() + 5, 4, rect.height() - 10), theme.hue(hue, "strong"))
        size = theme.size("icon.m")
        middle = rect.center().y()
        left = rect.left() + theme.px(12)
        self.face.icons.paint(painter, QRectF(left, middle - size / 2, size, size), icon, theme.hue(hue, "text"))
        right = rect.right() - theme.px(4)
        for metric in reversed(GAINS):
            strong = metric is self.by
            painter.setPen(theme.color("text.primary" if strong else "text.secondary"))
            font = theme.font("bodyStrong" if strong else "small", tabular=True)
            width = _figure_width(self.face, metric)
            draw_text(painter, QRectF(right - width, rect.top(), width, rect.height()), self._figure(post, metric), font, RIGHT)
            right -= width
        right -= theme.px(NETWORKS)
        at = right + theme.px(16)
        for network in post.networks[:4]:
            glyph = theme.px(14)
            painter.drawPixmap(QPointF(at, middle - glyph / 2), self.face.icons.brand(network, size=glyph, ratio=painter.device().devicePixelRatioF()))
            at += glyph + theme.px(5)
        begins = left + size + theme.px(6)
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(begins, rect.top(), right - begins, rect.height()), isolated(post.title), theme.font("body"))


def _figure_width(face: PageFace, metric: Metric) -> int:
    """Of a column, with what is free between it and the one before it."""
    named = text_width(face.text(f"insights.short.{metric}"), face.theme.font("captionStrong"))
    return max(face.theme.px(FIGURE), ceil(named) + face.theme.px(APART))


class PostColumns(QWidget):
    """What the figures of `TopPosts` are, above them."""

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        face.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._face.theme.px(200), self._face.theme.line("caption") + self._face.theme.px(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, text = self._face.theme, self._face.text
        painter, rect = QPainter(self), QRectF(self.rect())
        painter.setPen(theme.color("text.secondary"))
        font = theme.font("captionStrong")
        right = rect.right() - theme.px(4)
        for metric in reversed(GAINS):
            width = _figure_width(self._face, metric)
            draw_text(painter, QRectF(right - width, 0, width, rect.height()), text(f"insights.short.{metric}"), font, RIGHT)
            right -= width
        right -= theme.px(NETWORKS)
        draw_text(painter, QRectF(right + theme.px(16), 0, theme.px(NETWORKS), rect.height()), text("insights.networks"), font)
        draw_text(painter, QRectF(rect.left() + theme.px(12), 0, right - theme.px(12), rect.height()), text("insights.post"), font)


class MostAsked(PlainList[Asked]):
    """Question, a bar, how often, how much oftener than before, and a button for what is not in the FAQ; Enter does the same."""

    wanted = Signal(int)
    """The entry to be written."""

    def __init__(self, face: PageFace) -> None:
        super().__init__(face, face.text("insights.most_asked"), ROW, self._said, self._paint_question)
        self.compares = True

    def show_rows(self, rows: Sequence[Asked]) -> None:
        super().show_rows(rows)
        for place, row in enumerate(rows):
            # an empty one where there is nothing to offer: the former one of the place must go
            self.setIndexWidget(self.model().index(place, 0), QWidget() if row.published else self._offer(row))

    def _offer(self, row: Asked) -> QWidget:
        """No stop for the keyboard: Enter on the row does the same."""
        held = QWidget()
        line = QHBoxLayout(held)
        line.setContentsMargins(0, 0, self.face.theme.px(4), 0)
        line.addStretch(1)
        button = Button(self.face.look, self.face.text("insights.add_to_faq"), size="small", clicked=lambda: self.wanted.emit(row.entry_id))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(self.face.text("insights.add_to_faq_said", question=isolated(row.question)))
        line.addWidget(button)
        return held

    def _said(self, row: Asked) -> str:
        told = self.face.text("insights.asked_times", n=row.times)
        state = self.face.text("insights.in_faq" if row.published else "insights.add_to_faq")
        return ", ".join(filter(None, (isolated(row.question), told, state)))

    def _paint_question(self, painter: QPainter, rect: QRectF, row: Asked, _ground: str) -> None:
        theme = self.face.theme
        hue, icon = theme.category(row.category)
        size, middle = theme.size("icon.m"), rect.center().y()
        left = rect.left() + theme.px(4)
        self.face.icons.paint(painter, QRectF(left, middle - size / 2, size, size), icon, theme.hue(hue, "text"))
        begins = left + size + theme.px(6)
        figures = theme.px(210)
        bar = max(theme.px(40), (rect.width() - figures) * 0.45)
        words = rect.right() - figures - bar - begins - theme.px(8)
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(begins, rect.top(), words, rect.height()), isolated(row.question), theme.font("body"))
        most = max(each.times for each in self.rows) or 1
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.hue(hue, "strong"))
        painter.drawRoundedRect(QRectF(begins + words + theme.px(8), middle - 4, bar * row.times / most, 8), 2, 2)
        x = rect.right() - figures
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(x, rect.top(), theme.px(44), rect.height()), self.face.look.number(row.times), theme.font("bodyStrong", tabular=True), RIGHT)
        if self.compares:
            more = row.times - row.before
            sign = "+" if more > 0 else "\u2212" if more < 0 else "±"
            painter.setPen(theme.color("text.secondary"))
            draw_text(painter, QRectF(x + theme.px(44), rect.top(), theme.px(44), rect.height()), f"{sign}{abs(more)}", theme.font("small", tabular=True), RIGHT)
        if row.published:
            painter.setPen(theme.color("text.secondary"))
            told, font, right = self.face.text("insights.in_faq"), theme.font("caption"), rect.right() - theme.px(4)
            width = min(text_width(told, font) + 1, figures - theme.px(112))
            draw_text(painter, QRectF(right - width, rect.top(), width, rect.height()), told, font, RIGHT)
            tick = theme.px(14)
            self.face.icons.paint(painter, QRectF(right - width - tick - theme.px(5), middle - tick / 2, tick, tick), "check", "text.secondary")
