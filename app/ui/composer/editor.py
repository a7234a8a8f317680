"""The field a part of a post is written in: grows with its text, colours links and hashtags, hands pasted and dropped pictures on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from app.ui.composer.drafting import VIDEO_ENDINGS
from app.ui.composer.marking import marks, utf16
from app.ui.composer.misspelt import Misspelt
from app.ui.look import Look
from app.ui.widgets.growing_text import GrowingText

PICTURE_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif")


class PartEditor(GrowingText):
    """One part."""

    pictures = Signal(object)
    """Pasted or dropped pictures: a list of paths, or a QImage."""
    asked_menu = Signal(QPoint)
    """Right click or menu key: where the menu opens, on the screen; the cursor stands on the word it is about."""

    def __init__(self, look: Look, least_lines: int = 7, parent: QWidget | None = None) -> None:
        super().__init__(look, least_lines, parent)
        colours = _Colours(look, self.document())
        self.misspelt = Misspelt(self.toPlainText, colours.rehighlight)
        colours.misspelt = self.misspelt
        self.document().contentsChange.connect(self.misspelt.move)
        self.mark_with(colours)

    def word_in(self, span: tuple[int, int]) -> str:
        """What stands there now."""
        cursor = self.textCursor()
        length = self.document().characterCount() - 1
        cursor.setPosition(min(span[0], length))
        cursor.setPosition(min(span[1], length), cursor.MoveMode.KeepAnchor)
        return cursor.selectedText()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            at = event.globalPos()
            under = self.cursorForPosition(event.pos())
            if not self.textCursor().hasSelection():
                self.setTextCursor(under)
        else:
            at = self.viewport().mapToGlobal(self.cursorRect().bottomLeft())
        self.asked_menu.emit(at)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or bool(picture_files(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        if not offer_pictures(source, self.pictures.emit):
            super().insertFromMimeData(source)


class _Colours(QSyntaxHighlighter):
    """Links, hashtags and mentions in the colour of links."""

    def __init__(self, look: Look, document: QTextDocument) -> None:
        super().__init__(document)
        self._look = look
        self.misspelt: Misspelt | None = None

    def highlightBlock(self, text: str) -> None:
        link = QTextCharFormat()
        link.setForeground(self._look.theme.color("text.link"))
        for start, end in marks(text):
            first = utf16(text, start)
            self.setFormat(first, utf16(text, end) - first, link)
        if self.misspelt is not None and self.misspelt.spans:
            self._underline(self.currentBlock().position(), len(text.encode("utf-16-le")) // 2)

    def _underline(self, begins: int, length: int) -> None:
        wavy = QTextCharFormat()
        wavy.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        wavy.setUnderlineColor(self._look.theme.color("status.danger.strong"))
        for start, end in self.misspelt.spans if self.misspelt is not None else ():
            if begins <= start and end <= begins + length:
                self.setFormat(start - begins, end - start, wavy)


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
