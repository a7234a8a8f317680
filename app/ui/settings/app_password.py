"""The part of the add-account sheet for networks that are entered with a handle and an app password: where to make one, and what it looks like."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.commands.account_services import NetworkChoice
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.flow_layout import FlowLayout

EXAMPLE_HANDLE = "aurora.bsky.social"
EXAMPLE_SERVER = "pds.aurora.example"
EXAMPLE = "xxxx-xxxx-xxxx-xxxx"
FORM = re.compile(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}", re.IGNORECASE)


class AppPassword(QWidget):
    """Handle, app password and, for the few who have one, a server of their own."""

    def __init__(
        self, look: Look, open_url: Callable[[str], None], go_on: Callable[[], None], grew: Callable[[], None]
    ) -> None:
        """`grew` hears that more is shown than before."""
        super().__init__()
        self._look = look
        self._open_url = open_url
        self._grew = grew
        self._chosen: NetworkChoice | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(12))
        hint = look.text("settings.identity_hint", example=EXAMPLE_HANDLE)
        self.handle = Field(look, look.text("settings.identity"), placeholder=EXAMPLE_HANDLE, hint=hint)
        self.secret = Field(look, look.text("network.secret.app_password"), placeholder=EXAMPLE, hint=" ", secret=True)
        self.server = Field(look, look.text("settings.own_server_name"), placeholder=EXAMPLE_SERVER)
        self.make = Button(look, look.text("settings.make_app_password"), icon="arrow-square-out", size="small")
        self.elsewhere = Button(look, look.text("settings.own_server"), kind="flat", size="small")
        buttons = QWidget()
        row = FlowLayout(buttons, look.theme.px(8))
        row.addWidget(self.make)
        row.addWidget(self.elsewhere)
        for field in (self.handle, self.secret):
            column.addWidget(field)
        column.addWidget(buttons)
        column.addWidget(self.server)
        for field in self.fields().values():
            field.line.returnPressed.connect(go_on)
        self.secret.line.editingFinished.connect(self.look_at_secret)
        self.make.clicked.connect(self._make)
        self.elsewhere.clicked.connect(self.name_server)

    def show_network(self, chosen: NetworkChoice, *, again: bool) -> None:
        """`again`: the account is known, only its app password is asked for."""
        if self._chosen is not chosen:
            self.server.hide()
        self._chosen = chosen
        self.secret.hint.setText(self._look.text("settings.app_password_hint", network=chosen.name))
        self.handle.setVisible(not again)
        self.make.setVisible(bool(chosen.secret_page))
        self.elsewhere.setVisible(chosen.may_name_server and not again and self.server.isHidden())

    def fields(self) -> dict[str, Field]:
        """By the names under which mistakes speak of them."""
        return {"handle": self.handle, "secret": self.secret, "server": self.server}

    def first_line(self) -> QLineEdit:
        return self.secret.line if self.handle.isHidden() else self.handle.line

    @property
    def own_server(self) -> str:
        return "" if self.server.isHidden() else self.server.text

    def be_content(self) -> None:
        for field in self.fields().values():
            field.be_content()

    def forget(self) -> None:
        """No secret stays in a field."""
        self.secret.line.clear()

    def look_at_secret(self) -> None:
        """What looks like no app password may be the main one: said before anything is sent."""
        if self._chosen is not None and self.secret.text and not FORM.fullmatch(self.secret.text):
            self.secret.complain(
                self._look.text("settings.no_app_password", example=EXAMPLE, network=self._chosen.name)
            )
            self._grew()

    def name_server(self) -> None:
        """Show the field for a server of one's own."""
        self.server.show()
        self.elsewhere.hide()
        self._grew()
        self.server.line.setFocus()

    def _make(self) -> None:
        """Open the network's own page on which it is made."""
        if self._chosen is not None:
            self._open_url(self._chosen.secret_page)
