"""The sheet for the window's passphrase: to set it, to change it, or to do without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtWidgets import QWidget

from app.runtime.errors import AppError, CredentialTrouble, UserMistake
from app.runtime.settings import Lock
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label

Purpose = Literal["set", "off"]


class LockSheet(Sheet):
    """Calls `done` once it is so. Where the keyring cannot be had, says that and offers nothing."""

    def __init__(self, face: PageFace, host: QWidget, purpose: Purpose, done: Callable[[], None]) -> None:
        look = face.look
        changes = purpose == "set" and face.services.settings.get(Lock).on
        self.name = "change" if changes else purpose
        super().__init__(look, host, look.text(f"lock.{self.name}.title"), width=480)
        self._face = face
        self._done = done
        self.body.addWidget(Label(look, look.text(f"lock.{self.name}.said"), "body", "text.secondary", wrap=True))
        self.current = Field(look, look.text("lock.current"), secret=True)
        self.passphrase = Field(look, look.text("lock.new"), secret=True)
        self.again = Field(look, look.text("lock.again"), secret=True)
        shown = {
            "set": (self.passphrase, self.again),
            "change": (self.current, self.passphrase, self.again),
            "off": (self.current,),
        }
        self.fields = shown[self.name]
        for field in (self.current, self.passphrase, self.again):
            self.body.addWidget(field)
            field.setVisible(field in self.fields)
            field.line.returnPressed.connect(self.accept)
        if purpose == "set":
            self.body.addWidget(Label(look, look.text("lock.forgotten"), "caption", "text.tertiary", wrap=True))
        self.go = Button(look, look.text(f"lock.{self.name}.go"), kind="primary", key="Return", clicked=self.accept)
        self.cancel = Button(look, look.text("settings.cancel"), kind="flat", clicked=self.close_now)
        self.offer(self.go, self.cancel)
        face.actions.start("lock: can it be had", self._ask())

    def settle_focus(self) -> None:
        first = self.fields[0]
        (first.line if first.isEnabled() else self.cancel).setFocus()

    def accept(self) -> None:
        """Enter: check what can be checked here, then ask the service."""
        if not self.go.isEnabled():
            return
        if self.again in self.fields and self.passphrase.line.text() != self.again.line.text():
            self._complain(self.again, self._look.text("lock.differs"))
            return
        self.go.setEnabled(False)
        self._face.actions.start("lock: set", self._work())

    async def _ask(self) -> None:
        why = await self._face.services.locking.why_not()
        if why is None or self.name == "off":
            return
        told = Strip(self._look, "warn", self._look.text("lock.no_keyring", reason=self._look.text(why)))
        self.body.insertWidget(0, told)
        told.show()  # else it would get its room a turn of the loop too late
        self.go.setEnabled(False)
        for field in self.fields:
            field.setEnabled(False)
        self.settle_focus()
        self.place()

    async def _work(self) -> None:
        locking, current = self._face.services.locking, self.current.line.text()
        try:
            if self.name == "off":
                await locking.turn_off(current)
            else:
                await locking.choose(self.passphrase.line.text(), current)
        except (UserMistake, CredentialTrouble) as error:
            self._refused(error)
            return
        self._face.notices.say(message(f"lock.{self.name}.done"), level="ok")
        self.close_now()
        self._done()

    def _refused(self, error: AppError) -> None:
        self.go.setEnabled(True)
        named = getattr(error, "field", None)
        field = {"current": self.current, "passphrase": self.passphrase}.get(str(named), self.fields[0])
        self._complain(field if field in self.fields else self.fields[0], self._look.text(error.message))

    def _complain(self, field: Field, sentence: str) -> None:
        field.complain(sentence)
        self.place()
        field.line.setFocus()
        field.line.selectAll()
