"""Settings, Accounts: the table with its header and legend, and what an empty profile says instead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.models.account import AccountRow, AccountState, Offer
from app.ui.look import Look
from app.ui.settings.account_rows import COLUMNS, INSET, MARKS, AccountDelegate, AccountsModel, columns
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.row_list import RowList
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Pane, PaneHeader
from app.ui.widgets.text import Label, draw_text

HEADER = 32


class AccountsPane(Pane):
    """Says which account is chosen, opened, wants to sign in, and when one is to be added."""

    chosen = Signal(int)
    """The account's id, 0 for none."""
    opened = Signal(int)
    sign_in_wanted = Signal(int)
    add_wanted = Signal()

    def __init__(self, look: Look, *, may_add: bool) -> None:
        super().__init__(look, "base")
        self._may_add = may_add
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.header = PaneHeader(look, look.text("settings.section.accounts"))
        self._said = Label(look, "", "caption", "text.tertiary")
        self.header.row.addWidget(self._said)
        self.header.row.addStretch(1)
        self.add = Button(look, look.text("settings.add_account"), icon="plus-bold", kind="primary", size="small", clicked=self.add_wanted.emit)
        self.add.setEnabled(may_add)
        self.add.setToolTip("" if may_add else look.text("settings.sample_accounts"))
        self.header.row.addWidget(self.add)
        column.addWidget(self.header)
        self.model = AccountsModel(look)
        self._titles = _Titles(look, self.model)
        column.addWidget(self._titles)
        self.list = RowList(look, look.text("settings.section.accounts"), "row.settings")
        self.list.setModel(self.model)
        self.list.setItemDelegate(AccountDelegate(look, self.list, self.sign_in_wanted.emit))
        self.list.current_changed.connect(self._changed)
        self.list.activated_row.connect(lambda row: self.opened.emit(self.model.rows[row].id))
        self.list.clicked.connect(lambda index: self.opened.emit(self.model.rows[index.row()].id))
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column.addWidget(self.list, 1)
        self._legend = Legend(look)
        column.addWidget(self._legend)
        column.addStretch(0)
        self._empty: EmptyState | None = None
        self._column = column

    @property
    def account(self) -> AccountRow | None:
        """The chosen one."""
        place = self.list.current_row
        return self.model.rows[place] if 0 <= place < len(self.model.rows) else None

    def choose(self, account_id: int) -> None:
        for place, row in enumerate(self.model.rows):
            if row.id == account_id:
                self.list.choose(place)

    def show_rows(self, rows: Sequence[AccountRow]) -> None:
        kept = self.account
        self.model.show(rows)
        if kept is not None:
            self.choose(kept.id)
        needing = sum(row.state is AccountState.SIGNED_OUT for row in rows)
        look = self._look
        if rows:
            count = look.number(len(rows))
            self._said.setText(look.text("settings.accounts_need", count=count, n=needing) if needing else count)
        else:
            self._said.setText("")
        for part in (self._titles, self.list, self._legend):
            part.setVisible(bool(rows))
        self.list.setMaximumHeight(len(rows) * look.theme.size("row.settings"))
        self._titles.update()
        self._show_empty(not rows)

    def _changed(self, _row: int) -> None:
        account = self.account
        self.chosen.emit(account.id if account is not None else 0)

    def _show_empty(self, empty: bool) -> None:
        if empty and self._empty is None:
            look = self._look
            state = EmptyState(look, icon="user-plus")
            state.show_words(look.text("settings.no_account"), look.text("settings.no_account_said"))
            button = Button(look, look.text("settings.add_account"), kind="primary", clicked=self.add_wanted.emit)
            button.setEnabled(self._may_add)
            state.add_button(button)
            self._column.insertWidget(1, state, 1000)
            self._empty = state
        if self._empty is not None:
            self._empty.setVisible(empty)


class _Titles(QWidget):
    """The strip with the names of the columns; the rows name them for the screen reader."""

    def __init__(self, look: Look, model: AccountsModel) -> None:
        super().__init__()
        self._look = look
        self._model = model
        look.theme.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        self.setFixedHeight(self._look.theme.px(HEADER))

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, theme, px = self._look, self._look.theme, self._look.theme.px
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface.window"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), theme.color("border.subtle"))
        painter.setPen(theme.color("text.tertiary"))
        font = theme.font("captionStrong")
        places = columns(look, self.width(), self._model.rows)
        height = self.height()
        draw_text(painter, QRectF(px(INSET), 0, places.text_right - px(INSET), height), look.text("settings.column.account"), font)
        for ability, (left, width) in zip(COLUMNS, places.abilities, strict=True):
            rect = QRectF(left - 2, 0, width + 4, height)
            draw_text(painter, rect, look.text(f"settings.column.{ability}"), font, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        if places.state is not None:
            rect = QRectF(places.state[0], 0, places.state[1], height)
            draw_text(painter, rect, look.text("settings.column.state"), font, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Legend(QWidget):
    """What the marks mean."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.theme.px
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(INSET), px(12), px(INSET), px(12))
        inner = QWidget()
        outer.addWidget(inner)
        flow = FlowLayout(inner, px(12))
        for offer in Offer:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(4))
            icon, colour = MARKS[offer]
            row.addWidget(IconSpot(look, icon, colour, 15))
            row.addWidget(Label(look, look.text(f"settings.legend.{offer.value}"), "caption", "text.tertiary"))
            flow.addWidget(holder)
