"""The form for a network that lets programs in only with the user's own developer app: what to do there, and what to paste from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.commands.account_services import NetworkChoice
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.strip import Strip
from app.ui.widgets.surface import Card
from app.ui.widgets.text import Label

COLUMNS = 2


class DeveloperApp(QWidget):
    """Either the app's id for the browser's sign-in, with the address to register, or its keys side by side."""

    def __init__(self, look: Look, copy: Callable[[str], None], go_on: Callable[[], None]) -> None:
        super().__init__()
        self._look = look
        self._go_on = go_on
        px = look.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self.costs = Strip(look, "info", icon="coins")
        column.addWidget(self.costs)
        self.steps = Label(look, "", "small", "text.secondary", wrap=True)
        column.addWidget(self.steps)
        self._browser = QWidget()
        inner = QVBoxLayout(self._browser)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(12))
        inner.addWidget(self._address(copy))
        self.client_id = Field(look, look.text("settings.app.client_id"), hint=look.text("settings.app.client_id_hint"))
        self.client_id.line.returnPressed.connect(go_on)
        inner.addWidget(self.client_id)
        column.addWidget(self._browser)
        self._keys = QWidget()
        self._grid = QGridLayout(self._keys)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(10))
        column.addWidget(self._keys)
        self.keys: dict[str, Field] = {}

    def _address(self, copy: Callable[[str], None]) -> QWidget:
        look, px = self._look, self._look.theme.px
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(Label(look, look.text("settings.app.callback"), "bodyStrong"))
        card = Card(look)
        row = QHBoxLayout(card)
        row.setContentsMargins(px(10), px(6), px(6), px(6))
        self.callback = Label(look, "", "body", selectable=True)
        row.addWidget(self.callback, 1)
        self.copy = Button(
            look, look.text("settings.app.copy"), icon="copy", size="small", clicked=lambda: copy(self.callback.text())
        )
        row.addWidget(self.copy)
        column.addWidget(card)
        return holder

    def show_network(self, network: NetworkChoice, *, with_keys: bool, again: bool) -> None:
        """`again`: the app's id is known, unless another one is typed."""
        look = self._look
        name = network.name
        self.costs.show_message("info", look.text("settings.app.costs", network=name), "coins")
        self.costs.setVisible(network.costs)
        self.steps.setText(look.text("settings.app.steps_keys" if with_keys else "settings.app.steps", network=name))
        self.callback.setText(network.callback)
        self.copy.setAccessibleName(look.text("settings.app.copy_named", address=network.callback))
        self.client_id.line.setPlaceholderText(look.text("settings.app.client_id_known") if again else "")
        self._browser.setVisible(not with_keys)
        self._keys.setVisible(with_keys)
        if tuple(self.keys) != network.secret_fields:
            self._make_keys(network.secret_fields)

    def _make_keys(self, names: tuple[str, ...]) -> None:
        for field in self.keys.values():
            field.deleteLater()
        self.keys = {}
        for place, name in enumerate(names):
            field = Field(self._look, self._look.text(f"network.secret.{name}"), secret=True)
            field.line.returnPressed.connect(self._go_on)
            self._grid.addWidget(field, place // COLUMNS, place % COLUMNS)
            self.keys[name] = field

    def fields(self) -> Mapping[str, Field]:
        """By the names that a mistake gives them."""
        return {"client_id": self.client_id, **self.keys}

    def pasted(self) -> Mapping[str, str]:
        """The keys."""
        return {name: field.line.text() for name, field in self.keys.items()}

    def forget(self) -> None:
        """Secrets do not stay in the fields."""
        for field in self.keys.values():
            field.line.clear()

    def be_content(self) -> None:
        for field in self.fields().values():
            field.be_content()

    def first_line(self) -> QWidget:
        """Where the focus belongs."""
        shown = [
            field.line for field in self.fields().values() if not field.isHidden() and field.parentWidget() is not None
        ]
        keys = [field.line for field in self.keys.values()]
        return keys[0] if not self._keys.isHidden() and keys else shown[0] if shown else self.client_id.line
