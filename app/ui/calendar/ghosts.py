"""A proposal against a flood or a silence, shown as ghost chips: Enter accepts all of it as one act, Del refuses one, Escape ends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.commands.composer import UNDO_SECONDS
from app.models.calendar import CalendarPost, Move
from app.models.rhythm import RhythmWarning
from app.models.stance import is_out
from app.runtime.settings import Shop
from app.runtime.words import message
from app.ui.calendar.agenda import Agenda
from app.ui.calendar.canvas import Canvas
from app.ui.calendar.days import day_of, minute_of
from app.ui.calendar.desk import Desk, Slot
from app.ui.calendar.warnings import account_names, said
from app.ui.notices import announce
from app.ui.page import PageFace

OFF = 16
"""The corner that refuses a ghost by mouse."""


class GhostChip(NamedTuple):
    """A post where it is proposed to go."""

    post: CalendarPost
    """With the proposed time."""
    slot: Slot


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, and which of it the keys mean."""

    warning: RhythmWarning
    ghosts: tuple[GhostChip, ...]
    at: int = 0

    @property
    def current(self) -> GhostChip:
        return self.ghosts[self.at]


class Ghosts:
    """One proposal at a time. `changed` is told of each step."""

    def __init__(self, face: PageFace, desk: Desk, front: Callable[[], Canvas], changed: Callable[[], object]) -> None:
        self._face = face
        self._desk = desk
        self._front = front
        self._changed = changed
        self.proposal: Proposal | None = None
        self._lifted: Canvas | None = None

    def propose(self, warning: RhythmWarning) -> None:
        """Ask for moves and show them."""
        face = self._face

        async def work() -> None:
            moves = await face.services.slots.mend(warning)
            ghosts = [ghost for move in moves if (ghost := self._ghost(move)) is not None]
            if not ghosts:
                self.cancel()
                self._say_nothing(warning)
                return
            if not self._desk.within(ghosts[0].slot.day):
                self._desk.go(None, warning.first)
            self._show(Proposal(warning, tuple(ghosts)))
            self._announce()

        face.actions.start("propose moves", work())

    def _ghost(self, move: Move) -> GhostChip | None:
        post = self._now(move.post_id)
        if post is None or is_out(post):
            return None
        zone = self._face.words.zone
        return GhostChip(replace(post, planned_at=move.at), Slot(day_of(move.at, zone), minute_of(move.at, zone)))

    def _say_nothing(self, warning: RhythmWarning) -> None:
        if warning.post_ids:
            self._face.notices.say(message("rhythm.nothing_can_move"), level="warn")
        else:
            names = account_names(self._face.look, self._desk.accounts, warning.account_ids)
            self._face.notices.say(message("rhythm.nothing_waits", names=names), level="warn")

    # ---- what keys and mouse do to it

    def accept(self) -> None:
        """All that is left of it, as one act."""
        proposal, face = self.proposal, self._face
        if proposal is None:
            return
        moves = [
            Move(ghost.post.id, ghost.post.planned_at) for ghost in proposal.ghosts if ghost.post.planned_at is not None
        ]
        zone = face.services.settings.get(Shop).zone or str(face.words.zone)

        async def work() -> None:
            await face.services.planning.move(moves, zone)
            face.notices.say(message("calendar.moved_many", n=len(moves)), undo=True, seconds=UNDO_SECONDS)

        self.cancel()
        face.actions.start("move posts", work())

    def refuse(self, at: int | None = None) -> None:
        """One stays where it is; the last one ends it."""
        if self.proposal is None:
            return
        place = self.proposal.at if at is None else at
        left = self.proposal.ghosts[:place] + self.proposal.ghosts[place + 1 :]
        if not left:
            self.cancel()
            return
        self._show(replace(self.proposal, ghosts=left, at=min(place, len(left) - 1)))
        self._announce()

    def step(self, step: int) -> None:
        """The next (1) or the one before (-1); other days are turned to where it stands there."""
        if self.proposal is not None:
            self._go(self.proposal, (self.proposal.at + step) % len(self.proposal.ghosts))

    def press(self, point: QPoint) -> bool:
        """A click on the page; whether a ghost was meant."""
        if self.proposal is None:
            return False
        for place, rect in enumerate(self.rects(self._front())):
            if rect.contains(point):
                if QRect(rect.right() - OFF, rect.top(), OFF, OFF).contains(point):
                    self.refuse(place)
                else:
                    self._go(self.proposal, place)
                return True
        return False

    def _go(self, proposal: Proposal, place: int) -> None:
        self._show(replace(proposal, at=place))
        day = proposal.ghosts[place].slot.day
        if not self._desk.within(day):
            self._desk.go(anchor=day)
        self._announce()

    def cancel(self) -> None:
        """Nothing is moved."""
        if self.proposal is not None:
            self._show(None)

    def _show(self, proposal: Proposal | None) -> None:
        self.proposal = proposal
        canvas = self._front()
        self._lift()
        canvas.viewport().update()
        if proposal is not None and self._desk.within(proposal.current.slot.day):
            canvas.scroll_to(self.rects(canvas)[proposal.at])
        self._changed()

    def _lift(self) -> None:
        """Its posts are shown faint where they are now; on a page that is left they are not."""
        canvas = self._front()
        if self._lifted is not None and self._lifted is not canvas:
            self._lifted.lift(frozenset())
            _make_room(self._lifted, None)
        self._lifted = canvas
        _make_room(canvas, self.proposal)
        canvas.lift(
            frozenset(ghost.post.id for ghost in self.proposal.ghosts) if self.proposal is not None else frozenset()
        )

    def refill(self) -> None:
        """Another page, or other posts: what has left meanwhile, or is gone, is proposed no more."""
        proposal = self.proposal
        if proposal is None:
            return
        left = tuple(
            ghost for ghost in proposal.ghosts if (post := self._now(ghost.post.id)) is not None and not is_out(post)
        )
        if len(left) < len(proposal.ghosts):
            self._show(replace(proposal, ghosts=left, at=0) if left else None)
        else:
            self._lift()

    def _now(self, post_id: int) -> CalendarPost | None:
        """As it stands now."""
        return self._desk.post(post_id) or self._face.services.reads.now(lambda queries: queries.calendar_post(post_id))

    def _announce(self) -> None:
        proposal, look = self.proposal, self._face.look
        if proposal is None:
            return
        ghost = proposal.current
        assert ghost.post.planned_at is not None
        when = look.words.day_and_time(ghost.post.planned_at)
        announce(
            self._front(),
            look.text(
                "rhythm.ghost_spoken", title=ghost.post.title, when=when, place=proposal.at + 1, n=len(proposal.ghosts)
            ),
            "info",
        )

    # ---- where they stand

    def rects(self, canvas: Canvas) -> list[QRect]:
        """On the page; empty for other days."""
        if self.proposal is None:
            return []
        several: dict[date, int] = {}
        found = []
        for ghost in self.proposal.ghosts:
            place = several.get(ghost.slot.day, 0)
            several[ghost.slot.day] = place + 1
            found.append(_rect(canvas, ghost.slot, place) if self._desk.within(ghost.slot.day) else QRect())
        return found

    def words(self) -> str:
        """What the strip says while it is shown."""
        proposal, look = self.proposal, self._face.look
        if proposal is None:
            return ""
        return look.words.told_of(said(look, self._desk, proposal.warning), look.text("rhythm.would_move", n=len(proposal.ghosts)))


