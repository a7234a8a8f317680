"""The rail at the left: one button a page with its count, the hour, and settings at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.roles import spoken_as
from app.ui.widgets.chip import BadgeKind, paint_badge
from app.ui.widgets.hour_ring import HourRing
from app.ui.widgets.key_cap import key_text
from app.ui.widgets.text import text_width

NARROWEST = 80
"""Percent of their usual width: so far letters are drawn narrower before a page's name is cut."""


class Rail(QWidget):
    """Says `chosen(page id)`; what that means is the window's business."""

    chosen = Signal(str)

    def __init__(self, look: Look, entries: Sequence[PageEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._compact = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        spoken_as(self, "tabs")
        self.setAccessibleName(look.text("shell.rail"))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._mark = _Mark(look)
        self._column.addWidget(self._mark)
        self._buttons: dict[str, RailButton] = {}
        for entry in entries:
            if entry.in_rail and not entry.at_bottom:
                self._add(entry)
        self._column.addStretch(1)
        self.hour = HourRing(look)
        self._column.addWidget(self.hour)
        for entry in entries:
            if entry.in_rail and entry.at_bottom:
                self._add(entry)
        look.theme.changed.connect(self._resize)
        self._resize()

    def light(self, page: str) -> None:
        """Show which page is in front."""
        for page_id, button in self._buttons.items():
            button.setChecked(page_id == page)

    def show_count(self, page: str, count: int) -> None:
        if page in self._buttons:
            self._buttons[page].show_count(count)

    def name_key(self, page: str, key: str) -> None:
        """The key for a page, for its tooltip."""
        if page in self._buttons:
            self._buttons[page].name_key(key)

    def retitle(self) -> None:
        """The language changed."""
        self.setAccessibleName(self._look.text("shell.rail"))
        for button in self._buttons.values():
            button.retitle()

    def be_compact(self, compact: bool) -> None:
        """56 wide, icons alone."""
        if compact != self._compact:
            self._compact = compact
            self._resize()

    def button(self, page: str) -> RailButton:
        return self._buttons[page]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = [index for index, button in enumerate(buttons) if button.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        buttons[(focused[0] + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_hour()

    def _fit_hour(self) -> None:
        margins = self._column.contentsMargins()
        rest = self._mark.minimumHeight() + sum(button.sizeHint().height() for button in self._buttons.values()) + margins.top() + margins.bottom()
        self.hour.have_room(rest + self.hour.sizeHint().height() <= self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("surface.window"))
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def _add(self, entry: PageEntry) -> None:
        button = RailButton(self._look, entry)
        button.clicked.connect(lambda: self.chosen.emit(entry.id))
        self._buttons[entry.id] = button
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _resize(self) -> None:
        theme = self._look.theme
        self.setFixedWidth(theme.size("railCompact" if self._compact else "rail"))
        self._column.setContentsMargins(0, theme.px(12), 1, theme.px(8))
        self.hour.be_compact(self._compact)
        for button in self._buttons.values():
            button.be_compact(self._compact)
        self._fit_hour()
        self.update()


class RailButton(QAbstractButton):
    """One page: icon, word, count."""

    def __init__(self, look: Look, entry: PageEntry) -> None:
        super().__init__()
        self._look = look
        self._entry = entry
        self._count = 0
        self._key = ""
        self._compact = False
        self.setCheckable(True)
        spoken_as(self, "tab")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)
        self.retitle()

    def retitle(self) -> None:
        title, short = self._look.text(self._entry.title_id), f"rail.{self._entry.id}"
        self.setText(self._look.text(short) if self._look.words.knows(short) else title)  # some titles are long in some languages
        self.setToolTip(f"{title}  {key_text(self._key)}" if self._key else title)
        counted = self._look.text("shell.rail_count", title=title, n=self._count) if self._count else title
        self.setAccessibleName(counted)

    def name_key(self, key: str) -> None:
        self._key = key
        self.setAccessibleDescription(key_text(key))
        self.retitle()

    def show_count(self, count: int) -> None:
        if count != self._count:
            self._count = count
            self.retitle()
            self.update()

    def be_compact(self, compact: bool) -> None:
        self._compact = compact
        self.updateGeometry()

    def nextCheckState(self) -> None:
        """Lit by the window, never by the click itself."""

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        if self._compact:
            return QSize(theme.size("railCompact") - 1, theme.px(44))
        return QSize(theme.px(64), theme.px(36 if self._entry.at_bottom else 58))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = 0 if self._compact or self._entry.at_bottom else theme.px(4)
        wide = theme.px(44) if self._compact else self.width()
        box = QRectF((self.width() - wide) / 2, 0, wide, self.height() - gap)
        ground = "surface.selected" if self.isChecked() else "surface.hover" if self.underMouse() else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(ground))
            painter.drawRoundedRect(box, theme.radius("l"), theme.radius("l"))
        ink = "accent.text" if self.isChecked() else "text.secondary"
        words = not self._compact and not self._entry.at_bottom
        icon = theme.px(20) if self._entry.at_bottom else theme.size("icon.rail")
        line = theme.px(14)
        top = (box.height() - icon - (theme.px(3) + line if words else 0)) / 2
        name = self._entry.icon
        if self.isChecked() and self._look.icons.exists(f"{name}-fill"):
            name = f"{name}-fill"
        left = (self.width() - icon) / 2
        self._look.icons.paint(painter, QRectF(left, top, icon, icon), name, ink)
        if words:
            painter.setPen(theme.color(ink))
            font = theme.font("caption", weight=600 if self.isChecked() else 500)
            if text_width(self.text(), font) > self.width():
                font = _narrowed(theme.font("micro", weight=500), self.text(), self.width())
            painter.setFont(font)
            text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(QRectF(0, top + icon + theme.px(3), self.width(), line), int(Qt.AlignmentFlag.AlignCenter), text)
        if self._count and self._entry.badge != "none":
            kind: BadgeKind = "warn" if self._entry.badge == "warn" else "accent"
            ring = ground or "surface.window"
            x = left + icon - theme.px(6)
            paint_badge(painter, x, max(2.0, top - theme.px(7)), self._look, self._look.count_text(self._count), kind, ring)


def _narrowed(font: QFont, text: str, width: int) -> QFont:
    """The font as narrow as the text needs. A condensed face that is installed comes in steps, so that it is measured and not reckoned."""
    for stretch in range(100, NARROWEST - 1, -2):
        font = QFont(font)
        font.setStretch(stretch)
        if QFontMetrics(font).horizontalAdvance(text) < width:
            break
    return font


class _Mark(QWidget):
    """The cup at the top; decoration."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        look.theme.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        self.setFixedHeight(self._look.theme.px(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = self._look.theme.px(34)
        painter = QPainter(self)
        painter.drawPixmap((self.width() - side) // 2, 0, self._look.icons.mark(side, self.devicePixelRatioF()))
