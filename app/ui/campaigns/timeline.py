"""The phases of a campaign over its days, with its posts below: chosen, moved and resized with the mouse; the keys are commands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.campaign import CampaignDetail, CampaignPhase, CampaignPost, overlapping, posts_within
from app.ui.campaigns.band_painting import BAND, HEIGHT, TOP, BandPainter, spoken_phase
from app.ui.campaigns.states import post_name
from app.ui.notices import announce
from app.ui.page import PageFace

DAY = timedelta(days=1)
EDGE = 6
"""So near to its end a phase is resized, not moved."""
Grip = Literal["first", "last", "both"]


class Timeline(QWidget):
    """Shows a detail; says which phase was chosen, opened, or stretched by how many days at its two ends."""

    chosen = Signal(int)
    opened = Signal(int)
    stretched = Signal(int, int, int)
    """(place, days at its beginning, days at its end)"""
    post_opened = Signal(int)

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.phases: tuple[CampaignPhase, ...] = ()
        self.hue = "slate"
        self.place = 0
        self.first, self.last = date.min, date.min
        self._by_day: Mapping[date, list[CampaignPost]] = {}
        self._grip: tuple[int, Grip, int] | None = None
        """Which phase is held, where, and on which day it was taken."""
        self._shift = (0, 0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(face.text("campaigns.phases"))
        face.theme.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(self._face.theme.px(320), self._face.theme.px(HEIGHT))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def show_detail(self, detail: CampaignDetail, place: int) -> None:
        """Phases and posts of a campaign; what is held stays held."""
        zone = self._face.words.zone
        self.phases, self.hue = detail.plan.phases, detail.plan.hue or "slate"
        by_day: dict[date, list[CampaignPost]] = defaultdict(list)
        for each in detail.posts:
            if each.post.planned_at is not None:
                by_day[each.post.planned_at.astimezone(zone).date()].append(each)
        self._by_day = by_day
        days = [*by_day, *(phase.starts_on for phase in self.phases), *(phase.ends_on for phase in self.phases)]
        today = self._face.clock.now().astimezone(zone).date()
        first, last = (min(days), max(days)) if days else (today, today + 13 * DAY)
        self.first, self.last = first - DAY, last + DAY
        self.choose(place)

    def choose(self, place: int) -> None:
        """Show which phase the keys act on."""
        self.place = max(0, min(len(self.phases) - 1, place))
        if self.phases:
            self.setAccessibleDescription(self.spoken(self.place))
            if self.hasFocus():
                announce(self, self.spoken(self.place), "info")
        self.update()

    def spoken(self, place: int) -> str:
        """A phase in words."""
        return spoken_phase(self._face, self.phases[place], posts_within(self.phases[place], self._by_day))

    # ---- where things stand

    @property
    def column(self) -> float:
        return self.width() / ((self.last - self.first).days + 1)

    def x_of(self, day: date) -> float:
        """The left edge of a day."""
        return (day - self.first).days * self.column

    def day_at(self, x: float) -> date:
        return self.first + int(x // max(1.0, self.column)) * DAY

    def band_of(self, phase: CampaignPhase) -> QRectF:
        px = self._face.theme.px
        return QRectF(self.x_of(phase.starts_on), px(TOP), self.column * phase.days, px(BAND))

    def _shown(self) -> tuple[CampaignPhase, ...]:
        """With what is held where it would be put down."""
        if self._grip is None:
            return self.phases
        place = self._grip[0]
        first, last = self._shift
        phase = self.phases[place]
        moved = replace(phase, starts_on=phase.starts_on + first * DAY, ends_on=phase.ends_on + last * DAY)
        return (*self.phases[:place], moved, *self.phases[place + 1 :])

    def grip_at(self, point: QPointF) -> tuple[int, Grip] | None:
        """Which phase, and which part of it, is at a point."""
        edge = self._face.theme.px(EDGE)
        bands = [self.band_of(phase) for phase in self.phases]
        for place in sorted(range(len(bands)), key=lambda number: not bands[number].contains(point)):
            band = bands[place]
            if not band.adjusted(-edge / 2, 0, edge / 2, 0).contains(point):
                continue
            if point.x() < band.left() + edge:
                return place, "first"
            return place, "last" if point.x() > band.right() - edge else "both"
        return None

    # ---- the mouse

    @property
    def holds(self) -> bool:
        return self._grip is not None

    def let_go(self) -> None:
        """Put back what is held."""
        self._grip, self._shift = None, (0, 0)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.grip_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or found is None:
            return
        self.chosen.emit(found[0])
        if not self._face.services.data.read_only:
            self._grip = (*found, (self.day_at(event.position().x()) - self.first).days)
            self._shift = (0, 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            found = self.grip_at(event.position())
            shape = Qt.CursorShape.ArrowCursor
            if found is not None:
                shape = Qt.CursorShape.OpenHandCursor if found[1] == "both" else Qt.CursorShape.SizeHorCursor
            self.setCursor(shape)
            self._tell_tip(event.position())
            return
        place, grip, taken = self._grip
        by = (self.day_at(event.position().x()) - self.first).days - taken
        shift = {"first": (by, 0), "last": (0, by), "both": (by, by)}[grip]
        phase = self.phases[place]
        moved = replace(phase, starts_on=phase.starts_on + shift[0] * DAY, ends_on=phase.ends_on + shift[1] * DAY)
        others = (*self.phases[:place], *self.phases[place + 1 :])
        if moved.ends_on >= moved.starts_on and overlapping((*others, moved)) is None:
            self._shift = shift
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._grip is None or event.button() != Qt.MouseButton.LeftButton:
            return
        place, shift = self._grip[0], self._shift
        self.let_go()
        if shift != (0, 0):
            self.stretched.emit(place, *shift)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.grip_at(event.position())
        self.let_go()
        if found is not None:
            self.opened.emit(found[0])
            return
        posts = self._by_day.get(self.day_at(event.position().x()))
        if posts and event.position().y() > self._face.theme.px(TOP + BAND):
            self.post_opened.emit(posts[0].post.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.choose(self.place)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _tell_tip(self, point: QPointF) -> None:
        found = self.grip_at(point)
        if found is not None:
            self.setToolTip(self.spoken(found[0]))
            return
        posts = self._by_day.get(self.day_at(point.x()), ())
        self.setToolTip("\n".join(post_name(self._face, each) for each in posts))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush = BandPainter(painter, self._face, self.rect(), self.first, self.column)
        brush.days(self.last)
        for place, phase in enumerate(self._shown()):
            posts = posts_within(phase, self._by_day)
            brush.phase(phase, self.band_of(phase), self.hue, posts, chosen=place == self.place and self.hasFocus())
        brush.posts(self._by_day)
        brush.now(self.last)
