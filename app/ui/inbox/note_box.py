"""The box for a note of ours: on its own paper above the reply, kept by Ctrl+Enter, put away by Esc, never lost by going elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.inbox.reply_editor import Frame, ReplyEditor
from app.ui.look import Look
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label


class NoteBox(QWidget):
    """Hidden until a note is written; what was begun in a conversation is there again when it is opened again."""

    def __init__(self, look: Look, keep: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._of: int | None = None
        self._begun: dict[int, str] = {}
        px = look.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, px(8))
        self.frame = Frame(look, "surface.note")
        outer.addWidget(self.frame)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        self.editor = ReplyEditor(look, least=48)
        self.editor.focused.connect(self.frame.light)
        column.addWidget(self.editor)
        bar = QHBoxLayout()
        bar.setContentsMargins(px(12), px(2), px(4), px(4))
        bar.setSpacing(px(6))
        self._hint = Label(look, "", "caption", "text.tertiary")
        bar.addWidget(self._hint, 1)
        self._away = IconButton(look, "x", "", key="Escape", size=26, clicked=self.put_away)
        bar.addWidget(self._away)
        self._keep = Button(look, "", key="Ctrl+Return", of="inbox.send", size="small", clicked=keep)
        bar.addWidget(self._keep)
        nest(column, bar)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """The language changed."""
        look = self._look
        self.editor.setAccessibleName(look.text("inbox.note"))
        self.editor.setPlaceholderText(look.text("inbox.note_hint"))
        self._hint.setText(look.text("inbox.note_only_here"))
        self._away.rename(look.text("shell.close"))
        self._keep.setText(look.text("inbox.keep_note"))

    def follow(self, conversation_id: int | None) -> None:
        """Another conversation is open."""
        if conversation_id == self._of:
            return
        text = self.editor.toPlainText()
        if self._of is not None and text.strip():
            self._begun[self._of] = text
        self._of = conversation_id
        begun = self._begun.pop(conversation_id, "") if conversation_id is not None else ""
        self.editor.setPlainText(begun)
        self.setVisible(bool(begun))

    def give_back(self, conversation_id: int, text: str) -> None:
        """A note that could not be kept comes back, into its own conversation."""
        if conversation_id != self._of:
            self._begun[conversation_id] = text
            return
        self.editor.setPlainText(text)
        self.show()

    def begun(self) -> tuple[str, ...]:
        """Notes that were begun and are kept nowhere else."""
        return tuple(text for text in (*self._begun.values(), self.editor.toPlainText()) if text.strip())

    def write(self) -> None:
        """Open it and put the keyboard in it."""
        self.show()
        self.editor.setFocus()

    def put_away(self) -> None:
        """Close it; what was begun is there again next time."""
        self.hide()

    def take(self) -> str | None:
        """What was written, if the keyboard is in it; the box is empty and closed afterwards."""
        text = self.editor.toPlainText().strip()
        if self.isHidden() or not (self.editor.hasFocus() or self._keep.hasFocus() or self._keep.isDown()):
            return None
        self.clear()
        return text or None

    def clear(self) -> None:
        self.editor.clear()
        self.hide()
