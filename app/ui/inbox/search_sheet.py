"""The sheet that keeps a search: its name, its words, the accounts whose networks are searched for it, and what that costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.models.account import AccountRow
from app.models.find import SavedSearchRow
from app.models.spending import SearchPrice, amount
from app.ui.dialogs import Sheet
from app.ui.durations import every_text
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import one_line
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import Label

Save = Callable[[SavedSearchRow], None]


class SearchSheet(Sheet):
    """`words` of the search are as typed in the language of the screen; `save` gets them so."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        search: SavedSearchRow,
        accounts: Sequence[AccountRow],
        prices: Callable[[Sequence[str]], Sequence[SearchPrice]],
        save: Save,
    ) -> None:
        """`accounts` are those whose networks can be searched."""
        super().__init__(look, host, look.text("find.sheet_edit" if search.id else "find.sheet_new"), width=500)
        self._search = search
        self._accounts = accounts
        self._prices = prices
        self._save = save
        self.name = Field(look, look.text("find.name"), search.name, placeholder=look.text("find.name_example"))
        self.words = Field(look, look.text("find.words"), search.words, hint=look.text("find.words_hint"))
        self.body.addWidget(self.name)
        self.body.addWidget(self.words)
        self.boxes: dict[int, CheckBox] = {}
        if accounts:
            self.body.addWidget(Label(look, look.text("find.at_networks"), "bodyStrong"))
            self.body.addWidget(Label(look, look.text("find.at_networks_hint"), "caption", "text.tertiary", wrap=True))
        for account in accounts:
            box = CheckBox(look, f"{network_name(account.network)} · {one_line(account.handle)}")
            box.setChecked(account.id in search.accounts)
            box.toggled.connect(lambda _on: self._tell())
            self.boxes[account.id] = box
            self.body.addWidget(box)
        self.cost = Strip(look, "warn", "", icon="coins")
        self.cost.hide()
        self.body.addWidget(self.cost)
        self.asks = CheckBox(look, look.text("find.asks"))
        self.asks.setChecked(search.asks)
        self.asks_hint = Label(look, look.text("find.asks_hint"), "caption", "text.tertiary", wrap=True)
        self.body.addWidget(self.asks)
        self.body.addWidget(self.asks_hint)
        self.main = Button(look, look.text("find.keep"), kind="primary", key="Return", clicked=self._keep)
        self.offer(self.main, Button(look, look.text("find.cancel"), key="Escape", clicked=self.close_now))
        self.name.line.returnPressed.connect(self._keep)
        self.words.line.returnPressed.connect(self._keep)
        self._tell()

    def chosen(self) -> tuple[int, ...]:
        """The accounts that are ticked."""
        return tuple(number for number, box in self.boxes.items() if box.isChecked())

    def complain(self, field: str, sentence: str) -> None:
        """Something is missing; the sheet stays."""
        target = self.words if field == "words" else self.name
        target.complain(sentence)
        target.line.setFocus()

    def _tell(self) -> None:
        """What the ticked networks cost, before anything is saved."""
        chosen = self.chosen()
        networks = [account.network for account in self._accounts if account.id in chosen]
        said = []
        for price in self._prices(networks):
            values = {
                "network": price.network,
                "look": amount(price.look, price.currency),
                "month": amount(price.month, price.currency),
                "limit": amount(price.limit, price.currency),
            }
            said.append(self._look.text("find.costs", every=every_text(self._look, price.hours * 60), **values))
        self.cost.show_message("warn", " ".join(said), "coins")
        self.cost.setVisible(bool(said))
        for widget in (self.asks, self.asks_hint):
            widget.setVisible(bool(chosen))
        if self.isVisible():
            self.place()

    def _keep(self) -> None:
        name, words = self.name.text, self.words.text
        if not name:
            self.complain("name", self._look.text("find.name_missing"))
        elif not words:
            self.complain("words", self._look.text("find.words_missing"))
        else:
            self._save(
                SavedSearchRow(
                    self._search.id, name, words, self.chosen(), self.asks.isChecked() and bool(self.chosen())
                )
            )
