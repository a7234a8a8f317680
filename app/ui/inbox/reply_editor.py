"""The editor of the reply box: plain text that grows from 76 to 240 with what is typed; notes use it too."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.ui.look import Look

LEAST = 76
MOST = 240


class ReplyEditor(QPlainTextEdit):
    """Takes plain text only. `focused` says when the keyboard comes and goes."""

    focused = Signal(bool)

    def __init__(self, look: Look, least: int = LEAST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._least = least
        self.setProperty("bare", True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.fit())
        look.theme.changed.connect(self._restyle)
        self._restyle()

    def fit(self) -> None:
        """Be as high as the text asks for, within the limits; lower windows leave less room."""
        theme = self._look.theme
        lines = max(1, round(self.document().size().height()))
        inset = theme.px(9) + theme.px(6)
        wanted = lines * QFontMetricsF(self.font()).lineSpacing() + inset + 2
        window = self.window().height() if self.window() is not None else 900
        least = theme.px(self._least if window >= theme.px(760) else min(self._least, 60))
        most = min(theme.px(MOST), max(least, window // 3))
        height = round(min(max(wanted, least), most))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(300), self._look.theme.px(self._least))

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # sending is a command
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)

    def _restyle(self) -> None:
        theme = self._look.theme
        self.setFont(theme.font("reading"))
        self.setViewportMargins(theme.px(12), theme.px(9), theme.px(8), theme.px(6))
        self.fit()


class Frame(QWidget):
    """The outline around the editor and its bar: a field's, 2 px accent while the keyboard is in it."""

    def __init__(self, look: Look, ground: str = "surface.raised", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._ground = ground
        self._lit = False
        self._wrong = False

    def light(self, lit: bool) -> None:
        self._lit = lit
        self.update()

    def mark_wrong(self, wrong: bool) -> None:
        self._wrong = wrong
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "status.danger.strong" if self._wrong else "accent.fill" if self._lit else "border.strong"
        width = 2 if self._lit or self._wrong else 1
        painter.setPen(QPen(theme.color(token), width))
        painter.setBrush(theme.color(self._ground))
        half = width / 2
        radius = theme.radius("card")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
