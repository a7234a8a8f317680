"""Grounds that other things stand on: a pane of one surface colour, a card, a pane's header, a thin line."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from app.ui.look import Look
from app.ui.widgets.fill import fill
from app.ui.widgets.text import ElidedLabel
from app.ui.widgets.viewport import clear_viewport, hold_clear


class Pane(QWidget):
    """A plain ground ("window", "base", "raised", "sunken"), with lines where it meets its neighbours ("right", "left", "top", "bottom")."""

    def __init__(self, look: Look, surface: str = "base", lines: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._surface = surface
        self._lines = lines
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def surface(self) -> str:
        """The token of its ground, for avatars and badges on it."""
        return f"surface.{self._surface}"

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        fill(painter, event.rect(), theme.color(self.surface))
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        right, bottom = self.width() - 1, self.height() - 1
        for line in self._lines:
            match line:
                case "right":
                    painter.drawLine(right, 0, right, bottom)
                case "left":
                    painter.drawLine(0, 0, 0, bottom)
                case "top":
                    painter.drawLine(0, 0, right, 0)
                case _:
                    painter.drawLine(0, bottom, right, bottom)


class PaneHeader(Pane):
    """The strip of 52 above a pane: a title and room for controls in `row`."""

    def __init__(self, look: Look, title: str = "", surface: str = "base", parent: QWidget | None = None) -> None:
        super().__init__(look, surface, ("bottom",), parent)
        self.row = QHBoxLayout(self)
        self.row.setSpacing(8)
        self.title = ElidedLabel(look, title, "title")
        self.row.addWidget(self.title)
        look.theme.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        self.setFixedHeight(self._look.theme.size("toolbar"))
        inset = self._look.theme.px(16)
        self.row.setContentsMargins(inset, 0, inset, 0)


class Card(QWidget):
    """A raised ground with a thin border and round corners."""

    def __init__(self, look: Look, surface: str = "raised", border: str = "border.subtle", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._surface = surface
        self._border = border

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(self._border), 1))
        painter.setBrush(theme.color(f"surface.{self._surface}"))
        radius = theme.radius("card")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Scrolling(QScrollArea):
    """What is higher than its pane: scrolls up and down alone, and the pane's ground is seen through it. No stop for the keyboard."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        clear_viewport(self)

    def hold(self, content: QWidget) -> None:
        """Show this in it."""
        hold_clear(self, content)


class Line(QWidget):
    """A thin horizontal line."""

    def __init__(self, look: Look, colour: str = "border.subtle", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._colour = colour
        self.setFixedHeight(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.theme.color(self._colour))
