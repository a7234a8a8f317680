"""The cards of the page: one figure with its change, and a ground for a chart or list with a title."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.insight import GAINS, Kpi, Metric
from app.ui.charts.spark import Spark
from app.ui.insights.figures import change, figure, rests_on, sampled
from app.ui.look import Look
from app.ui.roles import spoken_as
from app.ui.widgets.surface import Card
from app.ui.widgets.text import ElidedLabel, Label, text_width

HEIGHT = 96
MEASURED = (Metric.FOLLOWERS, *GAINS)
"""What is only known where somebody measured it at the time."""
ARROWS = {1: "\u2191", 0: "=", -1: "\u2193"}


class Delta(QWidget):
    """How much it changed: the arrow shows the direction, the colour whether that is good."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._words = ""
        self._status = "text.secondary"
        self._tint = "surface.sunken"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def show_change(self, kpi: Kpi) -> None:
        changed = kpi.change
        told = "" if changed is None else f"{ARROWS[changed.direction]} {change(self._look, kpi.metric, changed)}"
        self.tell(told, is_better=kpi.is_better)

    def tell(self, words: str, *, is_better: bool | None) -> None:
        """Hidden where there is nothing to say; grey where more is neither good nor bad."""
        self.setVisible(bool(words))
        self._words = words
        kind = {True: "success", False: "danger", None: ""}[is_better]
        self._status = f"status.{kind}.text" if kind else "text.secondary"
        self._tint = f"status.{kind}.tint" if kind else "surface.sunken"
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(round(text_width(self._words, theme.font("captionStrong", tabular=True))) + theme.px(12), theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.color(self._tint)))
        radius = theme.radius("chip")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setPen(theme.color(self._status))
        painter.setFont(theme.font("captionStrong", tabular=True))
        painter.drawText(QRectF(self.rect()), int(Qt.AlignmentFlag.AlignCenter), self._words)


class KpiCard(Card):
    """One figure of the period. Enter or a click opens what is behind it."""

    opened = Signal()

    def __init__(self, look: Look, title: str, brief: str = "") -> None:
        """`brief` is the title where there is no room for all of it."""
        super().__init__(look)
        self._title = title
        self._brief = brief or title
        spoken_as(self, "button")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setSpacing(px(6))
        self.title = ElidedLabel(look, title, "small", "text.secondary")
        self.many = Label(look, "", "caption", "text.tertiary")
        top.addWidget(self.title, 1)
        top.addWidget(self.many)
        column.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(px(6))
        self.figure = Label(look, "", "display")
        self.spark = Spark(look)
        middle.addWidget(self.figure)
        middle.addStretch(1)
        middle.addWidget(self.spark, 0, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(middle)
        below = QHBoxLayout()
        below.setSpacing(px(8))
        self.delta = Delta(look)
        self.before = ElidedLabel(look, "", "caption", "text.secondary")
        below.addWidget(self.delta)
        below.addWidget(self.before, 1)
        column.addLayout(below)
        look.theme.changed.connect(self._resize)
        self._resize()

    def show_kpi(self, kpi: Kpi, was: str = "was", *, compares: bool = False) -> None:
        """`was` names how the other figure is told: right before, or then. `compares`: there are figures of then, though maybe not this one."""
        look = self._look
        self.figure.setText(figure(look, kpi.metric, kpi.value))
        self.spark.show_values(kpi.series)
        self.delta.show_change(kpi)
        told = "" if kpi.before is None else look.text(f"insights.{was}", figure=figure(look, kpi.metric, kpi.before))
        alone = look.text("insights.not_whole") if compares and kpi.metric in MEASURED else rests_on(look, kpi)
        self.before.setText(told or (alone if kpi.value is not None else look.text("insights.not_measured")))
        self.many.setText(sampled(look, kpi))
        self._fit_title()
        changed = kpi.change
        words = [self._title, self.figure.text(), change(look, kpi.metric, changed) if changed is not None else "", told, rests_on(look, kpi)]
        self.setAccessibleName(", ".join(filter(None, words)))
        self.setToolTip(rests_on(look, kpi))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            theme = self._look.theme
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("focus.ring"), theme.stroke("focus")))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.radius("card"), theme.radius("card"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_title()

    def _fit_title(self) -> None:
        """What a figure rests on stands beside its title."""
        theme = self._look.theme
        room = self.width() - theme.px(28 + 6 + 2) - text_width(self.many.text(), theme.font("caption"))
        fits = text_width(self._title, theme.font("small")) <= room
        self.title.setText(self._title if fits else self._brief)
        beside = text_width(self.title.text(), theme.font("small")) <= room
        self.many.setVisible(bool(self.many.text()) and beside)  # large text may leave it no room; the tooltip says it too

    def _resize(self) -> None:
        self.setMinimumHeight(self._look.theme.px(HEIGHT))


class Swatch(QWidget):
    """The colour of a series beside its name."""

    def __init__(self, look: Look, colour: str) -> None:
        super().__init__()
        self._look = look
        self._colour = colour
        self.setFixedSize(look.theme.px(10), look.theme.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.theme.color(self._colour))


class TitledCard(Card):
    """A title, what it is about in grey, room for controls at the right (`head`), and the content below."""

    def __init__(self, look: Look, title: str, content: QWidget) -> None:
        super().__init__(look)
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        self.head = QHBoxLayout()
        self.head.setSpacing(px(8))
        self.about = ElidedLabel(look, "", "small", "text.secondary")
        self.head.addWidget(Label(look, title, "title"))
        self.head.addWidget(self.about, 1)
        column.addLayout(self.head)
        column.addWidget(content, 1)
