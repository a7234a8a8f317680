"""The sheet that deletes everything: says what goes, asks for a typed word, and then for nothing more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.runtime.errors import UserMistake
from app.runtime.words import Message
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.safe_text import breakable, isolated
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label


class EraseSheet(Sheet):
    """After it has signed out everywhere, the window closes and whoever ends the program deletes the folder."""

    def __init__(self, face: PageFace, host: QWidget, word: str) -> None:
        look = face.look
        super().__init__(look, host, look.text("erase.title"), width=520)
        self._face = face
        self._word = word
        folder = breakable(isolated(str(face.services.data.folder)))
        self.body.addWidget(Strip(look, "danger", look.text("erase.said", folder=folder)))
        self.field = Field(look, look.text("erase.type", word=isolated(word)))
        self.field.line.textChanged.connect(self._typed)
        self.field.line.returnPressed.connect(self.accept)
        self.body.addWidget(self.field)
        self.go = Button(look, look.text("erase.go"), kind="danger", icon="trash", clicked=self.accept)
        self.go.setEnabled(False)
        self.cancel = Button(look, look.text("restore.cancel"), kind="flat", clicked=self.close_now)
        self.offer(self.go, self.cancel)

    def settle_focus(self) -> None:
        self.field.line.setFocus()

    def accept(self) -> None:
        """Only what was typed as asked is done."""
        if self.go.isEnabled():
            self.go.setEnabled(False)
            self.cancel.setEnabled(False)
            self._face.actions.start("erase", self._work())

    def _typed(self, text: str) -> None:
        self.go.setEnabled(text.strip().casefold() == self._word.casefold())

    async def _work(self) -> None:
        try:
            left = await self._face.services.erasing.erase(self.field.line.text())
        except UserMistake as mistake:
            self.cancel.setEnabled(True)
            self.field.complain(self._look.text(mistake.message))
            self.place()
            return
        if left:
            self._show_left(left)
        else:
            self._face.services.erasing.finish()

    def _show_left(self, left: Sequence[Message]) -> None:
        look = self._look
        self.field.hide()
        self.body.addWidget(Label(look, look.text("erase.left"), "bodyStrong", wrap=True))
        for each in left:
            self.body.addWidget(Label(look, look.text(each), "body", wrap=True, selectable=True))
        self.go.hide()
        close = Button(
            look, look.text("erase.close"), kind="primary", clicked=lambda: self._face.services.erasing.finish()
        )
        self.foot.insertWidget(0, close)
        self.cancel.hide()
        self.place()
        close.setFocus()
