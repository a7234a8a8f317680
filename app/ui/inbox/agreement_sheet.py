"""The sheet in which an agreement is recorded: what, in which words, how much, for which order, and which messages go with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.models.agreement import AgreementKind, AgreementRow, Proposed, Settled
from app.models.message import MessageKind, MessageRow
from app.models.order import OrderRow
from app.runtime.errors import AppError
from app.ui.agreement_words import amount_text
from app.ui.inbox.customer_sheets import SavingSheet, TextArea
from app.ui.inbox.times import in_full, same_day
from app.ui.look import Look
from app.ui.page import ActionsFace
from app.ui.safe_text import one_line
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.fitting import Fitting
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.text import ElidedLabel, Label

WIDTH = 600
MOST_MESSAGES = 40
"""The last messages of the conversation can be chosen among."""


class Around(NamedTuple):
    """What the sheet knows of the conversation."""

    name: str
    """The customer's, safe for a sentence."""
    messages: Sequence[MessageRow]
    orders: Sequence[OrderRow]
    order_number: str
    """The order they wrote of; empty where none."""
    currency: str
    terms: str
    now: datetime


class AgreementSheet(SavingSheet):
    """Ctrl+Enter records. `understand` reads an amount; `record` raises what the service refuses, and the sheet stays."""

    def __init__(
        self,
        look: Look,
        host: QWidget,
        around: Around,
        actions: ActionsFace,
        understand: Callable[[str], tuple[int, str] | None],
        record: Callable[[Settled], Awaitable[None]],
        begin: Proposed | AgreementRow | None = None,
        *,
        replaces: int | None = None,
    ) -> None:
        title = (
            look.text("inbox.agreement.title", name=around.name)
            if replaces is None
            else look.text("inbox.agreement.replace_title", number=str(replaces))
        )
        super().__init__(look, host, title, actions, WIDTH)
        self._around = around
        self._understand = understand
        self._record = record
        self._replaces = replaces
        kinds = [(look.text(f"agreement.kind.{kind}"), kind) for kind in AgreementKind]
        self.kind = Select(look, look.text("inbox.agreement.kind"), kinds)
        self.words = TextArea(look, look.text("inbox.agreement.text"), lines=3)
        self.words.setPlaceholderText(look.text("inbox.agreement.text_hint"))
        self.words.installEventFilter(self)
        hint = look.text("inbox.agreement.amount_hint", currency=around.currency).strip()
        self.amount = Field(look, look.text("inbox.agreement.amount"), placeholder=hint)
        self.amount.line.returnPressed.connect(self.take)
        self.order = Select(look, look.text("inbox.agreement.order"), self._order_choices(begin))
        self._moments = self._days(begin)
        days = [(self._day_text(at), place) for place, at in enumerate(self._moments)]
        self.day = Select(look, look.text("inbox.agreement.day"), days)
        self.boxes: list[tuple[int, CheckBox]] = []
        self._begin(begin)
        self._lay_out()

    def settle_focus(self) -> None:
        """Where the words are known, the kind comes first; else they are what is left to say."""
        (self.kind if self.words.toPlainText() else self.words).setFocus()

    def take(self) -> None:
        if not self.save.isEnabled():
            return
        amount: tuple[int, str] | None = None
        if self.amount.text:
            amount = self._understand(self.amount.text)
            if amount is None:
                self._refuse("agreement.no_amount", self.amount)
                return
        chosen = tuple(number for number, box in self.boxes if box.isChecked())
        settled = Settled(
            AgreementKind(self.kind.currentData()),
            self.words.toPlainText(),
            amount[0] if amount is not None else None,
            amount[1] if amount is not None else "",
            str(self.order.currentData() or ""),
            self._moments[self.day.currentData() or 0],
            chosen if self.boxes else None,
        )
        self._end_with("inbox: agreement", lambda: self._record(settled), self._complain)

    # ---- inside

    def _refuse(self, name: str, field: Field) -> None:
        field.complain(self._look.text(name, currency=self._around.currency))
        field.line.setFocus()
        self.place()

    def _complain(self, error: AppError) -> None:
        self.complaint.setText(self._look.text(error.message))
        self.complaint.show()
        self.words.setFocus()

    def _begin(self, begin: Proposed | AgreementRow | None) -> None:
        if begin is None:
            self.order.choose(self._around.order_number)
            return
        self.kind.choose(begin.kind)
        self.words.setPlainText(begin.text)
        self.amount.line.setText(amount_text(self._look, begin.amount, begin.currency))
        if isinstance(begin, Proposed):
            self.order.choose(self._around.order_number)
            return
        self.order.choose(begin.order_number)
        if begin.agreed_at in self._moments:
            self.day.choose(self._moments.index(begin.agreed_at))

    def _order_choices(self, begin: Proposed | AgreementRow | None) -> list[tuple[str, object]]:
        known = [
            (f"{one_line(order.number)}  {one_line(order.products)[:40]}".strip(), order.number)
            for order in self._around.orders
        ]
        named = [self._around.order_number, begin.order_number if isinstance(begin, AgreementRow) else ""]
        new = [
            (one_line(number), number)
            for number in dict.fromkeys(named)
            if number and number not in {each for _, each in known}
        ]
        return [(self._look.text("inbox.agreement.no_order"), ""), *known, *new]

    def _days(self, begin: Proposed | AgreementRow | None) -> list[datetime | None]:
        """Today (None), and each day on which something was said, the last first: an agreement was made in what was said."""
        look, before = self._look, self._around.now
        days: list[datetime | None] = [None]
        own = begin.agreed_at if isinstance(begin, AgreementRow) else None
        moments = [each.at for each in self._around.messages]
        for at in sorted([*moments, *([own] if own is not None else [])], reverse=True):
            if not same_day(look, at, before):
                days.append(own if own is not None and same_day(look, own, at) else at)
                before = at
        return days

    def _day_text(self, at: datetime | None) -> str:
        look, now = self._look, self._around.now
        if at is None:
            return look.text("inbox.agreement.today", day=look.words.day(now))
        return look.words.day(at, now)

    def _lay_out(self) -> None:
        look = self._look
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, look.theme.px(2), look.theme.px(2))
        column.setSpacing(12)
        pair = QHBoxLayout()
        pair.setSpacing(look.theme.px(12))
        nest(pair, self._labelled("inbox.agreement.kind", self.kind), 1)
        pair.addWidget(self.amount, 1)
        nest(column, pair)
        nest(column, self._labelled("inbox.agreement.text", self.words))
        pair = QHBoxLayout()
        pair.setSpacing(look.theme.px(12))
        nest(pair, self._labelled("inbox.agreement.order", self.order), 1)
        nest(pair, self._labelled("inbox.agreement.day", self.day), 1)
        nest(column, pair)
        if self._replaces is None:
            self._add_messages(column)
        terms = self._around.terms
        said = (
            look.text("inbox.agreement.terms", link=one_line(terms)) if terms else look.text("inbox.agreement.no_terms")
        )
        column.addWidget(Label(look, said, "caption", "text.tertiary", wrap=True))
        column.addWidget(Label(look, look.text("inbox.agreement.frozen"), "caption", "text.tertiary", wrap=True))
        self.body.addWidget(Fitting(inside))
        self.body.addWidget(self.complaint)
        self.foot.addStretch(1)
        self.save.setText(look.text("inbox.agreement.record"))
        self.foot.addWidget(self.save)

    def _labelled(self, name: str, field: QWidget) -> QVBoxLayout:
        look = self._look
        column = QVBoxLayout()
        column.setSpacing(5)
        label = Label(look, look.text(name), "bodyStrong")
        label.setBuddy(field)
        column.addWidget(label)
        column.addWidget(field)
        return column

    def _add_messages(self, column: QVBoxLayout) -> None:
        """What was said, each to be left out; the newest is lowest, as in the conversation."""
        look = self._look
        stored = [each for each in self._around.messages if each.id > 0 and not each.deleted][-MOST_MESSAGES:]
        if not stored:
            return
        column.addWidget(Label(look, look.text("inbox.agreement.goes_with"), "bodyStrong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.theme.px(8))
        grid.setVerticalSpacing(look.theme.px(2))
        grid.setColumnStretch(1, 1)
        for row, each in enumerate(stored):
            who = look.text("customer.history_ours") if each.kind is MessageKind.OURS else one_line(each.author)
            box = CheckBox(look, "", checked=True)
            box.setAccessibleName(f"{who}, {in_full(look, each.at, self._around.now)}: {one_line(each.text[:200])}")
            self.boxes.append((each.id, box))
            said = ElidedLabel(look, look.words.told_of(who, one_line(each.text[:400])), "small")
            at = Label(look, in_full(look, each.at, self._around.now), "caption", "text.tertiary")
            grid.addWidget(box, row, 0)
            grid.addWidget(said, row, 1)
            grid.addWidget(at, row, 2)
        nest(column, grid)
