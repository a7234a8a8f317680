"""Buttons: plain, primary, flat and dangerous, with an icon and the key that does the same; and icon buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal
from weakref import WeakSet

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.key_cap import cap_texts, cap_width, key_text, paint_cap
from app.ui.widgets.text import text_width

Kind = Literal["plain", "primary", "flat", "danger"]
Size = Literal["small", "normal", "large"]
OF_COMMANDS: WeakSet[Button | IconButton] = WeakSet()
"""Those that show the key of a command, in all windows: there are few of them among thousands of parts (shell.py)."""


class Button(QAbstractButton):
    """A push button. `key` is only shown; the command it belongs to listens to it."""

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        icon: str | None = None,
        key: str | None = None,
        of: str = "",
        kind: Kind = "plain",
        size: Size = "normal",
        clicked: Callable[[], object] | None = None,
        menu_arrow: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`of`: the command whose key that is; where the user chose another, that is shown (shell.py)."""
        super().__init__(parent)
        self.of = of
        if of:
            OF_COMMANDS.add(self)
        self._look = look
        self._icon = icon
        self._key = key
        self._kind: Kind = kind
        self._size: Size = size
        self._arrow = menu_arrow
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(text)
        if key:
            self.setAccessibleDescription(key_text(key))
        if clicked is not None:
            self.clicked.connect(lambda: clicked())
        look.theme.changed.connect(self.updateGeometry)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def choose_kind(self, kind: Kind) -> None:
        self._kind = kind
        self.update()

    def choose_icon(self, icon: str | None) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def choose_key(self, key: str | None) -> None:
        """Another key to show, when the user changed it."""
        if key == self._key:
            return
        self._key = key
        self.setAccessibleDescription(key_text(key) if key else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        width = 2 * theme.px(8 if self._size == "small" else 12) + text_width(self.text(), self._font()) + 1
        if self._icon:
            width += theme.px(16 + (6 if self.text() else 0))
        if self._key:
            caps = [cap_width(self._look, text, self._cap_height()) for text in cap_texts(self._key)]
            width += theme.px(8) - theme.px(5) + sum(caps) + theme.px(4) * (len(caps) - 1)
        if self._arrow:
            width += theme.px(12 + 6)
        height = {"small": "buttonSmall", "normal": "button", "large": "buttonLarge"}[self._size]
        return QSize(int(width), theme.size(f"control.{height}"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, line, ink = self._colours()
        radius = theme.radius("button")
        painter.setPen(QPen(line, 1) if line is not None else Qt.PenStyle.NoPen)
        painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
        inset = 0.5 if line is not None else 0.0
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        x = float(theme.px(8 if self._size == "small" else 12))
        spare = self.width() - self.sizeHint().width()
        x += max(0, spare) / 2
        if self._icon:
            tone = ink if self._kind in ("primary", "danger") or not self.isEnabled() else theme.color("text.secondary")
            look_tone = theme.color("text.primary") if self._kind == "plain" and self.isEnabled() else tone
            self._look.icons.paint(painter, QRectF(x, 0, theme.px(16), self.height()), self._icon, look_tone)
            x += theme.px(16 + (6 if self.text() else 0))
        font = self._font()
        painter.setFont(font)
        painter.setPen(ink)
        width = max(0.0, text_width(self.text(), font) + min(0, spare))  # what is missing is taken from the words
        room = QRectF(x, 0, width + 1, self.height())
        shown = self.text() if spare >= 0 else QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        x += width + theme.px(8)
        if self._key:
            self._paint_key(painter, x)
        if self._arrow:
            box = QRectF(x - theme.px(2), 0, theme.px(12), self.height())
            self._look.icons.paint(painter, box, "caret-down", ink)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    # ---- inside

    def _font(self) -> QFont:
        role = "small" if self._size == "small" else "body"
        return self._look.theme.font(role, weight=600 if self._kind == "primary" else 500)

    def _cap_height(self) -> int:
        return self._look.theme.px(17)

    def _paint_key(self, painter: QPainter, x: float) -> None:
        theme = self._look.theme
        height = self._cap_height()
        if not self.isEnabled():
            painter.setOpacity(0.5)
        kind: Literal["on_fill", "plain"] = "on_fill" if self._kind == "primary" else "plain"
        for text in cap_texts(self._key or ""):
            x += paint_cap(painter, x, (self.height() - height) / 2, self._look, text, kind, height) + theme.px(4)
        painter.setOpacity(1)

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Fill, outline and ink for the state it is in."""
        color = self._look.theme.color
        pressed, hover = self.isDown() or self.isChecked(), self.underMouse() and self.isEnabled()
        if self._kind == "primary":
            if not self.isEnabled():
                return color("surface.sunken"), None, color("text.disabled")
            return color("accent.pressed" if pressed else "accent.hover" if hover else "accent.fill"), None, color("accent.onFill")
        state = "surface.pressed" if pressed else "surface.hover" if hover else ""
        if self._kind == "flat":
            return color(state) if state else None, None, color("text.secondary" if self.isEnabled() else "text.disabled")
        ink = "status.danger.text" if self._kind == "danger" else "text.primary"
        line = "border.default" if self.isEnabled() else "border.subtle"
        return color(state or "surface.raised"), color(line), color(ink if self.isEnabled() else "text.disabled")


class IconButton(QAbstractButton):
    """A square button with an icon alone; its name and key are in the tooltip and for the screen reader."""

    def __init__(
        self,
        look: Look,
        icon: str,
        name: str,
        *,
        key: str | None = None,
        of: str = "",
        framed: bool = False,
        checkable: bool = False,
        size: int = 28,
        clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`of` as in `Button`."""
        super().__init__(parent)
        self.of = of
        if of:
            OF_COMMANDS.add(self)
        self._look = look
        self._icon = icon
        self._framed = framed
        self._side = size
        self._key = key
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.rename(name)
        if clicked is not None:
            self.clicked.connect(lambda: clicked())
        look.theme.changed.connect(self.updateGeometry)

    def rename(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setAccessibleDescription(key_text(self._key) if self._key else "")
        self.setToolTip(f"{name}  {key_text(self._key)}" if self._key else name)

    def choose_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def choose_key(self, key: str | None) -> None:
        """Another key to show, when the user changed it."""
        if key == self._key:
            return
        self._key = key
        self.rename(self.accessibleName())

    def sizeHint(self) -> QSize:
        side = self._look.theme.px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = "text.secondary" if self.isEnabled() else "text.disabled"
        fill = "surface.raised" if self._framed else ""
        if self.isChecked():
            fill, ink = "surface.selected", "accent.text"
        elif self.isDown():
            fill = "surface.pressed"
        elif self.underMouse() and self.isEnabled():
            fill = "surface.hover"
        radius = theme.radius("button")
        if fill or self._framed:
            painter.setPen(QPen(theme.color("border.default"), 1) if self._framed else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(fill))
            inset = 0.5 if self._framed else 0.0
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        side = theme.size("icon.m") if self._side <= 30 else theme.size("icon.l")
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        self._look.icons.paint(painter, box, self._icon, ink)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)
