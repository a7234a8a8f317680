"""What one account bears, where it differs from the others: posts a day, and days from one post to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.account import AccountRow
from app.runtime.setting_values import LONGEST_SILENCE, MOST_A_DAY
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated
from app.ui.settings.editors import Chosen
from app.ui.widgets.select import Select
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.text import Label

Rows = tuple[tuple[int, int, int], ...]


class AccountPaces:
    """An account, and its two numbers; 0 is as for all accounts."""

    def __init__(self, look: Look, name: str, value: Rows, chosen: Chosen) -> None:
        self._value = value
        self._chosen = chosen
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(8))
        self.account = Select(look, name)
        self.account.activated.connect(lambda _row: self._show())
        row.addWidget(self.account)
        self.a_day = Stepper(look, look.text("slots.own_day_limit"), 0, MOST_A_DAY)
        self.silence = Stepper(look, look.text("slots.own_silence"), 0, LONGEST_SILENCE)
        for stepper in (self.a_day, self.silence):
            row.addWidget(Label(look, stepper.box.accessibleName(), "small", "text.secondary"))
            row.addWidget(stepper)
            stepper.changed.connect(lambda _value: self._keep())
        row.addStretch(1)
        self.widget.setFocusProxy(self.account)
        self.show_accounts(())

    @property
    def account_id(self) -> int:
        found = self.account.currentData()
        return found if isinstance(found, int) else 0

    def show_accounts(self, accounts: Sequence[AccountRow]) -> None:
        """Those that post; the one that was chosen stays."""
        self.account.offer([(f"{network_name(each.network)} {isolated(each.handle)}", each.id) for each in accounts])
        if self.account.currentIndex() < 0 and accounts:
            self.account.setCurrentIndex(0)
        self._show()

    def show_value(self, value: object) -> None:
        """Limits were changed, here or elsewhere."""
        self._value = value if isinstance(value, tuple) else ()
        self._show()

    def _show(self) -> None:
        most, days = {number: (most, days) for number, most, days in self._value}.get(self.account_id, (0, 0))
        self.a_day.choose(most)
        self.silence.choose(days)
        for stepper in (self.a_day, self.silence):
            stepper.setEnabled(bool(self.account_id))

    def _keep(self) -> None:
        others = tuple(row for row in self._value if row[0] != self.account_id)
        own = (self.account_id, self.a_day.value, self.silence.value)
        self._chosen((*others, own) if any(own[1:]) else others)
