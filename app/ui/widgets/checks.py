"""Things that are on or off: switch and check box, painted alike on every system. One of several is chosen in a `Segmented`."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.text import text_width


def paint_check(painter: QPainter, rect: QRectF, look: Look, *, checked: bool, enabled: bool = True) -> None:
    """A check box of 16 in the middle of `rect`; lists use it for ticked rows."""
    theme = look.theme
    side = theme.size("control.checkbox")
    box = QRectF(round(rect.center().x() - side / 2), round(rect.center().y() - side / 2), side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(1.0 if enabled else 0.45)
    radius = theme.radius("s")
    painter.setPen(QPen(theme.color("accent.fill" if checked else "border.strong"), 1))
    painter.setBrush(theme.color("accent.fill" if checked else "surface.raised"))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    if checked:
        mark = theme.px(11)
        inner = QRectF(box.center().x() - mark / 2, box.center().y() - mark / 2, mark, mark)
        look.icons.paint(painter, inner, "check-bold", "accent.onFill")
    painter.restore()


class CheckBox(QCheckBox):
    """A check box with its words at the right."""

    def __init__(self, look: Look, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._look = look
        self.setChecked(checked)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        width = float(theme.size("control.checkbox"))
        if self.text():
            width += theme.px(8) + text_width(self.text(), theme.font("body")) + 1
        return QSize(int(width), max(theme.line("body"), theme.size("control.minTarget")))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        side = theme.size("control.checkbox")
        box = QRectF(0, 0, side, self.height())
        paint_check(painter, box, self._look, checked=self.isChecked(), enabled=self.isEnabled())
        painter.setPen(theme.color("text.primary" if self.isEnabled() else "text.disabled"))
        painter.setFont(theme.font("body"))
        left = side + theme.px(8)
        rest = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())


class Switch(QCheckBox):
    """On or off, acting at once; `name` is what it switches, spoken but not drawn."""

    def __init__(self, look: Look, name: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setChecked(checked)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        width, height = self._look.theme.pair("control.switch")
        return QSize(width, max(height, self._look.theme.size("control.minTarget")))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        width, height = theme.pair("control.switch")
        track = QRectF(0, (self.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent.fill" if self.isChecked() else "border.strong"))
        painter.drawRoundedRect(track, height / 2, height / 2)
        knob = height - theme.px(4)
        x = track.right() - knob - theme.px(2) if self.isChecked() else track.left() + theme.px(2)
        off = "text.primary" if theme.dark else "surface.raised"
        painter.setBrush(theme.color("accent.onFill" if self.isChecked() else off))
        painter.drawEllipse(QRectF(x, track.y() + theme.px(2), knob, knob))
