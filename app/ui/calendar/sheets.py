"""The sheet of an exact time that is typed; and opening it and the quick look for what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.language.typed_time import moment, read
from app.models.moment import Moment
from app.models.stance import is_out
from app.ui.calendar.acts import Acts
from app.ui.calendar.days import at, day_of, minute_of
from app.ui.calendar.desk import Desk
from app.ui.calendar.look_sheet import LookSheet
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field
from app.ui.widgets.text import Label


def understood(face: PageFace, text: str, before: datetime | None) -> Moment:
    """What a typed time means for a post: a time alone is on its day, a day alone at its time."""
    words, now = face.words, face.clock.now()
    today = day_of(now, words.zone)
    typed = read(text, today, alone="time", language=words.language)
    if before is None or typed is None or (typed.day is None) == (typed.time is None):
        return moment(text, now, words.zone, words.language)
    if typed.day is not None:
        when = at(typed.day, minute_of(before, words.zone), words.zone)
    else:
        assert typed.time is not None
        when = at(day_of(before, words.zone), typed.time.hour * 60 + typed.time.minute, words.zone)
    return Moment(when) if when > now else Moment(None, "past")


class TimeSheet(Sheet):
    """Ctrl+T: `take` hears the moment (aware UTC)."""

    def __init__(
        self, face: PageFace, host: QWidget, title: str, before: datetime | None, take: Callable[[datetime], None]
    ) -> None:
        super().__init__(face.look, host, face.text("calendar.move_title"))
        self._face = face
        self._before = before
        self._take = take
        text = face.words.day_and_time(before) if before is not None else ""
        self.field = Field(
            face.look,
            isolated(title),
            text,
            placeholder=face.text("calendar.time_hint"),
            hint=face.text("calendar.time_help"),
        )
        self.field.label.setWordWrap(True)
        self.body.addWidget(self.field)
        self.said = Label(face.look, "", "small", "accent.text", wrap=True)
        self.body.addWidget(self.said)
        self.move_button = Button(
            face.look, face.text("calendar.move"), key="Return", kind="primary", clicked=self.take
        )
        self.offer(self.move_button)
        self.field.changed.connect(lambda _text: self._look_again())
        self.field.line.returnPressed.connect(self.take)
        self.field.line.selectAll()

    def _look_again(self) -> None:
        found = understood(self._face, self.field.text, self._before) if self.field.text else Moment(None)
        self.said.setText(self._face.words.day_and_time(found.at) if found.at is not None else "")

    def take(self) -> None:
        """The time, or the sentence that says what is wrong."""
        found = understood(self._face, self.field.text, self._before)
        if found.at is None:
            self.field.complain(
                self._face.text("calendar.past" if found.problem == "past" else "calendar.time_unreadable")
            )
            return
        self.close_now()
        self._take(found.at)


class Sheets:
    """Opens them over the window, for what is chosen."""

    def __init__(self, face: PageFace, desk: Desk, acts: Acts, page: QWidget) -> None:
        self._face = face
        self._desk = desk
        self._acts = acts
        self._page = page

    def retime(self) -> None:
        post = self._desk.chosen
        if post is not None and not is_out(post):
            before = post.planned_at or self._desk.moment
            self._face.window.open_sheet(
                TimeSheet(self._face, self._page.window(), post.title, before, self._acts.move_to)
            )

    def look(self) -> None:
        post = self._desk.chosen
        if post is None:
            return
        reads = self._face.services.reads
        draft = reads.now(lambda queries: queries.post(post.id))
        owed = reads.now(lambda queries: queries.outbox(post_id=post.id, unfinished=False))
        if draft is not None:
            self._face.window.open_sheet(
                LookSheet(self._face, self._page.window(), post, draft, owed, self._desk, self._acts.open)
            )
