"""The sheet of a mailbox: an address is enough where the provider is known; password, servers, trying both, and what is wrong in plain words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.mailbox import MailboxRow, Proposal, Tried
from app.runtime.errors import AppError, CredentialTrouble, UserMistake
from app.ui.dialogs import Sheet
from app.ui.page import PageFace, Started
from app.ui.safe_text import isolated
from app.ui.settings.mailbox_way import BROWSER, MailboxWay
from app.ui.settings.passphrase import PassphraseSheet, purpose_for
from app.ui.settings.server_fields import ServerFields
from app.ui.settings.trial_answers import TrialAnswers
from app.ui.widgets.button import Button
from app.ui.widgets.checks import Switch
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import Strip
from app.ui.widgets.surface import Scrolling
from app.ui.widgets.text import Label

WIDTH = 560
REST = 200
"""What stands above and below the fields, and beside the sheet."""
EXAMPLE = "hola@tienda.example"


class MailboxSheet(Sheet):
    """`done(address, whether it is new)` hears of success. With a row, the mailbox stays the same one."""

    def __init__(
        self, face: PageFace, host: QWidget, row: MailboxRow | None, done: Callable[[str, bool], None]
    ) -> None:
        look = face.look
        title = (
            look.text("mail.edit_title", address=isolated(row.address))
            if row is not None
            else look.text("mail.add_title")
        )
        super().__init__(look, host, title, width=WIDTH)
        self._face = face
        self._row = row
        self._done = done
        self._running: Started | None = None
        self._busy = False
        self._proposed = ""
        """The address for which servers were proposed last."""
        self._found: MailboxRow | None = None
        """That proposal."""
        self._fields = QWidget()
        self._form = QVBoxLayout(self._fields)
        self._form.setContentsMargins(0, 0, look.theme.px(6), 0)
        self._form.setSpacing(look.theme.px(12))
        self._make_fields()
        self.servers = ServerFields(look)
        self.servers.unfolded.connect(self._settle)
        self._form.addWidget(self.servers)
        self._form.addStretch(1)
        for field in (self.address, self.name, *self.servers.fields.values()):
            field.line.returnPressed.connect(self.keep)
        self.area = Scrolling()
        self.area.hold(self._fields)
        self.body.addWidget(self.area)
        self.waiting = Strip(look, "info", icon="globe")
        self.waiting.add_button(look.text("settings.cancel")).clicked.connect(self.cancel)
        self.waiting.hide()
        self.answers = TrialAnswers(look)
        for told in (self.waiting, self.answers):
            self.body.addWidget(told)
        self._make_foot()
        self.closed.connect(self._stop)
        if row is not None:
            self._show_row(row)

    # ---- what is in it

    def _make_fields(self) -> None:
        look, again = self._look, self._row is not None
        self.address = Field(look, look.text("mail.address"), placeholder=EXAMPLE)
        self.address.setVisible(not again)
        self.address.line.editingFinished.connect(self.propose)
        self.provider = Label(look, "", "small", "text.secondary", wrap=True)
        self.page = Button(look, look.text("mail.open_page"), icon="arrow-square-out", size="small")
        self.page.clicked.connect(lambda: self._face.window.open_url(self._page_address))
        self._page_address: str = ""
        self.way = MailboxWay(look, self._face.window.open_url, self.keep, again=again)
        self.way.changed.connect(self._way_changed)
        self.password = self.way.password
        self.name: Field = Field(look, look.text("mail.sender_name"), hint=look.text("mail.sender_name_hint"))
        for widget in (self.address, self.provider):
            self._form.addWidget(widget)
        self._form.addWidget(self.page, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self.way, self.name):
            self._form.addWidget(part)
        self.provider.hide()
        self.page.hide()
        copy = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(look, look.text("mail.copy"), "body", wrap=True))
        words.addWidget(Label(look, look.text("mail.copy_said"), "caption", "text.tertiary", wrap=True))
        nest(copy, words, 1)
        self.copy = Switch(look, look.text("mail.copy"), checked=True)
        self.copy.setAccessibleDescription(look.text("mail.copy_said"))
        copy.addWidget(self.copy)
        nest(self._form, copy)

    def _make_foot(self) -> None:
        look = self._look
        self.go = Button(look, look.text("mail.keep"), kind="primary", key="Return", clicked=self.keep)
        self.try_it = Button(look, look.text("mail.test"), clicked=self.test)
        for button in (self.go, self.try_it):
            button.setEnabled(not self._face.services.data.read_only)
        how = Button(look, look.text("guide.how_to"), kind="flat", icon="question")
        how.clicked.connect(lambda: self._face.window.show_guide("sign-in#mail"))
        self.offer(self.go, self.try_it, aside=[how])

    def _show_row(self, row: MailboxRow) -> None:
        self.address.line.setText(row.address)
        self._proposed = row.address
        self.name.line.setText(row.sender_name)
        self.copy.setChecked(row.copy_to_self)
        self.servers.show_row(row)
        found = self._face.services.mailboxes.proposal(row.address)
        self.way.show_row(row, found.ways, at_once=bool(found.provider))
        self._way_changed()

    @property
    def row(self) -> MailboxRow:
        """The mailbox as the fields say it."""
        number = self._row.account_id if self._row is not None else 0
        copy = self.copy.isChecked()
        return self.servers.filled(
            MailboxRow(number, self.address.text, "", "", sender_name=self.name.text, copy_to_self=copy)
        )._replace(sign_in=BROWSER if self.way.chosen is not None else "password")

    # ---- servers for an address

    def propose(self) -> bool:
        """Servers for the address, unless they stand there already; False where it is no address."""
        address = self.address.text
        if self._row is not None or address == self._proposed:
            return bool(address)
        try:
            found = self._face.services.mailboxes.proposal(address)
        except UserMistake as mistake:
            if address:
                self._beside(self.address, self._look.text(mistake.message))
            return False
        self._proposed, self._found = address, found.row
        self.servers.show_row(found.row)
        self.way.show_ways(found.ways, at_once=bool(found.provider))
        self._advise(found)
        self._way_changed()
        return True

    def _advise(self, found: Proposal) -> None:
        look = self._look
        self.provider.setText(
            look.text(found.advice)
            if found.advice is not None
            else look.text("mail.guessed", smtp=found.row.smtp_host, imap=found.row.imap_host)
        )
        self._page_address = found.page
        self.servers.unfold(not found.provider or not self.servers.inner.isHidden())

    def _way_changed(self) -> None:
        """A browser's sign-in is good at its provider's servers alone. The button says what it will do; there is nothing to test without tokens."""
        way = self.way.chosen
        if way is not None and self.servers.hosts["smtp"].text not in way.hosts:
            self.servers.show_row(way.row)
        elif way is None and self._found is not None and self.way.is_at_its_servers(self.servers.hosts["smtp"].text):
            self.servers.show_row(self._found)
        known = self._row
        anew = known is None or known.sign_in != BROWSER or known.state == "signed_out"
        self.go.setText(self._look.text("settings.in_browser" if way is not None and anew else "mail.keep"))
        self.try_it.setVisible(way is None)
        self.page.setVisible(way is None and bool(self._page_address))
        self.provider.setVisible(way is None and bool(self.provider.text()))
        self._settle()

    # ---- trying and keeping

    def test(self) -> None:
        """Sign in to both servers and out again."""
        if self._ready():
            self._begin(self._tested())

    def keep(self) -> None:
        """Sign in and keep it; what needs no signing in is kept without."""
        if self._ready():
            self._begin(self._kept())

    def _ready(self) -> bool:
        if self._busy or not self.propose():
            return False
        for field in (self.address, *self.way.fields().values(), *self.servers.fields.values()):
            field.be_content()
        return True

    def _begin(self, work: Any) -> None:
        look = self._look
        self.answers.begin()
        way = self.way.chosen
        said = (
            look.text("settings.waiting", where=way.name)
            if way is not None
            else look.text("mail.trying", smtp=isolated(self.servers.hosts["smtp"].text))
        )
        self.waiting.show_message("info", said, "globe")
        self.waiting.show()
        for button in (self.go, self.try_it):
            button.setEnabled(False)
        self._settle()
        self._busy = True
        self._running = self._face.actions.start("settings: mailbox", work)

    async def _tested(self) -> None:
        tried = await self._tried()
        self._rest()
        if tried is not None:
            self._show(tried)

    async def _kept(self) -> None:
        row, services = self.row, self._face.services
        known = self._row
        if known is not None and self.way.is_blank and not self.answers.trusted and row == _same_servers(known, row):
            await services.mailboxes.describe(
                known.account_id, sender_name=row.sender_name, copy_to_self=row.copy_to_self
            )
            if known.state != "signed_out":
                self._finish(row.address, anew=False)
                return
        again = known.account_id if known is not None else None
        if self.way.chosen is not None:
            entering = services.mailboxes.sign_in_browser(row, self.way.own_app, self.answers.trusted, again=again)
        else:
            tried = await self._tried()
            if tried is None or not tried.works:
                self._rest()
                if tried is not None:
                    self._show(tried)
                return
            entering = services.mailboxes.add(row, self.password.line.text(), self.answers.trusted, again=again)
        try:
            await entering
        except AppError as error:
            self._rest()
            self._complain(error)
            return
        self._finish(row.address, anew=known is None)

    async def _tried(self) -> Tried | None:
        again = self._row.account_id if self._row is not None else None
        try:
            return await self._face.services.mailboxes.test(
                self.row, self.password.line.text(), self.answers.trusted, again=again
            )
        except AppError as error:
            self._rest()
            self._complain(error)
            return None

    def _finish(self, address: str, *, anew: bool) -> None:
        self._busy = False
        self.way.forget()
        self.close_now()
        self._done(address, anew)

    def _show(self, tried: Tried) -> None:
        self.answers.show_tried(tried)
        self._settle()
        if not tried.works:
            (self.answers.trust if tried.certificate else self.password.line).setFocus()

    def _complain(self, error: AppError) -> None:
        if isinstance(error, CredentialTrouble):
            self._face.window.open_sheet(
                PassphraseSheet(self._face, self.window(), purpose_for(error), self.keep, error)
            )
            return
        sentence = self._look.text(error.message)
        fields = {"address": self.address, **self.way.fields(), **self.servers.fields}
        field = fields.get(error.field or "") if isinstance(error, UserMistake) else None
        if field is None:
            self.answers.complain(sentence)
            self._settle()
            return
        if field in self.servers.fields.values():
            self.servers.unfold()
        self._beside(field, sentence)

    def _beside(self, field: Field, sentence: str) -> None:
        field.complain(sentence)
        self._settle()
        self.area.ensureWidgetVisible(field)
        field.line.setFocus()

    # ---- the sheet

    def cancel(self) -> None:
        """Wait no longer."""
        self._stop()
        self._rest()
        (self.address.line if self._row is None and not self.address.text else self.way.first_line()).setFocus()

    def _rest(self) -> None:
        self._busy = False
        self.waiting.hide()
        for button in (self.go, self.try_it):
            button.setEnabled(not self._face.services.data.read_only)
        self._settle()

    def _stop(self) -> None:
        busy, self._busy = self._busy, False
        if busy and self._running is not None:
            self._running.cancel()

    def settle_focus(self) -> None:
        (self.way.first_line() if self._row is not None else self.address.line).setFocus()

    def place(self) -> None:
        """The fields get what the rest leaves them, and scroll."""
        px = self._look.theme.px
        width = min(px(WIDTH), self.width() - px(48)) - 40
        told = (self.waiting, self.answers)
        rest = px(REST) + sum(_height(widget, width) + self.body.spacing() for widget in told if not widget.isHidden())
        self.area.setFixedHeight(max(px(120), min(_height(self._fields, width - px(16)), self.height() - rest)))
        super().place()

    def _settle(self) -> None:
        """What was shown or hidden just now is measured after its next layout."""
        self.place()
        QTimer.singleShot(0, self, self.place)


def _height(widget: QWidget, width: int) -> int:
    return widget.heightForWidth(width) if widget.hasHeightForWidth() else widget.sizeHint().height()


def _same_servers(known: MailboxRow, row: MailboxRow) -> MailboxRow:
    """The row as it would be had only name and copy changed."""
    return MailboxRow(
        known.account_id,
        known.address,
        known.smtp_host,
        known.imap_host,
        sender_name=row.sender_name,
        user=known.user,
        sign_in=known.sign_in,
        smtp_port=known.smtp_port,
        smtp_security=known.smtp_security,
        imap_port=known.imap_port,
        imap_security=known.imap_security,
        copy_to_self=row.copy_to_self,
    )
