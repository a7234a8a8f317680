"""Settings, Good times: limits of flood and silence, the mix, and for each account the times of its week, with its own best ones offered."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.account import POSTS_NOTHING, AccountRow
from app.models.best_time import BestTime
from app.models.slot import Slot, SlotGrid
from app.runtime.errors import UserMistake
from app.runtime.settings import Kind, Setting, Shop, first_weekday
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.settings.account_paces import AccountPaces
from app.ui.settings.editors import Chosen, Editor
from app.ui.settings.form import Form
from app.ui.settings.hours import minutes_of
from app.ui.settings.sections import SECTIONS, SLOTS
from app.ui.settings.slot_grid import WeekOfSlots, slot_text, time_text
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, SectionLabel

TABLES = ("slot", "slot_day", "account", "sample")
MORNING = 11 * 60


class SlotsPane(Form):
    """What is changed is told to the service at once; the grid shows what is stored."""

    def __init__(self, face: PageFace) -> None:
        section = next(each for each in SECTIONS if each.id == SLOTS)
        self._read_only = face.services.data.read_only
        super().__init__(face.look, face.services.settings, section, read_only=self._read_only)
        self._face = face
        self._accounts: list[AccountRow] = []
        self._grid = SlotGrid()
        self._best: tuple[BestTime, ...] = ()
        self._best_of = 0
        look, px = face.look, face.look.theme.px
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, px(14), 0, 0)
        column.setSpacing(px(10))
        column.addWidget(Line(look))
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(SectionLabel(look, look.text("slots.title")))
        self.account = Select(look, look.text("slots.account"))
        self.account.activated.connect(lambda _row: self._chosen())
        head.addWidget(self.account)
        head.addStretch(1)
        self.copy = Button(look, look.text("slots.copy"), icon="copy", size="small", clicked=self._copy)
        head.addWidget(self.copy)
        nest(column, head)
        self.week = WeekOfSlots(look)
        column.addWidget(self.week)
        self.said = Label(look, "", "caption", "text.tertiary", wrap=True)
        column.addWidget(self.said)
        self.best_title = SectionLabel(look, "")
        self.best_said = Label(look, "", "caption", "text.tertiary", wrap=True)
        self.best_lines = QVBoxLayout()
        self.best_lines.setSpacing(px(4))
        column.addSpacing(px(6))
        column.addWidget(self.best_title)
        column.addWidget(self.best_said)
        nest(column, self.best_lines)
        self.rows.insertWidget(self.rows.count() - 1, holder)
        self._connect()

    def _connect(self) -> None:
        self.week.add_wanted.connect(lambda weekday: self._open(None, weekday))
        self.week.change_wanted.connect(lambda slot: self._open(slot, slot.weekday))
        self.week.remove_wanted.connect(lambda slot: self._remove(slot))
        self.week.day_switched.connect(self._switch)
        self.week.best_wanted.connect(self._take)

    def _editor(self, setting: Setting, value: Any, chosen: Chosen) -> Editor:
        if setting.kind is Kind.PACES:
            self.paces = AccountPaces(self._look, self._look.text(setting.title_id), value, chosen)
            return self.paces
        return super()._editor(setting, value, chosen)

    # ---- what is shown

    @property
    def account_id(self) -> int:
        found = self.account.currentData()
        return found if isinstance(found, int) else 0

    def read(self) -> None:
        """Ask for accounts and slots; the best times follow."""
        self._face.services.reads.later(lambda queries: (queries.accounts(), queries.slots()), self._deliver)

    def _deliver(self, found: tuple[list[AccountRow], SlotGrid]) -> None:
        accounts, self._grid = found
        self._accounts = [each for each in accounts if each.network not in POSTS_NOTHING]
        choices: list[tuple[str, object]] = [
            (f"{network_name(each.network)} {isolated(each.handle)}", each.id) for each in self._accounts
        ]
        self.account.offer(choices)
        self.paces.show_accounts(self._accounts)
        if self.account.currentIndex() < 0 and choices:
            self.account.setCurrentIndex(0)
        self._chosen()

    def _chosen(self) -> None:
        if self.account_id != self._best_of:
            self._best = ()
        self._show()
        if self.account_id:
            self._face.actions.start("settings: best times", self._ask_best(self.account_id))

    async def _ask_best(self, account_id: int) -> None:
        found = await self._face.services.slots.best_times(account_id)
        if account_id == self.account_id:
            self._best, self._best_of = tuple(found), account_id
            self._show()

    def _show(self) -> None:
        look, settings = self._look, self._settings
        first = first_weekday(settings.get(Shop), look.words.first_weekday)
        self.week.show_grid(
            self.account_id, self._grid, self._best, first, read_only=self._read_only or not self.account_id
        )
        self.week.setVisible(bool(self.account_id))
        self.copy.setEnabled(not self._read_only and len(self._accounts) > 1 and bool(self._grid.of(self.account_id)))
        slots = self._grid.of(self.account_id)
        zone = slots[0].zone if slots else settings.get(Shop).zone or str(look.words.zone)
        self.said.setText(look.text("slots.said", zone=zone) if self.account_id else look.text("slots.no_accounts"))
        self._show_best()

    def _show_best(self) -> None:
        look = self._look
        while (item := self.best_lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for part in (self.best_title, self.best_said):
            part.setVisible(bool(self._best))
        if not self._best:
            return
        kind = "general" if self._best[0].general else "best"
        self.best_title.setText(look.text(f"slots.{kind}"))
        self.best_said.setText(look.text(f"slots.{kind}_said"))
        for best in self._best:
            self.best_lines.addWidget(self._best_line(best))

    def _best_line(self, best: BestTime) -> QWidget:
        look, px = self._look, self._look.theme.px
        widget = QWidget()
        row = QHBoxLayout(widget)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        when = slot_text(look, best.weekday, best.minute)
        button = Button(
            look, look.text("slots.add_best", when=when), icon="star", size="small", clicked=lambda: self._take(best)
        )
        button.setEnabled(not self._read_only)
        row.addWidget(button)
        row.addWidget(Label(look, best_text(look, best), "caption", "text.secondary"))
        row.addStretch(1)
        return widget

    # ---- what is done

    def _take(self, best: BestTime) -> None:
        self._face.actions.start(
            "settings: add a good time", self._face.services.slots.add(self.account_id, [best.weekday], best.minute)
        )

    def _remove(self, slot: Slot) -> None:
        async def work() -> None:
            await self._face.services.slots.remove(slot.account_id, [slot.id])
            self._face.notices.say(
                message("slots.removed", when=slot_text(self._look, slot.weekday, slot.minute, slot.pillar)),
                undo=True,
                seconds=10,
            )

        self._face.actions.start("settings: remove a good time", work())

    def _switch(self, weekday: int, on: bool) -> None:
        self._face.actions.start(
            "settings: switch a day", self._face.services.slots.switch_day(self.account_id, weekday, on=on)
        )

    def _copy(self) -> None:
        others = [each.id for each in self._accounts if each.id != self.account_id]

        async def work() -> None:
            await self._face.services.slots.copy_to(self.account_id, others)
            self._face.notices.say(message("slots.copied", n=len(others)), undo=True, seconds=10)

        self._face.actions.start("settings: copy good times", work())

    def _open(self, slot: Slot | None, weekday: int) -> None:
        self._face.window.open_sheet(SlotSheet(self._face, self.window(), self.account_id, slot, weekday))


def best_text(look: Look, best: BestTime) -> str:
    """How good, and from how many posts."""
    if best.general:
        return look.text("slots.best_general")
    return look.text(
        "slots.best_gain",
        gain=look.words.percent(best.gain, 0),
        n=best.samples,
        strength=look.text(f"slots.strength.{best.strength}"),
    )


class SlotSheet(Sheet):
    """A time, its queue, and for a new one its days. Stays open while something is wrong, and says what."""

    def __init__(self, face: PageFace, host: QWidget, account_id: int, slot: Slot | None, weekday: int) -> None:
        look = face.look
        super().__init__(look, host, look.text("slots.sheet_change" if slot else "slots.sheet_new"), width=420)
        self._face = face
        self._account_id = account_id
        self._slot = slot
        minute = slot.minute if slot is not None else MORNING
        self.time = Field(
            look, look.text("slots.time"), time_text(look, minute), placeholder=look.text("slots.time_hint")
        )
        self.time.line.returnPressed.connect(self.keep)
        self.time.line.selectAll()
        self.body.addWidget(self.time)
        self.body.addWidget(Label(look, look.text("slots.days"), "bodyStrong"))
        self.days = self._make_days(weekday)
        self.body.addWidget(Label(look, look.text("slots.queue"), "bodyStrong"))
        queues: list[tuple[str, object]] = [
            (look.text("slots.any_post"), ""),
            *look.pillars(slot.pillar if slot is not None else ""),
        ]
        self.queue = Select(look, look.text("slots.queue"), queues)
        self.queue.choose(slot.pillar if slot is not None else "")
        self.body.addWidget(self.queue)
        self.body.addWidget(Label(look, look.text("slots.queue_help"), "caption", "text.tertiary", wrap=True))
        self.save = Button(look, look.text("slots.save"), key="Return", kind="primary", clicked=self.keep)
        there = slot is not None
        remove = [Button(look, look.text("slots.remove"), kind="danger", clicked=self._remove)] if there else []
        self.offer(self.save, aside=remove)

    def _make_days(self, weekday: int) -> list[CheckBox]:
        """By weekday; one that is changed stays on one day."""
        look, holder = self._look, QWidget()
        flow = FlowLayout(holder, look.theme.px(10))
        boxes = []
        for number in range(7):
            box = CheckBox(look, look.words.weekday(number + 1), checked=number == weekday)
            if self._slot is not None:
                box.toggled.connect(lambda on, number=number: self._only(number) if on else None)
            flow.addWidget(box)
            boxes.append(box)
        self.body.addWidget(holder)
        return boxes

    def _only(self, weekday: int) -> None:
        for number, box in enumerate(self.days):
            if number != weekday:
                box.setChecked(False)

    def keep(self) -> None:
        minute = minutes_of(self.time.text)
        days = [number for number, box in enumerate(self.days) if box.isChecked()]
        if minute is None or minute >= 24 * 60:
            self.time.complain(self._look.text("slots.no_time"))
            return
        pillar = str(self.queue.currentData())
        slots = self._face.services.slots
        if self._slot is None:
            self._start(lambda: slots.add(self._account_id, days, minute, pillar))
        else:
            weekday = days[0] if days else self._slot.weekday
            changed = replace(self._slot, weekday=weekday, minute=minute, pillar=pillar)
            self._start(lambda: slots.change(changed))

    def _remove(self) -> None:
        slot = self._slot
        if slot is not None:
            self._start(lambda: self._face.services.slots.remove(slot.account_id, [slot.id]))

    def _start(self, act: Callable[[], Coroutine[Any, Any, object]]) -> None:
        async def work() -> None:
            try:
                await act()
            except UserMistake as mistake:
                self.time.complain(self._look.text(mistake.message))
            else:
                self.close_now()

        self._face.actions.start("settings: keep a good time", work())
