"""The Settings page: sections at the left, forms made from the settings, and the accounts with the pane of one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from app.commands.accounts import CONTEXT
from app.commands.services import Changes, Queries
from app.models.account import AccountRow, AccountState
from app.models.outbox import OutboxRow
from app.runtime.words import message
from app.ui.held import held
from app.ui.page import FooterKey, Page, PageFace
from app.ui.settings.account_acts import AccountActs
from app.ui.settings.account_detail import AccountDetail
from app.ui.settings.account_rows import Offers
from app.ui.settings.accounts import AccountsPane
from app.ui.settings.data import DataPane
from app.ui.settings.form import Form
from app.ui.settings.nav import Nav
from app.ui.settings.sections import ACCOUNTS, DATA, GENERAL, SECTIONS

DETAIL_SLIDES_BELOW = 1180 - 76
"""Width of the page, the rail's left out (interface.md section 3)."""
NAMES_FROM = 760
"""Below this width of the page, sections show their icons alone."""
TABLES = ("account", "outbox", "message")

KEYS = (
    FooterKey(("Up", "Down"), "settings.hint_choose"),
    FooterKey(("Return",), "settings.hint_open"),
    FooterKey(("Ctrl+N",), "settings.hint_add"),
    FooterKey(("Escape",), "settings.hint_back"),
    FooterKey(("?",), "settings.hint_keys"),
)


