"""What was asked of a manager and what came back, as blocks of the conversation: on their own paper, with what may be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from app.language.returning import returning
from app.models.escalation import EscalationRow, EscalationState, LetterRow
from app.models.letter import LetterKind
from app.models.outbox import DeliveryState
from app.runtime.words import Message
from app.ui.inbox.paragraphs import Paragraphs
from app.ui.inbox.thread_parts import Spot, paint_ring
from app.ui.inbox.times import in_full
from app.ui.look import Look
from app.ui.safe_text import isolated, one_line, person, shown
from app.ui.widgets.text import draw_text

LETTER_ICONS: dict[LetterKind, str] = {
    LetterKind.ANSWER: "envelope-open",
    LetterKind.FORWARD: "envelope-open",
    LetterKind.AUTOMATIC: "clock",
    LetterKind.BOUNCE: "warning-circle-fill",
    LetterKind.UNSURE: "question-fill",
}
UNDECIDED = (DeliveryState.UNSURE, DeliveryState.FAILED)


class EscalationBlock:
    """One question or one letter: a line that says what it is, its text, and room for buttons."""

    stops = True
    gap = 12
    buttons_inset = 10

    def __init__(
        self,
        look: Look,
        icon: str,
        title: str,
        text: str,
        meta: str,
        commands: Sequence[str],
        about: int,
        *,
        level: str = "info",
        ours: bool = False,
    ) -> None:
        """`about` is what the commands are on: a letter, an escalation or a delivery. `level` is a status token."""
        self._look = look
        self._icon = icon
        self._title = title
        self._meta = meta
        self._level = level
        self._ours = ours
        self.commands = tuple(commands)
        self.about = about
        theme = look.theme
        self._words = Paragraphs(shown(text), theme.font("small"), theme.line("small"))
        self.name = ". ".join(part for part in (title, text, meta) if part)
        self.height = 0.0
        self._width = 0.0

    def lay_out(self, width: float) -> None:
        theme = self._look.theme
        self._width = width
        self._words.lay_out(width - self._left - theme.px(10 + 22 + 10))
        buttons = theme.size("control.buttonSmall") + theme.px(6) if self.commands else 0
        self.height = theme.px(8) * 2 + theme.line("small") + self._words.height + self._meta_height + buttons

    @property
    def _left(self) -> int:
        return self._look.theme.px(34)

    @property
    def _meta_height(self) -> float:
        return self._look.theme.line("caption") if self._meta else 0.0

    def buttons_top(self) -> float:
        """Where the buttons stand."""
        theme = self._look.theme
        return self.height - theme.px(8) - theme.size("control.buttonSmall")

    def paint(self, painter: QPainter, top: float, current: bool) -> None:
        theme = self._look.theme
        box = QRectF(self._left, top, self._width - self._left, self.height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("surface.note" if self._ours else f"status.{self._level}.tint"))
        painter.drawRoundedRect(box, theme.radius("card"), theme.radius("card"))
        ink = "text.secondary" if self._ours else f"status.{self._level}.text"
        y = top + theme.px(8)
        icon = QRectF(box.left() + theme.px(10), y, theme.px(14), theme.line("small"))
        self._look.icons.paint(painter, icon, self._icon, ink)
        left = box.left() + theme.px(10 + 22)
        room = box.right() - left - theme.px(10)
        painter.setPen(theme.color("text.primary"))
        draw_text(painter, QRectF(left, y, room, theme.line("small")), self._title, theme.font("small", weight=600))
        y += theme.line("small")
        self._words.paint(painter, QPointF(left, y), theme.color("text.primary"), theme.color("text.link"))
        y += self._words.height
        if self._meta:
            painter.setPen(theme.color("text.secondary"))
            draw_text(
                painter, QRectF(left, y, room, theme.line("caption")), self._meta, theme.font("caption", tabular=True)
            )
        if current:
            paint_ring(painter, self._look, box)

    def spot(self, point: QPointF) -> Spot:
        theme = self._look.theme
        start = QPointF(self._left + theme.px(32), theme.px(8) + theme.line("small"))
        return Spot(url=self._words.link_at(point - start))

    def opens(self) -> tuple[Spot, ...]:
        return tuple(Spot(url=url) for url in self._words.links())

    def text(self) -> str:
        return self._words.text


def blocks(look: Look, rows: Sequence[EscalationRow], now: datetime) -> list[tuple[datetime, EscalationBlock]]:
    """All of a conversation's, each with when it was."""
    found = []
    for row in rows:
        found.append((row.asked_at, _question(look, row, now)))
        found += [(letter.at, _letter(look, row, letter, now)) for letter in row.letters]
    return found


