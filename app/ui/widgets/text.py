"""Words on the screen: labels that follow theme and zoom, elide with a tooltip, stand whole or not at all, and head a section."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.look import Look


class Label(QLabel):
    """A label in a type role and a text colour, both by their token names."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: str = "body",
        colour: str = "text.primary",
        *,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._look = look
        self._role = role
        self._colour = colour
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
            )
        look.theme.changed.connect(self._restyle)
        self._restyle()

    def recolour(self, colour: str) -> None:
        """Another text colour, by its token."""
        self._colour = colour
        self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        # Qt may put back an earlier palette of what was hidden while the theme changed.
        if self.palette().color(QPalette.ColorRole.WindowText) != self._look.theme.color(self._colour):
            self._restyle()
        super().showEvent(event)

    def _restyle(self) -> None:
        theme = self._look.theme
        self.setFont(theme.font(self._role, tabular=True))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(self._colour))
        palette.setColor(QPalette.ColorRole.Text, theme.color(self._colour))
        palette.setColor(QPalette.ColorRole.Link, theme.color("text.link"))
        self.setPalette(palette)


class ElidedLabel(Label):
    """One line that ends in an ellipsis where there is no room; the whole text is its tooltip and its accessible name."""

    def __init__(
        self,
        look: Look,
        text: str = "",
        role: str = "body",
        colour: str = "text.primary",
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        self._whole = text
        self._mode = mode
        super().__init__(look, text, role, colour, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        super().setText(text)
        self._note_tooltip()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(16), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._note_tooltip()
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        text = self.fontMetrics().elidedText(self._whole, self._mode, self.contentsRect().width())
        painter.drawText(self.contentsRect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), text)

    def _note_tooltip(self) -> None:
        fits = self.fontMetrics().horizontalAdvance(self._whole) <= self.contentsRect().width()
        self.setToolTip("" if fits else escaped(self._whole) if "<" in self._whole else self._whole)  # strangers' names are no markup


class WholeLabel(Label):
    """One line that stands there whole or not at all: where there is no room, its words are the tooltip alone. For what may be missing."""

    def __init__(self, look: Look, text: str = "", role: str = "body", colour: str = "text.primary", *, parent: QWidget | None = None) -> None:
        self._whole = text
        super().__init__(look, text, role, colour, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def whole(self) -> str:
        """What it says, whether or not there is room."""
        return self._whole

    def setText(self, text: str) -> None:
        self._whole = text
        self.setAccessibleName(text)
        self._show_whole()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._whole), metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._show_whole()
        super().resizeEvent(event)

    def _show_whole(self) -> None:
        fits = self.sizeHint().width() <= self.contentsRect().width()
        super().setText(self._whole if fits else "")
        self.setToolTip("" if fits else escaped(self._whole) if "<" in self._whole else self._whole)


class SectionLabel(Label):
    """The small grey title above a group."""

    def __init__(self, look: Look, text: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(look, text, "captionStrong", "text.tertiary", parent=parent)


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    flags: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
) -> float:
    """One elided line in the pen's colour; answers the width it took. For delegates."""
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text)
    if width > rect.width():  # asking for it costs as much as painting: most lines are whole
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        width = metrics.horizontalAdvance(text)
    painter.setFont(font)
    painter.drawText(rect, int(flags) | int(Qt.TextFlag.TextSingleLine), text)
    return width


def escaped(text: str) -> str:
    """Text from outside as it may stand within Qt's rich text, which takes a narrow no-break space for one where a line may end: French has it
    before "?", and the mark would stand alone on a line."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u202f", "\u00a0")


def text_width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)
