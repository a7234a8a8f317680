"""Which conversation is open: follows the list's selection, goes on to the next, finds one again after the list changed, fills the panes."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence

from PySide6.QtCore import QObject, Qt, QTimer

from app.commands.services import undo_seconds
from app.models.conversation import VIEW_STATES, ConversationRow, ConversationState, View
from app.models.message import ConversationDetail
from app.ui.inbox.case_words import target_of
from app.ui.inbox.columns import Columns
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.customer_card import CustomerCard
from app.ui.inbox.desk import Desk
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.reply_box import Taken
from app.ui.inbox.replying import Replying
from app.ui.page import PageFace

REMEMBERED = 50
"""As many as there are acts to take back."""


class Opening(QObject):
    """Keeps list, conversation and card in step."""

    def __init__(
        self, face: PageFace, desk: Desk, rows: ListPane, conversation: ConversationPane, card: CustomerCard, columns: Columns,
        replying: Replying,
    ) -> None:
        super().__init__()
        self._face = face
        self._desk = desk
        self._list = rows
        self._conversation = conversation
        self._card = card
        self._columns = columns
        self._replying = replying
        columns.have_customer(False)
        self._card_soon = QTimer(card)
        """The card comes a turn after the messages, which are what is looked at; not at all where it goes before that with its window."""
        self._card_soon.setSingleShot(True)
        self._card_soon.setInterval(0)
        self._card_soon.timeout.connect(self._fill_card)
        self._left: deque[tuple[int, bool]] = deque(maxlen=REMEMBERED)
        """Conversations that were put away, and whether the keyboard was in their messages; the last one last."""
        self._wanted: int | None = None
        self._place = 0
        self._changing = False
        self._staying: int | None = None
        self._typed: tuple[int, Taken] | None = None
        self._returned: int | None = None
        """Whose reply came back: its box gets the keyboard as soon as it is open."""
        rows.rows.current_changed.connect(self._row_chosen)
        desk.model.modelAboutToBeReset.connect(self._about_to_change)
        desk.leaving.connect(self._about_to_remove)
        desk.model.rowsRemoved.connect(self._removed)
        desk.model.modelReset.connect(self._find_again)
        desk.model.counted.connect(lambda _count: self.look_again())
        desk.model.arrived.connect(self.look_again)
        desk.opened.connect(self._opened)
        desk.detailed.connect(self._detailed)
        desk.returns.came_back.connect(self._came_back)

    # ---- going

    def step(self, step: int) -> None:
        """The next or previous row."""
        self._list.rows.move_by(step)

    def go_on(self, past: Collection[int]) -> None:
        """Those rows are put away: open the one that comes next, at once."""
        row = self._desk.row
        here = self._list.rows.current_row
        self._staying = None
        self._desk.model.clear_ticks()
        if row is None or row.id not in past:
            return
        self._left.append((row.id, self._conversation.messages.hasFocus()))
        self._list.rows.choose(self._desk.listing.successor(here, past))
        self._list.rows.viewport().repaint()  # first of all, and at once
        QTimer.singleShot(0, self._desk.settle)  # nobody runs through the list here: no need to wait whether another key comes
        if self._list.rows.current_row < 0:
            self._desk.open(None)
        if self._conversation.isAncestorOf(self._conversation.window().focusWidget() or self._list):
            self._list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def stay(self) -> None:
        """The open conversation stays open, even if it leaves the list."""
        self._staying = self._desk.row.id if self._desk.row is not None else None

    def come_back(self, about: Sequence[int]) -> None:
        """An act on these was taken back: the one it was done from is open again, and the keyboard is where it was."""
        if not about:
            return
        members = set(about)
        left = next((each for each in reversed(self._left) if each[0] in members), None)
        if left is not None:
            self._left.remove(left)
        self.bring(left[0] if left is not None else about[0])
        if left is not None and left[1] and self._list.rows.hasFocus():
            self._conversation.messages.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring(self, conversation_id: int) -> None:
        """Open a conversation wherever it stands, in a view that holds it."""
        found = self._face.services.reads.now(lambda queries: queries.conversations_by_id([conversation_id]))
        if not found:
            return
        view = self._desk.view
        if self._desk.listing.found is not None or found[0].state not in VIEW_STATES[view] or not self._fits(found[0]):
            self._list.end_search()
            self._desk.show_view(view_of(found[0].state), None)
        self._want(conversation_id)

    def _fits(self, row: ConversationRow) -> bool:
        return self._desk.account_id in (None, row.account_id) and (self._desk.view is not View.DUE_SOON)

    def _want(self, conversation_id: int) -> None:
        self._wanted = conversation_id
        self._desk.model.find(conversation_id, self._found)

    def _found(self, place: int) -> None:
        if place >= 0:
            self._list.rows.choose(place)
            self.look_again()

    # ---- following the list

    def _row_chosen(self, place: int) -> None:
        if self._changing:
            return
        self._staying = None
        if place < 0:
            self._desk.open(None)
            return
        self._place = place
        row = self._desk.model.row_at(place)
        if row is not None:
            if row.id == self._wanted:
                self._wanted = None
            elif self._wanted is None and row.id != self._returned:
                self._returned = None  # somebody goes elsewhere
            self._desk.open(row)

    def _about_to_change(self) -> None:
        self._changing = True

    def _about_to_remove(self, first: int, last: int) -> None:
        """Qt selects the successor of a row that goes; where we stay, nothing is selected."""
        place = self._desk.model.position_of(self._staying) if self._staying is not None else -1
        self._changing = first <= place <= last

    def _removed(self) -> None:
        if self._changing:
            self._list.rows.choose(-1)
            self._changing = False

    def _find_again(self) -> None:
        """The list was read anew: the same conversation if it is there, else the row at its place."""
        row = self._desk.row
        place = self._desk.model.position_of(row.id) if row is not None else -1
        if place < 0 and row is not None and row.id == self._staying:
            self._list.rows.choose(-1)
            self._changing = False
            return
        self._changing = False
        if place < 0:
            place = 0 if row is None else min(self._place, self._desk.model.rowCount() - 1)
        if self._desk.model.rowCount():
            self._list.rows.choose(place)
            self._row_chosen(place)
        else:
            self._desk.open(None)

    def look_again(self) -> None:
        """Rows came: perhaps the one that was wanted, or the one the selection stands on."""
        if self._wanted is not None:
            place = self._desk.model.position_of(self._wanted)
            if place >= 0:
                self._wanted = None
                self._list.rows.choose(place)
                return
        here = self._list.rows.current_row
        row = self._desk.model.row_at(here) if here >= 0 else None
        if row is not None:
            self._desk.open(row)
        elif here < 0 and self._desk.model.rowCount() and self._desk.row is None:
            self._list.rows.choose(0)

    # ---- filling the panes

    def _opened(self, row: ConversationRow | None) -> None:
        self._columns.have_customer(row is not None)
        if row is None:
            self._conversation.show_nothing()
            self._card.show_customer(None, None)
        else:
            self._conversation.begin(row)
        self._face.actions.refresh()

    def _detailed(self, row: ConversationRow, detail: ConversationDetail) -> None:
        seconds = undo_seconds(self._face.services)
        self._conversation.show_conversation(row, detail, self._replying.to(row, detail), seconds, self._replying.asked(row, detail))
        self._show_due(row, detail)
        self._conversation.reply.setEnabled(not self._face.services.data.read_only)
        self._card_soon.start()
        typed, self._typed = self._typed, None
        if typed is not None and typed[0] == row.id and detail.draft:
            self._conversation.reply.restore(typed[1])
        elif typed is not None:
            self._typed = typed
        if self._returned == row.id:
            self._returned = None
            self._conversation.reply.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self._face.actions.refresh()

    def _show_due(self, row: ConversationRow, detail: ConversationDetail) -> None:
        case = detail.case
        solved_by = self._face.services.answering.solved_by(row, case) if case is not None and row.answer_by is not None else None
        self._conversation.header.due.show_due(target_of(row, case, solved_by), row.answer_by)

    def _fill_card(self) -> None:
        if self._desk.row is not None and self._desk.detail is not None:
            self._card.show_customer(self._desk.detail.customer, self._desk.row)

    def _came_back(self, conversation_id: int, taken: Taken | None) -> None:
        """A reply was taken back: its conversation in front, the keyboard in its text, which is as it was typed."""
        self._typed = (conversation_id, taken) if taken is not None else None
        self._returned = conversation_id
        self.bring(conversation_id)
        if self._desk.row is not None and self._desk.row.id == conversation_id:
            self._desk.read_detail()


def view_of(state: ConversationState) -> View:
    """The first view that holds conversations in this state."""
    return next(view for view in (View.NEEDS_ANSWER, View.ESCALATED, View.SNOOZED, View.PRAISE, View.IGNORED, View.DONE) if state in VIEW_STATES[view])
