"""Misspelt words in the texts: underlined after a pause, with suggestions by right click, menu key and F7. Asks the service, knows no dictionary."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QMenu

from app.ui.composer.composition import Composition
from app.ui.composer.editor import PartEditor
from app.ui.page import PageFace

PAUSE_MS = 400


class Spelling(QObject):
    """One for the card of the texts."""

    def __init__(self, face: PageFace, editors: Callable[[], Sequence[PartEditor]]) -> None:
        super().__init__()
        self._face = face
        self._editors = editors
        self._language = ""
        self.menu: QMenu | None = None
        """The one that was opened last."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)

    def watch(self, editor: PartEditor) -> None:
        editor.textChanged.connect(self._pause.start)
        editor.asked_menu.connect(lambda at, editor=editor: self._ask_menu(editor, at))

    def show_composition(self, composition: Composition) -> None:
        if composition.draft.language != self._language:
            self._language = composition.draft.language
            for editor in self._editors():
                editor.misspelt.show(())
            self._pause.start()

    @property
    def knows(self) -> bool:
        """Whether there is a dictionary of the post's language."""
        return bool(self._face.services.drafting.spells(self._language))

    def look(self) -> None:
        """Ask for each text that is shown."""
        self._pause.stop()
        for editor in self._editors():
            self._face.actions.start("spelling", self._check(editor))

    async def _check(self, editor: PartEditor) -> None:
        text, language = editor.toPlainText(), self._language
        found = await self._face.services.drafting.misspelt(text, language)
        if editor in self._editors() and editor.toPlainText() == text and language == self._language:
            editor.misspelt.show(found)

    # ---- suggestions

    def go_to_next(self) -> None:
        """Select the next misspelt word after the cursor, round about, and show what may have been meant."""
        editors = list(self._editors())
        here = next((i for i, editor in enumerate(editors) if editor.hasFocus()), 0)
        for turn in range(len(editors) + 1):
            editor = editors[(here + turn) % len(editors)]
            after = editor.textCursor().selectionEnd() if turn == 0 else -1
            found = next((span for span in editor.misspelt.spans if span[0] >= after), None)
            if found is not None:
                cursor = editor.textCursor()
                cursor.setPosition(found[0])
                cursor.setPosition(found[1], QTextCursor.MoveMode.KeepAnchor)
                editor.setTextCursor(cursor)
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                self._ask_menu(editor, editor.viewport().mapToGlobal(editor.cursorRect().bottomLeft()))
                return

    def _ask_menu(self, editor: PartEditor, at: QPoint) -> None:
        span = editor.misspelt.at(editor.textCursor().selectionStart())
        if span is None or editor.isReadOnly():
            self._open(editor, at, None, ())
        else:
            self._face.actions.start("spelling suggestions", self._suggest(editor, at, span))

    async def _suggest(self, editor: PartEditor, at: QPoint, span: tuple[int, int]) -> None:
        word = editor.word_in(span)
        found = await self._face.services.drafting.suggestions(word, self._language)
        if editor in self._editors() and editor.word_in(span) == word:
            self._open(editor, at, span, found)

    def _open(self, editor: PartEditor, at: QPoint, span: tuple[int, int] | None, found: Sequence[str]) -> None:
        menu = editor.createStandardContextMenu()
        first = next(iter(menu.actions()), None)
        if span is not None:
            word, made = editor.word_in(span), list[QAction]()
            for each in found:
                made.append(QAction(each, menu))
                made[-1].triggered.connect(lambda _on=False, each=each: self._replace(editor, span, word, each))
            if not found:
                made.append(QAction(self._face.text("composer.no_suggestions"), menu))
                made[-1].setEnabled(False)
            keep = QAction(self._face.text("composer.keep_word", word=word), menu)
            keep.triggered.connect(lambda _on=False: self._face.actions.start("keep word", self._keep(word)))
            made.append(keep)
            for action in made:
                menu.insertAction(first, action) if first is not None else menu.addAction(action)
            if first is not None:
                menu.insertSeparator(first)
            menu.setActiveAction(made[0])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu = menu
        menu.popup(at)

    def _replace(self, editor: PartEditor, span: tuple[int, int], word: str, by: str) -> None:
        if editor.word_in(span) != word:
            return
        cursor = editor.textCursor()
        cursor.setPosition(span[0])
        cursor.setPosition(span[1], QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(by)
        editor.setTextCursor(cursor)

    async def _keep(self, word: str) -> None:
        await self._face.services.drafting.keep_words([word])
        self.look()

    def stop(self) -> None:
        self._pause.stop()
