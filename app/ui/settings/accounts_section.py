"""Settings, Accounts as a whole: the table, the pane of one account beside or over it, and what is read for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.commands.services import Queries
from app.models.account import POSTS_NOTHING, AccountRow, AccountState
from app.models.outbox import OutboxRow
from app.ui.held import held
from app.ui.page import PageFace
from app.ui.settings.account_acts import AccountActs
from app.ui.settings.account_detail import AccountDetail
from app.ui.settings.account_rows import Offers
from app.ui.settings.accounts import AccountsPane

DETAIL_SLIDES_BELOW = 1180 - 76 - 216
"""Width of the section: the window's (interface.md section 3) without rail and sections."""


class AccountsSection(QWidget):
    """Reads when asked to, and keeps the chosen account chosen."""

    def __init__(self, face: PageFace, acts: AccountActs) -> None:
        """`acts` outlive this widget: a sheet may be open while it is made anew."""
        super().__init__()
        self._face = face
        self.acts = acts
        self._wanted = 0
        self._outbox: Sequence[OutboxRow] = ()
        self._slid_open = False
        self._to_list = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.pane = AccountsPane(face.look, may_add=face.actions.applies("accounts.add"))
        self.pane.chosen.connect(lambda _account_id: self._show_detail())
        self.pane.opened.connect(lambda _account_id: self._slide(shut=False))
        self.pane.add_wanted.connect(lambda: face.actions.run("accounts.add"))
        self.pane.sign_in_wanted.connect(self.acts.sign_in)
        self._row.addWidget(self.pane, 1)
        self.detail = AccountDetail(face.look)
        self.detail.sign_in_wanted.connect(lambda: self.acts.sign_in(self.account_id))
        self.detail.pause_wanted.connect(lambda paused: self.acts.pause(self.account_id, paused=paused))
        self.detail.disconnect_wanted.connect(lambda: face.actions.run("accounts.remove"))
        self.detail.close_wanted.connect(lambda: self._slide(shut=True))
        self._row.addWidget(self.detail)
        self.detail.hide()

    # ---- what the page asks

    @property
    def account(self) -> AccountRow | None:
        """The chosen one."""
        return self.pane.account

    @property
    def account_id(self) -> int:
        """Its id; 0 for none."""
        return self.account.id if self.account is not None else 0

    def state(self) -> dict[str, Any]:
        """What is true of the chosen account, for commands."""
        account = self.account
        facts = set()
        if account is not None and account.state in (AccountState.READY, AccountState.PAUSED):
            facts.add("can_pause")
        if account is not None and account.state is AccountState.PAUSED:
            facts.add("paused")
        return {"account": account.id if account is not None else None, "facts": frozenset(facts)}

    def choose(self, account_id: int) -> None:
        """Choose an account, now or when it is read."""
        self._wanted = account_id
        self.pane.choose(account_id)

    def bring_focus(self) -> None:
        """Somebody came for the accounts: the keyboard goes to the list once there are rows."""
        self._to_list = True

    def focus(self) -> QWidget | None:
        """Where the keyboard goes; None while there are no rows."""
        return self.pane.list if self.pane.model.rows else None

    def escape(self) -> bool:
        """Shut what slid over the list: whether there was something."""
        if self._is_narrow() and self._slid_open:
            self._slide(shut=True)
            return True
        return False

    def toggle_detail(self) -> None:
        if self._is_narrow() and self.account is not None:
            self._slide(shut=self._slid_open)

    # ---- reading

    def read(self) -> None:
        """Ask for the rows and what waits."""

        def query(queries: Queries) -> tuple[list[AccountRow], list[OutboxRow]]:
            return queries.accounts(), queries.outbox()

        self._face.services.reads.later(query, self._read)

    def _read(self, found: tuple[list[AccountRow], list[OutboxRow]]) -> None:
        rows, self._outbox = found
        self.pane.show_rows(rows)
        if self._wanted:
            self.pane.choose(self._wanted)
            self._wanted = 0
        if self.account is None and rows:
            self.pane.list.choose(0)
        if self._to_list and rows:
            self._to_list = False
            self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_detail()
        # Which abilities work is asked of a service that may not be loaded yet: it answers once the loop runs.
        self._face.actions.start("settings: what works", self._ask_offers())

    async def _ask_offers(self) -> None:
        accounts = self._face.services.accounts
        offers: Mapping[int, Offers] = {row.id: accounts.offers(row) for row in self.pane.model.rows}
        self.pane.model.show_offers(offers)
        self._show_detail()

    # ---- the pane of one account

    def _show_detail(self) -> None:
        row = self.account
        offers = self.pane.model.offers.get(row.id, {}) if row is not None else {}
        waits = held(self._outbox, frozenset({row.id})) if row is not None else None
        self.detail.closable = self._is_narrow()
        focus = QApplication.focusWidget()
        inside = focus is not None and self.detail.isAncestorOf(focus)
        is_read = row is not None and row.network not in POSTS_NOTHING  # a mailbox tells of news by itself
        pace = self._face.services.sync.pace(row.id, row.network) if row is not None and is_read else None
        self.detail.show_account(row, offers, waits, read_only=self._face.services.data.read_only, pace=pace)
        if inside:
            self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place()
        self._face.actions.refresh()

    def _is_narrow(self) -> bool:
        return self.width() < self._face.theme.px(DETAIL_SLIDES_BELOW)

    def _place(self) -> None:
        """A column of its own where there is room, else over the list while it is open."""
        narrow, shows = self._is_narrow(), self.account is not None
        if narrow != (self._row.indexOf(self.detail) < 0):
            if narrow:
                self._row.removeWidget(self.detail)
            else:
                self._row.addWidget(self.detail)
            if shows:
                self._show_detail()
                return
        self.detail.setVisible(shows and (not narrow or self._slid_open))
        if narrow:
            width = min(self.detail.width(), self.width())
            self.detail.setGeometry(self.width() - width, 0, width, self.height())
            self.detail.raise_()

    def _slide(self, *, shut: bool) -> None:
        self._slid_open = not shut
        self._place()
        if shut:
            self.pane.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
