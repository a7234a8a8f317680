"""A field for several lines that is as high as its text: it never scrolls by itself, what it stands in does."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPalette, QResizeEvent, QSyntaxHighlighter
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from app.ui.look import Look


class GrowingText(QPlainTextEdit):
    """`edited` says the whole text after each change by the user; `show_text` from outside says nothing."""

    edited = Signal(str)

    def __init__(self, look: Look, least_lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._least = least_lines
        self._shown = ""
        self._marks: QSyntaxHighlighter | None = None
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        look.theme.changed.connect(self._restyle)
        self._restyle()

    def mark_with(self, marks: QSyntaxHighlighter) -> None:
        """What colours parts of the text, now and whenever the theme changes."""
        self._marks = marks

    def show_text(self, text: str) -> None:
        """Replace the text, unless it is this very text: then cursor and undo stay."""
        if text != self.toPlainText():
            self._shown = text
            self.setPlainText(text)

    def keep_lines(self, least: int) -> None:
        """How many lines it has room for at least."""
        if least != self._least:
            self._least = least
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(240), self.height())

    # ---- inside

    def _changed(self) -> None:
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)

    def _fit(self) -> None:
        lines = max(float(self._least), self.document().size().height())
        height = round(lines * QFontMetricsF(self.font()).lineSpacing()) + 2
        if height != self.height():
            self.setFixedHeight(height)

    def _restyle(self) -> None:
        theme = self._look.theme
        self.setFont(theme.font("reading"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.color("text.tertiary"))
        self.setPalette(palette)
        if self._marks is not None:
            self._marks.rehighlight()
        self._fit()
