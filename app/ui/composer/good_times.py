"""The good times of the chosen accounts: a line of the day with them on it, and the next ones to choose with a click."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.models.slot import GoodTime
from app.runtime.clock import from_wall
from app.ui.composer.composition import Composition
from app.ui.page import PageFace
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.text import text_width

BEGINS, ENDS = 7.0, 22.0
"""Hours that the line shows; it reaches further where a time lies outside."""
LABELLED = (8, 12, 16, 20)
MARK = 15


class GoodTimeChip(QAbstractButton):
    """A star and a time; filled where it is the one that was chosen."""

    def __init__(self, face: PageFace, good: GoodTime) -> None:
        super().__init__()
        self._face = face
        self.good = good
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = face.words
        weekday = words.weekday(good.at.astimezone(words.zone).isoweekday())
        self.setText(face.text("composer.good_time_chip", day=weekday, time=words.time(good.at)))
        name = face.text("composer.good_time.name", when=words.day_and_time(good.at))
        self.setAccessibleName(name)
        self.setToolTip(name)

    def nextCheckState(self) -> None:
        """Whether it is chosen is told from outside."""

    def sizeHint(self) -> QSize:
        theme = self._face.theme
        return QSize(round(text_width(self.text(), theme.font("small", weight=500))) + theme.px(37), theme.size("control.buttonSmall"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._face.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(QPen(theme.color("accent.tint" if chosen else "border.default"), 1))
        painter.setBrush(theme.color("accent.tint" if chosen else "surface.hover" if self.underMouse() else "surface.raised"))
        radius = theme.radius("button")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        ink = "accent.text" if chosen else "text.primary" if self.isEnabled() else "text.disabled"
        star = QRectF(theme.px(8), 0, theme.px(14), self.height())
        self._face.icons.paint(painter, star, "star-fill" if chosen else "star", "accent.text" if chosen else "text.secondary")
        painter.setPen(theme.color(ink))
        painter.setFont(theme.font("small", weight=500))
        room = QRectF(theme.px(28), 0, self.width() - theme.px(28), self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())


class DayLine(QWidget):
    """The day of the post from morning to night: its good times dashed, its own time filled. Says `chosen` with a good time's moment."""

    chosen = Signal(object)

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._times: tuple[datetime, ...] = ()
        self._at: datetime | None = None
        self._midnight: datetime | None = None
        self.setProperty("ring", False)
        self.setFixedHeight(face.theme.px(38))
        self.setMouseTracking(True)

    def show_day(self, midnight: datetime, times: Sequence[datetime], at: datetime | None) -> None:
        """`midnight` is when the shop's day begins."""
        shown = (midnight, tuple(times), at)
        if shown != (self._midnight, self._times, self._at):
            self._midnight, self._times, self._at = shown
            words = self._face.words
            self.setAccessibleName(self._face.text("composer.day_line", times=words.listing([words.time(each) for each in self._times])))
            self.setFixedHeight(self._face.theme.px(38))
            self.update()

    def mark_of(self, at: datetime) -> QRectF:
        """Where a time stands."""
        side = self._face.theme.px(MARK)
        x = self._x(self._hour(at))
        return QRectF(min(max(x - side / 2, 0), self.width() - side), self._face.theme.px(3), side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = next((each for each in self._times if self.mark_of(each).adjusted(-3, -3, 3, 3).contains(event.position())), None)
        if found is not None and self.isEnabled():
            self.chosen.emit(found)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = next((each for each in self._times if self.mark_of(each).adjusted(-3, -3, 3, 3).contains(event.position())), None)
        self.setCursor(Qt.CursorShape.PointingHandCursor if found is not None else Qt.CursorShape.ArrowCursor)
        self.setToolTip(self._face.text("composer.good_time.name", when=found) if found is not None else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, words = self._face.theme, self._face.words
        if self._midnight is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = theme.px(3) + theme.px(MARK) / 2
        painter.setPen(QPen(theme.color("border.default"), 1))
        painter.drawLine(0, round(middle), self.width(), round(middle))
        painter.setFont(theme.font("caption", tabular=True, weight=400))
        for hour in LABELLED:
            moment = self._midnight + timedelta(hours=hour)
            label = words.time(moment)
            width = text_width(label, theme.font("caption", tabular=True, weight=400)) + 2
            left = min(max(self._x(hour) - width / 2, 0), self.width() - width)
            painter.setPen(theme.color("text.tertiary"))
            room = QRectF(left, theme.px(20), width, theme.px(16))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), label)
        radius = theme.radius("s")
        for each in self._times:
            painter.setBrush(theme.color("surface.base"))
            painter.setPen(QPen(theme.color("text.secondary"), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.mark_of(each).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self._at is not None:
            painter.setBrush(theme.color("accent.fill"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(self.mark_of(self._at), radius, radius)

    def _hour(self, at: datetime) -> float:
        local = at.astimezone(self._face.words.zone)
        return local.hour + local.minute / 60

    def _span(self) -> tuple[float, float]:
        hours = [self._hour(each) for each in (*self._times, *((self._at,) if self._at is not None else ()))]
        return min([BEGINS, *hours]), max([ENDS, *hours])

    def _x(self, hour: float) -> float:
        first, last = self._span()
        return self.width() * (hour - first) / (last - first)


class GoodTimes(QWidget):
    """Says `chosen` with a moment (aware UTC). Hidden where the accounts have no good times."""

    chosen = Signal(object)

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._shown: tuple[GoodTime, ...] = ()
        self._chips: list[GoodTimeChip] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.line = DayLine(face)
        self.line.chosen.connect(self.chosen)
        column.addWidget(self.line)
        holder = QWidget()
        self._flow = FlowLayout(holder, gap=6)
        self.setAccessibleName(face.text("composer.good_times"))
        column.addWidget(holder)
        self.hide()

    def chips(self) -> list[GoodTimeChip]:
        return self._chips

    def show_composition(self, composition: Composition) -> None:
        facts, at = composition.around, composition.at
        self.setVisible(bool(facts.times or facts.day_times) and not composition.finished)
        zone = self._face.words.zone
        midnight = from_wall(datetime.combine(composition.day, time()), zone).at
        self.line.show_day(midnight, [each.at for each in facts.day_times], at)
        self._show_chips(facts.times)
        for chip in self.chips():
            chip.setChecked(chip.good.at == at)
            chip.setEnabled(not composition.locked)
            chip.update()
        self.line.setEnabled(not composition.locked)

    def _show_chips(self, times: tuple[GoodTime, ...]) -> None:
        if times == self._shown:
            return
        self._shown = times
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for good in times:
            made = GoodTimeChip(self._face, good)
            made.clicked.connect(lambda _on=False, at=good.at: self.chosen.emit(at))
            self._flow.addWidget(made)
            self._chips.append(made)
