"""What is done to posts on the calendar, by mouse and by keys alike: moved, copied, put back, opened; and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QWidget

from app.commands.composer import UNDO_SECONDS
from app.models.calendar import CalendarPost, Move
from app.models.post import PostState
from app.models.stance import is_out
from app.runtime.settings import Shop
from app.runtime.words import Message, message
from app.ui.calendar.consequence import consequence, teaser_refusal
from app.ui.calendar.days import DAY, at, by_days, by_minutes, day_of, minute_of
from app.ui.calendar.desk import Desk, Slot
from app.ui.notices import announce
from app.ui.page import PageFace

STEP_MINUTES = 15
READ_WITHIN = 2.0
"""Seconds after which the page shows what keys have done; sooner, the next key goes on from there."""


class Acts:
    """Each is one call of the planning service, with its way back in the toast."""

    def __init__(self, face: PageFace, desk: Desk, host: QWidget) -> None:
        self._face = face
        self._desk = desk
        self._host = host
        self.acted: Callable[[], object] = lambda: None
        """Told when something was dropped."""
        self._placed: dict[int, datetime] = {}
        """Where keys have moved posts to before the page has read it."""
        self._nudged_at = 0.0

    # ---- moving

    def place(self, post: CalendarPost, when: datetime, copies: bool) -> None:
        """A drop: the post (with all that are ticked, if it is one of them) to a time, or a copy of it."""
        posts = [post]
        if post.id in self._desk.ticked:
            posts = [each for each in self._desk.acted_on() if each.id == post.id or not is_out(each) or copies]
        self._send(self._along(post, when, posts), copies=copies, lead=post)
        self.acted()

    def _along(self, lead: CalendarPost, when: datetime, posts: Sequence[CalendarPost]) -> list[Move]:
        """The others go along by the same days and minutes of wall time."""
        zone = self._face.words.zone
        moves = []
        for post in posts:
            if post.id == lead.id or post.planned_at is None or lead.planned_at is None:
                moves.append(Move(post.id, when))
                continue
            days = (day_of(when, zone) - day_of(lead.planned_at, zone)).days
            minutes = minute_of(when, zone) - minute_of(lead.planned_at, zone)
            there = by_days(post.planned_at, days, zone)
            moves.append(Move(post.id, by_minutes(there, minutes)))
        return moves

    def nudge(self, *, days: int = 0, minutes: int = 0) -> None:
        """By keys: days keep the wall time, minutes are those that really pass. Said to screen readers with what it does."""
        posts = self._movable()
        if not posts:
            return
        zone, now = self._face.words.zone, self._face.clock.monotonic()
        if now > self._nudged_at + READ_WITHIN:
            self._placed.clear()
        self._nudged_at = now
        moves = []
        for post in posts:
            before = self._placed.get(post.id, post.planned_at)
            if before is None:
                continue
            after = by_days(before, days, zone) if days else self._to_step(before, minutes)
            moves.append(Move(post.id, after))
        if not moves:  # something that has no time yet goes to the chosen place
            self.place_chosen()
            return
        if any(move.at < self._face.clock.now() for move in moves):
            self._refuse(message("calendar.past"))
            return
        self._send(moves, copies=False, lead=posts[0])
        self._announce(posts[0], moves[0].at)

    def _to_step(self, moment: datetime, minutes: int) -> datetime:
        """To the next quarter of an hour, as a drag snaps."""
        off = minute_of(moment, self._face.words.zone) % STEP_MINUTES
        if off:
            return by_minutes(moment, STEP_MINUTES - off if minutes > 0 else -off)
        return by_minutes(moment, minutes)

    def _stands(self, post: CalendarPost) -> datetime | None:
        """Its time, where keys have moved it a moment ago too."""
        fresh = self._face.clock.monotonic() <= self._nudged_at + READ_WITHIN
        return self._placed.get(post.id, post.planned_at) if fresh else post.planned_at

    def place_chosen(self) -> None:
        """The chosen idea to the chosen place."""
        post, when = self._desk.chosen, self._desk.moment
        if post is not None and when is not None:
            if when < self._face.clock.now():
                self._refuse(message("calendar.past"))
            else:
                self._send([Move(post.id, when)], copies=False, lead=post)

    def move_to(self, when: datetime) -> None:
        """An exact time that was typed."""
        posts = self._movable()
        if posts:
            self._send(self._along(posts[0], when, posts), copies=False, lead=posts[0])
            self._announce(posts[0], when)

    def _movable(self) -> list[CalendarPost]:
        """What is acted on, unless it cannot move: then that is said."""
        posts = self._desk.acted_on()
        fixed = next((post for post in posts if is_out(post)), None)
        if fixed is not None:
            self._refuse(message("calendar.published_stays" if fixed.out else "calendar.going_stays"))
            return []
        return posts

    def _send(self, moves: list[Move], *, copies: bool, lead: CalendarPost) -> None:
        face, when = self._face, moves[0].at
        if self._is_refused(moves):
            return
        zone = face.services.settings.get(Shop).zone or str(face.words.zone)
        if not copies:
            self._placed.update({move.post_id: move.at for move in moves})

        async def work() -> None:
            try:
                if copies:
                    made = await face.services.planning.duplicate(moves, zone)
                    self._desk.post_id = made[0]
                else:
                    await face.services.planning.move(moves, zone)
                    self._desk.post_id = lead.id
            except BaseException:
                self._placed.clear()
                raise
            said = self._said(lead, when, len(moves), copies=copies)
            face.notices.say(said, undo=True, seconds=UNDO_SECONDS)

        day = day_of(when, face.words.zone)
        self._desk.slot = Slot(day, minute_of(when, face.words.zone))
        face.actions.start("move posts", work())
        if not self._desk.within(day):
            self._desk.go(anchor=day)

    def _is_refused(self, moves: Sequence[Move]) -> bool:
        """Whether a teaser refuses one of them, which is said then."""
        for move in moves:
            post = self._desk.post(move.post_id)
            if post is None:
                continue
            refusal = teaser_refusal(post, move.at, self._desk.shown.span.phases, self._face.words.zone)
            if refusal is not None:
                self._refuse(refusal)
                return True
        return False

    def _said(self, lead: CalendarPost, when: datetime, many: int, *, copies: bool) -> Message:
        if copies:
            return message("calendar.copied", when=when)
        if many > 1:
            return message("calendar.moved_many", n=many)
        if lead.state is not PostState.SCHEDULED:
            return message("calendar.placed_draft", when=when)
        return message("calendar.moved", when=when)

    def _refuse(self, why: Message) -> None:
        self._face.notices.say(why, level="warn")

    def _announce(self, post: CalendarPost, when: datetime) -> None:
        desk, face = self._desk, self._face
        found = consequence(post, when, desk.shown.span.posts, face.words.zone, desk.paces)
        announce(self._host, f"{face.words.day_and_time(when)}, {face.text(found.said)}", "info")

    # ---- the others

    def duplicate(self) -> None:
        """Copies a day later at the same time, or as soon as that is to come."""
        face = self._face
        copies = []
        for post in self._desk.acted_on():
            stands = self._stands(post)
            when = by_days(stands, 1, face.words.zone) if stands is not None else self._desk.moment
            if when is None or when < face.clock.now():
                day = self._desk.today + DAY
                minute = minute_of(stands, face.words.zone) if stands is not None else 600
                when = at(day, minute, face.words.zone)
            copies.append(Move(post.id, when))
        if copies:
            self._send(copies, copies=True, lead=self._desk.acted_on()[0])

    def to_ideas(self) -> None:
        """Off the calendar."""
        posts = [post for post in self._movable() if post.planned_at is not None]
        if not posts:
            return
        face, ids = self._face, [post.id for post in posts]

        async def work() -> None:
            await face.services.planning.back_to_ideas(ids)
            self._desk.ticked.clear()
            face.notices.say(message("calendar.to_ideas", n=len(ids)), undo=True, seconds=UNDO_SECONDS)

        face.actions.start("back to ideas", work())

    def open(self) -> None:
        post = self._desk.post_id
        if post is not None:
            self._face.window.show_page("composer", post=post, origin="calendar")
        elif self._desk.slot is not None:
            self.new()

    def new(self) -> None:
        """At the chosen place, if that is to come."""
        when = self._desk.moment
        if when is not None and when < self._face.clock.now() + timedelta(minutes=1):
            when = None
        self._face.window.show_page("composer", new=True, origin="calendar", at=when)

    def take_things(self, things: QMimeData, slot: Slot) -> None:
        """Files or text from another program become a draft there."""
        face = self._face
        when = at(slot.day, slot.minute, face.words.zone)
        files = [Path(url.toLocalFile()) for url in things.urls() if url.isLocalFile()]
        texts = [] if files else [things.text()] if things.hasText() else []
        if when < face.clock.now():
            self._refuse(message("calendar.past"))
            return
        if not files and not texts:
            return
        zone = face.services.settings.get(Shop).zone or str(face.words.zone)

        async def work() -> None:
            self._desk.post_id = await face.services.planning.drop_in(texts, files, when, zone)
            face.notices.say(message("calendar.dropped", when=when), undo=True, seconds=UNDO_SECONDS)

        face.actions.start("take in what was dropped", work())
