"""A field that takes a day as people type it ("fri", "2 dic", "пт"), and shows which one was understood."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from app.language.typed_time import Typed, read
from app.ui.page import PageFace
from app.ui.widgets.field import Field


class DayField(Field):
    """`day` and `minute` are what is written; `heard` is told after each key."""

    def __init__(
        self, face: PageFace, label: str, day: date | None = None, minute: int | None = None, *, with_time: bool = False
    ) -> None:
        self._face = face
        self._with_time = with_time
        super().__init__(face.look, label, written(day, minute), placeholder=face.text("campaigns.day_hint"), hint=" ")
        self.heard: Callable[[], None] = lambda: None
        self.changed.connect(lambda _text: self._tell())
        self._tell()

    @property
    def typed(self) -> Typed | None:
        """None where it cannot be read."""
        today = self._face.clock.now().astimezone(self._face.words.zone).date()
        return read(self.text, today, alone="day", language=self._face.words.language)

    @property
    def day(self) -> date | None:
        typed = self.typed
        return typed.day if typed is not None else None

    @property
    def minute(self) -> int | None:
        """Of the day; None without a time."""
        typed = self.typed
        return typed.time.hour * 60 + typed.time.minute if typed is not None and typed.time is not None else None

    def demand(self) -> bool:
        """Whether a day is there; says so where it is not."""
        if self.day is None or (not self._with_time and self.minute is not None):
            self.complain(self._face.text("campaigns.day_unreadable"))
            self.line.setFocus()
            return False
        return True

    def _tell(self) -> None:
        day, minute = self.day, self.minute
        said = self._face.words.long_day(day) if day is not None else ""
        if said and minute is not None and self._with_time:
            said = self._face.words.facts((said, clock_text(self._face, minute)))
        self.hint.setText(said or " ")
        self.hint.setVisible(True)
        self.heard()


def written(day: date | None, minute: int | None) -> str:
    """As the field shows what is kept; it reads it back."""
    if day is None:
        return ""
    text = day.isoformat()
    return text if minute is None else f"{text} {time(minute // 60, minute % 60):%H:%M}"


def clock_text(face: PageFace, minute: int) -> str:
    """A minute of the day as the region writes it."""
    moment = face.clock.now().astimezone(face.words.zone).replace(hour=minute // 60, minute=minute % 60)
    return face.words.time(moment)
