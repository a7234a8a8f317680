"""A passing word at the bottom of the list pane: it stays while it is looked at, and may offer to take the act back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPropertyAnimation, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.commands.level import Level
from app.ui.look import Look
from app.ui.roles import spoken_as
from app.ui.widgets.arc import paint_arc
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.overlay import Panel
from app.ui.widgets.strip import TOKENS, IconSpot
from app.ui.widgets.text import Label, escaped

STEP_MS = 250


class Toast(QWidget):
    """One toast. It runs down by itself while shown and neither hovered nor focused; `gone` is said once at its end."""

    gone = Signal()

    def __init__(
        self,
        look: Look,
        text: Callable[[int], str],
        *,
        level: Level,
        seconds: float,
        button: str = "",
        key: str | None = None,
        counting: bool = False,
        act: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`text` is asked for each second left; the part before " · " is drawn strong. `counting` shows an arc that runs down."""
        super().__init__(parent)
        self._look = look
        self._text = text
        self._whole = self._left = round(seconds * 1000)
        self._act = act
        self._over = False
        self._movement: QPropertyAnimation | None = None
        self._panel = Panel(look, self, "card")
        spoken_as(self, "status")
        row = QHBoxLayout(self._panel)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        self._arc = _Arc(look) if counting else None
        row.addWidget(self._arc or IconSpot(look, TOKENS[level][1], f"status.{TOKENS[level][0]}.text", 16))
        self._label = Label(look, "", "small", wrap=True)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        row.addWidget(self._label, 1)
        if button:
            self._button: Button | IconButton = Button(look, button, key=key, size="small", clicked=self._acted)
        else:
            self._button = IconButton(look, "x", look.text("shell.close"), size=26, clicked=self.end)
        row.addWidget(self._button)
        self._clock = QTimer(self)
        self._clock.setInterval(STEP_MS)
        self._clock.timeout.connect(lambda: self.run_down(STEP_MS))
        self._clock.start()
        self._say()

    @property
    def margin(self) -> int:
        """How much of it is shadow on every side."""
        return self._panel.shadow.margin

    def text(self) -> str:
        return self._text(self.seconds_left())

    def seconds_left(self) -> int:
        return -(-self._left // 1000)

    def run_down(self, milliseconds: int) -> None:
        """Time passes, unless somebody looks at it."""
        if self._over or self.underMouse() or self._button.hasFocus():
            return
        self._left = max(0, self._left - milliseconds)
        self._say()
        if self._left == 0:
            self.end()

    def end(self) -> None:
        if not self._over:
            self._over = True
            self._clock.stop()
            self.hide()
            self.gone.emit()

    def rise(self, target: QPoint) -> None:
        """Come up by 8 pixels, or at once where less motion is wished."""
        duration = self._look.theme.duration("toastIn")
        self.show()
        self.raise_()
        if not duration:
            self.move(target)
            return
        self._movement = movement = QPropertyAnimation(self, b"pos", self)
        movement.setDuration(duration)
        movement.setStartValue(target + QPoint(0, 8))
        movement.setEndValue(target)
        movement.start()

    def settle(self, target: QPoint) -> None:
        """Stand here at once, also in the middle of coming up."""
        if self._movement is not None:
            self._movement.stop()
        self.move(target)
        self.show()
        self.raise_()

    def fit(self, width: int) -> None:
        """Take the width of the pane it stands in."""
        theme = self._look.theme
        layout = self._panel.layout()
        assert layout is not None
        height = max(theme.px(44), layout.heightForWidth(width - 2 * self.margin) + theme.px(4))
        self.resize(width, height + 2 * self.margin)
        self._panel.setGeometry(self.margin, self.margin, width - 2 * self.margin, height)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._panel.shadow.paint(QPainter(self), QRectF(self._panel.geometry()))

    def _acted(self) -> None:
        self.end()
        if self._act is not None:
            self._act()

    def _say(self) -> None:
        strong, dot, rest = self.text().partition(" · ")
        self._label.setText(f"<b>{escaped(strong)}</b> · {escaped(rest)}" if dot else escaped(strong))
        self.setAccessibleName(self.text())
        if self._arc is not None:
            self._arc.show_part(self._left / self._whole if self._whole else 0)


class _Arc(QWidget):
    """The time left, in steps of a quarter second."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._part = 1.0
        side = look.theme.px(18)
        self.setFixedSize(side, side)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_part(self, part: float) -> None:
        self._part = part
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        paint_arc(QPainter(self), QRectF(self.rect()), self._part, theme.color("accent.fill"), theme.color("accent.track"), 3 * theme.scale)
