"""What the Settings page does with accounts: the sheets it opens, what it asks first, and what it says afterwards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.models.account import AccountRow, AccountState
from app.models.mailbox import EMAIL
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.settings.add_account import AddAccountSheet
from app.ui.settings.passphrase import PassphraseSheet, Purpose


class AccountActs:
    """`added(account id)` hears when an account came in; changes of accounts are learnt from their commits."""

    def __init__(self, face: PageFace, page: QWidget, added: Callable[[int], None]) -> None:
        self._face = face
        self._page = page
        self._added = added

    def add(self) -> None:
        """Open the sheet that connects an account."""
        self._open()

    def is_mailbox(self, account_id: int) -> bool:
        """Whether signing in means the sheet of a mailbox."""
        row = self._row(account_id)
        return row is not None and row.network == EMAIL

    def sign_in(self, account_id: int) -> None:
        """Open the same sheet for an account that was signed out."""
        row = self._row(account_id)
        if row is not None and row.network == EMAIL:
            self._face.window.show_page("settings", section="mail", account=account_id, sign_in=True)
        elif row is not None and self._face.actions.applies("accounts.sign_in_again"):
            self._open(row)

    def pause(self, account_id: int, *, paused: bool) -> None:
        if account_id:
            self._face.actions.start("settings: pause", self._face.services.accounts.pause(account_id, paused=paused))

    def disconnect(self, row: AccountRow) -> None:
        """Ask, then give the access back."""
        names = {"handle": isolated(row.handle), "network": network_name(row.network)}
        by_hand = row.state is AccountState.BY_HAND

        def then(choice: int) -> None:
            if choice == 0:
                self._face.actions.start("settings: disconnect", self._remove(row))

        self._face.window.ask(
            message("settings.disconnect_question", **names),
            [message("settings.disconnect_yes"), message("settings.keep")],
            then,
            detail=message("settings.disconnect_by_hand" if by_hand else "settings.disconnect_said", n=row.messages, **names),
        )

    def open_vault(self, purpose: Purpose, done: Callable[[], None]) -> None:
        """Open the sheet for the vault's passphrase; what waited for it goes on afterwards."""

        def opened() -> None:
            self._face.actions.run("sync.now")
            done()

        self._face.window.open_sheet(PassphraseSheet(self._face, self._page.window(), purpose, opened))

    # ---- inside

    def _open(self, again: AccountRow | None = None) -> None:
        networks = self._face.services.accounts.networks()
        self._face.window.open_sheet(AddAccountSheet(self._face, self._page.window(), networks, self._done, again))

    def _done(self, account_id: int) -> None:
        row = self._row(account_id)
        if row is None:
            return
        by_hand = row.state is AccountState.BY_HAND
        said = message("settings.added_by_hand" if by_hand else "settings.added", handle=isolated(row.handle))
        self._face.notices.say(said, level="ok")
        self._added(account_id)
        if not by_hand:
            self._face.actions.run("sync.now")

    async def _remove(self, row: AccountRow) -> None:
        names = {"handle": isolated(row.handle), "network": network_name(row.network)}
        try:
            await self._face.services.accounts.remove(row.id)
        except UserMistake as told:  # everything is done, except that the network may still know the token
            self._face.notices.say(told.message, level="warn", seconds=20)
        else:
            ended = row.state in (AccountState.READY, AccountState.PAUSED)
            self._face.notices.say(message("settings.removed_revoked" if ended else "settings.removed", **names), level="ok")

    def _row(self, account_id: int) -> AccountRow | None:
        rows = self._face.services.reads.now(lambda queries: queries.accounts())
        return next((row for row in rows if row.id == account_id), None)
