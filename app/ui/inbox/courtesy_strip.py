"""The strip over the reply box: what to do with kind words, with a troll, with somebody who is ignored politely, and with a promise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.commands.level import Level
from app.models.conversation import Category, ConversationRow, ConversationState
from app.models.courtesy import THANKS_A_DAY, Courtesy
from app.models.promise import Suggested
from app.ui.look import Look
from app.ui.page import ActionsFace
from app.ui.safe_text import isolated, shortened
from app.ui.widgets.button import Button
from app.ui.widgets.strip import Strip
from app.ui.widgets.text import escaped

PRAISE = ("inbox.thank", "inbox.like", "inbox.boost", "inbox.keep")
ENDED = frozenset({ConversationState.KEPT, ConversationState.DONE, ConversationState.WAITING})


class CourtesyStrip(QWidget):
    """At most one strip at a time; it is made anew for each conversation, as it has other buttons."""

    def __init__(self, look: Look, actions: ActionsFace, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._look = look
        self._actions = actions
        self._now = now
        self._strip: Strip | None = None
        self._shown: tuple[object, ...] = ()
        self._of: tuple[ConversationRow, Courtesy, Suggested | None] | None = None
        self._gives_way = False
        self.buttons: dict[str, Button] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, look.theme.px(8))
        self.hide()

    @property
    def text(self) -> str:
        """What is said; empty while nothing is."""
        return self._strip.accessibleName() if self._strip is not None else ""

    def retranslate(self) -> None:
        """The language changed."""
        if self._of is not None:
            self.show_for(*self._of)

    def show_nothing(self) -> None:
        self._of = None
        self._show((), "info", "", ())

    def give_way(self, gives_way: bool) -> None:
        """A promise in what is being written is asked about first: the same key, and the same words on the button, are for that one."""
        if gives_way != self._gives_way:
            self._gives_way = gives_way
            self.retranslate()

    def show_for(self, row: ConversationRow, courtesy: Courtesy, promise: Suggested | None) -> None:
        """What fits the conversation best: who is not heard, kind words, a troll, a promise that nobody has remembered yet."""
        look = self._look
        self._of = (row, courtesy, promise)
        if courtesy.muted_at is not None:
            since = look.words.day_and_time(courtesy.muted_at, self._now())
            said = look.text("inbox.strip.muted", name=isolated(row.author), when=since, n=courtesy.written_since)
            self._show(("muted", row.id, said), "info", said, ("inbox.hear",), icon="speaker-slash")
        elif row.category is Category.PRAISE and row.state not in ENDED:
            left = courtesy.thanked_today < THANKS_A_DAY
            said = look.text("inbox.strip.praise" if left else "inbox.strip.praise_many", n=courtesy.thanked_today)
            self._show(("praise", row.id, said), "ok" if left else "warn", said, PRAISE, icon="heart-straight")
        elif row.category is Category.TROLL and row.state is ConversationState.NEEDS_ANSWER:
            said = look.text("inbox.strip.troll_closed" if courtesy.closed else "inbox.strip.troll")
            acts = ("inbox.ignore",) if courtesy.closed else ("inbox.ignore", "inbox.closing")
            self._show(("troll", row.id, said), "info", said, acts, icon="speaker-slash")
        elif promise is not None and not self._gives_way and not is_remembered(promise, courtesy):
            due = promise.due_at
            quoted = isolated(shortened(promise.text))
            said = (
                look.text("inbox.strip.promise_by", text=quoted, when=look.words.day_and_time(due, self._now()))
                if due is not None
                else look.text("inbox.strip.promise", text=quoted)
            )
            self._show(("promise", row.id, said), "info", said, ("inbox.promise",), icon="handshake")
        else:
            self._show((), "info", "", ())

    def _show(
        self, shown: tuple[object, ...], level: Level, said: str, acts: tuple[str, ...], *, icon: str | None = None
    ) -> None:
        enabled = tuple(act for act in acts if self._actions.applies(act))
        if (shown, enabled) == self._shown:
            return
        self._shown = (shown, enabled)
        held = next((act for act, button in self.buttons.items() if button.hasFocus()), None)
        if self._strip is not None:
            self._column.removeWidget(self._strip)
            self._strip.hide()
            self._strip.deleteLater()
        self._strip, self.buttons = None, {}
        self.setVisible(bool(shown))
        if not shown:
            return
        strip = Strip(self._look, level, escaped(said), icon=icon)
        strip.setSizePolicy(
            QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum
        )  # as high as its words need where it is narrow
        for act in acts:
            keys = self._actions.keys(act)
            button = strip.add_button(self._look.text(f"{act}.button"), key=keys[0] if keys else None)
            button.clicked.connect(partial(self._actions.run, act))
            button.setVisible(act in enabled)
            self.buttons[act] = button
        self._column.addWidget(strip)
        self._strip = strip
        if held in self.buttons:
            self.buttons[held].setFocus(Qt.FocusReason.OtherFocusReason)


def is_remembered(promise: Suggested, courtesy: Courtesy) -> bool:
    """Of a message, or of the reply that became it: there the customer's name may stand in front."""
    return promise.message_id in courtesy.promised or any(words in promise.text for words in courtesy.promised_words)
