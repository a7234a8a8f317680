"""What the calendar's page does about rhythm and mix: the strip, proposals, the way from warning to warning, and the next good time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint

from app.commands.composer import UNDO_SECONDS
from app.models.calendar import CalendarPost
from app.models.rhythm import RhythmWarning, WarningKind
from app.models.slot import QueueFull
from app.models.stance import Stance, is_out, stance
from app.runtime.settings import Shop
from app.runtime.words import Message, message
from app.ui.calendar.days import at, day_of, minute_of, skipped
from app.ui.calendar.desk import Desk, Slot
from app.ui.calendar.ghosts import Ghosts, paint_ghosts
from app.ui.calendar.grid import Grid
from app.ui.calendar.mix_strip import MixStrip
from app.ui.calendar.warnings import said
from app.ui.notices import announce
from app.ui.page import PageFace

MORNING = 10 * 60


class RhythmSide:
    """Asks the page for its front view; `goes_on` is told of each step of a proposal."""

    def __init__(self, face: PageFace, desk: Desk, front: Callable[[], Grid], goes_on: Callable[[], object]) -> None:
        self._face = face
        self._desk = desk
        self._front = front
        self._goes_on = goes_on
        self.ghosts = Ghosts(face, desk, front, self._changed)
        self.strip = MixStrip(face, desk, self.ghosts, self.go_to)

    def attach(self, grids: Iterable[Grid]) -> None:
        """Let the views paint proposals and tell clicks on them."""
        for grid in grids:
            grid.paint_over = partial(paint_ghosts, self.ghosts, grid)
            grid.pressed_over = self._pressed

    def refill(self) -> None:
        """Other days, or other posts on them."""
        self.ghosts.refill()
        self.strip.refill()

    def _pressed(self, point: QPoint) -> bool:
        return self.ghosts.press(point)

    def _changed(self) -> None:
        self.strip.refill()
        self._goes_on()

    # ---- while a proposal is shown, keys mean it

    @property
    def proposing(self) -> bool:
        return self.ghosts.proposal is not None

    def verbs(self, step: int, right: int, down: int) -> dict[str, Callable[[], object]]:
        """What keys do to a proposal in place of what they do to posts."""
        ghosts = self.ghosts
        return {
            "open": ghosts.accept,
            "to_ideas": ghosts.refuse,
            "step": lambda: ghosts.step(step),
            "arrow": lambda: ghosts.step(1 if right + down > 0 else -1),
        }

    # ---- live while something is dragged

    def aimed(self, post: CalendarPost | None, when: datetime | None, copies: bool) -> None:
        """Something is dragged there, or (None) nothing is any more."""
        plan = self._desk.shown.outlook
        if post is None:
            self.strip.gauge.show_mix(plan.mix)
            return
        if self.proposing:
            self.ghosts.cancel()
        zone = self._face.words.zone
        before = day_of(post.planned_at, zone) if post.planned_at is not None else None
        after = day_of(when, zone) if when is not None else before
        self.strip.gauge.show_mix(plan.with_drag(post, before, after, copies=copies), live=True)

    # ---- from warning to warning

    def step(self, step: int) -> None:
        """The next warning (1) or the one before (-1): posts in trouble and rhythm alike, in time; after the last comes the first."""
        places = self._places()
        if not places:
            announce(self._front(), self._face.text("rhythm.no_warnings"), "info")
            return
        here = next((number for number, (_, what) in enumerate(places) if self._is_here(what)), None)
        following = (0 if step > 0 else -1) if here is None else (here + step) % len(places)
        what = places[following][1]
        if isinstance(what, RhythmWarning):
            self.go_to(what)
        else:
            self.strip.warning = None
            self._desk.choose(what)
            self.strip.refill()

    def _places(self) -> list[tuple[datetime, RhythmWarning | int]]:
        desk, zone = self._desk, self._face.words.zone
        posts = [post for day in desk.shown.days for post in desk.shown.by_day.get(day, ())]
        found: list[tuple[datetime, RhythmWarning | int]] = [
            (post.planned_at, post.id)
            for post in posts
            if post.planned_at is not None
            and (stance(post) in (Stance.FAILED, Stance.DECIDE) or post.warnings or post.signed_out)
        ]
        found += [(at(max(each.first, desk.shown.days[0]), 0, zone), each) for each in desk.shown.outlook.warnings]
        return sorted(found, key=lambda pair: pair[0])

    def _is_here(self, what: RhythmWarning | int) -> bool:
        if isinstance(what, int):
            return self.strip.warning is None and what == self._desk.post_id
        return what == self.strip.warning

    def go_to(self, what: RhythmWarning | Stance) -> None:
        """Bring a warning to the front: its first post, or the first silent day."""
        desk = self._desk
        if isinstance(what, Stance):
            posts = [post for post in desk.shown.span.posts if stance(post) is what]
            ids = [post.id for post in posts]
            if ids:
                place = ids.index(desk.post_id) + 1 if desk.post_id in ids else 0
                desk.choose(ids[place % len(ids)])
            return
        self.strip.warning = what
        if what.post_ids and desk.post(what.post_ids[0]) is not None:
            desk.choose(what.post_ids[-1] if what.kind is WarningKind.CLOSE else what.post_ids[0])
        else:
            day = next((each for each in desk.shown.days if what.covers(each)), desk.shown.days[0])
            good = desk.shown.outlook.good.get(day, ())
            minute = minute_of(good[0].at, self._face.words.zone) if good else MORNING
            desk.choose(None, Slot(day, minute))
        self.strip.refill()
        announce(self._front(), said(self._face.look, desk, what), "info")

    def mend(self, *kinds: WarningKind) -> None:
        """Propose against the warning that was gone to, else against the first of its kind."""
        warnings = [each for each in self._desk.shown.outlook.warnings if each.kind in kinds]
        chosen = self.strip.warning if self.strip.warning in warnings else None
        if chosen is not None or warnings:
            self.ghosts.propose(chosen or warnings[0])

    # ---- the next good time

    def next_good_time(self, *, first: bool = False) -> None:
        """What is chosen or ticked goes to the next free good time of its accounts, each to one of its own."""
        face, desk = self._face, self._desk
        posts = desk.acted_on()
        fixed = next((post for post in posts if is_out(post)), None)
        if fixed is not None:
            face.notices.say(message("calendar.published_stays" if fixed.out else "calendar.going_stays"), level="warn")
            return
        if not posts:
            return
        zone = face.services.settings.get(Shop).zone or str(face.words.zone)

        async def work() -> None:
            found = await face.services.slots.places([post.id for post in posts], first=first)
            if isinstance(found, QueueFull):
                self._say_full(found)
                return
            await face.services.planning.move(found, zone)
            self._desk.post_id = posts[0].id
            face.notices.say(self._said(posts, found[0].at), undo=True, seconds=UNDO_SECONDS)
            announce(self._front(), face.text(self._said(posts, found[0].at)), "info")
            day = day_of(found[0].at, face.words.zone)
            if not desk.within(day):
                desk.go(anchor=day)

        face.actions.start("next good time", work())

    def _say_full(self, full: QueueFull) -> None:
        if full.until is None:
            self._face.notices.say(message("rhythm.no_good_times"), level="warn")
        else:
            self._face.notices.say(message("rhythm.queue_full", until=full.until), level="warn")

    def _said(self, posts: list[CalendarPost], when: datetime) -> Message:
        if len(posts) > 1:
            return message("calendar.moved_many", n=len(posts))
        zone = self._face.words.zone
        missing = skipped(day_of(when, zone), zone)
        if missing is not None and minute_of(when, zone) == missing[1]:
            return message("rhythm.placed_after_skip", when=when)
        return message("rhythm.placed", when=when)
