"""The field a part of a post is written in: grows with its text, colours links and hashtags, hands pasted and dropped pictures on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QImage,
    QPalette,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from app.ui.composer.drafting import VIDEO_ENDINGS
from app.ui.composer.marking import marks, utf16
from app.ui.look import Look

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif")


class PartEditor(QPlainTextEdit):
    """One part. `edited` says the whole text after each change by the user; `show_text` from outside says nothing."""

    edited = Signal(str)
    pictures = Signal(object)
    """Pasted or dropped pictures: a list of paths, or a QImage."""

    def __init__(self, look: Look, least_lines: int = 7, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._least = least_lines
        self._shown = ""
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(self.verticalScrollBarPolicy().ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(self.horizontalScrollBarPolicy().ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self._colours = _Colours(look, self.document())
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        look.theme.changed.connect(self._restyle)
        self._restyle()

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

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or bool(picture_files(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not offer_pictures(source, self.pictures.emit):
            super().insertFromMimeData(source)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(240), self.height())

    def _changed(self) -> None:
        text = self.toPlainText()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)

    def _fit(self) -> None:
        """As high as its lines."""
        line = QFontMetricsF(self.font()).lineSpacing()
        lines = max(float(self._least), self.document().size().height())
        height = round(lines * line) + 2
        if height != self.height():
            self.setFixedHeight(height)

    def _restyle(self) -> None:
        theme = self._look.theme
        self.setFont(theme.font("reading"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.color("text.tertiary"))
        self.setPalette(palette)
        self._colours.rehighlight()
        self._fit()


class _Colours(QSyntaxHighlighter):
    """Links, hashtags and mentions in the colour of links."""

    def __init__(self, look: Look, document: QTextDocument) -> None:
        super().__init__(document)
        self._look = look

    def highlightBlock(self, text: str) -> None:
        link = QTextCharFormat()
        link.setForeground(self._look.theme.color("text.link"))
        for start, end in marks(text):
            first = utf16(text, start)
            self.setFormat(first, utf16(text, end) - first, link)


def picture_files(source: QMimeData) -> Sequence[Path]:
    """Pictures and videos among the files of a clipboard or a drop."""
    if not source.hasUrls():
        return ()
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in (*PICTURE_ENDINGS, *VIDEO_ENDINGS)]


def offer_pictures(source: QMimeData, take: object) -> bool:
    """Hand the pictures of a clipboard or a drop to `take`; whether there were any. Text that comes along with a picture wins."""
    assert callable(take)
    files = picture_files(source)
    if files:
        take(list(files))
        return True
    if source.hasImage() and not source.text().strip():
        image = source.imageData()
        if isinstance(image, QImage) and not image.isNull():
            take(image)
            return True
    return False