def _question(look: Look, row: EscalationRow, now: datetime) -> EscalationBlock:
    """What we asked, and how it stands."""
    name, at = isolated(one_line(row.manager)), in_full(look, row.asked_at, now)
    first = isolated(one_line(row.first_name))
    title = look.text("escalation.asked", name=name, at=at)
    commands: tuple[str, ...] = ()
    about, level, meta = row.id, "info", ""
    if row.delivery in UNDECIDED and row.outbox_id is not None:
        about, level = row.outbox_id, "warn"
        if row.delivery is DeliveryState.UNSURE:
            meta = look.text("escalation.may_be_there", name=first)
            commands = ("inbox.is_out", "inbox.is_not_out")
        else:
            meta = look.text(
                "escalation.not_left", why=look.text(Message.from_json(row.trouble)) if row.trouble else ""
            )
            commands = ("inbox.retry",)
    elif row.state is EscalationState.BOUNCED:
        meta, level = look.text("escalation.came_back", address=row.address), "danger"
        if row.closed_at is None:
            commands = ("inbox.ask_again", "inbox.correct_address", "inbox.paste_answer")
    elif row.is_overdue(now) and row.closed_at is None:
        meta, level = look.text("escalation.no_answer_yet", name=first), "warn"
        commands = ("inbox.ask_again", "inbox.wait_longer", "inbox.close_escalation")
    elif row.delivery is DeliveryState.WAITING:
        meta = look.text("escalation.leaves_soon")
    elif row.state is EscalationState.WAITING and row.remind_at is not None:
        meta = look.text("escalation.waits_until", name=first, when=in_full(look, row.remind_at, now))
    elif row.state is EscalationState.CLOSED:
        meta = look.text("escalation.was_closed")
    return EscalationBlock(
        look, "envelope-simple", title, row.question, meta, commands, about, level=level, ours=level == "info"
    )


def _letter(look: Look, row: EscalationRow, letter: LetterRow, now: datetime) -> EscalationBlock:
    """What came."""
    name = isolated(person(letter.from_name, letter.from_address) or one_line(row.manager))
    at = in_full(look, letter.at, now)
    kind, commands, level, text = letter.kind, (), "info", letter.text or letter.whole
    meta: list[str] = []
    said: tuple[str, ...] = commands
    title = look.text(f"escalation.letter.{kind}", name=name, at=at)
    if not letter.from_address:
        title = look.text("escalation.letter.pasted", name=name, at=at)
    if kind in (LetterKind.ANSWER, LetterKind.FORWARD):
        said = ("inbox.use_answer",) if letter.used_at is None else ()
        if letter.used_at is not None:
            meta.append(look.text("escalation.used", at=in_full(look, letter.used_at, now)))
        if kind is LetterKind.FORWARD:
            meta.append(look.text("escalation.from_address", address=isolated(one_line(letter.from_address))))
    elif kind is LetterKind.AUTOMATIC:
        back = returning(text)
        meta.append(
            look.text("escalation.back_on", said=isolated(one_line(back)))
            if back
            else look.text("escalation.clock_goes_on")
        )
    elif kind is LetterKind.BOUNCE:
        level = "danger"
    elif kind is LetterKind.UNSURE:
        level, said = "warn", ("inbox.is_answer", "inbox.is_no_answer")
        meta.append(look.text("escalation.from_address", address=isolated(one_line(letter.from_address))))
    if letter.attachments:
        names = look.words.enumeration(isolated(one_line(file)) for file, _size in letter.attachments)
        meta.append(look.text("escalation.attached", names=names, n=len(letter.attachments)))
    return EscalationBlock(look, LETTER_ICONS[kind], title, text, " · ".join(meta), said, letter.id, level=level)
