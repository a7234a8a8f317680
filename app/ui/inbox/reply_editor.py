"""The editor of the reply box: plain text that grows from 76 to 240 with what is typed, with the cuts of a long text and the
placeholders of an answer drawn in it; notes use it too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from app.ui.look import Look

LEAST = 76
MOST = 240
LOW_WINDOW = 760
"""In windows lower than this the box takes less."""
FILLED = QTextFormat.Property.UserProperty.value + 1
"""What a placeholder was filled with stands in the format of its letters; they are marked as long as it is still this."""
EMPTY = re.compile(r"\{(?:fact:)?[^\W\d][\w-]*\}")
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif")


class ReplyEditor(QTextEdit):
    """Takes plain text only. `focused` says when the keyboard comes and goes, `pictures` what was pasted: paths, or an image."""

    focused = Signal(bool)
    pictures = Signal(object)

    def __init__(self, look: Look, least: int = LEAST, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._least = least
        self._cuts: tuple[int, ...] = ()
        self._spaced = 0
        self.takes_pictures = False
        self.setProperty("bare", True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.fit())
        self.textChanged.connect(self._mark)
        look.theme.changed.connect(self._restyle)
        self._restyle()

    # ---- the text

    def text(self) -> str:
        """As it was typed, to the letter: Qt's own plain text makes ordinary spaces of those that do not break."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def put(self, text: str, cursor: int | None = None, filled: Sequence[tuple[int, int]] = ()) -> None:
        """Replace everything; `cursor` in code points, else at the end. What was there cannot be undone into another's reply."""
        self.setUndoRedoEnabled(False)
        super().setPlainText(text)
        for first, last in filled:
            span = QTextCursor(self.document())
            span.setPosition(units(text, first))
            span.setPosition(units(text, last), QTextCursor.MoveMode.KeepAnchor)
            marked = QTextCharFormat()
            marked.setProperty(FILLED, text[first:last])
            span.setCharFormat(marked)
        self._space_lines()
        self.setUndoRedoEnabled(True)
        here = self.textCursor()
        here.setPosition(units(text, len(text) if cursor is None else cursor))
        self.setTextCursor(here)
        self._mark()

    def setPlainText(self, text: str) -> None:
        self.put(text)

    def clear(self) -> None:
        self.put("")

    def cursor_place(self) -> int:
        """In code points."""
        before = self.text().encode("utf-16-le", "surrogatepass")[: self.textCursor().position() * 2]
        return len(before.decode("utf-16-le", "ignore"))

    def insert_filled(
        self, text: str, filled: Sequence[tuple[int, int]], *, over: tuple[int, int] | None = None
    ) -> None:
        """Insert an answer at the cursor, or in place of [start, end) (code points): one step to undo; `filled` says what was filled in."""
        cursor = self.textCursor()
        if over is not None:
            whole = self.text()
            cursor.setPosition(units(whole, over[0]))
            cursor.setPosition(units(whole, over[1]), QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        start = cursor.position()
        place = 0
        for first, last in filled:
            cursor.insertText(text[place:first], QTextCharFormat())
            marked = QTextCharFormat()
            marked.setProperty(FILLED, text[first:last])
            cursor.insertText(text[first:last], marked)
            place = last
        cursor.insertText(text[place:], QTextCharFormat())
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(QTextCharFormat())
        self._mark()
        self.next_empty(start)

    def word_after_slash(self) -> tuple[int, str] | None:
        """Where the slash before the cursor stands (code points), and what was typed after it; None where it begins no word."""
        text, here = self.text(), self.cursor_place()
        if self.textCursor().hasSelection():
            return None
        line = text[text.rfind("\n", 0, here) + 1 : here]
        found = re.search(r"(?:^|(?<=[\s(¿¡«“\"]))/([^/\n]{0,40})$", line)
        return None if found is None else (here - len(found[0]), found[1])

    # ---- placeholders and cuts

    def first_empty(self) -> tuple[int, int] | None:
        """The first placeholder that nothing was put into, as Qt counts."""
        found = EMPTY.search(self.document().toRawText())
        return None if found is None else _in_units(self.document().toRawText(), found)

    def next_empty(self, after: int | None = None) -> bool:
        """Select the next placeholder that is empty, round from the cursor; whether there is one."""
        raw = self.document().toRawText()
        spans = [_in_units(raw, found) for found in EMPTY.finditer(raw)]
        if not spans:
            return False
        cursor = self.textCursor()
        here = cursor.selectionEnd() if after is None else after
        start, end = next((span for span in spans if span[0] >= here), spans[0])
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        return True

    def show_cuts(self, places: Sequence[int]) -> None:
        """Where the text is cut into parts (code points): drawn, and every second part on a ground of its own."""
        text = self.text()
        wanted = tuple(units(text, place) for place in places)
        if wanted != self._cuts:
            self._cuts = wanted
            self._mark()
            self.viewport().update()

    def _mark(self) -> None:
        """Paint what is marked over the text; it is no part of it."""
        theme = self._look.theme
        marks: list[QTextEdit.ExtraSelection] = []
        ends = [*self._cuts[1:], self.document().characterCount() - 1]
        for number, start in enumerate(self._cuts):
            if number % 2 == 0:
                marks.append(self._marked(start, ends[number], theme.color("accent.tint"), None))
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                if piece.charFormat().hasProperty(FILLED) and piece.charFormat().property(FILLED) == piece.text():
                    ink = theme.color("accent.text")
                    marks.append(
                        self._marked(
                            piece.position(), piece.position() + piece.length(), theme.color("accent.tint"), ink
                        )
                    )
                pieces += 1
            block = block.next()
        raw = self.document().toRawText()
        for found in EMPTY.finditer(raw):
            marks.append(
                self._marked(*_in_units(raw, found), theme.color("status.warn.tint"), theme.color("status.warn.text"))
            )
        if marks or self.extraSelections():
            self.setExtraSelections(marks)

    def _marked(self, start: int, end: int, ground: object, ink: object | None) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setBackground(ground)  # type: ignore[arg-type]
        if ink is not None:
            style.setForeground(ink)  # type: ignore[arg-type]
            style.setFontUnderline(True)
        mark.cursor = cursor
        mark.format = style
        return mark

    # ---- size and looks

    def fit(self) -> None:
        """Be as high as the text asks for, within the limits; lower windows leave less room."""
        theme = self._look.theme
        inset = theme.px(9) + theme.px(6)
        wanted = max(theme.line("reading"), self.document().size().height()) + inset + 2
        window = self.window().height() if self.window() is not self else theme.px(LOW_WINDOW)  # not in a window yet
        least = theme.px(self._least if window >= theme.px(LOW_WINDOW) else min(self._least, 60))
        most = min(theme.px(MOST), max(least, window // 3))
        height = round(min(max(wanted, least), most))
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(300), self._look.theme.px(self._least))

    def _space_lines(self) -> None:
        """The lines as far apart as in messages. Not a step that can be undone: new lines take it from the line before."""
        self._spaced = self._look.theme.line("reading")
        spaced = QTextBlockFormat()
        spaced.setLineHeight(self._spaced, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spaced)

    def _restyle(self) -> None:
        theme = self._look.theme
        self.setFont(theme.font("reading"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.color("text.tertiary"))
        self.setPalette(palette)
        self.setViewportMargins(theme.px(12), theme.px(9), theme.px(8), theme.px(6))
        if self._spaced != theme.line("reading"):
            self.setUndoRedoEnabled(False)
            self._space_lines()
            self.setUndoRedoEnabled(True)
        self._mark()
        self.fit()

    # ---- events

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return (self.takes_pictures and (source.hasImage() or bool(_picture_files(source)))) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        files = _picture_files(source) if self.takes_pictures else []
        if files:
            self.pictures.emit(files)
        elif source.hasText():
            self.insertPlainText(source.text())
        elif self.takes_pictures and source.hasImage():
            image = source.imageData()
            if isinstance(image, QImage) and not image.isNull():
                self.pictures.emit(image)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()  # sending is a command
            return
        if (
            self.currentCharFormat().hasProperty(FILLED)
            and event.text().isprintable()
            and not self.textCursor().hasSelection()
        ):
            self.setCurrentCharFormat(QTextCharFormat())  # what is typed behind a filled placeholder is no part of it
        super().keyPressEvent(event)

    def focusNextPrevChild(self, onwards: bool) -> bool:
        """Tab goes to the next empty placeholder while there is one."""
        return (onwards and self.next_empty()) or super().focusNextPrevChild(onwards)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._cuts:
            return
        theme = self._look.theme
        painter = QPainter(self.viewport())
        painter.setPen(QPen(theme.color("accent.fill"), max(1.5, 1.5 * theme.scale), Qt.PenStyle.DashLine))
        for place in self._cuts:
            cursor = QTextCursor(self.document())
            cursor.setPosition(min(place, self.document().characterCount() - 1))
            rect = QRectF(self.cursorRect(cursor))
            painter.drawLine(rect.topLeft(), rect.bottomLeft())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


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


def fill_empty(editor: ReplyEditor, name: str, value: str) -> None:
    """Put a value into every empty placeholder of a name, as one step to undo."""
    raw = editor.document().toRawText()
    spans = [_in_units(raw, found) for found in EMPTY.finditer(raw) if found[0] == f"{{{name}}}"]
    cursor = QTextCursor(editor.document())
    cursor.beginEditBlock()
    marked = QTextCharFormat()
    marked.setProperty(FILLED, value)
    for start, end in reversed(spans):
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(value, marked)
    cursor.endEditBlock()


def units(text: str, place: int) -> int:
    """A place in code points as Qt counts it."""
    return len(text[: max(0, place)].encode("utf-16-le", "surrogatepass")) // 2


def _in_units(text: str, found: re.Match[str]) -> tuple[int, int]:
    return units(text, found.start()), units(text, found.end())


def _picture_files(source: QMimeData) -> list[Path]:
    if not source.hasUrls():
        return []
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in PICTURES]
