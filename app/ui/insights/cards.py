"""The cards of the page: one figure with its change, and a ground for a chart or list with a title."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.insight import GAINS, Kpi, Metric
from app.ui.charts.spark import Spark
from app.ui.insights.figures import change, figure, rests_on, sampled
from app.ui.look import Look
from app.ui.roles import spoken_as
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Card
from app.ui.widgets.text import ElidedLabel, Label, WholeLabel, text_width

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
        nest(column, top)
        middle = QHBoxLayout()
        middle.setSpacing(px(6))
        self.figure = Label(look, "", "display")
        self.spark = Spark(look)
        middle.addWidget(self.figure)
        middle.addStretch(1)
        middle.addWidget(self.spark, 0, Qt.AlignmentFlag.AlignVCenter)
        nest(column, middle)
        below = QHBoxLayout()
        below.setSpacing(px(8))
        self.delta = Delta(look)
        self.before = WholeLabel(look, "", "caption", "text.secondary")
        below.addWidget(self.delta)
        below.addWidget(self.before, 1)
        nest(column, below)
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
        font = theme.font("small", tabular=True)
        room = self.width() - theme.px(28 + 6 + 2) - text_width(self.many.text(), theme.font("caption", tabular=True))
        fits = text_width(self._title, font) <= room
        self.title.setText(self._title if fits else self._brief)
        beside = text_width(self.title.text(), font) <= room
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


class Legend(QWidget):
    """The colour of a series and its name."""

    def __init__(self, look: Look, colour: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(8))
        self.name = Label(look, "", "small", "text.secondary")
        row.addWidget(Swatch(look, colour))
        row.addWidget(self.name)


class TitledCard(Card):
    """A title, what it is about in grey (`tell`), room for controls at the right (`add_control`), and the content below.

    Where the head has no room for all of it, a shorter title stands there if there is one; else what it is about stands below, and so do
    controls that have no room beside the title.
    """

    def __init__(self, look: Look, title: str, content: QWidget, brief: str = "") -> None:
        super().__init__(look)
        px = look.theme.px
        self._titles = (title, brief or title)
        self._content = content
        self._is_spare = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(14), px(12), px(14), px(12))
        self._column.setSpacing(px(8))
        self._head = QHBoxLayout()
        self._head.setSpacing(px(8))
        self.title = Label(look, title, "title")
        self.about = Label(look, "", "small", "text.secondary")
        self.about.hide()
        self._controls = _Controls(look)
        self._controls.hide()
        self._below: tuple[QWidget, ...] = ()
        self._head.addWidget(self.title)
        self._head.addWidget(self.about)
        self._head.addStretch(1)
        self._head.addWidget(self._controls, 0, Qt.AlignmentFlag.AlignVCenter)
        nest(self._column, self._head)
        self._column.addWidget(content, 1)

    def tell(self, about: str, *, spare: bool = False) -> None:
        """What it is about. `spare` words only go with the title: where they have no room beside it, they are its tooltip."""
        self._is_spare = spare
        self.about.setText(about)
        self._fit()

    def add_control(self, control: QWidget) -> None:
        """At the end of the head."""
        self._controls.add(control)
        self._controls.show()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the title alone, one control, or the content."""
        content = max(self._content.minimumWidth(), self._content.minimumSizeHint().width())
        controls = 0 if self._controls.isHidden() else self._controls.minimumSizeHint().width()
        widest = max(min(self._widths()), content, controls)
        return QSize(widest + 2 * self._look.theme.px(14), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _widths(self) -> list[int]:
        font = self._look.theme.font("title", tabular=True)
        return [ceil(text_width(title, font)) for title in self._titles]

    def _fit(self) -> None:
        gap = self._head.spacing()
        full, brief = self._widths()
        room = self.width() - 2 * self._look.theme.px(14)
        controls = 0 if self._controls.isHidden() else self._controls.sizeHint().width() + gap
        words = self.about.text()
        about = ceil(text_width(words, self.about.font())) + gap if words else 0
        crowded = full + controls > room
        left = room if crowded else room - controls
        is_brief = full + about > left >= brief + about or full > left
        title = self._titles[is_brief]
        if title != self.title.text():
            self.title.setText(title)
        fits = (brief if is_brief else full) + about <= left
        self.about.setVisible(bool(words) and (fits or not self._is_spare))
        self.title.setToolTip(words if words and not fits and self._is_spare else "")
        self._put_below(*(part for part, goes in ((self.about, not fits), (self._controls, crowded)) if goes))

    def _put_below(self, *parts: QWidget) -> None:
        if parts == self._below:
            return
        self._below = parts
        for part in (self.about, self._controls):
            self._head.removeWidget(part)
            self._column.removeWidget(part)
        self.about.setWordWrap(self.about in parts)
        for place, lower in enumerate(parts, 1):
            self._column.insertWidget(place, lower)
        if self.about not in parts:
            self._head.insertWidget(1, self.about)
        if self._controls not in parts:
            self._head.addWidget(self._controls, 0, Qt.AlignmentFlag.AlignVCenter)


class _Controls(QWidget):
    """Beside each other, in several lines where they must."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._flow = FlowLayout(self, look.theme.px(8))

    def add(self, control: QWidget) -> None:
        self._flow.addWidget(control)

    def sizeHint(self) -> QSize:
        """All in one line."""
        return self._flow.in_one_line()
