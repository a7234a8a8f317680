"""The sheet of a first letter to a customer whose address is known: to whom, about what, and the words, in their language."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.invitation import ToEmail
from app.runtime.errors import UserMistake
from app.ui.dialogs import Sheet
from app.ui.inbox.customer_sheets import TextArea
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label

WIDTH = 600
LINES = 12


class InvitationSheet(Sheet):
    """`send` hears (to, subject, text); `invite` asks in the conversation instead. It closes when somebody says so: see `refuse`."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        name: str,
        prepared: ToEmail,
        send: Callable[[str, str, str], None],
        invite: Callable[[], None],
    ) -> None:
        super().__init__(look, host, look.text("inbox.to_email.title", name=name), width=WIDTH)
        self._send = send
        self.to = Field(look, look.text("inbox.to_email.to"), prepared.to)
        self.subject = Field(look, look.text("inbox.to_email.subject"), prepared.subject)
        self.words = TextArea(look, look.text("inbox.to_email.text"), prepared.letter, LINES)
        self.words.installEventFilter(self)
        for field in (self.to, self.subject):
            self.body.addWidget(field)
            field.line.returnPressed.connect(self.take)
        column = QVBoxLayout()
        column.setSpacing(5)
        label = Label(look, look.text("inbox.to_email.text"), "bodyStrong")
        label.setBuddy(self.words)
        column.addWidget(label)
        column.addWidget(self.words)
        nest(self.body, column)
        self.complaint = Label(look, "", "caption", "status.danger.text", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        said = look.text("inbox.to_email.from", address=prepared.sender)
        self.body.addWidget(Label(look, said, "caption", "text.tertiary", wrap=True))
        self.ask = Button(
            look, look.text("inbox.to_email.ask_instead"), kind="flat", clicked=lambda: self._instead(invite)
        )
        self.foot.addWidget(self.ask)
        self.foot.addStretch(1)
        self.button = Button(
            look, look.text("inbox.to_email.send"), kind="primary", key="Ctrl+Return", clicked=self.take
        )
        self.foot.addWidget(self.button)

    def settle_focus(self) -> None:
        """In the empty paragraph that waits for the matter itself."""
        text = self.words.toPlainText()
        place = text.find("\n\n\n\n")
        cursor = self.words.textCursor()
        cursor.setPosition(place + 2 if place >= 0 else len(text))
        self.words.setTextCursor(cursor)
        self.words.setFocus()

    def take(self) -> None:
        """Hand it over."""
        self._send(self.to.text, self.subject.text, _without_gap(self.words.toPlainText()))

    def refuse(self, error: UserMistake) -> None:
        """Say what is wrong where it is wrong; the sheet stays."""
        field = {"to": self.to, "subject": self.subject}.get(error.field or "")
        said = self._look.text(error.message)
        if field is not None:
            field.complain(said)
            field.line.setFocus()
        else:
            self.complaint.setText(said)
            self.complaint.show()
            self.words.setFocus()
        self.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _sends(event):
            self.take()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The editor keeps Ctrl+Enter to itself otherwise."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and watched is self.words
            and _sends(event)
        ):
            self.take()
            return True
        return super().eventFilter(watched, event)

    def _instead(self, invite: Callable[[], None]) -> None:
        self.close_now()
        invite()


def _sends(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def _without_gap(text: str) -> str:
    """The empty paragraph goes where nothing was written into it."""
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text
