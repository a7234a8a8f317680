"""Going about in the calendar by keys: from post to post, from place to place, to today and to what is warned of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint

from app.models.calendar import CalendarPost
from app.ui.calendar.days import at
from app.ui.calendar.desk import Desk, Slot
from app.ui.calendar.grid import Grid
from app.ui.notices import announce
from app.ui.page import PageFace

CHIP_MINUTES, STEP_MINUTES = 60, 30
"""What a chip covers of a day, and what an arrow steps."""
MORNING = 10 * 60


class Walk:
    """Chooses on the desk; places without a post are said to screen readers."""

    def __init__(self, face: PageFace, desk: Desk, front: Callable[[], Grid]) -> None:
        """`front` answers the view that is shown."""
        self._face = face
        self._desk = desk
        self._front = front

    def to_today(self) -> None:
        today = self._desk.today
        self._desk.slot = Slot(today, self._desk.slot.minute if self._desk.slot is not None else MORNING)
        self._desk.post_id = None
        self._desk.go(anchor=today)

    def show_day(self, day: date) -> None:
        self._desk.slot, self._desk.post_id = Slot(day, 0), None
        self._desk.go("agenda", day)

    def step(self, step: int) -> None:
        """The next (1) or the post before (-1) in time; at the end of the page the other page."""
        desk = self._desk
        posts = self._posts()
        ids = [post.id for post in posts]
        if desk.post_id in ids:
            place = ids.index(desk.post_id) + step
        else:
            moment = desk.moment
            later = [
                place for place, post in enumerate(posts) if moment is None or (post.planned_at or moment) >= moment
            ]
            place = (later[0] if later else len(ids)) - (step < 0)
        if 0 <= place < len(ids):
            desk.choose(ids[place])
        else:
            desk.turn(step)

    def _posts(self) -> list[CalendarPost]:
        """All that is shown, in time order."""
        shown = self._desk.shown
        return [post for day in shown.days for post in shown.by_day.get(day, ())]

    def arrow(self, right: int, down: int) -> None:
        """To the place beside; a post that stands there is chosen."""
        desk, grid = self._desk, self._front()
        if desk.shown.view == "agenda":
            self.step(1 if right + down > 0 else -1)
            return
        slot = desk.slot
        if slot is None or not desk.within(slot.day):
            slot = Slot(desk.today if desk.within(desk.today) else desk.shown.days[0], MORNING)
        else:
            if down > 0 and desk.chosen is not None and desk.shown.view == "week":
                slot = slot._replace(minute=slot.minute + CHIP_MINUTES - STEP_MINUTES)  # below its chip
            after = self._beside(slot, right, down)
            slot = after if after is not None else grid.stepped(slot, right, down)
        desk.choose(self._post_at(slot), slot)
        if desk.post_id is None:
            words, when = self._face.words, at(slot.day, slot.minute, self._face.words.zone)
            is_good = any(good.at == when for good in desk.shown.outlook.good.get(slot.day, ()))
            said = self._face.text("rhythm.good_time_here" if is_good else "calendar.free")
            announce(grid, f"{words.day_and_time(when)}, {said}", "info")

    def _beside(self, slot: Slot, _right: int, down: int) -> Slot | None:
        """In a month, up and down go through the posts of a day first."""
        desk = self._desk
        if desk.shown.view != "month" or not down:
            return None
        ids = [placed.post.id for placed in self._front().placed if placed.day == slot.day]
        place = (ids.index(desk.post_id) if desk.post_id in ids else -1) + down
        if 0 <= place < len(ids):
            desk.post_id = ids[place]
            return slot
        desk.post_id = None
        return None

    def _post_at(self, slot: Slot) -> int | None:
        """Which post a place means: in the week the one that covers it, in the month the one that is chosen, or the first."""
        desk = self._desk
        there = [placed for placed in self._front().placed if placed.day == slot.day]
        if desk.shown.view == "month":
            ids = [placed.post.id for placed in there]
            return desk.post_id if desk.post_id in ids else None
        point = self._front().rect_of(slot).center()
        middle = QPoint(point.x(), self._front().rect_of(slot).top() + 2)
        return next(
            (placed.post.id for placed in there if placed.rect.top() <= middle.y() <= placed.rect.bottom()), None
        )
