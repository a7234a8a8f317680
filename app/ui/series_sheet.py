"""The sheet of a recurring post: how often, at what time, until when; of one that runs also what comes next, with days to leave out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.language.typed_time import read
from app.models.post import PostDraft, PostState
from app.models.series import Every, Occurrence, Rule, Series, usual_rule
from app.runtime.errors import UserMistake
from app.runtime.settings import Shop, first_weekday
from app.runtime.words import message
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.series_words import NTH, WEEKS, nth_name, rule_words, weeks_words
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.field import Field
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.surface import Line
from app.ui.widgets.text import Label, SectionLabel

UNDO_SECONDS = 10
SHOWN = 5
WIDTH = 520
MONTHLY = 0


def day_of(moment: datetime, zone: tzinfo) -> date:
    """The day on which a moment lies in a zone."""
    return moment.astimezone(zone).date()


def proposed(face: PageFace, draft: PostDraft, title: str, state: PostState) -> Series:
    """What is offered for a post: every week on its weekday, at its time."""
    zone = face.words.zone
    at = draft.planned_at or face.clock.now()
    day = day_of(at, zone)
    bare = replace(
        draft,
        id=None,
        planned_at=None,
        zone="",
        series_id=None,
        series_day="",
        mark_id=None,
        announcement="",
        origin="",
    )
    return Series(title, bare, usual_rule(day), _minute(at.astimezone(zone)), draft.zone or str(zone), day, state=state)


def _minute(wall: datetime) -> int:
    return wall.hour * 60 + wall.minute


class SeriesSheet(Sheet):
    """`series.id` None: it is to begin, with `post_id` as its first occurrence."""

    def __init__(
        self,
        face: PageFace,
        host: QWidget,
        series: Series,
        post_id: int | None = None,
        coming: Sequence[Occurrence] = (),
    ) -> None:
        runs = series.id is not None
        super().__init__(face.look, host, face.text("series.title" if runs else "series.begin_title"), width=WIDTH)
        self._face = face
        self._series = series
        self._post_id = post_id
        look = face.look
        self.body.addWidget(
            Label(
                look, isolated(series.name) if series.name else face.text("calendar.untitled"), "bodyStrong", wrap=True
            )
        )
        self._make_rule(series)
        self._make_times(series)
        self.said = Label(look, "", "small", "accent.text", wrap=True)
        self.body.addWidget(self.said)
        self.rows: list[Button] = []
        if runs:
            self._make_coming(coming)
        self.main = Button(
            look,
            face.text("series.change" if runs else "series.begin"),
            key="Return",
            kind="primary",
            clicked=self.take,
        )
        others: list[Button] = []
        if runs:
            self.pause = Button(
                look,
                face.text("series.go_on" if series.paused else "series.pause"),
                icon="pause-circle",
                clicked=self._pause,
            )
            self.end = Button(look, face.text("series.end"), kind="flat", clicked=self._end)
            others = [self.pause, self.end]
        self.offer(self.main, *others)
        self._show_rule()

    # ---- what is chosen

    def _make_rule(self, series: Series) -> None:
        look, face = self._look, self._face
        row = QHBoxLayout()
        row.setSpacing(8)
        choices: list[tuple[str, object]] = [(weeks_words(look, weeks), weeks) for weeks in WEEKS]
        self.every = Select(look, face.text("series.how_often"), [*choices, (face.text("series.every_month"), MONTHLY)])
        self.every.choose(MONTHLY if series.rule.every is Every.MONTH else series.rule.weeks)
        self.nth = Select(
            look, face.text("series.which"), [(face.text(f"series.nth.{nth_name(nth)}"), nth) for nth in NTH]
        )
        self.nth.choose(series.rule.nth)
        names = [look.words.weekday(day + 1, long=True) for day in range(7)]
        self.weekday = Select(look, face.text("series.weekday"), [(name, day) for day, name in enumerate(names)])
        self.weekday.choose(series.rule.weekdays[0])
        for select in (self.every, self.nth, self.weekday):
            row.addWidget(select)
            select.activated.connect(lambda _row: self._show_rule())
        row.addStretch(1)
        nest(self.body, row)
        self.week = QWidget()
        grid = QGridLayout(self.week)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        self.days = [CheckBox(look, name, checked=day in series.rule.weekdays) for day, name in enumerate(names)]
        first = first_weekday(face.services.settings.get(Shop), look.words.first_weekday)
        for place in range(7):
            day = (place + first - 1) % 7
            self.days[day].toggled.connect(lambda _on: self._show_rule())
            grid.addWidget(self.days[day], place // 4, place % 4, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.week)

    def _make_times(self, series: Series) -> None:
        look, face = self._look, self._face
        row = QHBoxLayout()
        row.setSpacing(12)
        wall = datetime.combine(series.starts_on, datetime.min.time(), face.words.zone).replace(
            hour=series.minute // 60, minute=series.minute % 60
        )
        self.time = Field(
            look, face.text("series.time"), look.words.time(wall), hint=face.text("series.time_hint", zone=series.zone)
        )
        ends = look.words.day(series.ends_on) if series.ends_on is not None else ""
        self.ends = Field(
            look,
            face.text("series.ends"),
            ends,
            placeholder=face.text("series.never"),
            hint=face.text("series.ends_hint"),
        )
        for field in (self.time, self.ends):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            field.line.returnPressed.connect(self.take)
        nest(self.body, row)

    def rule(self) -> Rule:
        """As it is chosen now."""
        weeks = int(self.every.currentData())
        if weeks == MONTHLY:
            return Rule(Every.MONTH, 1, (int(self.weekday.currentData()),), int(self.nth.currentData()))
        chosen = tuple(day for day, box in enumerate(self.days) if box.isChecked())
        return Rule(weeks=weeks, weekdays=chosen or self._series.rule.weekdays[:1])

    def _show_rule(self) -> None:
        monthly = self.every.currentData() == MONTHLY
        self.week.setVisible(not monthly)
        self.nth.setVisible(monthly)
        self.weekday.setVisible(monthly)
        self.said.setText(rule_words(self._look, self.rule()))
        self.place()

    def _typed(self) -> Series | None:
        """None where something cannot be read, which is said."""
        face = self._face
        today = day_of(face.clock.now(), face.words.zone)
        typed = read(self.time.text, today, alone="time", language=face.words.language)
        if typed is None or typed.time is None:
            self.time.complain(face.text("calendar.time_unreadable"))
            return None
        ends: date | None = None
        if self.ends.text.strip():
            last = read(self.ends.text, today, alone="day", language=face.words.language)
            if last is None or last.day is None:
                self.ends.complain(face.text("series.day_unreadable"))
                return None
            ends = last.day
        return replace(self._series, rule=self.rule(), minute=typed.time.hour * 60 + typed.time.minute, ends_on=ends)

    # ---- what comes

    def _make_coming(self, coming: Sequence[Occurrence]) -> None:
        look, face = self._look, self._face
        self.body.addWidget(Line(look))
        self.body.addWidget(
            SectionLabel(look, face.text("series.paused_now" if self._series.paused else "series.coming"))
        )
        column = QVBoxLayout()
        column.setSpacing(2)
        for each in coming[:SHOWN]:
            row = QHBoxLayout()
            row.addWidget(
                Label(look, look.words.day(each.day), "body", "text.tertiary" if each.skipped else "text.primary")
            )
            if each.skipped:
                row.addWidget(Label(look, face.text("series.skipped"), "small", "text.tertiary"))
            row.addStretch(1)
            name = face.text("series.bring_back" if each.skipped else "series.skip")
            button = Button(look, name, size="small", kind="flat", clicked=partial(self._skip, each))
            button.setAccessibleName(f"{name}: {look.words.day(each.day)}")
            self.rows.append(button)
            row.addWidget(button)
            nest(column, row)
        nest(self.body, column)

    # ---- acts

    def take(self) -> None:
        """Begin it, or change all that is to come."""
        wanted = self._typed()
        if wanted is None:
            return
        recurring, number, post_id = self._face.services.recurring, self._series.id, self._post_id

        async def work() -> None:
            try:
                if number is None:
                    await recurring.begin(wanted, post_id)
                else:
                    await recurring.change(number, wanted)
            except UserMistake as mistake:
                self.ends.complain(self._face.text(mistake.message))
                return
            self._say("series.begun" if number is None else "series.changed", rule_words(self._look, wanted.rule))
            self.close_now()

        self._face.actions.start("recurring post", work())

    def _pause(self) -> None:
        paused = not self._series.paused
        self._act(
            "pause",
            self._face.services.recurring.pause(self._number, paused=paused),
            "series.is_paused" if paused else "series.goes_on",
        )

    def _end(self) -> None:
        self._act("end", self._face.services.recurring.end(self._number), "series.is_ended")

    def _skip(self, each: Occurrence) -> None:
        recurring = self._face.services.recurring
        work = recurring.unskip(self._number, each.day) if each.skipped else recurring.skip(self._number, each.day)
        self._act("skip", work, "series.is_back" if each.skipped else "series.is_skipped", day=each.day)

    @property
    def _number(self) -> int:
        return self._series.id or 0

    def _act(self, name: str, work: object, said: str, **values: object) -> None:
        self._face.actions.start(f"recurring post: {name}", _then(work, lambda: self._say(said, "", **values)))
        self.close_now()

    def _say(self, said: str, rule: str, **values: object) -> None:
        self._face.notices.say(message(said, rule=rule, **values), undo=True, seconds=UNDO_SECONDS)


async def _then(work: object, done: Callable[[], object]) -> None:
    await work  # type: ignore[misc]
    done()


def open_series(face: PageFace, host: QWidget, series_id: int) -> None:
    """The sheet of one that runs, once it is read."""

    async def work() -> None:
        found = next((each for each in await face.services.recurring.all_of() if each.id == series_id), None)
        if found is None:
            raise UserMistake(message("series.gone"))
        coming = await face.services.recurring.coming(series_id)
        face.window.open_sheet(SeriesSheet(face, host, found, coming=coming))

    face.actions.start("open recurring post", work())


def repeat(face: PageFace, host: QWidget, post_id: int) -> None:
    """For a post of the calendar: the sheet of its series, or of one that is to begin with it."""
    reads = face.services.reads
    draft = reads.now(lambda queries: queries.post(post_id))
    row = reads.now(lambda queries: queries.post_row(post_id))
    if draft is None or row is None:
        return
    if draft.series_id is not None and draft.series_day:
        open_series(face, host, draft.series_id)
        return
    state = PostState.SCHEDULED if row.state is PostState.SCHEDULED else PostState.DRAFT
    face.window.open_sheet(SeriesSheet(face, host, proposed(face, draft, row.title, state), post_id))


def skip(face: PageFace, post_id: int) -> None:
    """Leave out the day of an occurrence."""
    draft = face.services.reads.now(lambda queries: queries.post(post_id))
    if draft is None or draft.series_id is None or not draft.series_day:
        return
    number, day = draft.series_id, date.fromisoformat(draft.series_day)

    async def work() -> None:
        await face.services.recurring.skip(number, day)
        face.notices.say(message("series.is_skipped", rule="", day=day), undo=True, seconds=UNDO_SECONDS)

    face.actions.start("skip an occurrence", work())
