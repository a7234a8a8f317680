"""How a mailbox is signed in: with an app password, or through the browser with an app of one's own; only the fields that are wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.mailbox import BrowserWay, MailboxRow, OwnApp
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text import Label

BROWSER = "xoauth2"


class MailboxWay(QWidget):
    """`changed`: another way was chosen, or there is more to choose from."""

    changed = Signal()

    def __init__(
        self, look: Look, open_url: Callable[[str], object], go_on: Callable[[], None], *, again: bool
    ) -> None:
        super().__init__()
        self._look = look
        self._again = again
        self._ways: tuple[BrowserWay, ...] = ()
        self.choice: Segmented | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.theme.px(10))
        self.other = Button(look, look.text("mail.way.other"), icon="globe", kind="flat", size="small")
        self.other.clicked.connect(self._offer)
        self._column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        self.other.hide()
        self.password = Field(look, look.text("mail.password"), hint=look.text("mail.password_hint"), secret=True)
        if again:
            self.password.line.setPlaceholderText(look.text("mail.password_kept"))
        self._column.addWidget(self.password)
        self._app = QWidget()
        inner = QVBoxLayout(self._app)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(look.theme.px(10))
        self.steps = Label(look, "", "small", "text.secondary", wrap=True)
        self.page = Button(look, "", icon="arrow-square-out", size="small", clicked=lambda: open_url(self._page))
        self._page = ""
        self.client_id = Field(look, look.text("settings.app.client_id"))
        self.client_secret = Field(look, look.text("mail.way.client_secret"), hint=" ", secret=True)
        inner.addWidget(self.steps)
        inner.addWidget(self.page, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self.client_id)
        inner.addWidget(self.client_secret)
        self._column.addWidget(self._app)
        self._app.hide()
        for field in self.fields().values():
            field.line.returnPressed.connect(go_on)

    def fields(self) -> dict[str, Field]:
        """By the names that mistakes give them."""
        return {"password": self.password, "client_id": self.client_id, "client_secret": self.client_secret}

    @property
    def chosen(self) -> BrowserWay | None:
        """Through which browser way; None with a password."""
        at = self.choice.index if self.choice is not None else 0
        return self._ways[at - 1] if at > 0 else None

    @property
    def own_app(self) -> OwnApp:
        """What was pasted of the app."""
        way = self.chosen
        secret = self.client_secret.line.text() if way is not None and way.wants_secret else ""
        return OwnApp(way.id if way is not None else "", self.client_id.text, secret)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was pasted for the chosen way."""
        return not any(self.own_app[1:]) if self.chosen is not None else not self.password.line.text()

    def is_at_its_servers(self, host: str) -> bool:
        """Whether a server is one that choosing a browser's way puts in."""
        return any(host in way.hosts for way in self._ways)

    def show_ways(self, ways: Sequence[BrowserWay], *, at_once: bool) -> None:
        """Those that an address may have; `at_once`: it surely has them, so they need not be asked for."""
        self._ways = tuple(ways)
        if self.choice is not None:
            self.choice.setParent(None)
            self.choice.deleteLater()
            self.choice = None
        if ways and at_once:
            self._make_choice()
            self._choose(next((place for place, way in enumerate(ways, 1) if way.is_usual), 0))
        self.other.setVisible(bool(ways) and not at_once)
        self._show()

    def show_row(self, row: MailboxRow, ways: Sequence[BrowserWay], *, at_once: bool) -> None:
        """As a kept mailbox is signed in."""
        used = next((place for place, way in enumerate(ways, 1) if row.smtp_host in way.hosts), 0)
        by_browser = row.sign_in == BROWSER and used > 0
        self.show_ways(ways, at_once=at_once or by_browser)
        self._choose(used if by_browser else 0)
        self._show()

    def _offer(self) -> None:
        """There is more than a password for who asks."""
        self._make_choice()
        self._choose(1)
        self.other.hide()
        self._chosen()
        self.first_line().setFocus()

    def _make_choice(self) -> None:
        look = self._look
        named = [(look.text("mail.way.browser", name=way.name), None) for way in self._ways]
        self.choice = Segmented(look, look.text("mail.way"), [(look.text("mail.password"), None), *named])
        self.choice.chosen.connect(lambda _index: self._chosen())
        self._column.insertWidget(0, self.choice, 0, Qt.AlignmentFlag.AlignLeft)
        self.choice.show()

    def _choose(self, index: int) -> None:
        if self.choice is not None:
            self.choice.choose(index)

    def _chosen(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        look, way = self._look, self.chosen
        self.password.setVisible(way is None)
        self._app.setVisible(way is not None)
        if way is None:
            return
        self.steps.setText(look.text(f"mail.way.steps.{way.id}"))
        self.page.setText(look.text("mail.way.page", name=way.name))
        self._page = way.page
        self.client_secret.setVisible(way.wants_secret)
        self.client_secret.hint.setText(look.text("mail.way.client_secret_hint", name=way.name))
        for field in (self.client_id, self.client_secret):
            field.line.setPlaceholderText(look.text("settings.app.client_id_known") if self._again else "")

    def first_line(self) -> QWidget:
        """Where the focus belongs."""
        return self.password.line if self.chosen is None else self.client_id.line

    def forget(self) -> None:
        """Secrets do not stay in the fields."""
        self.password.line.clear()
        self.client_secret.line.clear()
