"""Going on by e-mail on the Inbox page: the invitation into the reply box, the sheet of a first letter, and from one conversation to the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QTextCursor

from app.commands.agreements import FirstLetter
from app.models.invitation import ToEmail
from app.runtime.errors import UserMistake
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.desk import Desk
from app.ui.inbox.invitation_sheet import InvitationSheet
from app.ui.page import PageFace
from app.ui.safe_text import isolated


class Emailing(QObject):
    """`table` maps the names that commands use to what is done; `show` opens a conversation."""

    def __init__(self, face: PageFace, desk: Desk, conversation: ConversationPane, show: Callable[[int], None]) -> None:
        super().__init__(conversation)
        self._face = face
        self._desk = desk
        self._conversation = conversation
        self._show = show
        self._letter: FirstLetter | None = None
        self._sheet: InvitationSheet | None = None
        self.table: Mapping[str, Callable[..., Any]] = {
            "language_of_reply": lambda: conversation.reply.language,
            "go_on_by_email": self._go_on,
            "first_letter": self._take,
            "first_letter_sent": self._sent,
            "first_letter_refused": self._refused,
        }
        conversation.messages.act_wanted.connect(self._act)

    def _go_on(self, prepared: ToEmail) -> None:
        """To write to them where their address is known, else to invite them."""
        row = self._desk.row
        if row is None or row.id != prepared.conversation_id:
            return  # another was opened meanwhile
        if not prepared.to:
            self._invite(prepared)
            return
        name = isolated(row.author)

        def send(to: str, subject: str, text: str) -> None:
            self._letter = FirstLetter(prepared, name, to, subject, text)
            self._face.actions.run("inbox.letter_written")

        host = self._conversation.window()
        self._sheet = InvitationSheet(self._face.look, host, name, prepared, send, lambda: self._invite(prepared))
        self._sheet.closed.connect(self._forget)
        self._face.window.open_sheet(self._sheet)

    def _invite(self, prepared: ToEmail) -> None:
        """Into the reply box, privately where that can be; what stands there stays."""
        row, box = self._desk.row, self._conversation.reply
        if row is None or row.id != prepared.conversation_id or box.conversation != row.id:
            return
        box.put_away("invite")
        cursor = box.editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        text = box.text()
        cursor.insertText(
            prepared.invitation if not text.strip() or text.endswith(("\n", " ")) else f"\n{prepared.invitation}"
        )
        box.editor.setTextCursor(cursor)
        if box.bar.readers.is_enabled(1):
            box.choose_readers(1)
        box.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> FirstLetter | None:
        """Handed over once; the sheet stays until it is owed."""
        letter, self._letter = self._letter, None
        return letter

    def _sent(self) -> None:
        if self._sheet is not None:
            self._sheet.close_now()

    def _refused(self, error: UserMistake) -> None:
        if self._sheet is not None:
            self._sheet.refuse(error)

    def _forget(self) -> None:
        self._sheet = None

    def _act(self, act: str) -> None:
        name, _, number = act.partition(" ")
        if name == "conversation" and number.isdigit():
            self._show(int(number))