def _make_room(canvas: Canvas, proposal: Proposal | None) -> None:
    """An agenda has no free places: it makes some."""
    if isinstance(canvas, Agenda):
        canvas.make_room(Counter(ghost.slot.day for ghost in proposal.ghosts) if proposal is not None else {})


def _rect(canvas: Canvas, slot: Slot, place: int) -> QRect:
    """Where the chip stands; in a month at the bottom of its day, the first one lowest; in the agenda below the posts of its day."""
    if isinstance(canvas, Agenda):
        return canvas.room_of(slot.day, place)
    rect = canvas.rect_of(slot)
    if canvas.desk.shown.view != "month":
        return rect
    size = canvas.chip_size()
    return QRect(
        rect.left() + (rect.width() - size.width()) // 2,
        rect.bottom() - (place + 1) * (size.height() + 2) - 2,
        size.width(),
        size.height(),
    )


def paint_ghosts(ghosts: Ghosts, canvas: Canvas, painter: QPainter, clip: QRect) -> None:
    """Over the chips: each as its post would look there, dashed; the one that keys mean has a full line and a corner that refuses it."""
    if ghosts.proposal is None:
        return
    theme, ratio = canvas.face.theme, canvas.devicePixelRatioF()
    for place, (ghost, rect) in enumerate(zip(ghosts.proposal.ghosts, ghosts.rects(canvas), strict=True)):
        if not rect.isValid() or not rect.adjusted(-3, -3, 3, 3).intersects(clip):
            continue
        chosen = place == ghosts.proposal.at
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.raised"))
        painter.drawRoundedRect(QRectF(rect), theme.radius("chip"), theme.radius("chip"))
        painter.setOpacity(0.75)
        painter.drawPixmap(rect.topLeft(), canvas.pictures.picture(ghost.post, rect.width(), rect.height(), ratio))
        painter.setOpacity(1.0)
        pen = QPen(theme.color("accent.fill"), 2, Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0, 0, 0, 0), theme.radius("chip"), theme.radius("chip"))
        if chosen:
            corner = QRectF(rect.right() - OFF + 1, rect.top(), OFF, OFF)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent.fill"))
            painter.drawRoundedRect(corner, 3, 3)
            canvas.look.icons.paint(painter, corner.adjusted(3, 3, -3, -3), "x", "accent.onFill")
