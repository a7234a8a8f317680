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
        self._waiting: QAction | None = None
        """The line of the open menu that stands there until suggestions come."""
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
        """The menu opens at once; what may have been meant takes a moment and comes into it then."""
        menu = editor.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu = menu
        span = editor.misspelt.at(editor.textCursor().selectionStart())
        if span is not None and not editor.isReadOnly():
            self._offer(editor, menu, span)
        menu.popup(at)

    def _offer(self, editor: PartEditor, menu: QMenu, span: tuple[int, int]) -> None:
        word, first = editor.word_in(span), next(iter(menu.actions()), None)
        waiting = QAction(self._face.text("composer.looking_up"), menu)
        waiting.setEnabled(False)
        keep = QAction(self._face.text("composer.keep_word", word=word), menu)
        keep.triggered.connect(lambda _on=False: self._face.actions.start("keep word", self._keep(word)))
        for action in (waiting, keep):
            menu.insertAction(first, action) if first is not None else menu.addAction(action)
        if first is not None:
            menu.insertSeparator(first)
        self._waiting = waiting
        menu.aboutToHide.connect(self._forget)
        self._face.actions.start("spelling suggestions", self._suggest(editor, menu, waiting, span))

    def _forget(self) -> None:
        """The menu closes, and is gone soon."""
        self._waiting = None

    async def _suggest(self, editor: PartEditor, menu: QMenu, waiting: QAction, span: tuple[int, int]) -> None:
        word = editor.word_in(span)
        found = await self._face.services.drafting.suggestions(word, self._language)
        if self._waiting is not waiting:
            return
        if not found:
            waiting.setText(self._face.text("composer.no_suggestions"))
            return
        made = [QAction(each, menu) for each in found]
        for action, each in zip(made, found, strict=True):
            action.triggered.connect(lambda _on=False, each=each: self._replace(editor, span, word, each))
        menu.insertActions(waiting, made)
        menu.removeAction(waiting)
        if menu.activeAction() is None:  # keys may have gone further meanwhile
            menu.setActiveAction(made[0])

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
