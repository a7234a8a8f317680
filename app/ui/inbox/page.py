"""The Inbox page: puts views, list, conversation and card together. Reading is the desk's, drawing the panes', every act a command's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.commands.inbox import CONTEXT
from app.commands.services import Changes
from app.models.conversation import Category, View
from app.ui.faces import Faces
from app.ui.inbox.agreeing import Agreeing
from app.ui.inbox.asking import Asking
from app.ui.inbox.beginning import Begun
from app.ui.inbox.blanks import Blank
from app.ui.inbox.bulk_strip import BulkProgress
from app.ui.inbox.columns import Columns
from app.ui.inbox.conversation_pane import ConversationPane
from app.ui.inbox.customer_acts import CustomerActs
from app.ui.inbox.customer_card import CustomerCard
from app.ui.inbox.desk import Desk
from app.ui.inbox.emailing import Emailing
from app.ui.inbox.escalating import Escalating
from app.ui.inbox.fillers import Fillers
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.minutes import Minutes
from app.ui.inbox.opening import Opening
from app.ui.inbox.preparing import Preparing
from app.ui.inbox.replying import Replying
from app.ui.inbox.searching import Searching
from app.ui.inbox.suggestions import Suggestions
from app.ui.inbox.tagging import Tagging
from app.ui.inbox.verbs import Verbs
from app.ui.inbox.views import ViewsColumn
from app.ui.page import FooterKey, Page, PageFace, Unkept

LIST_KEYS = (
    FooterKey(("J", "K"), "inbox.hint_next"),
    FooterKey(("Return",), "inbox.hint_read"),
    FooterKey(("R",), "inbox.hint_reply"),
    FooterKey(("Ctrl+Return",), "inbox.hint_send"),
    FooterKey(("E",), "inbox.hint_done"),
    FooterKey(("S",), "inbox.hint_snooze"),
    FooterKey(("F",), "inbox.hint_escalate"),
    FooterKey(("?",), "inbox.hint_keys"),
)
ANSWER_KEYS = (
    FooterKey(("J", "K"), "inbox.hint_next"),
    FooterKey(("1", "2", "3"), "inbox.hint_show_answer"),
    FooterKey(("Ctrl+Return",), "inbox.hint_send"),
    FooterKey(("R",), "inbox.hint_edit"),
    FooterKey(("E",), "inbox.hint_done"),
    FooterKey(("S",), "inbox.hint_snooze"),
    FooterKey(("F",), "inbox.hint_escalate"),
    FooterKey(("?",), "inbox.hint_keys"),
)
"""While answers are suggested."""
REPLY_KEYS = (
    FooterKey(("Ctrl+Return",), "inbox.hint_send_next"),
    FooterKey(("Ctrl+Shift+Return",), "inbox.hint_send_stay"),
    FooterKey(("/",), "inbox.hint_answer"),
    FooterKey(("Ctrl+L",), "inbox.hint_link"),
    FooterKey(("Ctrl+I",), "inbox.hint_picture"),
    FooterKey(("Escape",), "inbox.hint_back"),
)
NOTE_KEYS = (FooterKey(("Ctrl+Return",), "inbox.hint_keep_note"), FooterKey(("Escape",), "inbox.hint_back"))
PRAISE_KEYS = (
    FooterKey(("J", "K"), "inbox.hint_next"),
    FooterKey(("1",), "inbox.hint_thank"),
    FooterKey(("L",), "inbox.hint_like"),
    FooterKey(("Q",), "inbox.hint_keep"),
    FooterKey(("R",), "inbox.hint_reply"),
    FooterKey(("E",), "inbox.hint_done"),
    FooterKey(("?",), "inbox.hint_keys"),
)
TROLL_KEYS = (
    FooterKey(("J", "K"), "inbox.hint_next"),
    FooterKey(("M",), "inbox.hint_ignore"),
    FooterKey(("R",), "inbox.hint_reply"),
    FooterKey(("E",), "inbox.hint_done"),
    FooterKey(("S",), "inbox.hint_snooze"),
    FooterKey(("?",), "inbox.hint_keys"),
)
TICKED_KEYS = (
    FooterKey(("X",), "inbox.hint_tick"),
    FooterKey(("E",), "inbox.hint_done"),
    FooterKey(("S",), "inbox.hint_snooze"),
    FooterKey(("M",), "inbox.hint_ignore"),
    FooterKey(("Z",), "inbox.hint_undo"),
    FooterKey(("Escape",), "inbox.hint_clear"),
)
SEARCH_KEYS = (FooterKey(("Return",), "inbox.hint_finds"), FooterKey(("Escape",), "inbox.hint_leave_search"))
EMPTY_KEYS = (
    FooterKey(("G P",), "inbox.hint_praise"),
    FooterKey(("F5",), "inbox.hint_look"),
    FooterKey(("?",), "inbox.hint_keys"),
)


class InboxPage(Page):
    """The frame; what commands ask is in `verbs`, what is open in `opening`, what stands in empty places in `fillers`."""

    def __init__(self, face: PageFace, begun: Begun | None = None) -> None:
        """`begun` is the list that was shown before the window was put together; the page takes it over as it stands."""
        super().__init__()
        self._face = face
        self._started = False
        look = face.look
        self.desk = Desk(face, self, begun.listing if begun is not None else None)
        self.views = ViewsColumn(look, face.actions.keys)
        self.list = begun.pane if begun is not None else ListPane(look, self.desk.model, self.desk.now)
        blank = Blank(look)
        self.conversation = ConversationPane(look, face.actions, self.desk.now, self.desk.save_draft, blank)
        self.card = CustomerCard(look, self.desk.now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.faces = Faces(face.services.pictures, self)
        self.list.painter.face_of = self.card.head.face_of = self.faces.face
        self.conversation.messages.pictures = self.faces
        self.columns = Columns(look, self, self.views, self.list, self.conversation, self.card)
        column.addWidget(self.columns)
        preparing = Preparing(face, self.desk)
        self.replying = Replying(face, self.desk, self.conversation, preparing)
        self.suggestions = Suggestions(face, self.desk, self.conversation, preparing)
        self.opening = Opening(face, self.desk, self.list, self.conversation, self.card, self.columns, self.replying)
        self.fillers = Fillers(face, self.desk, self.list, self.conversation, blank)
        self.verbs = Verbs(face, self.desk, self.list, self.conversation, self.columns, self.opening)
        self.asking = Asking(face, self.desk, self.conversation)
        self.bulk = BulkProgress(face, self.list)
        self.tagging = Tagging(face, self.desk, self.conversation, self)
        self.customers = CustomerActs(face, self.card, self.opening.bring, self.conversation.header.more, self)
        self.escalating = Escalating(face, self.desk, self.list, self.conversation, self.replying.to)
        self.emailing = Emailing(face, self.desk, self.conversation, self.opening.bring)
        self.agreeing = Agreeing(face, self.desk, self.conversation, self.card)
        self.searching = Searching(face, self.desk, self.list, self.conversation, self.views)
        self.minutes = Minutes(self.desk, self.list, self.conversation, self)
        self._connect()

    def _connect(self) -> None:
        desk, actions, messages = self.desk, self._face.actions, self.conversation.messages
        self.views.view_chosen.connect(lambda view: self._show_view(view, desk.account_id))
        self.views.account_chosen.connect(lambda account_id: self._show_view(desk.view, account_id or None))
        self.views.feedback_wanted.connect(lambda: actions.run("inbox.feedback"))
        self.views.find_wanted.connect(self.list.begin_search)
        self.list.searched.connect(desk.search)
        self.list.stop_wanted.connect(self._face.services.sync.stop)
        self.faces.changed.connect(self.list.painter.forget_faces)
        self.faces.changed.connect(self.list.rows.viewport().update)
        self.faces.changed.connect(messages.show_again)
        self.faces.changed.connect(self.card.show_face)
        self.list.go_on_wanted.connect(lambda: actions.run("sync.go_on"))
        self.list.menu_wanted.connect(lambda at: self.views.menu(self).popup(at))
        self.list.rows.activated_row.connect(lambda _row: messages.setFocus(Qt.FocusReason.TabFocusReason))
        self.list.rows.menu_asked.connect(lambda _row, at: self._more(at))
        desk.followed.connect(self.list.look_ahead)
        desk.listed.connect(self._title)
        desk.model.counted.connect(lambda _count: self._title())
        desk.model.arrived.connect(self._regroup)
        desk.model.dataChanged.connect(lambda *_: self._regroup())
        desk.model.ticks_changed.connect(actions.refresh)
        desk.model.ticks_changed.connect(self._title)
        desk.counted.connect(self.views.show_counts)
        desk.accounts_read.connect(self.conversation.header.know_accounts)
        desk.accounts_read.connect(self.views.show_accounts)
        desk.accounts_read.connect(lambda _rows: desk.read_counts())
        messages.opened.connect(self._face.window.open_url)
        messages.earlier_wanted.connect(desk.read_earlier)
        messages.reply_wanted.connect(self.verbs.edit_reply)
        messages.wanted.connect(self._decide)
        self.conversation.more_asked.connect(self._more)
        self.conversation.reply.changed.connect(actions.refresh)
        self.card.close_wanted.connect(self.columns.toggle_card)
        self.columns.arranged.connect(self._arranged)
        self._arranged()

    # ---- Page

    @property
    def context(self) -> str:  # type: ignore[override]
        if self.conversation.reply.isAncestorOf(QApplication.focusWidget() or self):
            return f"{CONTEXT}.reply"
        return f"{CONTEXT}.note" if self.conversation.notes.editor.hasFocus() else CONTEXT

    def shown(self) -> None:
        if not self._started:
            self._started = True
            self.desk.read_first()
            self.opening.look_again()
            self.desk.settle()
            self.searching.begin()
            self.escalating.begin()
        self.minutes.start()

    def hidden(self) -> None:
        self.minutes.stop()
        self.conversation.reply.drafts.keep()
        self.columns.close_drawer()

    def opened(self, **target: object) -> None:
        view, account, conversation = target.get("view"), target.get("account"), target.get("conversation")
        if isinstance(view, str):
            self._show_view(View(view), account if isinstance(account, int) else None)
        if isinstance(conversation, int):
            self.opening.bring(conversation)
        self.searching.opened(target)
        if target.get("reply"):
            self.verbs.edit_reply()

    def first_focus(self) -> QWidget | None:
        return self.fillers.focus() or self.list.rows

    def toast_room(self) -> QWidget | None:
        return self.list

    def panes(self) -> Sequence[QWidget]:
        parts = self.conversation
        lines = self.columns.lines() if QAccessible.isActive() else []
        return [self.views, self.list.rows, parts.messages, parts.reply.editor, *([self.card] if self.columns.shows_card else []), *lines]

    def footer_keys(self) -> Sequence[FooterKey]:
        if self.conversation.reply.editor.hasFocus():
            return REPLY_KEYS
        if self.conversation.notes.editor.hasFocus():
            return NOTE_KEYS
        if self.list.search_has_focus:
            return SEARCH_KEYS
        row = self.desk.row
        if row is None:
            return EMPTY_KEYS
        if len(self.desk.chosen()) > 1:
            return TICKED_KEYS
        if self.suggestions.cards:
            return ANSWER_KEYS
        return PRAISE_KEYS if row.category is Category.PRAISE else TROLL_KEYS if row.category is Category.TROLL else LIST_KEYS

    def state(self) -> dict[str, Any]:
        row = self.desk.row
        return {
            "conversation": row.id if row is not None else None,
            "conversations": self.desk.chosen(),
            "account": row.account_id if row is not None else None,
            "facts": self.verbs.facts() | self.tagging.facts() | self.suggestions.facts() | self.asking.facts() | self.customers.facts() | self.escalating.facts() | self.searching.facts(),
        }

    def perform(self, verb: str, **values: object) -> Any:
        tables = (self.verbs.table, self.replying.table, self.suggestions.table, self.asking.table, self.tagging.table, self.customers.table, self.agreeing.table, self.emailing.table, self.escalating.table, self.searching.table)
        act = next((table[verb] for table in tables if verb in table), None)
        return act(**values) if act is not None else None

    def on_changes(self, changes: Changes) -> None:
        if self._started:
            self.desk.follow(changes)
            self.asking.follow(changes)
            self.suggestions.follow(changes)
            self.customers.follow(changes)
            self.escalating.follow(changes)

    def escape(self) -> bool:
        focus, rows = QApplication.focusWidget(), self.list.rows
        if self.searching.escape():
            return True
        if self.conversation.reply.escape() or self.columns.close_drawer() or self.bulk.stop():
            return True
        if self.list.searching and (self.list.search_has_focus or focus is rows):
            return self.list.end_search()
        if focus is None or not self.conversation.isAncestorOf(focus):
            return self.desk.model.clear_ticks()
        if focus is self.conversation.notes.editor:
            self.conversation.notes.put_away()
        rows.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def toggle_side_pane(self) -> None:
        self.columns.toggle_views()

    def resumable(self) -> dict[str, Any]:
        self.conversation.reply.drafts.keep()  # the window closes
        return {"view": str(self.desk.view), "card": self.columns.wants_card, "widths": self.columns.widths()}

    def unkept(self) -> Unkept:
        return self.replying.unkept()

    def resume(self, remembered: dict[str, Any]) -> None:
        view = str(remembered.get("view", ""))
        if view in {str(known) for known in View} and not self._started:
            self.desk.listing.view = View(view)
        self.columns.restore(remembered.get("widths"), card=str(remembered.get("card", "true")).lower() != "false")

    def retranslate(self) -> None:
        self.views.retranslate()
        self.list.retranslate()
        self.conversation.retranslate()
        self.suggestions.retranslate()
        self.card.retranslate()
        self.fillers.retranslate()
        self.searching.retranslate()
        self._title()

    # ---- inside

    def _show_view(self, view: View, account_id: int | None) -> None:
        self.list.end_search()
        self.desk.show_view(view, account_id)
        if self.views.isAncestorOf(QApplication.focusWidget() or self):
            return
        self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _title(self) -> None:
        """The list changed: its title, its groups, and what is lit in the column."""
        desk = self.desk
        searching = desk.listing.found is not None
        self.views.light(None if searching else desk.view, desk.account_id, self.searching.saved.shown_id)
        account = desk.accounts.get(desk.account_id) if desk.account_id is not None else None
        title = desk.listing.title((account.handle or account.name) if account is not None else "")
        ticked = len(desk.model.ticked)
        self.list.title.show_title(self._face.text("inbox.ticked", n=ticked) if ticked else title, desk.model.rowCount())
        self._regroup()

    def _regroup(self) -> None:
        self.list.show_titles(self.desk.group_titles())

    def _decide(self, command: str, about: int) -> None:
        """A button within the conversation was pressed."""
        if not self.escalating.decide(command, about):
            self.verbs.decide(command, about)

    def _arranged(self) -> None:
        self.list.be_narrow(not self.columns.has_views)
        self.conversation.header.card.setVisible(self.columns.is_drawer)

    def _more(self, at: QPoint) -> None:
        self.conversation.more_menu(self.verbs.reasons()).popup(at)
