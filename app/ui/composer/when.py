"""When the post leaves: a day and a time to type or to pick, quick choices, and what the change of the clocks does to it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from app.runtime.clock import WallTime, from_wall
from app.ui.composer.typed import Typed, read
from app.ui.page import PageFace
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.text import Label, SectionLabel

TOMORROW_AT = time(9, 0)
ROUNDED_TO = timedelta(minutes=5)
STEP_MINUTES = 15


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
        self.wrong = False
        look = face.look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(SectionLabel(look, look.text("composer.when")))
        head.addStretch(1)
        self._zone = Label(look, "", "caption", "text.tertiary")
        head.addWidget(self._zone)
        column.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.day = StepField(look, look.text("composer.day"), placeholder=look.text("composer.day_hint"))
        self.time = StepField(look, look.text("composer.time"), placeholder=look.text("composer.time_hint"))
        self._day_icon = self._icon(self.day, "calendar-blank", "composer.pick_day", self._pick_day)
        self._time_icon = self._icon(self.time, "clock", "composer.pick_time", self._pick_time)
        self.day.editingFinished.connect(self._typed_day)
        self.time.editingFinished.connect(self._typed_time)
        self.day.stepped.connect(lambda step: self._step(timedelta(days=step)))
        self.time.stepped.connect(lambda step: self._step(timedelta(minutes=STEP_MINUTES * step)))
        row.addWidget(self.day, 16)
        row.addWidget(self.time, 12)
        column.addLayout(row)
        self._note = Label(look, "", "caption", "status.warn.text", wrap=True)
        column.addWidget(self._note)
        picks = QWidget()
        flow = FlowLayout(picks, gap=6)
        self.now = Button(look, look.text("composer.pick_now"), size="small", clicked=lambda: self.choose(None))
        self.hour = Button(look, look.text("composer.pick_hour"), size="small", clicked=self.in_an_hour)
        self.tomorrow = Button(look, "", size="small", clicked=self._choose_tomorrow)
        for button in (self.now, self.hour, self.tomorrow):
            flow.addWidget(button)
        column.addWidget(picks)
        self._promise = Label(look, "", "caption", "text.tertiary", wrap=True)
        column.addWidget(self._promise)
        look.theme.changed.connect(self._restyle)
        self._restyle()

    def _icon(self, field: LineField, icon: str, name: str, act: object) -> QAction:
        action = field.addAction(self._face.icons.icon(icon), QLineEdit.ActionPosition.LeadingPosition)
        action.setText(self._face.text(name))
        action.setToolTip(self._face.text(name))
        action.triggered.connect(act)
        return action

    # ---- what others ask

    @property
    def at(self) -> datetime | None:
        return self._at

    def show_moment(self, at: datetime | None) -> None:
        """What the draft says; typing under way is left alone."""
        if at == self._at and not self.wrong and self._waiting_day is None and (self.day.text() or at is None):
            self._show_words()
            return
        self._at = at
        self._wall = self._interpreted(at)
        self._waiting_day = None
        self._set_wrong(False)
        self._show_fields()

    def choose(self, at: datetime | None) -> None:
        """A choice of the user."""
        self.show_moment(at)
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

    def _typed_day(self) -> None:
        text = self.day.text().strip()
        if text == self._day_text():
            return
        if not text:
            self.choose(None)
            return
        typed = read(text, self._face.words, self._today(), alone="day")
        if typed is None or (typed.day is None and typed.time is None):
            self._complain(self.day)
        else:
            self._take(typed)

    def _typed_time(self) -> None:
        text = self.time.text().strip()
        if text == self._time_text():
            return
        if not text:
            self.choose(None)
            return
        typed = read(text, self._face.words, self._today(), alone="time")
        if typed is None or (typed.time is None and typed.day is None):
            self._complain(self.time)
        else:
            self._take(typed)

    def _take(self, typed: Typed) -> None:
        local = self._local(self._at)
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
        local = self._local(self._at)
        if local is None:
            self.in_an_hour()
            return
        self._choose_wall(local.replace(tzinfo=None) + by)

    def _choose_tomorrow(self) -> None:
        self._choose_wall(datetime.combine(self._today() + timedelta(days=1), TOMORROW_AT))

    def _pick_day(self) -> None:
        calendar = QCalendarWidget(self)
        calendar.setWindowFlags(Qt.WindowType.Popup)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setAccessibleName(self._face.text("composer.pick_day"))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek(self._face.words.first_weekday))
        today = self._today()
        calendar.setMinimumDate(QDate(today.year, today.month, today.day))
        local = self._local(self._at)
        day = local.date() if local is not None else today
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))

        def pick(chosen: QDate) -> None:
            calendar.close()
            self._take(Typed(day=date(chosen.year(), chosen.month(), chosen.day())))

        calendar.clicked.connect(pick)
        calendar.activated.connect(pick)
        calendar.move(self.day.mapToGlobal(self.day.rect().bottomLeft()))
        calendar.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def _pick_time(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = self._face.words
        for hour in range(7, 24):
            wall = datetime.combine(self._today(), time(hour))
            action = menu.addAction(words.time(from_wall(wall, words.zone).at))
            action.triggered.connect(lambda _on=False, hour=hour: self._take(Typed(time=time(hour))))
        menu.popup(self.time.mapToGlobal(self.time.rect().bottomLeft()))

    # ---- showing

    def _show_fields(self) -> None:
        self.day.setText(self._day_text())
        self.time.setText(self._time_text())
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
        self._promise.setText(face.text("composer.computer_on") if self._at is not None else face.text("composer.leaves_at_once"))

    def _interpreted(self, at: datetime | None) -> WallTime | None:
        """Whether the wall time of a moment happens twice."""
        local = self._local(at)
        if local is None or at is None:
            return None
        found = from_wall(local.replace(tzinfo=None, fold=0), self._face.words.zone)
        return found if found.at == at else WallTime(at)

    def _day_text(self) -> str:
        local = self._local(self._at)
        day = self._waiting_day or (local.date() if local is not None else None)
        if day is None:
            return ""
        noon = from_wall(datetime.combine(day, time(12)), self._face.words.zone).at
        return self._face.words.day(noon, self._face.clock.now())

    def _time_text(self) -> str:
        return self._face.words.time(self._at) if self._at is not None else ""

    def _local(self, at: datetime | None) -> datetime | None:
        return at.astimezone(self._face.words.zone) if at is not None else None

    def _today(self) -> date:
        return self._face.clock.now().astimezone(self._face.words.zone).date()

    def _restyle(self) -> None:
        self._day_icon.setIcon(self._face.icons.icon("calendar-blank"))
        self._time_icon.setIcon(self._face.icons.icon("clock"))


def zone_text(face: PageFace, moment: datetime) -> str:
    """ "Mexico City, GMT-6": the shop's zone and how far it is from Greenwich at that moment."""
    local = moment.astimezone(face.words.zone)
    offset = local.utcoffset() or timedelta()
    minutes = abs(round(offset.total_seconds())) // 60
    figure = f"{minutes // 60}:{minutes % 60:02d}" if minutes % 60 else str(minutes // 60)
    sign = "\N{MINUS SIGN}" if offset < timedelta() else "+"
    city = str(face.words.zone).rpartition("/")[2].replace("_", " ")
    return face.text("composer.zone", city=city, offset=f"{sign}{figure}")
