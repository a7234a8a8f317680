"""The Today page: reads the brief, lays its blocks out in one or two columns, and opens what the user chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.commands.services import Changes
from app.commands.today import CONTEXT
from app.models.conversation import ConversationRow, View
from app.models.outbox import OutboxRow
from app.models.post import PostRow
from app.models.today import Brief
from app.runtime.clock import from_wall
from app.runtime.settings import Hour, Shop
from app.ui.page import FooterKey, Page, PageFace
from app.ui.today.blocks import Opens
from app.ui.today.content import LEFT, content
from app.ui.today.promising import PromiseActs
from app.ui.today.sentences import to_decide
from app.ui.widgets.skeleton import Skeleton
from app.ui.widgets.surface import Card, Pane
from app.ui.widgets.viewport import clear_viewport

ONE_COLUMN_BELOW = 1100
MINUTE_MS = 60_000
SKELETON_MS = 300
TABLES = ("conversation", "message", "outbox", "post", "account", "sample", "promise", "answer", "fact")

KEYS = (
    FooterKey(("Return",), "today.hint_start"),
    FooterKey(("1", "–", "4"), "today.hint_open"),
    FooterKey(("G I",), "today.hint_inbox"),
    FooterKey(("Ctrl+N",), "today.hint_post"),
    FooterKey(("?",), "today.hint_keys"),
)


class TodayPage(Page):
    """Made anew from the brief whenever that changes; the focus stays on the same thing."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        self._face = face
        self.brief: Brief | None = None
        self._whole = False
        self._narrow: bool | None = None
        self._started = False
        self._left_at = ""
        """Name of what had the focus when the page was left; the page is made anew when it is shown again."""
        self._cancel: Callable[[], None] | None = None
        promises = PromiseActs(face)
        self._opens = Opens(
            self._open_conversation, self._open_decision, self._open_post, promises.keep, promises.let_go, promises.show, self.start, self._show_all
        )
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        ground = Pane(face.look, "window")
        page.addWidget(ground)
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(0, 0, 0, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        clear_viewport(self.area)
        inside.addWidget(self.area)
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._minute_passed)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SKELETON_MS)
        self._patience.timeout.connect(self._show_skeleton)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show)
        face.theme.changed.connect(self._soon.start)
        face.services.settings.changed.connect(self._settings_changed)
        hear_no_more = face.services.spikes.changed.connect(lambda _spike: self._soon.start() if self._started else None)
        self.destroyed.connect(lambda _object=None, disconnect=hear_no_more: disconnect())

    # ---- Page

    def shown(self) -> None:
        if not self._started:
            self._started = True
            self._show()
            self._patience.start()
        self.ask()
        self._minute.start()

    def hidden(self) -> None:
        self._minute.stop()
        focus = self.window().focusWidget()
        self._left_at = focus.objectName() if focus is not None and self.isAncestorOf(focus) else ""

    def first_focus(self) -> QWidget | None:
        left_at = self.findChild(QWidget, self._left_at) if self._left_at else None
        return left_at or self.findChild(QWidget, "start") or self.area

    def panes(self) -> Sequence[QWidget]:
        shown = self.area.widget()
        return [shown] if shown is not None else []

    def footer_keys(self) -> Sequence[FooterKey]:
        return KEYS

    def state(self) -> dict[str, Any]:
        shown = len(self.brief.first) if self.brief is not None else 0
        promised = ("promises",) if self.brief is not None and self.brief.promises else ()
        return {"facts": frozenset((*promised, *(f"answer_{number}" for number in range(1, shown + 1))))}

    def perform(self, verb: str, **values: object) -> Any:
        if verb == "start":
            self.start()
            return True
        if verb in ("promise_kept", "promise_let_go") and self.brief is not None and self.brief.promises:
            (self._opens.keep if verb == "promise_kept" else self._opens.let_go)(self.brief.promises[0])
            return True
        number = values.get("number")
        if verb == "answer" and isinstance(number, int) and self.brief is not None and number <= len(self.brief.first):
            self._open_conversation(self.brief.first[number - 1])
            return True
        return None

    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self.ask()

    def retranslate(self) -> None:
        self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._narrow is not None and self._narrow != self._is_narrow():
            self._show()

    # ---- reading

    def ask(self) -> None:
        """Read the brief on a worker thread; a newer question makes the older answer worthless."""
        if self._cancel is not None:
            self._cancel()
        now, zone = self._face.clock.now(), self._face.words.zone
        today = now.astimezone(zone).date()
        begins = from_wall(datetime.combine(today, time()), zone).at
        ends = from_wall(datetime.combine(today + timedelta(days=1), time()), zone).at
        self._cancel = self._face.services.reads.later(lambda queries: queries.brief(now, begins, ends), self._read)

    def _minute_passed(self) -> None:
        if self.isVisible():  # else the window is on its way out, and what it reads from is closed
            self.ask()

    def _read(self, brief: Brief) -> None:
        self._patience.stop()
        self._cancel = None
        self.brief = brief
        self._show()

    def _settings_changed(self, keys: frozenset[str]) -> None:
        if any(key.startswith((f"{Hour.GROUP}.", f"{Shop.GROUP}.")) for key in keys) and self._started:
            self._soon.start()

    # ---- opening

    def start(self) -> None:
        """What is most urgent."""
        brief = self.brief
        if brief is None:
            return
        if brief.first:
            self._open_conversation(brief.first[0])
        elif brief.to_decide:
            self._open_decision(to_decide(brief.to_decide)[0][0])

    def _open_conversation(self, row: ConversationRow) -> None:
        self._face.window.show_page("inbox", view=View.NEEDS_ANSWER.value, conversation=row.id)

    def _open_decision(self, row: OutboxRow) -> None:
        if row.post_id is not None:
            self._face.window.show_page("composer", post=row.post_id, origin="today")
        elif row.conversation_id is not None:
            self._face.window.show_page("inbox", view=View.ALL.value, conversation=row.conversation_id)

    def _open_post(self, post: PostRow) -> None:
        self._face.window.show_page("composer", post=post.id, origin="today")

    def _show_all(self) -> None:
        self._whole = True
        self._show()

    # ---- showing

    def _show_skeleton(self) -> None:
        shown = self.area.widget()
        layout = shown.findChild(QVBoxLayout, LEFT) if shown is not None else None
        if self.brief is None and layout is not None:
            card = Card(self._face.look)
            QVBoxLayout(card).addWidget(Skeleton(self._face.look, 3))
            layout.insertWidget(0, card)

    def _show(self) -> None:
        """Make everything anew, with the focus and the scroll where they were."""
        if not self._started:
            return
        focus = self.window().focusWidget()
        name = focus.objectName() if focus is not None and self.isAncestorOf(focus) else ""
        had_focus = focus is not None and self.isAncestorOf(focus)
        place = self.area.verticalScrollBar().value()
        self._narrow = self._is_narrow()
        self.area.setWidget(content(self._face, self.brief, self._opens, whole=self._whole, narrow=self._narrow))
        self.area.verticalScrollBar().setValue(place)
        if had_focus:
            again = self.findChild(QWidget, name) if name else None
            target = again or self.first_focus()
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._face.actions.refresh()

    def _is_narrow(self) -> bool:
        return self.width() < self._face.theme.px(ONE_COLUMN_BELOW)