class SettingsPage(Page):
    """Forms are made when first shown and made anew when the language changes."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._made: dict[str, QWidget] = {}
        self._outbox: Sequence[OutboxRow] = ()
        self._wanted = 0
        self._slid_open = False
        self._to_list = False
        """The keyboard goes to the list once there are rows: somebody came for the accounts."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.nav = Nav(face.look, SECTIONS)
        self.nav.chosen.connect(self.show_section)
        row.addWidget(self.nav)
        self.stack = QStackedWidget()
        row.addWidget(self.stack, 1)
        self.detail = AccountDetail(face.look)
        self.detail.sign_in_wanted.connect(lambda: self.acts.sign_in(self._chosen_id()))
        self.detail.pause_wanted.connect(lambda paused: self.acts.pause(self._chosen_id(), paused=paused))
        self.detail.disconnect_wanted.connect(lambda: face.actions.run("accounts.remove"))
        self.detail.close_wanted.connect(self._slide_shut)
        self.acts = AccountActs(face, self, self._added)
        self._row = row
        row.addWidget(self.detail)
        self.detail.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._remake)
        face.theme.changed.connect(self._soon.start)
        face.services.settings.changed.connect(self._settings_changed)
        self.nav.choose(GENERAL)

    # ---- Page

    def shown(self) -> None:
        self.show_section(self.nav.section)

    def opened(self, **target: object) -> None:
        """`section`, and in it `add=True`, `account=3` (with `sign_in=True`), or `vault="make"` or "unlock"."""
        section, account, vault = target.get("section"), target.get("account"), target.get("vault")
        if isinstance(section, str):
            self.nav.choose(section)
            self.show_section(section)
            self._to_list = section == ACCOUNTS
        if isinstance(account, int):
            self._wanted = account
            self._accounts().choose(account)
        # Whoever brought the page to the front gives it the focus right after this; a sheet comes after that.
        if target.get("add"):
            QTimer.singleShot(0, self, self.acts.add)
        elif target.get("sign_in") and isinstance(account, int):
            QTimer.singleShot(0, self, lambda: self.acts.sign_in(account))
        elif vault in ("make", "unlock"):
            QTimer.singleShot(0, self, lambda: self.acts.open_vault("make" if vault == "make" else "unlock", self._soon.start))

    def first_focus(self) -> QWidget | None:
        return self._accounts().list if self.nav.section == ACCOUNTS and self._accounts().model.rows else self.nav.entry()

    def panes(self) -> Sequence[QWidget]:
        return [self.nav, self.stack, *([self.detail] if self.detail.isVisible() else [])]

    def footer_keys(self) -> Sequence[FooterKey]:
        return KEYS

    def state(self) -> dict[str, Any]:
        account = self._account()
        facts = set()
        if account is not None and account.state in (AccountState.READY, AccountState.PAUSED):
            facts.add("can_pause")
        if account is not None and account.state is AccountState.PAUSED:
            facts.add("paused")
        return {"account": account.id if account is not None else None, "facts": frozenset(facts)}

    def perform(self, verb: str, **_values: object) -> Any:
        if verb == "new":
            if self._face.actions.applies("accounts.add"):
                self._face.actions.run("accounts.add")
            else:
                self._face.notices.say(message("settings.sample_accounts"))
            return True
        if verb == "disconnect":
            row = self._account()
            if row is not None:
                self.acts.disconnect(row)
            return True
        return None

    def on_changes(self, changes: Changes) -> None:
        if ACCOUNTS in self._made and changes.touches(*TABLES):
            self._read_accounts()

    def escape(self) -> bool:
        if self._is_narrow() and self._slid_open:
            self._slide_shut()
            return True
        focus = QApplication.focusWidget()
        if focus is not None and self.stack.isAncestorOf(focus):
            self.nav.entry().setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def retranslate(self) -> None:
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.nav.be_narrow(self.width() < self._face.theme.px(NAMES_FROM))
        self._place_detail()

    # ---- sections

    def show_section(self, section: str) -> None:
        """Bring a section to the front, making it first if need be."""
        if section not in self._made:
            widget = self._make(section)
            self._made[section] = widget
            self.stack.addWidget(widget)
        self.stack.setCurrentWidget(self._made[section])
        if section == ACCOUNTS:
            self._read_accounts()
        self._place_detail()
        self._face.actions.refresh()

    def _make(self, section: str) -> QWidget:
        if section == ACCOUNTS:
            return self._make_accounts()
        if section == DATA:
            return DataPane(self._face)
        found = next(each for each in SECTIONS if each.id == section)
        services = self._face.services
        return Form(self._face.look, services.settings, found, read_only=services.data.read_only)

    def _remake(self) -> None:
        """Language or theme changed: what was made in the old one is made anew."""
        focus = self.window().focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        chosen = self._chosen_id()
        for widget in self._made.values():
            self.stack.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._made.clear()
        self.nav.be_narrow(self.width() < self._face.theme.px(NAMES_FROM))
        self.nav.retitle()
        self._wanted = chosen
        if self.isVisible():
            self.show_section(self.nav.section)
            target = self.first_focus() if had_focus else None
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _settings_changed(self, keys: frozenset[str]) -> None:
        for widget in self._made.values():
            if isinstance(widget, Form):
                widget.show_changed(keys)

    # ---- accounts

    def _make_accounts(self) -> AccountsPane:
        pane = AccountsPane(self._face.look, may_add=self._face.actions.applies("accounts.add"))
        pane.chosen.connect(lambda _account_id: self._show_detail())
        pane.opened.connect(lambda _account_id: self._slide_open())
        pane.add_wanted.connect(lambda: self._face.actions.run("accounts.add"))
        pane.sign_in_wanted.connect(self.acts.sign_in)
        return pane

    def _accounts(self) -> AccountsPane:
        if ACCOUNTS not in self._made:
            pane = self._make_accounts()
            self._made[ACCOUNTS] = pane
            self.stack.addWidget(pane)
        found = self._made[ACCOUNTS]
        assert isinstance(found, AccountsPane)
        return found

    def _account(self) -> AccountRow | None:
        """The chosen account, while accounts are shown."""
        return self._accounts().account if self.nav.section == ACCOUNTS and ACCOUNTS in self._made else None

    def _chosen_id(self) -> int:
        account = self._account()
        return account.id if account is not None else 0

    def _read_accounts(self) -> None:
        def query(queries: Queries) -> tuple[list[AccountRow], list[OutboxRow]]:
            return queries.accounts(), queries.outbox()

        self._face.services.reads.later(query, self._accounts_read)

    def _accounts_read(self, found: tuple[list[AccountRow], list[OutboxRow]]) -> None:
        pane = self._accounts()
        self._outbox = found[1]
        pane.show_rows(found[0])
        if self._wanted:
            pane.choose(self._wanted)
            self._wanted = 0
        if pane.account is None and found[0]:
            pane.list.choose(0)
        if self._to_list and found[0]:
            self._to_list = False
            if QApplication.focusWidget() is self.nav.entry():
                pane.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_detail()
        # Which abilities work is asked of a service that may not be loaded yet: it answers once the loop runs.
        self._face.actions.start("settings: what works", self._ask_offers())

    def _added(self, account_id: int) -> None:
        self._wanted = account_id
        self._read_accounts()

    async def _ask_offers(self) -> None:
        accounts = self._face.services.accounts
        offers: Mapping[int, Offers] = {row.id: accounts.offers(row) for row in self._accounts().model.rows}
        self._accounts().model.show_offers(offers)
        self._show_detail()

    def _show_detail(self) -> None:
        row = self._account()
        offers = self._accounts().model.offers.get(row.id, {}) if row is not None else {}
        owed = held(self._outbox, frozenset({row.id})) if row is not None else None
        self.detail.closable = self._is_narrow()
        focus = QApplication.focusWidget()
        if focus is None or not self.detail.isAncestorOf(focus):
            focus = None
        self.detail.show_account(row, offers, owed, read_only=self._face.services.data.read_only)
        if focus is not None:
            self._accounts().list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._place_detail()
        self._face.actions.refresh()

    # ---- the pane at the right

    def _is_narrow(self) -> bool:
        return self.width() < self._face.theme.px(DETAIL_SLIDES_BELOW)

    def _place_detail(self) -> None:
        """A column of its own where there is room, else over the list while it is open."""
        narrow, shows = self._is_narrow(), self._account() is not None
        if narrow != (self._row.indexOf(self.detail) < 0):
            if narrow:
                self._row.removeWidget(self.detail)
            else:
                self._row.addWidget(self.detail)
            self.detail.closable = narrow
            if shows:
                self._show_detail()
                return
        self.detail.setVisible(shows and (not narrow or self._slid_open))
        if narrow:
            self.detail.setGeometry(self.width() - self.detail.width(), 0, self.detail.width(), self.height())
            self.detail.raise_()

    def _slide_open(self) -> None:
        self._slid_open = True
        self._place_detail()

    def _slide_shut(self) -> None:
        self._slid_open = False
        self._place_detail()
        self._accounts().list.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_side_pane(self) -> None:
        if self._is_narrow() and self._account() is not None:
            self._slid_open = not self._slid_open
            self._place_detail()
