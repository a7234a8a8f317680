"""The Settings page: sections at the left; at the right forms made from the settings, the accounts, or where the data lives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from app.commands.accounts import CONTEXT
from app.commands.services import Changes
from app.runtime.settings import Shop
from app.runtime.words import message
from app.ui.actions import Actions
from app.ui.orders.figure_sheet import open_figures
from app.ui.orders.file_sheet import choose_file
from app.ui.orders.import_sheet import currency_of, open_import
from app.ui.page import FooterKey, Page, PageFace
from app.ui.settings.account_acts import AccountActs
from app.ui.settings.accounts_section import AccountsSection
from app.ui.settings.analytics import AnalyticsPane
from app.ui.settings.answer_times import AnswerTimesPane
from app.ui.settings.calendars import CalendarsPane
from app.ui.settings.data import DataPane
from app.ui.settings.data_acts import DataActs
from app.ui.settings.form import Form
from app.ui.settings.keyboard import KeyboardPane
from app.ui.settings.links import LinksPane
from app.ui.settings.mail import TABLES as MAIL_TABLES
from app.ui.settings.mail import MailPane
from app.ui.settings.nav import Nav
from app.ui.settings.notifications import NotificationsPane
from app.ui.settings.publishing import GeneralPane, ServiceActs
from app.ui.settings.reports import ReportsPane
from app.ui.settings.rules import TABLES as RULE_TABLES
from app.ui.settings.rules import RulesPane
from app.ui.settings.sections import (
    ACCOUNTS,
    ANALYTICS,
    ANSWER,
    CALENDARS,
    DATA,
    GENERAL,
    KEYBOARD,
    LINKS,
    MAIL,
    NOTIFICATIONS,
    REPORTS,
    RULES,
    SECTIONS,
    SLOTS,
    SORTING,
    SPENDING,
)
from app.ui.settings.slots import TABLES as SLOT_TABLES
from app.ui.settings.slots import SlotsPane
from app.ui.settings.sorting import TABLES as SORT_TABLES
from app.ui.settings.sorting import SortingPane
from app.ui.settings.spending import SpendingPane

GUIDE_PLACES = {
    ACCOUNTS: "accounts",
    SPENDING: "accounts",
    MAIL: "sign-in#mail",
    LINKS: "sign-in#links",
    ANALYTICS: "sign-in#analytics",
    KEYBOARD: "keys",
    DATA: "data",
}
"""Sections that have a page of the guide of their own."""
NAMES_FROM = 760
"""Below this width of the page, sections show their icons alone."""
TABLES = ("account", "outbox", "message")

FIRST_KEYS = (FooterKey(("Up", "Down"), "settings.hint_choose"), FooterKey(("Return",), "settings.hint_open"))
LAST_KEYS = (FooterKey(("Escape",), "settings.hint_back"), FooterKey(("?",), "settings.hint_keys"))
KEYS = (*FIRST_KEYS, *LAST_KEYS)
ACCOUNT_KEYS = (*FIRST_KEYS, FooterKey(("Ctrl+N",), "settings.hint_add"), *LAST_KEYS)
RULE_KEYS = (
    FooterKey(("Up", "Down"), "settings.hint_choose"),
    FooterKey(("Shift+Up", "Shift+Down"), "rules.hint_move"),
    FooterKey(("Ctrl+N",), "rules.hint_new"),
    *LAST_KEYS,
)
SLOT_KEYS = (
    FooterKey(("Left", "Right", "Up", "Down"), "slots.hint_days"),
    FooterKey(("Return",), "slots.hint_change"),
    FooterKey(("Delete",), "slots.hint_remove"),
    *LAST_KEYS,
)
SORT_KEYS = (
    FooterKey(("F2",), "sorting.hint_rename"),
    FooterKey(("I",), "sorting.hint_look"),
    FooterKey(("Space",), "sorting.hint_offer"),
    FooterKey(("Alt+Up", "Alt+Down"), "sorting.hint_move"),
    FooterKey(("N",), "sorting.hint_new"),
    *LAST_KEYS,
)
MAIL_KEYS = (
    *FIRST_KEYS,
    FooterKey(("Delete",), "managers.hint_remove"),
    FooterKey(("Ctrl+N",), "managers.hint_new"),
    *LAST_KEYS,
)

OWN_KEYS = {ACCOUNTS: ACCOUNT_KEYS, RULES: RULE_KEYS, SLOTS: SLOT_KEYS, MAIL: MAIL_KEYS, SORTING: SORT_KEYS}
"""What the footer says in sections that have keys of their own."""


class SettingsPage(Page):
    """Sections are made when first shown and made anew when language or theme change."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._made: dict[str, QWidget] = {}
        self.acts = AccountActs(face, self, self._added)
        self.service = ServiceActs(face, self)
        self.data = DataActs(face, self, lambda: self.show_section(self.nav.section))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.nav = Nav(face.look, SECTIONS)
        self.nav.chosen.connect(self.show_section)
        row.addWidget(self.nav)
        self.stack = QStackedWidget()
        row.addWidget(self.stack, 1)
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
        """`section`, and in it `add=True`, `account=3` (with `sign_in=True`), `vault="make"` or "unlock", or
        `service="install"`, "start" or "remove", or `data="restore"` (see DataActs), or `backup=` a file to restore, or `lock="set"` or "off".
        """
        section, account, vault = target.get("section"), target.get("account"), target.get("vault")
        service, rule = target.get("service"), target.get("rule")
        if isinstance(section, str):
            self.nav.choose(section)
            if section == ACCOUNTS:
                self.accounts().bring_focus()
            self.show_section(section)
        if isinstance(account, int):
            self.accounts().choose(account)
        # Whoever brought the page to the front gives it the focus right after this; a sheet comes after that.
        if isinstance(rule, int) or (section == RULES and target.get("add")):
            QTimer.singleShot(0, self, lambda: self._open_rule(rule if isinstance(rule, int) else None))
        elif section == MAIL and target.get("add"):
            QTimer.singleShot(0, self, mail_pane(self._section(MAIL)).add_mailbox)
        elif target.get("add"):
            QTimer.singleShot(0, self, self.acts.add)
        elif target.get("sign_in") and isinstance(account, int) and self.acts.is_mailbox(account):
            self.nav.choose(MAIL)
            self.show_section(MAIL)
            QTimer.singleShot(0, self, lambda: mail_pane(self._section(MAIL)).bring(account))
        elif target.get("sign_in") and isinstance(account, int):
            QTimer.singleShot(0, self, lambda: self.acts.sign_in(account))
        elif isinstance(act := target.get("data"), str):
            QTimer.singleShot(0, self, lambda: self.data.act(act))
        elif isinstance(lock := target.get("lock"), str):
            QTimer.singleShot(0, self, lambda: self.data.lock(lock, self._soon.start))
        elif isinstance(backup := target.get("backup"), str | Path):
            QTimer.singleShot(0, self, lambda: self.data.offer(Path(backup)))
        elif target.get("orders") == "import":
            QTimer.singleShot(0, self, lambda: choose_orders(self._face, self))
        elif target.get("figures") == "import":
            QTimer.singleShot(0, self, self._choose_figures)
        elif vault == "make":
            QTimer.singleShot(0, self, lambda: self.acts.open_vault("make", self._soon.start))
        elif vault == "unlock":
            QTimer.singleShot(0, self, lambda: self.acts.open_vault("unlock", self._soon.start))
        elif service == "install" or service == "start" or service == "remove":
            self.service.act(service)
            QTimer.singleShot(0, self, lambda: bring_service(self._made.get(GENERAL)))

    def first_focus(self) -> QWidget | None:
        found = self._shown_accounts()
        return (found.focus() if found is not None else None) or self.nav.entry()

    def panes(self) -> Sequence[QWidget]:
        found = self._shown_accounts()
        return [self.nav, *([found.pane, found.detail] if found is not None else [self.stack])]

    def footer_keys(self) -> Sequence[FooterKey]:
        return OWN_KEYS.get(self.nav.section, KEYS)

    def state(self) -> dict[str, Any]:
        found = self._shown_accounts()
        return found.state() if found is not None else {}

    def perform(self, verb: str, **_values: object) -> Any:
        if verb == "new" and self.nav.section == RULES:
            self._open_rule(None)
            return True
        if verb == "new" and isinstance(mail := self._made.get(MAIL), MailPane) and self.nav.section == MAIL:
            mail.add_manager()
            return True
        if verb == "new" and self.nav.section == SORTING and (sorting := self._sorting()) is not None:
            sorting.add()
            return True
        if verb == "new":
            if self._face.actions.applies("accounts.add"):
                self._face.actions.run("accounts.add")
            else:
                self._face.notices.say(message("settings.sample_accounts"))
            return True
        if verb == "guide_place":
            return GUIDE_PLACES.get(self.nav.section, "")
        if verb == "disconnect":
            found = self._shown_accounts()
            if found is not None and found.account is not None:
                self.acts.disconnect(found.account)
            return True
        return None

    def on_changes(self, changes: Changes) -> None:
        if ACCOUNTS in self._made and changes.touches(*TABLES):
            self.accounts().read()
        if isinstance(rules := self._made.get(RULES), RulesPane) and changes.touches(*RULE_TABLES):
            rules.read()
        if isinstance(slots := self._made.get(SLOTS), SlotsPane) and changes.touches(*SLOT_TABLES):
            slots.read()
        if (sorting := self._sorting()) is not None and changes.touches(*SORT_TABLES):
            sorting.read()
        if isinstance(mail := self._made.get(MAIL), MailPane) and changes.touches(*MAIL_TABLES):
            mail.read()
        if isinstance(answer := self._made.get(ANSWER), AnswerTimesPane) and changes.touches("account"):
            answer.read()
        spending = self._made.get(SPENDING)
        if isinstance(spending, SpendingPane) and changes.touches("charge"):
            spending.read()

    def escape(self) -> bool:
        found = self._shown_accounts()
        if found is not None and found.escape():
            return True
        if self.nav.section == SORTING and (sorting := self._sorting()) is not None and sorting.escape():
            return True
        focus = QApplication.focusWidget()
        if focus is not None and self.stack.isAncestorOf(focus):
            self.nav.entry().setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def toggle_side_pane(self) -> None:
        found = self._shown_accounts()
        if found is not None:
            found.toggle_detail()

    def retranslate(self) -> None:
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_nav()

    # ---- sections

    def show_section(self, section: str) -> None:
        """Bring a section to the front, making it first if need be."""
        self.stack.setCurrentWidget(self._section(section))
        if section == ACCOUNTS:
            self.accounts().read()
        elif isinstance(pane := self._made.get(section), SpendingPane | AnswerTimesPane | RulesPane | MailPane | LinksPane | AnalyticsPane | SlotsPane | DataPane | SortingPane):
            pane.read()
        elif section == GENERAL:
            self.service.read()
        self._face.actions.refresh()

    def accounts(self) -> AccountsSection:
        """The section of accounts, made now if need be."""
        found = self._section(ACCOUNTS)
        assert isinstance(found, AccountsSection)
        return found

    def _shown_accounts(self) -> AccountsSection | None:
        return self.accounts() if self.nav.section == ACCOUNTS and ACCOUNTS in self._made else None

    def _sorting(self) -> SortingPane | None:
        """The section of categories and pillars, if it was made."""
        found = self._made.get(SORTING)
        return found if isinstance(found, SortingPane) else None

    def _section(self, section: str) -> QWidget:
        if section not in self._made:
            self._made[section] = self._make(section)
            self.stack.addWidget(self._made[section])
        return self._made[section]

    def _make(self, section: str) -> QWidget:
        if section == ACCOUNTS:
            return AccountsSection(self._face, self.acts)
        if section == DATA:
            return DataPane(self._face)
        if section == RULES:
            return RulesPane(self._face)
        if section == SORTING:
            return SortingPane(self._face)
        if section == SPENDING:
            return SpendingPane(self._face)
        if section == LINKS:
            return LinksPane(self._face)
        if section == ANALYTICS:
            return AnalyticsPane(self._face)
        if section == MAIL:
            return MailPane(self._face, self.acts)
        if section == ANSWER:
            return AnswerTimesPane(self._face)
        if section == SLOTS:
            return SlotsPane(self._face)
        if section == REPORTS:
            return ReportsPane(self._face)
        if section == CALENDARS:
            return CalendarsPane(self._face)
        if section == GENERAL:
            return GeneralPane(self._face, self.service)
        found = next(each for each in SECTIONS if each.id == section)
        services = self._face.services
        if section == KEYBOARD and isinstance(self._face.actions, Actions):
            return KeyboardPane(self._face.look, services.settings, found, self._face.actions, read_only=services.data.read_only)
        if section == NOTIFICATIONS:
            return NotificationsPane(self._face, found)
        return Form(self._face.look, services.settings, found, read_only=services.data.read_only)

    def _open_rule(self, rule_id: int | None) -> None:
        """One of the rules, or a new one."""
        pane = self._section(RULES)
        assert isinstance(pane, RulesPane)
        if rule_id is None:
            pane.add()
        else:
            pane.bring(rule_id)

    def _choose_figures(self) -> None:
        choose_file(self._face, self, "orders.choose_file", lambda path: open_figures(self._face, self.window(), path))

    def _added(self, account_id: int) -> None:
        self.accounts().choose(account_id)
        self.accounts().read()

    def _remake(self) -> None:
        """Language or theme changed: what was made in the old one is made anew."""
        focus = self.window().focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        found = self._shown_accounts()
        chosen = found.account_id if found is not None else 0
        sorting = self._sorting()
        place = sorting.place() if sorting is not None else None
        kept = sorting if sorting is not None and sorting.is_current else None
        for widget in self._made.values():
            if widget is not kept:
                self.stack.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self._made = {SORTING: kept} if kept is not None else {}
        if kept is not None:
            kept.renew()
        self._fit_nav()
        self.nav.retitle()
        if chosen:
            self.accounts().choose(chosen)
        if self.isVisible():
            self.show_section(self.nav.section)
            if self.nav.section == SORTING and kept is not None:
                return
            if place is not None and self.nav.section == SORTING and (anew := self._sorting()) is not None:
                anew.bring(place)
                return
            target = self.first_focus() if had_focus else None
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit_nav(self) -> None:
        self.nav.be_narrow(self.width() < self._face.theme.px(NAMES_FROM))

    def _settings_changed(self, keys: frozenset[str]) -> None:
        for widget in self._made.values():
            if isinstance(widget, Form):
                widget.show_changed(keys)


def choose_orders(face: PageFace, host: QWidget) -> None:
    """The file, then the sheet in which its columns are checked."""
    currency = currency_of(face.services.settings.get(Shop).country)
    choose_file(face, host, "orders.choose_file", lambda path: open_import(face, host.window(), path, currency))


def bring_service(section: QWidget | None) -> None:
    """Show what sends without a window."""
    if isinstance(section, GeneralPane):
        section.bring_service()


def mail_pane(section: QWidget) -> MailPane:
    """The section of mailboxes and managers as what it is."""
    assert isinstance(section, MailPane)
    return section
