"""The right half of the sheet to a manager: what the customer is told, who may read it, what is promised, and what happens then."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.escalation import SheetDraft
from app.models.message import Visibility
from app.ui.inbox.escalation_asks import Asks, Known
from app.ui.inbox.escalation_parts import MomentField
from app.ui.inbox.reply_editor import Frame, ReplyEditor
from app.ui.inbox.times import language_name
from app.ui.look import Look
from app.ui.widgets.inside import nest
from app.ui.widgets.length_ring import LengthRing
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card, Line
from app.ui.widgets.text import ElidedLabel, Label

LEAST_HEIGHT = 128


class ToldPart(QWidget):
    """Written anew when manager or promise change, as long as the user changed nothing in it; then only what was filled in."""

    changed = Signal()

    def __init__(self, look: Look, name: str, known: Known, asks: Asks) -> None:
        super().__init__()
        self._look = look
        self._known = known
        self._asks = asks
        self._written = ""
        """The text as it was written here last."""
        self._values: dict[str, str] = {}
        self.answer_key = ""
        px, say = look.theme.px, look.text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(Label(look, say("escalation.told", name=name), "bodyStrong"))
        head.addStretch(1)
        head.addWidget(IconSpot(look, "book-open", "text.tertiary", 13))
        self.source = ElidedLabel(look, "", "caption", "text.tertiary")
        head.addWidget(self.source)
        nest(column, head)
        self.frame = Frame(look)
        inside = QVBoxLayout(self.frame)
        inside.setContentsMargins(2, 2, 2, 2)
        inside.setSpacing(0)
        self.editor = ReplyEditor(look, LEAST_HEIGHT)
        self.editor.setAccessibleName(say("escalation.told", name=name))
        self.editor.focused.connect(self.frame.light)
        self.editor.textChanged.connect(self._typed)
        room = QVBoxLayout()
        room.setContentsMargins(px(10), px(8), px(10), px(6))
        room.addWidget(self.editor)
        nest(inside, room)
        inside.addWidget(Line(look))
        bar = QHBoxLayout()
        bar.setContentsMargins(px(8), px(5), px(8), px(5))
        self.readers = Segmented(
            look, say("inbox.readers"), [(say("inbox.public"), "globe"), (say("inbox.private"), "lock-simple")]
        )
        self.readers.chosen.connect(lambda _index: self.changed.emit())
        bar.addWidget(self.readers)
        bar.addStretch(1)
        self.ring = LengthRing(look)
        bar.addWidget(self.ring)
        nest(inside, bar)
        column.addWidget(self.frame)
        column.addSpacing(px(8))
        column.addWidget(Label(look, say("escalation.promise"), "bodyStrong"))
        column.addWidget(self._promise_card())
        column.addSpacing(px(8))
        column.addWidget(Label(look, say("escalation.then"), "bodyStrong"))
        self.then: list[Label] = []
        for icon in ("envelope-simple", "arrow-elbow-down-right", "hard-drive"):
            row = QHBoxLayout()
            row.setSpacing(px(8))
            row.addWidget(IconSpot(look, icon, "text.secondary", 14), 0, Qt.AlignmentFlag.AlignTop)
            label = Label(look, "", "small", "text.secondary", wrap=True)
            self.then.append(label)
            row.addWidget(label, 1)
            nest(column, row)
        column.addStretch(1)

    def _promise_card(self) -> Card:
        look, px = self._look, self._look.theme.px
        card = Card(look, "raised", "border.default")
        row = QHBoxLayout(card)
        row.setContentsMargins(px(10), px(8), px(10), px(8))
        row.setSpacing(px(8))
        row.addWidget(IconSpot(look, "handshake", "accent.text", 16))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(look, look.text("escalation.promise_what"), "small"))
        words.addWidget(Label(look, look.text("escalation.promise_where"), "caption", "text.secondary"))
        nest(row, words, 1)
        self.promise = MomentField(look, look.text("escalation.promise"), self._asks.now, self._asks.understand)
        row.addWidget(self.promise)
        return card

    # ---- what stands in it

    @property
    def is_own(self) -> bool:
        """The user changed something in it."""
        return self.editor.text() != self._written

    @property
    def private(self) -> bool:
        return self.readers.index == 1

    def fill(self, draft: SheetDraft) -> None:
        """As it was left."""
        known = self._known
        private = known.row.private or known.detail.reply_visibility is Visibility.DIRECT
        self.readers.enable(1, known.may_private, known.why_not_private)
        self.readers.enable(0, not private, self._look.text("escalation.private_stays") if private else "")
        self.readers.choose(int((private if draft.private is None else draft.private) and known.may_private))
        if draft.told_is_own:
            self.editor.put(draft.told)
            self.answer_key = draft.answer_key
        self.measure()

    def write(self, manager: str) -> None:
        """What the playbook says in the customer's language; where the user wrote in it, only what was filled in is brought up to date."""
        line = self._asks.line(manager, self.promise.moment)
        language = language_name(self._look, self._known.row.language)
        title = line.title or self._look.text("escalation.line")
        self.source.setText(self._look.words.facts((title, language)))
        text = self.editor.text()
        if text and self.is_own:
            for name in ("manager", "when"):
                before, after = self._values.get(name, ""), line.values.get(name, "")
                if before and after and before != after and text.count(before) == 1:
                    start = text.index(before)
                    self.editor.insert_filled(after, ((0, len(after)),), over=(start, start + len(before)))
                    text = self.editor.text()
        else:
            self._written = line.text
            self.editor.put(line.text, filled=line.filled)
            self.answer_key = line.answer_key
        self._values = dict(line.values)
        self.measure()

    def show_then(self, name: str, sender: str) -> None:
        """What happens when it is sent."""
        say = self._look.text
        leaves = say("escalation.then.leaves", address=sender) if sender else say("escalation.then.by_hand")
        for label, text in zip(
            self.then, (say("escalation.then.waits"), say("escalation.then.back", name=name), leaves), strict=True
        ):
            label.setText(text)

    def may_leave(self) -> bool:
        """Whether it is neither empty nor too long; the keyboard goes where something is missing."""
        empty = self.editor.first_empty()
        if empty is not None:
            self.editor.setFocus()
            self.editor.next_empty(0)
            return False
        if not self.editor.text().strip() or self.ring.over:
            self.frame.mark_wrong(True)
            self.editor.setFocus()
            return False
        return True

    def measure(self) -> None:
        """As the network counts."""
        length, limit = self._asks.measure(self.editor.text())
        self.ring.show_length(length, limit)
        self.ring.setVisible(limit > 0)

    def _typed(self) -> None:
        self.frame.mark_wrong(False)
        self.measure()
        self.changed.emit()
