"""Dragging posts with the mouse, within the window: a picture follows the pointer, the page shows where it would go and what that does.

Own rather than the system's, which runs a second event loop meanwhile; what other programs drop comes the system's way (grid.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QPoint, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from app.models.calendar import CalendarPost
from app.models.stance import is_out
from app.runtime.words import Message, message
from app.ui.calendar.canvas import Canvas, Target
from app.ui.calendar.chips import paint_picture
from app.ui.calendar.consequence import consequence, teaser_refusal
from app.ui.calendar.days import at
from app.ui.calendar.desk import Desk, Slot
from app.ui.page import PageFace
from app.ui.widgets.shadow import Shadow

EDGE = 28
"""So near to the upper or lower edge the page scrolls."""
SCROLL_MS = 30
Place = Callable[[CalendarPost, datetime, bool], object]
"""What a drop does: the post that was held, its new time, and whether a copy is placed."""


class Ghost(QWidget):
    """The picture under the pointer. The mouse goes through it."""

    def __init__(self, face: PageFace, host: QWidget) -> None:
        super().__init__(host)
        self._face = face
        self._host = host
        self._shadow = Shadow(face.look, "e2", face.theme.radius("chip"))
        self._picture = QPixmap()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def lift(self, picture: QPixmap, size: QSize) -> None:
        self._picture = picture
        edge = self._shadow.margin
        self.resize(size.width() + 2 * edge, size.height() + 2 * edge)
        self.show()
        self.raise_()

    def show_picture(self, picture: QPixmap) -> None:
        self._picture = picture
        self.update()

    def put(self, everywhere: QPoint, hot: QPoint) -> None:
        edge = self._shadow.margin
        self.move(self._host.mapFromGlobal(everywhere) - hot - QPoint(edge, edge))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = self._shadow.margin
        body = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        self._shadow.paint(painter, body)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._face.theme.color("surface.raised"))
        painter.drawRoundedRect(body, self._face.theme.radius("chip"), self._face.theme.radius("chip"))
        painter.drawPixmap(body.topLeft(), self._picture)


class Dragging(QObject):
    """One drag at a time. Ctrl makes a copy, Shift is exact to five minutes, Escape puts it back."""

    def __init__(self, face: PageFace, desk: Desk, host: QWidget, place: Place) -> None:
        super().__init__()
        self._face = face
        self._desk = desk
        self._place = place
        self._ghost = Ghost(face, host)
        self._post: CalendarPost | None = None
        self._hot = QPoint()
        self._size, self._ratio = QSize(), 1.0
        self._pointer = QPoint()
        self._held = Qt.KeyboardModifier.NoModifier
        self._when: datetime | None = None
        self.told: Callable[[CalendarPost | None, datetime | None, bool], object] = lambda _post, _when, _copies: None
        """Hears where what is dragged would go, and (None) that nothing is dragged any more."""
        self.front: Callable[[], Canvas | None] = lambda: None
        """The page that is shown."""
        self._scroll = QTimer(self)
        self._scroll.setInterval(SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)

    @property
    def active(self) -> bool:
        return self._post is not None

    def holds(self, post_id: int) -> bool:
        """Whether this post is what is dragged."""
        return self._post is not None and self._post.id == post_id

    def begin(self, post: CalendarPost, hot: QPoint) -> None:
        """Lift a post; `hot` is where the pointer holds its chip."""
        canvas = self.front()
        if canvas is None or self._face.services.data.read_only:
            return
        self._post = post
        size = canvas.chip_size()
        self._hot = QPoint(min(hot.x(), size.width() - 6), min(hot.y(), size.height() - 4))
        ticked = self._desk.ticked
        canvas.lift(frozenset(ticked if post.id in ticked else {post.id}))
        self._size, self._ratio = size, canvas.devicePixelRatioF()
        self._ghost.lift(paint_picture(self._face.look, post, size.width(), size.height(), self._ratio), size)
        self._scroll.start()

    def follow(self, everywhere: QPoint, held: Qt.KeyboardModifier) -> None:
        """The pointer is here now."""
        self._pointer, self._held = everywhere, held
        self._ghost.put(everywhere, self._hot)
        self._aim()

    def held(self, held: Qt.KeyboardModifier) -> None:
        """Ctrl or Shift is pressed or let go where the pointer stands still."""
        self._held = held
        self._aim()

    def drop(self, everywhere: QPoint, held: Qt.KeyboardModifier) -> None:
        """Let go of it here."""
        self.follow(everywhere, held)
        post, when = self._post, self._when
        copies = self._copies
        self.cancel()
        if post is None or when is None:
            return
        refusal = self._refusal(post, when, copies=copies)
        if refusal is not None:
            self._face.notices.say(refusal, level="warn")
        elif copies or when != post.planned_at:
            self._place(post, when, copies)

    def cancel(self) -> None:
        """Everything as it was."""
        self._scroll.stop()
        self._post = self._when = None
        self.told(None, None, False)
        self._ghost.hide()
        canvas = self.front()
        if canvas is not None:
            canvas.aim(None)
            canvas.lift(frozenset())

    def target_of_things(self, slot: Slot) -> Target:
        """Where what another program drags would go."""
        when = at(slot.day, slot.minute, self._face.words.zone)
        return self._target(None, slot, when, copies=True)

    # ---- inside

    @property
    def _copies(self) -> bool:
        return bool(self._held & Qt.KeyboardModifier.ControlModifier)

    def _aim(self) -> None:
        canvas, post = self.front(), self._post
        if canvas is None or post is None:
            return
        point = canvas.page_point(self._pointer)
        fine = bool(self._held & Qt.KeyboardModifier.ShiftModifier)
        slot = canvas.slot_at(point - QPoint(0, canvas.held_at(self._hot)), post, fine) if point is not None else None
        if slot is None:
            self._when = None
            self.told(post, None, self._copies)
            canvas.aim(None)
            return
        when = at(slot.day, slot.minute, self._face.words.zone)
        if when != self._when:
            self._when = when
            there = replace(post, planned_at=when)
            self._ghost.show_picture(
                paint_picture(self._face.look, there, self._size.width(), self._size.height(), self._ratio)
            )
        self.told(post, when, self._copies)
        canvas.aim(self._target(post, slot, when, copies=self._copies))

    def _target(self, post: CalendarPost | None, slot: Slot, when: datetime, *, copies: bool) -> Target:
        face = self._face
        refusal = self._refusal(post, when, copies=copies)
        moment = face.words.day_and_time(when)
        if refusal is not None:
            return Target(slot, f"{moment} · {face.text(refusal)}", "refused")
        found = consequence(
            post, when, self._desk.shown.span.posts, face.words.zone, self._desk.paces, copies=copies
        )
        copied = f" · {face.text('calendar.copy')}" if copies and post is not None else ""
        return Target(slot, f"{moment} · {face.text(found.said)}{copied}", "warn" if found.warns else "ok")

    def _refusal(self, post: CalendarPost | None, when: datetime, *, copies: bool) -> Message | None:
        """Why it cannot be placed there; None where it can."""
        if when < self._face.clock.now():
            return message("calendar.past")
        if post is not None and not copies and is_out(post):
            return message("calendar.published_stays" if post.out else "calendar.going_stays")
        return teaser_refusal(post, when, self._desk.shown.span.phases, self._face.words.zone) if post is not None else None

    def _scroll_on(self) -> None:
        canvas = self.front()
        if canvas is None:
            return
        inside = canvas.viewport().mapFromGlobal(self._pointer)
        if not 0 <= inside.x() < canvas.viewport().width():
            return
        bar, step = canvas.verticalScrollBar(), 0
        if inside.y() < EDGE:
            step = inside.y() - EDGE
        elif inside.y() > canvas.viewport().height() - EDGE:
            step = inside.y() - canvas.viewport().height() + EDGE
        if step and -EDGE * 3 < step < EDGE * 3:
            before = bar.value()
            bar.setValue(before + step)
            if bar.value() != before:
                self._aim()
