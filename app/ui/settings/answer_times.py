"""Settings, Answer times: what is promised, to whom, in which hours; whose holidays are kept; and what a change of it moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from app.models.account import AccountRow
from app.runtime.settings import Answer, Group, Kind, Setting, Shop
from app.ui.durations import minutes_text, minutes_typed
from app.ui.look import Look
from app.ui.page import PageFace
from app.ui.places import countries
from app.ui.settings.closed_days import ClosedEntry, OpenEntry
from app.ui.settings.editors import Chosen, Editor, PickerEditor, SelectEditor
from app.ui.settings.form import Form
from app.ui.settings.rows_editor import RowsEditor, Value
from app.ui.settings.sections import ANSWER, SECTIONS
from app.ui.settings.targets import NOTHING, TargetEntry, TargetHead
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField
from app.ui.widgets.picker import Choice, Picker
from app.ui.widgets.text import Label

PATIENCE_SECONDS = 0.5
"""Counting anew is said to be under way when it takes longer than this."""
DURATION_WIDTH = 110
MINUTES = ("minutes", "next_minutes", "solved_minutes")


class AnswerTimesPane(Form):
    """The form of the section, with editors of its own for most of its settings."""

    def __init__(self, face: PageFace) -> None:
        self._face = face
        self._accounts: Sequence[AccountRow] = ()
        self._began: float | None = None
        self._asked = 0
        self.targets: RowsEditor | None = None
        section = next(each for each in SECTIONS if each.id == ANSWER)
        super().__init__(face.look, face.services.settings, section, read_only=face.services.data.read_only)
        self.said = Label(face.look, "", "caption", "text.tertiary")
        self.header.row.addWidget(self.said)
        region = self.row("answer.holiday_region")
        self.coming = Label(face.look, "", "caption", "text.secondary", wrap=True)
        self.coming.setContentsMargins(0, 0, 0, face.look.theme.px(8))
        self.rows.insertWidget(self.rows.indexOf(region) + 1, self.coming)
        self.own = Button(face.look, "", size="small", clicked=self._keep_own_holidays)
        """One click for the holidays of the shop's own country, while none are kept."""
        self.rows.insertWidget(self.rows.indexOf(region), self.own, 0, Qt.AlignmentFlag.AlignLeft)
        for hidden in (region, self.coming):
            hidden.hide()
        self._offer_own()
        answering = face.services.answering
        deaf = (answering.progress.connect(self.counting), answering.recounted.connect(self.counted))
        self.destroyed.connect(lambda: [each() for each in deaf])

    # ---- what is read

    def read(self) -> None:
        """Ask for the accounts, the regions and the holidays to come; they are shown when they are there."""
        self._face.services.reads.later(lambda queries: queries.accounts(), self._show_accounts)
        self._ask_holidays()

    def show_changed(self, keys: frozenset[str]) -> None:
        super().show_changed(keys)
        if keys & {"answer.holiday_country", "answer.holiday_region", "shop.country"}:
            self._offer_own()
            self._ask_holidays()

    def _show_accounts(self, accounts: Sequence[AccountRow]) -> None:
        if list(accounts) == list(self._accounts) or self.targets is None:
            return
        self._accounts = accounts
        values = self.targets.values
        self.targets.choose(())
        self.targets.choose(values)

    def _offer_own(self) -> None:
        country = self._settings.get(Shop).country
        self.own.setVisible(bool(country) and not self._settings.get(Answer).holiday_country and not self._read_only)
        if country:
            self.own.setText(self._look.text("settings.holidays.own", country=self._look.text(f"country.{country}")))

    def _keep_own_holidays(self) -> None:
        self._settings.change(Answer, holiday_country=self._settings.get(Shop).country, holiday_region="")
        self.row("answer.holiday_country").editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_holidays(self) -> None:
        self._asked += 1
        self._face.actions.start("settings: holidays", self._read_holidays(self._asked))

    async def _read_holidays(self, asked: int) -> None:
        answer, answering = self._settings.get(Answer), self._face.services.answering
        regions: Sequence[tuple[str, str]] = ()
        coming: Sequence[tuple[date, str]] = ()
        if answer.holiday_country:
            regions = await answering.regions(answer.holiday_country)
            language = self._look.words.language
            coming = await answering.coming_holidays(answer.holiday_country, answer.holiday_region, language)
        if asked == self._asked:
            self.show_holidays(answer, regions, coming)

    def show_holidays(
        self, answer: Answer, regions: Sequence[tuple[str, str]], coming: Sequence[tuple[date, str]]
    ) -> None:
        """The regions to choose from, and the next holidays."""
        look, row = self._look, self.row("answer.holiday_region")
        if isinstance(row.editor, RegionEditor):
            row.editor.offer(
                [(look.text("settings.holidays.whole_country"), ""), *((name, code) for code, name in regions)]
            )
            row.editor.show_value(answer.holiday_region)
        row.setVisible(bool(regions))
        named = [look.text("settings.holidays.one", day=day, name=name) for day, name in coming]
        said = look.text("settings.holidays.coming", days=named) if named else look.text("settings.holidays.unknown")
        self.coming.setText(said)
        self.coming.setVisible(bool(answer.holiday_country))

    # ---- what a change moved

    def counting(self, done: int, total: int) -> None:
        """Answer-by times are being counted anew."""
        now = self._face.clock.monotonic()
        if self._began is None:
            self._began = now
        if now - self._began >= PATIENCE_SECONDS and done < total:
            self.said.setText(self._look.text("settings.answer.counting", done=done, total=total))

    def counted(self, moved: int) -> None:
        """They are counted."""
        self._began = None
        self.said.setText(self._look.text("settings.answer.moved", n=moved))
        event = QAccessibleAnnouncementEvent(self, self.said.text())
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Polite)
        QAccessible.updateAccessibility(event)

    # ---- editors

    def keep(self, group: type[Group], setting: Setting, value: object) -> None:
        if setting.key == "answer.holiday_country":
            self._settings.change(Answer, holiday_region="")
        row = self._shown[setting.key]
        if setting.name in MINUTES and not (isinstance(value, int) and setting.low <= value <= setting.high):
            row.complain(self._why_not(setting, value))
            return
        super().keep(group, setting, value)

    def _why_not(self, setting: Setting, value: object) -> str:
        look = self._look
        if not isinstance(value, int):
            return look.text("settings.duration_unreadable")
        return look.text(
            "settings.duration_bounds", low=minutes_text(look, setting.low), high=minutes_text(look, setting.high)
        )

    def _editor(self, setting: Setting, value: object, chosen: Chosen) -> Editor:
        look = self._look
        name = look.text(setting.title_id)
        if setting.name in MINUTES:
            return DurationEditor(look, name, value, chosen, may_be_none=setting.low == 0)
        if setting.kind is Kind.COUNTRY:
            none = Choice("", look.text("settings.holidays.none"))
            picker = Picker(look, name, [none, *countries(look)], str(value), look.text("settings.country_hint"))
            return PickerEditor(look, picker, chosen)
        if setting.name == "holiday_region":
            return RegionEditor(look, name, [], value, chosen)
        if setting.kind is Kind.CLOSED_DAYS:
            return RowsOf(
                RowsEditor(look, look.text("settings.closed.add"), partial(ClosedEntry, look, self._today())),
                value,
                chosen,
            )
        if setting.kind is Kind.OPEN_DAYS:
            return RowsOf(
                RowsEditor(look, look.text("settings.open.add"), partial(OpenEntry, look, self._today())), value, chosen
            )
        if setting.kind is Kind.TARGETS:
            self.targets = RowsEditor(look, look.text("settings.targets.add"), self._target, TargetHead(look))
            return RowsOf(self.targets, value, chosen)
        return super()._editor(setting, value, chosen)

    def _target(self, value: Value | None) -> TargetEntry:
        return TargetEntry(self._look, self._accounts, value, self._wider, self._is_taken)

    def _wider(self, account_id: int, category: str) -> tuple[int, int, int]:
        """What holds for an account and a category without the rule that is for exactly these."""
        answer = self._settings.get(Answer)
        found = [answer.minutes, answer.next_minutes, answer.solved_minutes]
        for wanted in ((account_id, ""), (0, category)):
            for account, of_category, *minutes in answer.targets:
                if (account, of_category) == wanted != (account_id, category):
                    found = [there if said is None else said for there, said in zip(found, minutes, strict=True)]
        return found[0], found[1], found[2]

    def _is_taken(self, entry: TargetEntry) -> bool:
        others = self.targets.entries if self.targets is not None else ()
        return any(isinstance(each, TargetEntry) and each is not entry and each.place == entry.place for each in others)

    def _today(self) -> date:
        return self._face.clock.now().astimezone(self._look.words.zone).date()


