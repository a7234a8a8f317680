"""The sheet that adds an account, or signs one in again: which network, which server, and the way in. It waits for the browser and can be cancelled."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from app.commands.account_services import NetworkChoice
from app.models.account import AccountRow
from app.runtime.errors import AppError, CredentialTrouble, UserMistake
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.page import PageFace, Started
from app.ui.safe_text import isolated
from app.ui.settings.account_rows import host
from app.ui.settings.app_password import AppPassword
from app.ui.settings.developer_app import DeveloperApp
from app.ui.settings.passphrase import PassphraseSheet, purpose_for
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label, draw_text

EXAMPLE_SERVER = "musica.example"
EXAMPLE_HANDLE = "@aurora"
COLUMNS = 2
WIDTH = 600


class AddAccountSheet(Sheet):
    """`done(account id)` hears of success. With `again`, network and server are fixed and the same account must come out."""

    def __init__(
        self,
        face: PageFace,
        host_widget: QWidget,
        networks: Sequence[NetworkChoice],
        done: Callable[[int], None],
        again: AccountRow | None = None,
    ) -> None:
        look = face.look
        title = look.text("settings.again_title", handle=isolated(again.handle)) if again else look.text("settings.add_title")
        super().__init__(look, host_widget, title, width=WIDTH)
        self._face = face
        self._networks = [each for each in networks if again is None or each.id == again.network]
        self._done = done
        self._again = again
        self._chosen: NetworkChoice | None = None
        self._busy = False
        self._running: Started | None = None
        self._with_token = False
        self.body.addWidget(Label(look, look.text("settings.add_said"), "body", "text.secondary", wrap=True))
        self._group = QButtonGroup(self)
        if again is None:
            self._add_networks()
        self.form = QWidget()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(12))
        self.server = Field(look, "", placeholder=EXAMPLE_SERVER, hint=look.text("settings.server_hint", example=EXAMPLE_SERVER))
        self.secret = Field(look, look.text("settings.token"), hint=look.text("settings.token_hint"), secret=True)
        self.handle = Field(look, look.text("settings.handle"), placeholder=EXAMPLE_HANDLE, hint=look.text("settings.handle_hint"))
        for field in (self.server, self.secret, self.handle):
            column.addWidget(field)
            field.line.returnPressed.connect(self.go_on)
        self.app = DeveloperApp(look, face.window.copy, self.go_on)
        column.addWidget(self.app)
        self.password = AppPassword(look, face.window.open_url, self.go_on, self.place)
        column.addWidget(self.password)
        self.body.addWidget(self.form)
        self.trouble = Strip(look, "danger")
        self.body.addWidget(self.trouble)
        self.waiting = Strip(look, "info", icon="globe")
        self.waiting.add_button(look.text("settings.cancel")).clicked.connect(self.cancel)
        self.body.addWidget(self.waiting)
        self.go = Button(look, "", kind="primary", key="Return", clicked=self.go_on)
        self.other = Button(look, "", kind="flat", clicked=self._other_way)
        self.how = Button(look, look.text("guide.how_to"), kind="flat", icon="question", clicked=self._show_how)
        self.offer(self.go, self.other, aside=[self.how])
        self.closed.connect(self._left)
        if self._networks:
            easy = [each for each in self._networks if not each.callback]
            self.choose((easy or self._networks)[0].id)

    # ---- what is chosen

    def _add_networks(self) -> None:
        look = self._look
        grid = QGridLayout()
        grid.setSpacing(look.theme.px(8))
        for place, network in enumerate(self._networks):
            tile = NetworkTile(look, network)
            self._group.addButton(tile, place)
            grid.addWidget(tile, place // COLUMNS, place % COLUMNS)
        self._group.idClicked.connect(lambda place: self.choose(self._networks[place].id))
        nest(self.body, grid)

    def choose(self, network: str) -> None:
        """Show the form of a network."""
        for place, each in enumerate(self._networks):
            if each.id == network:
                self._chosen = each
                button = self._group.button(place)
                if button is not None:
                    button.setChecked(True)
        self._with_token = bool(self._chosen and not self._chosen.browser and self._chosen.token)
        self._be_content()
        if self._again is not None:
            self.server.line.setText(host(self._again))
        self._show()

    def _show(self, *, waiting: bool = False) -> None:
        chosen, look = self._chosen, self._look
        if chosen is None:
            return
        by_hand = chosen.by_hand and not chosen.browser and not chosen.token
        self.server.label.setText(look.text("settings.server", network=chosen.name))
        self.server.line.setAccessibleName(look.text("settings.server", network=chosen.name))
        self.server.setVisible(chosen.asks_server and not by_hand and self._again is None)
        own_app = bool(chosen.callback) and not by_hand
        self.app.setVisible(own_app)
        if own_app:
            self.app.show_network(chosen, with_keys=self._with_token, again=self._again is not None)
        self.password.setVisible(chosen.app_password)
        if chosen.app_password:
            self.password.show_network(chosen, again=self._again is not None)
        self.secret.setVisible(self._with_token and not own_app and not chosen.app_password)
        self.handle.setVisible(by_hand)
        self.trouble.hide()
        self.waiting.setVisible(waiting)
        self.form.setEnabled(not waiting)
        for button in self._group.buttons():
            button.setEnabled(not waiting)
        self.go.setVisible(not waiting)
        self.go.setText(look.text("settings.use_app_password" if chosen.app_password else self._verb(by_hand, own_app)))
        self.other.setVisible(not waiting and not by_hand and chosen.browser and chosen.token)
        instead = "settings.app.keys_instead" if own_app else "settings.token_instead"
        self.other.setText(look.text("settings.browser_instead" if self._with_token else instead))
        if waiting:
            where = (self.password.own_server if chosen.app_password else self.server.text) or chosen.name
            asking = "settings.checking_app_password" if chosen.app_password else "settings.checking"
            self.waiting.show_message("info", look.text(asking if self._with_token else "settings.waiting", where=_escaped(where)), "globe")
        self.place()
        QTimer.singleShot(0, self, self.place)  # what was shown or hidden just now is measured after its next layout

    def _verb(self, by_hand: bool, own_app: bool) -> str:
        """What the button does."""
        if by_hand:
            return "settings.add_by_hand"
        if self._with_token:
            return "settings.app.use_keys" if own_app else "settings.use_token"
        return "settings.in_browser"

    def _be_content(self) -> None:
        for field in (self.server, self.secret, self.handle):
            field.be_content()
        self.app.be_content()
        self.password.be_content()

    def _other_way(self) -> None:
        self._with_token = not self._with_token
        self._show()
        if not self.app.isHidden():
            self.app.first_line().setFocus()
            return
        (self.secret.line if self._with_token and (self.server.text or not self.server.isVisible()) else self.server.line).setFocus()

    def _show_how(self) -> None:
        """The guide at the way into this network; the sheet is there again when it is closed."""
        if self._chosen is not None:
            self._face.window.show_guide(f"sign-in#{self._chosen.id}")

    def settle_focus(self) -> None:
        first = next((field.line for field in (self.server, self.handle, self.secret) if not field.isHidden()), None)
        if first is None and not self.app.isHidden():
            self.app.first_line().setFocus()
        elif first is None and not self.password.isHidden():
            self.password.first_line().setFocus()
        elif first is not None:
            first.setFocus()
        else:
            self.go.setFocus()

    # ---- the way in

    def go_on(self) -> None:
        """Enter: sign in, or add the account by hand."""
        chosen = self._chosen
        if chosen is None or self._busy:
            return
        if not self.server.isHidden() and not self.server.text:
            self._beside(self.server, self._look.text("settings.server_missing", example=EXAMPLE_SERVER))
            return
        self._be_content()
        self._show(waiting=self.handle.isHidden())
        self._busy = True
        self._running = self._face.actions.start("settings: add account", self._attempt(self._way(chosen)))

    def cancel(self) -> None:
        """Stop waiting for the browser."""
        self._stop()
        self._show()
        self.settle_focus()

    def _way(self, chosen: NetworkChoice) -> Coroutine[Any, Any, int]:
        accounts = self._face.services.accounts
        again = self._again.id if self._again is not None else None
        if not self.handle.isHidden():
            return accounts.add_by_hand(chosen.id, self.handle.text)
        server = self._again.server if self._again is not None else self.server.text
        if chosen.app_password:
            known, password = self._again, self.password
            handle, server = (known.handle, known.server) if known is not None else (password.handle.text, password.own_server)
            return accounts.sign_in_token(chosen.id, server, password.secret.line.text(), again=again, handle=handle)
        if self._with_token:
            secret = self.app.pasted() if chosen.callback else self.secret.line.text()
            return accounts.sign_in_token(chosen.id, server, secret, again=again)
        if chosen.callback:
            return accounts.sign_in_browser(chosen.id, server, again=again, client_id=self.app.client_id.text)
        return accounts.sign_in_browser(chosen.id, server, again=again)

    async def _attempt(self, way: Coroutine[Any, Any, int]) -> None:
        try:
            account_id = await way
        except AppError as error:
            self._busy = False
            self.complain(error)
            return
        self._busy = False
        self.secret.line.clear()
        self.app.forget()
        self.password.forget()
        self.close_now()
        self._done(account_id)

    def complain(self, error: AppError) -> None:
        """Beside the field it is about; what has none and no server to stand by, above the buttons."""
        self._show()
        if isinstance(error, CredentialTrouble):
            sheet = PassphraseSheet(self._face, self.window(), purpose_for(error), self.go_on, error)
            self._face.window.open_sheet(sheet)
            return
        sentence = self._look.text(error.message)
        named = error.field if isinstance(error, UserMistake) else "server"
        fields = {"server": self.server, "secret": self.secret, "handle": self.handle, **self.app.fields()}
        if not self.password.isHidden():
            fields |= self.password.fields()
            if isinstance(error, UserMistake) and named == "server" and self._again is None:
                self.password.name_server()
        field = fields.get(named or "server", self.server)
        if not field.isVisibleTo(self):
            self.trouble.show_message("danger", _escaped(sentence))
            self.trouble.show()
            self.place()
            self.settle_focus()
        else:
            self._beside(field, sentence)

    def _beside(self, field: Field, sentence: str) -> None:
        field.complain(sentence)
        self.place()
        field.line.setFocus()

    def _left(self) -> None:
        if self._stop():
            self._face.notices.say(message("settings.stopped"))

    def _stop(self) -> bool:
        """Whether something was under way."""
        busy, self._busy = self._busy, False
        if busy and self._running is not None:
            self._running.cancel()
        return busy


class NetworkTile(QAbstractButton):
    """One network: its disc, its name, and how one gets in."""

    def __init__(self, look: Look, network: NetworkChoice) -> None:
        super().__init__()
        self._look = look
        self._network = network
        pasted = "settings.way_app_password" if network.app_password else "settings.way_token"
        way = "settings.way_browser" if network.browser else pasted if network.token else "settings.way_by_hand"
        self._way = look.text(way)
        self.setText(network.name)
        self.setAccessibleName(f"{network.name}, {self._way}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        return QSize(theme.px(160), theme.line("bodyStrong") + theme.line("caption") + theme.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme, px = self._look, self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(QPen(theme.color("accent.fill" if chosen else "border.default"), 2 if chosen else 1))
        ground = "accent.tint" if chosen else "surface.hover" if self.underMouse() else "surface.raised"
        painter.setBrush(theme.color(ground))
        inset = 1.0 if chosen else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), theme.radius("card"), theme.radius("card"))
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        side = px(22)
        pixmap = look.icons.network(self._network.id, side, self.devicePixelRatioF())
        painter.drawPixmap(px(12), round((self.height() - side) / 2), pixmap)
        left = px(12 + 22 + 10)
        room = self.width() - left - px(10)
        top = (self.height() - theme.line("bodyStrong") - theme.line("caption")) / 2
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(left, top, room, theme.line("bodyStrong")), self.text(), theme.font("bodyStrong"))
        painter.setPen(theme.color("text.secondary"))
        top += theme.line("bodyStrong")
        draw_text(painter, QRectF(left, top, room, theme.line("caption")), self._way, theme.font("caption"))


def _escaped(text: str) -> str:
    """Strips draw rich text; what comes from outside stays plain."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
