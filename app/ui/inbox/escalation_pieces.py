"""What goes along with a question to a manager: messages, their pictures, notes and orders, each a line to tick; how many there are is said above."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.escalation import SheetDraft
from app.models.goes_along import PictureAlong
from app.models.message import ConversationDetail, MessageKind, MessageRow, NoteRow
from app.ui.inbox.escalation_parts import TickLine
from app.ui.inbox.times import day_title
from app.ui.look import Look
from app.ui.safe_text import one_line
from app.ui.widgets.inside import nest
from app.ui.widgets.text import Label

SHOWN = 5
"""So many of the last messages and notes are shown one by one."""
EARLIER, ORDERS = "earlier", "orders"


class Pieces(QWidget):
    """Says `changed` when something was ticked or unticked."""

    changed = Signal()

    def __init__(
        self,
        look: Look,
        detail: ConversationDetail,
        orders: int,
        now: datetime,
        pictures: Sequence[PictureAlong] = (),
    ) -> None:
        """`orders`: how many of the customer are known; `pictures`: those that can go along."""
        super().__init__()
        self._look = look
        pieces = pieces_of(detail)
        self._pieces = dict(pieces)
        self._before = tuple(name for name, _ in pieces[:-SHOWN])
        self._message_of = {each.name: each.message for each in pictures}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(6))
        head = QHBoxLayout()
        head.addWidget(Label(look, look.text("escalation.goes_with"), "bodyStrong"))
        head.addStretch(1)
        self.counted = Label(look, "", "caption", "text.tertiary")
        head.addWidget(self.counted)
        nest(column, head)
        self.ticks: list[TickLine] = []
        if self._before:
            self.ticks.append(TickLine(look, EARLIER, "", look.text("escalation.earlier", n=len(self._before))))
        self.ticks += [self._line(name, piece, now) for name, piece in pieces[-SHOWN:]]
        for each in pictures:
            said = look.text("escalation.picture", text=one_line(each.alt) or look.text("escalation.picture_plain"))
            self.ticks.append(TickLine(look, each.name, day_title(look, each.at, now), said))
        if orders:
            self.ticks.append(TickLine(look, ORDERS, "", look.text("escalation.orders", n=orders)))
        for tick in self.ticks:
            tick.toggled.connect(lambda _on: self._ticked())
            column.addWidget(tick)

    def left_out(self) -> tuple[str, ...]:
        """Messages and notes that stay here."""
        gone = {tick.piece for tick in self.ticks if not tick.isChecked()}
        pictures = (name for name in self._message_of if name in gone)
        return (*(self._before if EARLIER in gone else ()), *(name for name in self._pieces if name in gone), *pictures)

    def with_orders(self) -> bool:
        return any(tick.piece == ORDERS and tick.isChecked() for tick in self.ticks)

    def fill(self, draft: SheetDraft) -> None:
        """As it was left; orders go along only where somebody said so."""
        gone = set(draft.left_out)
        for tick in self.ticks:
            if tick.piece == ORDERS:
                tick.setChecked(draft.with_orders)
            elif tick.piece == EARLIER:
                tick.setChecked(not gone & set(self._before))
            else:
                tick.setChecked(tick.piece not in gone)
        self._count()

    def _line(self, name: str, piece: MessageRow | NoteRow, now: datetime) -> TickLine:
        text = one_line(piece.text)
        if isinstance(piece, NoteRow):
            text = self._look.text("escalation.your_note", text=text)
        elif piece.kind is MessageKind.OURS:
            text = self._look.text("escalation.we_said", text=text)
        return TickLine(self._look, name, day_title(self._look, piece.at, now), text)

    def _ticked(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        gone = set(self.left_out())
        going = [piece for name, piece in self._pieces.items() if name not in gone]
        notes = sum(isinstance(piece, NoteRow) for piece in going)
        said = [self._look.text("escalation.messages", n=len(going) - notes)]
        if notes:
            said.append(self._look.text("escalation.notes", n=notes))
        pictures = sum(name not in gone and message not in gone for name, message in self._message_of.items())
        if pictures:
            said.append(self._look.text("escalation.pictures", n=pictures))
        for tick in self.ticks:
            if tick.piece in self._message_of:  # without its message it does not go either
                tick.setEnabled(self._message_of[tick.piece] not in gone)
        self.counted.setText(self._look.words.facts(said))


def pieces_of(detail: ConversationDetail) -> list[tuple[str, MessageRow | NoteRow]]:
    """What may go along, in time, each with the name it is left out by."""
    found: list[tuple[str, MessageRow | NoteRow]] = [
        (f"m{each.id}", each) for each in detail.messages if each.id > 0 and not each.deleted
    ]
    found += [(f"n{each.id}", each) for each in detail.notes]
    return sorted(found, key=lambda pair: pair[1].at)
