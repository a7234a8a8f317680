"""The sheet for the vault's passphrase: to make the vault where there is no keyring, or to open it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtWidgets import QWidget

from app.runtime.errors import AppError, CredentialTrouble, NoKeyring, UserMistake, VaultLocked
from app.runtime.words import Message
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label

Purpose = Literal["make", "unlock"]


def purpose_for(trouble: CredentialTrouble) -> Purpose:
    """What helps against it."""
    return "unlock" if isinstance(trouble, VaultLocked) else "make"


class PassphraseSheet(Sheet):
    """Calls `done` once the vault is open."""

    def __init__(
        self, face: PageFace, host: QWidget, purpose: Purpose, done: Callable[[], None], trouble: CredentialTrouble | None = None
    ) -> None:
        look = face.look
        super().__init__(look, host, look.text(f"settings.vault.{purpose}_title"), width=480)
        self._face = face
        self._purpose = purpose
        self._done = done
        if isinstance(trouble, NoKeyring):
            self.body.addWidget(Strip(look, "warn", look.text("settings.vault.no_keyring", install=trouble.install)))
        elif trouble is not None and purpose == "make":
            self.body.addWidget(Strip(look, "warn", look.text(trouble.message)))
        self.body.addWidget(Label(look, look.text(f"settings.vault.{purpose}_said"), "body", "text.secondary", wrap=True))
        self.passphrase = Field(look, look.text("settings.vault.passphrase"), secret=True)
        self.again = Field(look, look.text("settings.vault.again"), secret=True)
        self.body.addWidget(self.passphrase)
        if purpose == "make":
            self.body.addWidget(self.again)
            self.body.addWidget(Label(look, look.text("settings.vault.warning"), "caption", "text.tertiary", wrap=True))
        self.again.setVisible(purpose == "make")
        for field in (self.passphrase, self.again):
            field.line.returnPressed.connect(self.accept)
        self.go = Button(look, look.text(f"settings.vault.{purpose}"), kind="primary", key="Return", clicked=self.accept)
        self.offer(self.go, Button(look, look.text("settings.cancel"), kind="flat", clicked=self.close_now))

    def settle_focus(self) -> None:
        self.passphrase.line.setFocus()

    def accept(self) -> None:
        """Enter: check what can be checked here, then make or open the vault."""
        if not self.go.isEnabled():
            return
        if self._purpose == "make" and self.passphrase.line.text() != self.again.line.text():
            self.again.complain(self._look.text("settings.vault.differs"))
            self._fit()
            self.again.line.setFocus()
            return
        self.go.setEnabled(False)
        self._face.actions.start("settings: vault", self._work())

    async def _work(self) -> None:
        accounts, passphrase = self._face.services.accounts, self.passphrase.line.text()
        try:
            if self._purpose == "make":
                await accounts.make_vault(passphrase)
            else:
                await accounts.unlock_vault(passphrase)
        except (UserMistake, CredentialTrouble) as error:
            self.complain(error)
            return
        self._face.notices.say(Message(f"settings.vault.{self._purpose}_done"), level="ok")
        self.close_now()
        self._done()

    def complain(self, error: AppError) -> None:
        """Beside the passphrase, and ready to be tried again."""
        self.go.setEnabled(True)
        self.passphrase.complain(self._look.text(error.message))
        self._fit()
        self.passphrase.line.setFocus()
        self.passphrase.line.selectAll()

    def _fit(self) -> None:
        self.place()
