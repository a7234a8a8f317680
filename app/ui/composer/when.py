"""When the post leaves: a day and a time to type or to pick, quick choices, and what the change of the clocks does to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.language.typed_time import Alone, Typed, moment, read
from app.models.outbox import Keeper
from app.runtime.clock import WallTime, from_wall
from app.ui.composer.good_times import GoodTimes
from app.ui.composer.picking import pick_day, pick_time
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label, SectionLabel

TOMORROW_AT = time(9, 0)
ROUNDED_TO = timedelta(minutes=5)
STEP_MINUTES = 15


class IconAction(QAction):
    """An icon in a field, in the colours of the theme. It hears of the theme by itself: whoever made the field may live longer than it."""

    def __init__(self, face: PageFace, icon: str, name: str, field: QLineEdit) -> None:
        super().__init__(name, field)
        self._face = face
        self._icon = icon
        self.setToolTip(name)
        face.theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setIcon(self._face.icons.icon(self._icon))


class StepField(LineField):
    """Up and Down change what it holds; leaving it or Enter reads what was typed."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class WhenSection(QWidget):
    """Says `changed` with the moment (aware UTC, None for now) after each choice."""

    changed = Signal(object)

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self._at: datetime | None = None
        self._wall: WallTime | None = None
        self._waiting_day: date | None = None
        """A day typed while there is no time yet."""
        self._day_text = self._time_text = ""
        """What the fields were last given: other words in them were typed."""
        self.wrong = False
        self._keeper: Keeper | None = None
        look = face.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(SectionLabel(look, look.text("composer.when")))
        head.addStretch(1)
        self._zone = Label(look, "", "caption", "text.tertiary")
        head.addWidget(self._zone)
        nest(column, head)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.day = StepField(look, look.text("composer.day"), placeholder=look.text("composer.day_hint"))
        self.time = StepField(look, look.text("composer.time"), placeholder=look.text("composer.time_hint"))
        self._add_icon(self.day, "calendar-blank", "composer.pick_day", self._pick_day)
        self._add_icon(
            self.time, "clock", "composer.pick_time",
            lambda: pick_time(face, self.time, self._today(), lambda clock: self._take(Typed(time=clock))),
        )  # fmt: skip
        self.day.editingFinished.connect(self._typed_day)
        self.time.editingFinished.connect(self._typed_time)
        self.day.stepped.connect(lambda step: self._step(timedelta(days=step)))
        self.time.stepped.connect(lambda step: self._step(timedelta(minutes=STEP_MINUTES * step)))
        row.addWidget(self.day, 16)
        row.addWidget(self.time, 12)
        nest(column, row)
        self._note = Label(look, "", "caption", "status.warn.text", wrap=True)
        column.addWidget(self._note)
        self.good = GoodTimes(face)
        self.good.chosen.connect(self.choose)
        column.addWidget(self.good)
        self.picks = QWidget()
        flow = FlowLayout(self.picks, gap=6)
        self.now = Button(look, look.text("composer.pick_now"), size="small", clicked=lambda: self.choose(None))
        self.hour = Button(look, look.text("composer.pick_hour"), size="small", clicked=self.in_an_hour)
        self.tomorrow = Button(look, "", size="small", clicked=self._choose_tomorrow)
        for button in (self.now, self.hour, self.tomorrow):
            flow.addWidget(button)
        column.addWidget(self.picks)
        self.promise = Label(look, "", "caption", "text.tertiary", wrap=True)
        column.addWidget(self.promise)

    def _add_icon(self, field: LineField, icon: str, name: str, act: Callable[[], object]) -> None:
        action = IconAction(self._face, icon, self._face.text(name), field)
        action.triggered.connect(lambda: act())
        field.addAction(action, QLineEdit.ActionPosition.LeadingPosition)

    # ---- what others ask

    @property
    def at(self) -> datetime | None:
        return self._at

    def show_moment(self, at: datetime | None, keeper: Keeper | None = None) -> None:
        """What the draft says; typing under way is left alone. `keeper` keeps the promise of what is planned already."""
        self._keeper = keeper
        if at == self._at:
            self._show_words()
        else:
            self.begin(at)

    def begin(self, at: datetime | None) -> None:
        """Another post, or another choice: what is typed is of no interest any more."""
        self._at = at
        self._wall = interpreted(at, self._face.words.zone)
        self._waiting_day = None
        self._set_wrong(False)
        self._show_fields()

    def choose(self, at: datetime | None) -> None:
        """A choice of the user."""
        self.begin(at)
        self.changed.emit(self._at)

    def in_an_hour(self) -> None:
        """In one hour, to the next five minutes."""
        moment = self._face.clock.now() + timedelta(hours=1)
        over = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
        self.choose(moment - over + (ROUNDED_TO if over else timedelta()))

    def commit(self) -> None:
        """Read what is typed although nobody left the field yet: the post is about to be sent."""
        if self.day.hasFocus():
            self._typed_day()
        elif self.time.hasFocus():
            self._typed_time()

    def set_read_only(self, read_only: bool) -> None:
        for field in (self.day, self.time):
            field.setReadOnly(read_only)
        for button in (self.now, self.hour, self.tomorrow):
            button.setEnabled(not read_only)

    # ---- reading what is typed

    def _typed(self, field: LineField, shown: str, alone: Alone) -> None:
        text = field.text().strip()
        if text == shown:
            return
        if not text:
            self.choose(None)
            return
        words = self._face.words
        typed = read(text, self._today(), alone=alone, language=words.language)
        at = moment(text, self._face.clock.now(), words.zone, words.language).at if typed is None else None
        if typed is not None:
            self._take(typed)
        elif at is not None:  # "in 2 hours": no day and no time of its own
            self.choose(at)
        else:
            self._complain(field)

    def _typed_day(self) -> None:
        self._typed(self.day, self._day_text, "day")

    def _typed_time(self) -> None:
        self._typed(self.time, self._time_text, "time")

    def _take(self, typed: Typed) -> None:
        local = self._local()
        day = typed.day or self._waiting_day or (local.date() if local is not None else None)
        clock = typed.time or (local.time() if local is not None else None)
        if clock is None:
            self._waiting_day = day
            self._set_wrong(False)
            self._show_fields()
            self.time.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._choose_wall(datetime.combine(day or self._next_day_for(clock), clock))

    def _choose_wall(self, wall: datetime) -> None:
        found = from_wall(wall, self._face.words.zone)
        self._waiting_day = None
        self._at, self._wall = found.at, found
        self._set_wrong(False)
        self._show_fields()
        self.changed.emit(self._at)

    def _next_day_for(self, clock: time) -> date:
        """A time alone means its next occurrence."""
        today = self._today()
        moment = from_wall(datetime.combine(today, clock), self._face.words.zone).at
        return today if moment > self._face.clock.now() else today + timedelta(days=1)

    def _complain(self, field: LineField) -> None:
        field.mark_wrong(True)
        self._note.setText(self._face.text("composer.not_a_time"))
        self._note.recolour("status.danger.text")
        self._note.show()
        if not self.wrong:
            self.wrong = True
            self.changed.emit(self._at)

    def _set_wrong(self, wrong: bool) -> None:
        self.wrong = wrong
        self.day.mark_wrong(wrong)
        self.time.mark_wrong(wrong)

    # ---- picking

    def _step(self, by: timedelta) -> None:
        local = self._local()
        if local is None:
            self.in_an_hour()
            return
        self._choose_wall(local.replace(tzinfo=None) + by)

    def _choose_tomorrow(self) -> None:
        self._choose_wall(datetime.combine(self._today() + timedelta(days=1), TOMORROW_AT))

    def _pick_day(self) -> None:
        local, today = self._local(), self._today()
        shown = local.date() if local is not None else today
        pick_day(self._face, self.day, shown, today, lambda day: self._take(Typed(day=day)))

    # ---- showing

    def _show_fields(self) -> None:
        local = self._local()
        self._day_text = day_text(self._face, self._waiting_day or (local.date() if local is not None else None))
        self._time_text = self._face.words.time(self._at) if self._at is not None else ""
        self.day.setText(self._day_text)
        self.time.setText(self._time_text)
        self._show_words()

    def _show_words(self) -> None:
        face, words = self._face, self._face.words
        moment = self._at or face.clock.now()
        self._zone.setText(zone_text(face, moment))
        tomorrow = from_wall(datetime.combine(self._today(), TOMORROW_AT), words.zone).at
        self.tomorrow.setText(face.text("composer.pick_tomorrow", when=words.time(tomorrow)))
        if not self.wrong:
            wall = self._wall
            said = ""
            if wall is not None and (wall.moved or wall.repeated):
                said = face.text("composer.clock_moved" if wall.moved else "composer.clock_repeated", when=wall.at)
            self._note.setText(said)
            self._note.recolour("status.warn.text")
            self._note.setVisible(bool(said))
        promise = "composer.computer_on" if self._at is not None else "composer.leaves_at_once"
        self.promise.setText(face.text(f"composer.keeper.{self._keeper}" if self._keeper is not None else promise))

    def _local(self) -> datetime | None:
        """The wall time in the shop's zone."""
        return self._at.astimezone(self._face.words.zone) if self._at is not None else None

    def _today(self) -> date:
        return self._face.clock.now().astimezone(self._face.words.zone).date()


