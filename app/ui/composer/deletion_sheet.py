"""The guard before a published post is taken off its network: why, meant by typing the account's handle, and whether to write it again.

It decides nothing itself: what the service refuses, it says beside the field that is meant, in the service's words.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.commands.services import undo_seconds
from app.models.outbox import DeleteReason
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

UNDO_SECONDS = 10
"""How long the toast stays where nothing waits out an undo time."""


async def ask_to_delete(face: PageFace, host: QWidget, outbox_id: int) -> None:
    """Open the guard; raises `UserMistake` where the network offers no deletion."""
    handle = await face.services.deletion.confirmation(outbox_id)
    face.window.open_sheet(DeletionSheet(face, host, outbox_id, handle))


class DeletionSheet(Sheet):
    """Closes when the deletion is owed."""

    def __init__(self, face: PageFace, host: QWidget, outbox_id: int, handle: str) -> None:
        look = face.look
        super().__init__(look, host, look.text("composer.deletion.title"))
        self._face = face
        self._outbox_id = outbox_id
        self.body.addWidget(Label(look, look.text("composer.deletion.said"), "body", "text.secondary", wrap=True))
        title = Label(look, look.text("composer.deletion.reason"), "bodyStrong")
        self.body.addWidget(title)
        self.reason = Select(
            look,
            look.text("composer.deletion.reason"),
            [(look.text(f"composer.deletion.{each}"), each) for each in DeleteReason],
        )
        self.reason.activated.connect(self._content)
        title.setBuddy(self.reason)
        self.body.addWidget(self.reason)
        self.advice = Label(look, "", "small", "status.warn.text", wrap=True)
        self.advice.hide()
        self.body.addWidget(self.advice)
        self.handle = Field(look, look.text("composer.deletion.confirm", handle=handle), placeholder=handle)
        self.handle.line.returnPressed.connect(self._delete)
        self.body.addWidget(self.handle)
        self.again = CheckBox(look, look.text("composer.deletion.again"), checked=True)
        self.body.addWidget(self.again)
        self.foot.addStretch(1)
        self.foot.addWidget(Button(look, look.text("composer.deletion.keep"), clicked=self.close_now))
        self.button = Button(look, look.text("composer.deletion.do"), kind="danger", clicked=self._delete)
        self.foot.addWidget(self.button)

    def _content(self) -> None:
        self.advice.hide()
        self.handle.be_content()
        self.place()

    def _delete(self) -> None:
        self._content()
        self.button.setEnabled(False)
        self._face.actions.start("delete what is out", self._owe())

    async def _owe(self) -> None:
        face = self._face
        try:
            draft = await face.services.deletion.delete(
                self._outbox_id, DeleteReason(self.reason.currentData()), self.handle.text, again=self.again.isChecked()
            )
        except UserMistake as mistake:
            self._refused(mistake)
            return
        finally:
            self.button.setEnabled(True)
        self.close_now()
        seconds = undo_seconds(face.services)
        face.notices.say(message("composer.said.deletes"), undo=True, seconds=seconds or UNDO_SECONDS)
        if draft is not None:
            face.window.show_page("composer", post=draft)

    def _refused(self, mistake: UserMistake) -> None:
        said = self._face.look.text(mistake.message)
        if mistake.field == "confirmation":
            self.handle.complain(said)
        else:
            self.advice.setText(said)
            self.advice.show()
        self.place()