class DurationEditor:
    """A length of time, typed; empty where it may promise nothing."""

    def __init__(self, look: Look, name: str, value: object, chosen: Chosen, *, may_be_none: bool) -> None:
        self._look = look
        self._may_be_none = may_be_none
        self._chosen = chosen
        self.line = LineField(look, name, "", look.text("settings.targets.none") if may_be_none else "")
        self.line.setFixedWidth(look.theme.px(DURATION_WIDTH))
        self.widget: QWidget = self.line
        self.show_value(value)
        self.line.editingFinished.connect(self._finished)

    def show_value(self, value: object) -> None:
        assert isinstance(value, int)
        self.line.mark_wrong(False)
        self.line.setText(minutes_text(self._look, value) if value else "")

    def _finished(self) -> None:
        typed = self.line.text().strip()
        nothing = self._may_be_none and (
            not typed or typed in NOTHING or typed == self._look.text("settings.targets.none")
        )
        minutes = 0 if nothing else minutes_typed(typed)
        self.line.mark_wrong(minutes is None)
        self._chosen(minutes)


class RegionEditor(SelectEditor):
    """A part of the chosen country."""

    def offer(self, choices: list[tuple[str, object]]) -> None:
        self._select.offer(choices)


class RowsOf:
    """A list of lines as an editor."""

    def __init__(self, rows: RowsEditor, value: object, chosen: Callable[[object], None]) -> None:
        self._rows = rows
        self.widget: QWidget = rows
        self.show_value(value)
        rows.changed.connect(chosen)

    def show_value(self, value: object) -> None:
        assert isinstance(value, tuple)
        self._rows.choose(value)
