"""The middle of the Inbox: who it is with and what may be done, what was said, and the box to answer in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.language.look_alikes import looks_like, mixes_scripts
from app.models.account import AccountRow
from app.models.conversation import ConversationRow
from app.models.message import ConversationDetail
from app.ui.inbox.courtesy_strip import CourtesyStrip
from app.ui.inbox.drafts import NOTHING, Save, draft_of
from app.ui.inbox.handle_line import HandleLine
from app.ui.inbox.note_box import NoteBox
from app.ui.inbox.reply_box import ReplyBox
from app.ui.inbox.reply_to import Asked, ReplyTo
from app.ui.inbox.suggestion_strip import SuggestionStrip
from app.ui.inbox.thread import ThreadView
from app.ui.look import Look
from app.ui.names import network_name
from app.ui.page import ActionsFace
from app.ui.safe_text import one_line, person
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.chip import Chip, ChipLabel
from app.ui.widgets.inside import nest
from app.ui.widgets.surface import Pane
from app.ui.widgets.text import ElidedLabel

STALE_MS = 150
"""So long the messages of the conversation before may stand while another is read; usually it takes a few milliseconds."""
MORE = (
    ("inbox.done", "inbox.snooze", "inbox.needs_answer"),
    ("inbox.escalate", "inbox.escalate_by_hand", "inbox.ask_again", "inbox.wait_longer", "inbox.paste_answer", "inbox.close_escalation"),
    ("inbox.find_answer", "inbox.not_this", "inbox.keep_wording"),
    ("inbox.category", "inbox.tag", "inbox.put_first", "inbox.note"),
    ("inbox.like", "inbox.boost", "inbox.quote", "inbox.keep"),
    ("inbox.promise", "inbox.agreement", "inbox.to_email", "post.new"),
    ("inbox.ignore", "inbox.hear", "inbox.spam"),
    ("inbox.open_there", "inbox.card"),
)
"""The menu of the three dots, in groups."""


class ConversationHeader(Pane):
    """Name, network and handle at the left; what may be done at the right. Words of buttons lose their icons where it is narrow."""

    def __init__(self, look: Look, actions: ActionsFace, now: Callable[[], datetime]) -> None:
        super().__init__(look, "raised", ("bottom",))
        self._actions = actions
        self._shown: int | None = None
        self._icons = {"inbox.done": "check", "inbox.snooze": "bell-z", "inbox.escalate": "envelope-simple"}
        row = QHBoxLayout(self)
        self._row = row
        row.setSpacing(6)
        names = QVBoxLayout()
        names.setSpacing(0)
        self.name = ElidedLabel(look, "", "title")
        names.addStretch(1)
        title = QHBoxLayout()
        title.setSpacing(look.theme.px(8))
        title.addWidget(self.name)
        self.own: tuple[tuple[str, str], ...] = ()
        """Handle and name of each of our own accounts."""
        self.alike = ChipLabel(look)
        self.alike.hide()
        title.addWidget(self.alike)
        title.addStretch(1)
        nest(names, title)
        self.line = HandleLine(look, now)
        self.handle, self.due = self.line.handle, self.line.due
        names.addWidget(self.line)
        names.addStretch(1)
        nest(row, names, 1)
        self.buttons: dict[str, Button] = {}
        for command, icon in self._icons.items():
            button = Button(look, "", size="small", icon=icon, clicked=partial(actions.run, command))
            self.buttons[command] = button
            row.addWidget(button)
        self.card = IconButton(look, "user-circle", "", key="I", of="inbox.card", framed=True, size=26, clicked=lambda: actions.run("inbox.card"))
        row.addWidget(self.card)
        self.more = IconButton(look, "dots-three-bold", "")
        row.addWidget(self.more)
        look.theme.changed.connect(self._resize)
        self._resize()
        self.retranslate()

    def know_accounts(self, rows: Sequence[AccountRow]) -> None:
        """Our own accounts: a handle that looks like one of them is said to."""
        self.own = tuple((row.handle, row.name) for row in rows)

    def retranslate(self) -> None:
        look = self._look
        for command, button in self.buttons.items():
            button.setText(look.text(f"{command}.button"))
            keys = self._actions.keys(command)
            button.choose_key(keys[0] if keys else None)
        self.card.rename(look.text("inbox.customer"))
        self.more.rename(look.text("inbox.more"))
        self.due.tell_time()

    def show_conversation(self, row: ConversationRow | None) -> None:
        if row is None or row.id != self._shown:
            self.due.show_due(None, None)  # what is due is known when the rest of it is read
        self._shown = row.id if row is not None else None
        self.line.glyph.show_network(row.network if row is not None else "")
        self.name.setText(person(row.author, row.handle) if row is not None else "")
        self.handle.setText(one_line(row.handle) if row is not None else "")
        said = self._show_alike(row.handle, row.author) if row is not None else ""
        self.alike.setVisible(bool(said))
        if row is not None:
            self.handle.setAccessibleName(", ".join(filter(None, (one_line(row.handle), network_name(row.network), said))))
        for widget in (*self.buttons.values(), self.card, self.more):
            widget.setEnabled(row is not None)

    def _show_alike(self, handle: str, name: str) -> str:
        """Says whose handle or name this one looks like, or that it mixes alphabets; answers what a screen reader says of it."""
        look, handle = self._look, one_line(handle)
        ours = looks_like(handle, name, self.own)
        if ours:
            words, why = look.text("inbox.looks_like", handle=ours), look.text("inbox.looks_like.help", handle=handle, ours=ours)
        elif mixes_scripts(handle):
            words, why = look.text("inbox.mixed_letters"), look.text("inbox.mixed_letters.help", handle=handle)
        else:
            return ""
        self.alike.show_chip(Chip(words, "warning-fill", "gold"))
        self.alike.setToolTip(why)
        self.alike.setAccessibleDescription(why)
        return words

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= self._look.theme.px(600)
        for command, button in self.buttons.items():
            button.choose_icon(self._icons[command] if roomy else None)

    def _resize(self) -> None:
        theme = self._look.theme
        self.setFixedHeight(theme.size("toolbar"))
        self._row.setContentsMargins(theme.px(20), 0, theme.px(10), 0)


class ConversationPane(Pane):
    """Header, thread and reply; `blank` is what stands here while no conversation is open."""

    more_asked = Signal(object)
    """The menu of further acts is wanted, at a global position."""

    def __init__(
        self, look: Look, actions: ActionsFace, now: Callable[[], datetime], save_draft: Save, blank: QWidget
    ) -> None:
        super().__init__(look, "raised")
        self._actions = actions
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.blank = blank
        self.stack.addWidget(blank)
        whole = QWidget()
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self.header = ConversationHeader(look, actions, now)
        self.header.more.clicked.connect(self._ask_more)
        self.messages = ThreadView(look, now)
        self.suggestions = SuggestionStrip(look, actions.keys)
        self.notes = NoteBox(look, lambda: actions.run("inbox.send"))
        self.reply = ReplyBox(look, save_draft)
        self.reply.send_wanted.connect(lambda: actions.run("inbox.send"))
        self.reply.note_wanted.connect(lambda: actions.run("inbox.note"))
        self.reply.read_wanted.connect(self._read_news)
        foot = Pane(look, "base", ("top",))
        self._foot = QVBoxLayout(foot)
        self._foot.setSpacing(0)
        self.courtesy = CourtesyStrip(look, actions, now)
        self.reply.strips.promise.advised.connect(lambda: self.courtesy.give_way(self.reply.strips.promises))
        self._foot.addWidget(self.courtesy)
        self._foot.addWidget(self.suggestions)
        self._foot.addWidget(self.notes)
        self._foot.addWidget(self.reply)
        inside.addWidget(self.header)
        inside.addWidget(self.messages, 1)
        inside.addWidget(foot)
        self.stack.addWidget(whole)
        self._stale = QTimer(self)
        self._stale.setSingleShot(True)
        self._stale.setInterval(STALE_MS)
        self._stale.timeout.connect(lambda: self.messages.show_detail(None))
        look.theme.changed.connect(self._resize)
        self._resize()
        self.retranslate()

    def retranslate(self) -> None:
        """The language changed."""
        self.messages.setAccessibleName(self._look.text("inbox.conversation"))
        self.header.retranslate()
        self.notes.retranslate()
        self.suggestions.retranslate()
        self.courtesy.retranslate()
        self.reply.bar.choose_language_key(next(iter(self._actions.keys("reply.language")), ""))
        self.reply.retranslate()
        self.messages.show_again()

    def show_nothing(self) -> None:
        """No conversation is open."""
        self._stale.stop()
        self.messages.show_detail(None)
        self.reply.show_reply(None, NOTHING)
        self.notes.follow(None)
        self.header.show_conversation(None)
        self.stack.setCurrentIndex(0)

    def begin(self, row: ConversationRow) -> None:
        """A conversation was chosen: its name at once, the rest as soon as it is read."""
        self.header.show_conversation(row)
        self.notes.follow(row.id)
        if self.reply.conversation != row.id:
            self.reply.leave(row.id)  # the text in the box is for somebody else
            self._stale.start()
        self.stack.setCurrentIndex(1)

    def show_conversation(self, row: ConversationRow, detail: ConversationDetail, to: ReplyTo, undo_seconds: int, asked: Asked | None = None) -> None:
        self.begin(row)
        self._stale.stop()
        self.messages.face_url = row.avatar
        self.messages.show_detail(detail, row.customer_id, undo_seconds)
        self.reply.show_reply(to, draft_of(detail), asked)

    def more_menu(self, reasons: dict[str, str]) -> QMenu:
        """Further acts; those the network refuses are grey and say why."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for group in MORE:
            if not menu.isEmpty():
                menu.addSeparator()
            for command in group:
                action = self._actions.action(command)
                if command in reasons:
                    greyed = QAction(f"{action.iconText()} · {reasons[command]}".replace("&", "&&"), menu)
                    greyed.setEnabled(False)
                    menu.addAction(greyed)
                else:
                    menu.addAction(action)
        return menu

    def _read_news(self) -> None:
        self.messages.setFocus(Qt.FocusReason.OtherFocusReason)
        self.messages.verticalScrollBar().setValue(self.messages.verticalScrollBar().maximum())

    def _ask_more(self) -> None:
        button = self.header.more
        self.more_asked.emit(button.mapToGlobal(QPoint(0, button.height())))

    def _resize(self) -> None:
        px = self._look.theme.px
        compact = self._look.theme.density == "compact"
        side = 16 if compact else 20
        self._foot.setContentsMargins(px(side), px(8 if compact else 10), px(side), px(8 if compact else 12))