def interpreted(at: datetime | None, zone: tzinfo) -> WallTime | None:
    """Whether the wall time of a moment happens twice."""
    if at is None:
        return None
    found = from_wall(at.astimezone(zone).replace(tzinfo=None, fold=0), zone)
    return found if found.at == at else WallTime(at)


def day_text(face: PageFace, day: date | None) -> str:
    """A day as the field shows it; empty for none."""
    if day is None:
        return ""
    return face.words.day(from_wall(datetime.combine(day, time(12)), face.words.zone).at, face.clock.now())


def zone_text(face: PageFace, moment: datetime) -> str:
    """ "Mexico City, GMT-6": the shop's zone and how far it is from Greenwich at that moment."""
    local = moment.astimezone(face.words.zone)
    offset = local.utcoffset() or timedelta()
    minutes = abs(round(offset.total_seconds())) // 60
    figure = f"{minutes // 60}:{minutes % 60:02d}" if minutes % 60 else str(minutes // 60)
    sign = "\N{MINUS SIGN}" if offset < timedelta() else "+"
    city = str(face.words.zone).rpartition("/")[2].replace("_", " ")
    return face.text("composer.zone", city=city, offset=f"{sign}{figure}")


def show_picks(section: WhenSection, *, good: bool) -> None:
    """Where good times are offered, quick choices are only what takes a time away."""
    section.hour.setVisible(not good)
    section.tomorrow.setVisible(not good)
    section.now.setVisible(not good or section.at is not None)
    section.picks.setVisible(not good or section.at is not None)
