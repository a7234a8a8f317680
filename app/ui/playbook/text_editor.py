"""The field a wording is written in: marks placeholders, and offers them after a `{`: ↑ ↓ choose, Enter inserts, Esc goes on typing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QStringListModel, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QCompleter, QWidget

from app.language.filling import places
from app.ui.look import Look
from app.ui.playbook.pictures import pictures_in
from app.ui.widgets.growing_text import GrowingText

LEAST_LINES = 4
OFFER = "{"


class TextEditor(GrowingText):
    """One wording. `pasted` says which pictures were pasted or dropped: paths, or an image."""

    pasted = Signal(object)

    def __init__(self, look: Look, wrong: Callable[[str, bool], bool], parent: QWidget | None = None) -> None:
        """`wrong` answers whether a placeholder (by name; a fact or not) stops the answer."""
        super().__init__(look, LEAST_LINES, parent)
        self._placeholders = _Marks(look, self.document(), wrong)
        self.mark_with(self._placeholders)
        self._names = QStringListModel(self)
        self.completer = QCompleter(self._names, self)
        self.completer.setWidget(self)
        self.completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.completer.setMaxVisibleItems(10)
        self.completer.activated.connect(self._complete)

    def offer(self, names: Sequence[str]) -> None:
        """What the list after a `{` holds."""
        if self._names.stringList() != list(names):
            self._names.setStringList(list(names))
        self._placeholders.rehighlight()

    def begin_placeholder(self) -> None:
        """As if a `{` had been typed."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.insertPlainText(OFFER)
        self._show_offers()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self.completer.popup()
        if popup is not None and popup.isVisible():
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
                chosen = popup.currentIndex()
                self._complete(str(chosen.data()) if chosen.isValid() else self.completer.currentCompletion())
                popup.hide()
                return
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backtab):
                popup.hide()
                return
        super().keyPressEvent(event)
        typed = event.text()
        if (typed and typed.isprintable()) or (popup is not None and popup.isVisible()):
            self._show_offers()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return pictures_in(source) is not None or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        found = pictures_in(source)
        if found is not None:
            self.pasted.emit(found)
        else:
            super().insertFromMimeData(source)

    # ---- inside

    def _begun(self) -> str | None:
        """What stands between an open brace and the cursor; None where there is no such brace."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        at = before.rfind(OFFER)
        begun = before[at + 1 :]
        return begun if at >= 0 and "}" not in begun and " " not in begun and len(begun) < 60 else None

    def _show_offers(self) -> None:
        begun = self._begun()
        popup = self.completer.popup()
        if begun is None or popup is None:
            if popup is not None:
                popup.hide()
            return
        self.completer.setCompletionPrefix(begun)
        if self.completer.completionCount() == 0:
            popup.hide()
            return
        popup.setCurrentIndex(self.completer.completionModel().index(0, 0))
        rect = self.cursorRect()
        rect.setWidth(self._look.theme.px(260))
        self.completer.complete(rect)

    def _complete(self, name: str) -> None:
        begun = self._begun()
        if begun is None or not name:
            return
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(begun))
        behind = self.textCursor().block().text()[self.textCursor().positionInBlock() :]
        cursor.insertText(name if behind.startswith("}") else f"{name}}}")
        if behind.startswith("}"):
            cursor.movePosition(QTextCursor.MoveOperation.Right)
        self.setTextCursor(cursor)


class _Marks(QSyntaxHighlighter):
    """Placeholders on the accent's tint; those that stop the answer on amber."""

    def __init__(self, look: Look, document: QTextDocument, wrong: Callable[[str, bool], bool]) -> None:
        super().__init__(document)
        self._look = look
        self._wrong = wrong

    def highlightBlock(self, text: str) -> None:
        theme = self._look.theme
        for place in places(text):
            stops = self._wrong(place.name, place.is_fact)
            marked = QTextCharFormat()
            marked.setBackground(theme.color("status.warn.tint" if stops else "accent.tint"))
            marked.setForeground(theme.color("status.warn.text" if stops else "accent.text"))
            marked.setFontUnderline(True)
            first = _units(text[: place.start])
            self.setFormat(first, _units(text[: place.end]) - first, marked)


def _units(text: str) -> int:
    """Its length as Qt counts, in UTF-16."""
    return len(text.encode("utf-16-le")) // 2
