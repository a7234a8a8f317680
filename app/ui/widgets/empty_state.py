"""What a pane shows when it has nothing: a picture, what is so, and what one may do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label


class EmptyState(QWidget):
    """Picture, heading, one sentence and buttons, in the middle of the room there is."""

    def __init__(self, look: Look, *, icon: str = "", cup: bool = False, parent: QWidget | None = None) -> None:
        """`icon` is a Phosphor name; `cup` draws the cup of "everyone has an answer" instead."""
        super().__init__(parent)
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        column.addStretch(1)
        self.spot: QWidget = Cup(look) if cup else IconSpot(look, icon or "info", "text.tertiary", 32)
        column.addWidget(self.spot, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(14 if cup else 10)
        self.heading = Label(look, "", "heading" if cup else "title", wrap=True)
        self.sentence = Label(look, "", "body", "text.secondary", wrap=True)
        for label in (self.heading, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
            column.addSpacing(6)
        buttons = QWidget()
        self.buttons = FlowLayout(buttons, 8, centred=True)
        column.addSpacing(10)
        column.addWidget(buttons)
        column.addStretch(1)

    def show_words(self, heading: str, sentence: str = "") -> None:
        self.heading.setText(heading)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.setAccessibleName(f"{heading}. {sentence}".strip())

    def add_button(self, button: Button) -> None:
        self.buttons.addWidget(button)


class Cup(QWidget):
    """The cup with a check mark and its steam, drawn, no picture file."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(112), self._look.theme.px(104))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(theme.scale, theme.scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.sunken"))
        painter.drawEllipse(QRectF(10, 84, 92, 14))
        cup, track = theme.color("accent.fill"), theme.color("accent.track")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(cup, 6))
        painter.drawEllipse(QRectF(72, 45, 30, 23))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(cup)
        body = QPainterPath()
        body.moveTo(24, 40)
        body.lineTo(84, 40)
        body.lineTo(84, 66)
        body.cubicTo(84, 80, 74, 88, 62, 88)
        body.lineTo(46, 88)
        body.cubicTo(34, 88, 24, 80, 24, 66)
        body.closeSubpath()
        painter.drawPath(body)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("accent.onFill"), 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        tick = QPainterPath()
        tick.moveTo(44, 63)
        tick.lineTo(51, 70)
        tick.lineTo(65, 54)
        painter.drawPath(tick)
        painter.setPen(QPen(track, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for x in (44, 62):
            steam = QPainterPath()
            steam.moveTo(x, 30)
            steam.cubicTo(x - 6, 22, x + 6, 14, x, 4)
            painter.drawPath(steam)
