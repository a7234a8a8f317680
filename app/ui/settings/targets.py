"""Settings, Answer times: promises by account and category, one line a rule; an empty field leaves it to the next wider rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.models.account import AccountRow
from app.runtime.settings import LONGEST_PROMISE
from app.ui.durations import minutes_text, minutes_typed
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.settings.rows_editor import Entry, Value
from app.ui.widgets.field import LineField
from app.ui.widgets.select import Select
from app.ui.widgets.text import Label

FIELDS = ("first", "next", "solved")
FIELD_WIDTH = 92
NOTHING = ("-", "\N{EN DASH}", "\N{EM DASH}", "0")
"""Typed instead of a time: nothing is promised."""


def account_choices(look: Look, accounts: Sequence[AccountRow]) -> list[tuple[str, object]]:
    named = [
        (look.text("settings.targets.account", handle=each.handle, network=network_name(each.network)), each.id)
        for each in accounts
    ]
    return [(look.text("settings.targets.all_accounts"), 0), *named]


def category_choices(look: Look, chosen: str = "") -> list[tuple[str, object]]:
    return [(look.text("settings.targets.all_categories"), ""), *look.categories(chosen)]


class TargetHead(QWidget):
    """What the columns are."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(8))
        for name, stretch in (("settings.targets.where", 3), ("settings.targets.what", 3)):
            label = Label(look, look.text(name), "caption", "text.tertiary")
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(label, stretch)
        for field in FIELDS:
            label = Label(look, look.text(f"settings.targets.{field}"), "caption", "text.tertiary", wrap=True)
            label.setFixedWidth(look.theme.px(FIELD_WIDTH))
            row.addWidget(label)
        row.addSpacing(look.theme.px(28 + 8))


class TargetEntry(Entry):
    """An account or all, a category or all, and three lengths of time. `wider` answers what holds where a field is empty."""

    def __init__(
        self,
        look: Look,
        accounts: Sequence[AccountRow],
        value: Value | None,
        wider: Callable[[int, str], Sequence[int]],
        taken: Callable[[TargetEntry], bool],
    ) -> None:
        """`taken` says whether another line is for the same account and category."""
        super().__init__(look, look.text("settings.targets.remove"))
        self._wider = wider
        self._taken = taken
        account_id, category, *minutes = value or (0, "", None, None, None)
        self.account = Select(look, look.text("settings.targets.where"), account_choices(look, accounts))
        if account_id and all(each.id != account_id for each in accounts):
            self.account.addItem(look.text("settings.targets.gone"), account_id)
        self.category = Select(look, look.text("settings.targets.what"), category_choices(look, category))
        self.account.choose(account_id)
        self.category.choose(category)
        for select in (self.account, self.category):
            select.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.line.addWidget(self.account, 3)
        self.line.addWidget(self.category, 3)
        self.fields = [
            LineField(look, look.text(f"settings.targets.{name}"), _text(look, each))
            for name, each in zip(FIELDS, minutes, strict=True)
        ]
        for field in self.fields:
            field.setFixedWidth(look.theme.px(FIELD_WIDTH))
            field.editingFinished.connect(self.edited)
            self.line.addWidget(field)
        for select in (self.account, self.category):
            select.activated.connect(lambda _row: self._moved())
        self.close_line()
        self._show_wider()

    @property
    def place(self) -> tuple[int, str]:
        """The account and the category it is for."""
        account_id, category = self.account.currentData(), self.category.currentData()
        return (account_id if isinstance(account_id, int) else 0), str(category)

    def read(self) -> Value | None:
        look = self.look
        none = look.text("settings.targets.none").casefold()
        minutes = [0 if field.text().strip().casefold() == none else _minutes(field.text()) for field in self.fields]
        for field, each in zip(self.fields, minutes, strict=True):
            field.mark_wrong(each == _WRONG)
        if any(each == _WRONG for each in minutes):
            self.complain(look.text("settings.duration_unreadable"))
        elif self.place == (0, ""):
            self.complain(look.text("settings.targets.too_wide") if any(each is not None for each in minutes) else "")
        elif self._taken(self):
            self.complain(look.text("settings.targets.twice"))
        else:
            self.complain("")
            return (*self.place, *minutes)
        return None

    def _moved(self) -> None:
        self.edited.emit()  # first: what it was for until now is no wider rule any more
        self._show_wider()

    def _show_wider(self) -> None:
        for field, minutes in zip(self.fields, self._wider(*self.place), strict=True):
            field.setPlaceholderText(_text(self.look, minutes))


_WRONG = -1


def _minutes(text: str) -> int | None:
    typed = text.strip()
    if not typed:
        return None
    if typed in NOTHING:
        return 0
    minutes = minutes_typed(typed)
    return minutes if minutes is not None and 0 < minutes <= LONGEST_PROMISE else _WRONG


def _text(look: Look, minutes: int | None) -> str:
    if minutes is None:
        return ""
    return minutes_text(look, minutes) if minutes else look.text("settings.targets.none")
