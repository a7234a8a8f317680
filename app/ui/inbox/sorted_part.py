"""What stands below a message that was sorted: its tags as chips, and a quiet line that says which rule did something to it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, Qt

from app.models.conversation import ConversationState
from app.models.message import MessageRow, RuleNote
from app.ui.inbox.thread_parts import Spot, paint_ring
from app.ui.look import Look
from app.ui.safe_text import one_line
from app.ui.tag_names import tag_name
from app.ui.widgets.chip import Chip, chip_width, paint_chip
from app.ui.widgets.text import draw_text, text_width

OPEN_RULE, UNDO_RULE = "open_rule", "undo_rule"
"""Acts of its spots, followed by ":" and the message's id."""
LEFT = 34


def rule_sentence(look: Look, note: RuleNote) -> str:
    """ "Rule: Refunds → complaint, high priority"."""
    done = []
    if note.category is not None:
        done.append(look.text(f"category.{note.category}"))
    if note.priority is not None:
        done.append(look.text("rules.did.first" if note.priority else "rules.did.not_first"))
    if note.move is not None:
        done.append(look.text(f"rules.did.{_MOVES[note.move]}"))
    name = one_line(note.name)
    if note.by_playbook:
        said = look.text("inbox.guessed", done=look.words.facts(done))
    elif done:
        said = look.text("inbox.rule_did", name=name, done=look.words.facts(done))
    else:
        said = look.text("inbox.rule_tagged", name=name)
    return look.text("inbox.rule_undone", said=said) if note.undone else said


_MOVES = {
    ConversationState.DONE: "done",
    ConversationState.ESCALATED: "escalated",
    ConversationState.IGNORED: "ignored",
}


class SortedPart:
    """Stands below the bubble of its message."""

    stops = True
    gap = 12

    def __init__(self, look: Look, message: MessageRow) -> None:
        self._look = look
        self.message = message
        self._chips = [Chip(tag_name(look, tag), "tag-simple", kind="soft") for tag in message.tags]
        self._notes = [(note, rule_sentence(look, note)) for note in message.rules]
        tags = look.text("inbox.tags_spoken", tags=look.words.enumeration(chip.text for chip in self._chips)) if self._chips else ""
        self.name = ". ".join(piece for piece in (tags, *(said for _, said in self._notes)) if piece)
        self.height = 0.0
        self._width = 0.0
        self._places: list[QPointF] = []

    def lay_out(self, width: float) -> None:
        theme = self._look.theme
        px = theme.px
        self._width = width
        x, y, line = float(px(LEFT)), 0.0, theme.size("control.chip") + px(4)
        self._places = []
        for chip in self._chips:
            wide = min(chip_width(self._look, chip), width - px(LEFT))
            if x > px(LEFT) and x + wide > width:
                x, y = float(px(LEFT)), y + line
            self._places.append(QPointF(x, y))
            x += wide + px(6)
        self._words_top = y + line if self._chips else 0.0
        self.height = self._words_top + len(self._notes) * theme.line("caption")

    def paint(self, painter: QPainter, top: float, current: bool) -> None:
        look, theme = self._look, self._look.theme
        for chip, place in zip(self._chips, self._places, strict=True):
            paint_chip(painter, place.x(), top + place.y(), look, self._fitting(chip))
        height = theme.line("caption")
        for number, (note, said) in enumerate(self._notes):
            y = top + self._words_top + number * height
            look.icons.paint(painter, QRectF(theme.px(LEFT), y, theme.px(12), height), "funnel", "text.tertiary")
            box, back = self._boxes(number)
            font = theme.font("caption")
            painter.setPen(theme.color("text.tertiary"))
            draw_text(painter, box.translated(0, top), said, font)
            if not note.undone:
                painter.setPen(theme.color("text.link"))
                draw_text(painter, back.translated(0, top), look.text("inbox.rule_undo"), font)
        if current:
            paint_ring(painter, look, QRectF(theme.px(LEFT), top, self._width - theme.px(LEFT), self.height))

    def _fitting(self, chip: Chip) -> Chip:
        """A long name is cut: the pane may be narrow."""
        theme = self._look.theme
        room = self._width - theme.px(LEFT)
        over = chip_width(self._look, chip) - room
        if over <= 0:
            return chip
        metrics = QFontMetricsF(theme.font("caption", weight=500))
        wide = metrics.horizontalAdvance(chip.text) - over
        return chip._replace(text=metrics.elidedText(chip.text, Qt.TextElideMode.ElideRight, max(0.0, wide)))

    def _boxes(self, number: int) -> tuple[QRectF, QRectF]:
        """Where a rule's sentence stands, and the word that takes it back."""
        theme = self._look.theme
        height, font = theme.line("caption"), theme.font("caption")
        top, left = self._words_top + number * height, theme.px(LEFT + 16)
        note, said = self._notes[number]
        back = 0.0 if note.undone else text_width(self._look.text("inbox.rule_undo"), font)
        room = self._width - left - (back + theme.px(8) if back else 0)
        box = QRectF(left, top, min(text_width(said, font) + 1, room), height)
        return box, QRectF(box.right() + theme.px(8), top, back + 1, height)

    # ---- what lies where

    def spot(self, point: QPointF) -> Spot:
        for number, (note, _) in enumerate(self._notes):
            box, back = self._boxes(number)
            if box.contains(point):
                return Spot() if note.by_playbook else Spot(act=f"{OPEN_RULE}:{note.mark_id}")
            if not note.undone and back.contains(point):
                return Spot(act=f"{UNDO_RULE}:{note.mark_id}")
        return Spot()

    def opens(self) -> tuple[Spot, ...]:
        look = self._look
        spots: list[Spot] = []
        for note, _ in self._notes:
            name = look.text("page.playbook") if note.by_playbook else one_line(note.name)
            if not note.by_playbook:
                opens = look.text("inbox.open_rule_named", name=name)
                spots.append(Spot(act=f"{OPEN_RULE}:{note.mark_id}", name=opens))
            if not note.undone:
                spots.append(
                    Spot(act=f"{UNDO_RULE}:{note.mark_id}", name=look.text("inbox.undo_rule_named", name=name))
                )
        return tuple(spots)

    def text(self) -> str:
        return self.name
