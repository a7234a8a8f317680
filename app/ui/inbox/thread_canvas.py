"""The conversation as it is painted: makes the parts, lays them out, scrolls, counts down, and places the buttons of what needs a decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from importlib import import_module

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessibleInterface, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.models.agreement import AgreementRow
from app.models.message import ConversationDetail, MessageKind, MessageRow, NoteRow
from app.ui.agreement_words import row_text
from app.ui.faces import Faces
from app.ui.inbox.bubble import Bubble
from app.ui.inbox.case_words import case_sentence
from app.ui.inbox.escalation_block import EscalationBlock, blocks
from app.ui.inbox.found_marks import marks_in_text
from app.ui.inbox.sorted_part import SortedPart
from app.ui.inbox.thread_parts import Divider, Note, Parent, ThreadPart
from app.ui.inbox.times import day_title, in_full, same_day
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button
from app.ui.widgets.viewport import own_viewport

EARLIER = "earlier"
Piece = MessageRow | NoteRow | AgreementRow | tuple[datetime, EscalationBlock]


def parts_of(
    look: Look,
    detail: ConversationDetail,
    now: datetime,
    customer: str | int,
    undo_seconds: int,
    unfolded: frozenset[int] = frozenset(),
    pictures: Faces | None = None,
    face_url: str = "",
) -> list[ThreadPart]:
    """What the conversation is made of, from top to bottom. `unfolded`: ids of long messages that are shown whole."""
    parts: list[ThreadPart] = []
    if detail.earlier:
        parts.append(Divider(look, look.text("inbox.earlier", n=detail.earlier), act=EARLIER))
    if detail.continues is not None:
        earlier = detail.continues
        name = "inbox.continues" if earlier.proven else "inbox.continues_unproven"
        words = look.text(name, network=network_name(earlier.network), name=isolated(earlier.name), n=earlier.messages)
        parts.append(Divider(look, words, act=f"conversation {earlier.conversation_id}"))
    if detail.parent is not None:
        parts.append(Parent(look, detail.parent, now))
    last = next((m.id for m in reversed(detail.messages) if m.kind is not MessageKind.OURS), 0)
    said: list[Piece] = sorted(
        [*detail.messages, *detail.notes, *detail.agreements, *blocks(look, detail.escalations, now)], key=_order
    )
    before: datetime | None = None
    for piece in said:
        at = _at(piece)
        if before is not None and not same_day(look, before, at):
            parts.append(Divider(look, day_title(look, at, now)))
        before = at
        if isinstance(piece, AgreementRow):
            words = look.text("inbox.agreement.line", what=row_text(look, piece), when=in_full(look, at, now))
            parts.append(Divider(look, words, act=f"agreement {piece.id}"))
        elif isinstance(piece, NoteRow):
            parts.append(Note(look, piece, now))
        elif not isinstance(piece, MessageRow):
            parts.append(piece[1])
        else:
            bubble = Bubble(
                look,
                piece,
                now,
                customer=customer,
                undo_seconds=undo_seconds,
                with_language=piece.id == last,
                unfolded=piece.id in unfolded,
                pictures=pictures,
                face_url=face_url,
            )
            parts.append(bubble)
            if piece.tags or piece.rules:
                bubble.gap = 4
                parts.append(SortedPart(look, piece))
    if detail.goes_on is not None:
        later = detail.goes_on
        name = "inbox.goes_on" if later.conversation_id else "inbox.invited"
        words = look.text(name, when=in_full(look, later.at, now), n=later.messages)
        parts.append(Divider(look, words, act=f"conversation {later.conversation_id}" if later.conversation_id else ""))
    if detail.case is not None and detail.case.solved_at is not None:
        parts.append(Divider(look, case_sentence(look, detail.case)))
    return parts


def _at(piece: Piece) -> datetime:
    if isinstance(piece, AgreementRow):
        return piece.agreed_at
    return piece.at if isinstance(piece, MessageRow | NoteRow) else piece[0]


def _order(piece: Piece) -> tuple[bool, datetime]:
    """In time; what is not out yet comes last, whenever it was written."""
    return isinstance(piece, MessageRow) and piece.id < 0, _at(piece)


def _about(part: ThreadPart) -> int | None:
    """What the buttons of a part are about; None where it has none."""
    if isinstance(part, EscalationBlock):
        return part.about
    return part.message.outbox_id if isinstance(part, Bubble) else None


class ThreadCanvas(QAbstractScrollArea):
    """Shows a conversation from its end; the keyboard and the mouse are another's business."""

    wanted = Signal(str, int)
    """A command id and what it is about: an outbox id, or of a manager's letters what `EscalationBlock` says."""
    renewed = Signal()
    """The parts were made anew: nobody may hold on to an older one."""

    def __init__(self, look: Look, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._now = now
        self._parts: list[ThreadPart] = []
        self._tops: list[float] = []
        self._total = 0.0
        self._current = -1
        self._buttons: list[tuple[int, Button]] = []
        self._wanted: tuple[str, ...] = ()
        self._shown: tuple[ConversationDetail, str | int, int] | None = None
        self._unfolded: frozenset[int] = frozenset()
        self.pictures: Faces | None = None
        """What is kept on this computer of pictures; None: they are not shown."""
        self.face_url = ""
        """Address of the customer's picture."""
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        viewport = own_viewport(self)
        viewport.setMouseTracking(True)
        viewport.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(look.theme.px(20))
        self._seconds = QTimer(self)
        self._seconds.setInterval(1000)
        self._seconds.timeout.connect(self.tell_time)
        look.theme.changed.connect(self.show_again)

    # ---- what it shows

    def show_detail(self, detail: ConversationDetail | None, customer: str | int = "", undo_seconds: int = 10) -> None:
        """A conversation from its end; the same one again keeps its place unless it stood at the end."""
        same = detail is not None and self._shown is not None and self._shown[0].id == detail.id
        bar = self.verticalScrollBar()
        from_end = bar.maximum() - bar.value()
        at_end = from_end <= self._look.theme.px(24)
        self._shown = None if detail is None else (detail, customer, undo_seconds)
        self.renewed.emit()
        if not same:
            self._current = -1
            self._unfolded = frozenset()
        self._parts = (
            parts_of(self._look, detail, self._now(), customer, undo_seconds, self._unfolded, self.pictures, self.face_url)
            if detail is not None
            else []
        )
        self._current = min(self._current, len(self._parts) - 1)
        self._mark()
        self._drop_buttons()
        self._lay_out()  # before anything else is made: a new button may have the viewport painted at once
        self._make_buttons()
        self._place_buttons()
        bar.setValue(bar.maximum() if not same or at_end else bar.maximum() - from_end)
        if any(isinstance(part, Bubble) and part.counts_down for part in self._parts):
            self._seconds.start()
        else:
            self._seconds.stop()
        self.viewport().update()

    def mark(self, wanted: Sequence[str]) -> None:
        """Mark these terms (`folding.term`) wherever they stand, now and in what is shown next."""
        if tuple(wanted) != self._wanted:
            self._wanted = tuple(wanted)
            self._mark()
            self.viewport().update()

    def _mark(self) -> None:
        for part in self._parts:
            if isinstance(part, Bubble):
                part.marks = marks_in_text(part.words.text, self._wanted)

    def hits(self) -> list[tuple[int, tuple[int, int]]]:
        """All that is marked, from top to bottom: (part, range in its text)."""
        return [(index, mark) for index, part in enumerate(self._parts) if isinstance(part, Bubble) for mark in part.marks]

    def show_again(self) -> None:
        """Theme, zoom or language changed, or a minute has passed."""
        if self._shown is not None:
            self.show_detail(*self._shown)

    def unfold(self, message_id: int) -> None:
        """Show the whole of a long message."""
        self._unfolded |= {message_id}
        bar = self.verticalScrollBar()
        place = bar.value()
        self.show_again()
        bar.setValue(place)  # what is read goes on below

    def parts(self) -> Sequence[ThreadPart]:
        return tuple(self._parts)

    @property
    def current_place(self) -> int:
        """Of the part that the keyboard or the mouse chose; -1 for none."""
        return self._current

    def area_of(self, place: int) -> QRect:
        """Where a part is on the screen, seen or not."""
        top = round(self._tops[place] - self.verticalScrollBar().value()) if place < len(self._tops) else 0
        return QRect(self.viewport().mapToGlobal(QPoint(0, top)), QSize(self.viewport().width(), round(self._parts[place].height)))

    def accessible(self) -> QAccessibleInterface:
        """What a screen reader finds; imported when one asks."""
        made: QAccessibleInterface = import_module("app.ui.inbox.thread_access").conversation_of(self)
        return made

    @property
    def current_message(self) -> MessageRow | None:
        """The message that the keyboard or the mouse chose; None while none is."""
        part = self._parts[self._current] if 0 <= self._current < len(self._parts) else None
        return part.message if isinstance(part, Bubble | SortedPart) else None

    def scroll_by(self, pages: float) -> None:
        """By a part of what is visible; down is positive."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(pages * self.viewport().height()))

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(440), self._look.theme.px(300))

    # ---- lying

    @property
    def _inset(self) -> int:
        return self._look.theme.px(16 if self._look.theme.density == "compact" else 20)

    def _lay_out(self) -> None:
        theme = self._look.theme
        width = max(theme.px(220), self.viewport().width() - 2 * self._inset)
        self._tops = []
        y = float(theme.px(14))
        for part in self._parts:
            part.lay_out(width)
            self._tops.append(y)
            y += part.height + theme.px(part.gap)
        self._total = y
        spare = self.viewport().height() - y
        if spare > 0:  # a short conversation stands at the reply box
            self._tops = [top + int(spare) for top in self._tops]
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, round(y) - self.viewport().height()))
        self._place_buttons()

    def _drop_buttons(self) -> None:
        for _, button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = []

    def _make_buttons(self) -> None:
        for index, part in enumerate(self._parts):
            about = _about(part)
            if about is None or not isinstance(part, Bubble | EscalationBlock):
                continue
            for command in part.commands:
                button = Button(self._look, self._look.text(f"{command}.button"), size="small", parent=self.viewport())
                button.clicked.connect(lambda _checked=False, command=command, about=about: self.wanted.emit(command, about))
                self._buttons.append((index, button))

    def _place_buttons(self) -> None:
        gap = self._look.theme.px(6)
        for index in {index for index, _ in self._buttons}:
            part = self._parts[index]
            assert isinstance(part, Bubble | EscalationBlock)
            row = [button for other, button in self._buttons if other == index]
            x = self.viewport().width() - self._inset - self._look.theme.px(part.buttons_inset) - sum(b.sizeHint().width() for b in row) - gap * (len(row) - 1)
            y = self._tops[index] + part.buttons_top() - self.verticalScrollBar().value()
            for button in row:
                button.setGeometry(round(x), round(y), button.sizeHint().width(), button.sizeHint().height())
                button.show()
                x += button.sizeHint().width() + gap

    def tell_time(self) -> None:
        """Time has passed: write anew what depends on it."""
        now = self._now()
        for part in self._parts:
            if isinstance(part, Bubble):
                part.tell(now)
        self.viewport().update()

    # ---- Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.verticalScrollBar()
        from_end = bar.maximum() - bar.value()
        super().resizeEvent(event)
        self._lay_out()
        bar.setValue(bar.maximum() - from_end)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self._place_buttons()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("surface.raised"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        offset = self.verticalScrollBar().value()
        painter.translate(self._inset, 0)
        for index, (part, top) in enumerate(zip(self._parts, self._tops, strict=True)):
            y = top - offset
            if y + part.height >= event.rect().top() and y <= event.rect().bottom():
                part.paint(painter, round(y), index == self._current and self.hasFocus())

    def _at(self, position: QPointF) -> tuple[int, QPointF]:
        """The part under a point of the viewport, and the point inside it."""
        y = position.y() + self.verticalScrollBar().value()
        for index, (part, top) in enumerate(zip(self._parts, self._tops, strict=True)):
            if top <= y < top + part.height:
                return index, QPointF(position.x() - self._inset, y - top)
        return -1, QPointF()

    def _reveal(self, index: int) -> None:
        bar, margin = self.verticalScrollBar(), self._look.theme.px(12)
        top, bottom = self._tops[index] - margin, self._tops[index] + self._parts[index].height + margin
        if top < bar.value():
            bar.setValue(round(top))
        elif bottom > bar.value() + self.viewport().height():
            bar.setValue(round(bottom - self.viewport().height()))
