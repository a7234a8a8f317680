"""The Today page: reads the brief, lays its blocks out in one or two columns, and opens what the user chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.commands.services import Changes
from app.commands.today import CONTEXT
from app.models.today import Brief
from app.models.today_things import Thing, things
from app.runtime.clock import from_wall
from app.runtime.settings import Answer, Hour, Posting, Shop
from app.ui.page import FooterKey, Page, PageFace
from app.ui.today.blocks import Opens
from app.ui.today.content import LEFT, Shown, content
from app.ui.today.opening import Opening
from app.ui.today.promising import PromiseActs
from app.ui.today.sentences import to_decide
from app.ui.widgets.inside import parts_in
from app.ui.widgets.skeleton import Skeleton
from app.ui.widgets.surface import Card, Pane
from app.ui.widgets.viewport import clear_viewport

ONE_COLUMN_BELOW = 1100
MINUTE_MS = 60_000
SKELETON_MS = 300
TABLES = ("conversation", "message", "outbox", "post", "account", "sample", "promise", "answer", "fact", "escalation", "letter")
LATER_TABLES = ("post", "variant", "account", "campaign", "phase", "mark", "slot", "sample", "faq_entry", "faq_asked", "support_case", "setting")
LATER = "app.ui.today.later"
"""Imported when the brief stands: the first page need not wait for it."""
DECISIONS = ("decide ", "amber ", "flood ")
"""So the names of buttons begin that decide something."""
LATER_REST_MS = 400
"""Commits in a row are read once."""

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
        self.late: Any = None
        """The blocks of the days ahead (later.py); None until they are read."""
        self._whole = False
        self._narrow: bool | None = None
        self._started = False
        self._left_at = ""
        """Name of what had the focus when the page was left; the page is made anew when it is shown again."""
        self._cancel: Callable[[], None] | None = None
        self._day_ends_at = face.clock.now()
        promises = PromiseActs(face)
        self.opening = Opening(face, self.things, lambda: self.brief.first if self.brief is not None else ())
        to = self.opening
        self._opens = Opens(
            to.thing, to.decision, to.post, promises.keep, promises.let_go, promises.show, self.start, self._show_all, to.put_aside
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
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_REST_MS)
        self._later.timeout.connect(self.ask_ahead)
        self._cancel_later: Callable[[], None] | None = None
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

    def opened(self, **target: object) -> None:
        """`block="decide"` goes to the first thing to decide."""
        if target.get("block") == "decide":
            QTimer.singleShot(0, self, self._go_to_decisions)

    def _go_to_decisions(self) -> None:
        first = next((each for each in parts_in(self) if each.objectName().startswith(DECISIONS) and each.isVisible()), None)
        if first is not None:
            self.area.ensureWidgetVisible(first, 0, self._face.theme.px(120))
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget | None:
        left_at = self.findChild(QWidget, self._left_at) if self._left_at else None
        return left_at or self.findChild(QWidget, "start") or self.area

    def panes(self) -> Sequence[QWidget]:
        shown = self.area.widget()
        return [shown] if shown is not None else []

    def footer_keys(self) -> Sequence[FooterKey]:
        return KEYS

    def state(self) -> dict[str, Any]:
        facts = {f"answer_{number}" for number in range(1, len(self.things()) + 1)}
        if self.brief is not None and self.brief.promises:
            facts.add("promises")
        if self.late is not None and self.late.ahead.tip is not None:
            facts.add("suggestion")
        return {"facts": frozenset(facts)}

    def perform(self, verb: str, **values: object) -> Any:
        if verb == "start":
            self.start()
            return True
        if verb in ("promise_kept", "promise_let_go") and self.brief is not None and self.brief.promises:
            (self._opens.keep if verb == "promise_kept" else self._opens.let_go)(self.brief.promises[0])
            return True
        number = values.get("number")
        shown = self.things()
        if verb == "answer" and isinstance(number, int) and number <= len(shown):
            self.opening.thing(shown[number - 1])
            return True
        if verb == "put_aside" and self.late is not None and self.late.ahead.tip is not None:
            self.opening.put_aside(self.late.ahead.tip.key)
            return True
        return None

    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self.ask()
        if changes.touches(*LATER_TABLES):
            self._later.start()

    def retranslate(self) -> None:
        self._soon.start()
        if self.late is not None:
            self._later.start()  # questions are told in the language of the window

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
        self._day_ends_at = ends = from_wall(datetime.combine(today + timedelta(days=1), time()), zone).at
        self._cancel = self._face.services.reads.later(lambda queries: queries.brief(now, begins, ends), self._read)

    def _minute_passed(self) -> None:
        if self.isVisible():  # else the window is on its way out, and what it reads from is closed
            self.ask()

    def _read(self, brief: Brief) -> None:
        self._patience.stop()
        self._cancel = None
        self.brief = brief
        self._show()
        if self.late is None and self._cancel_later is None:
            QTimer.singleShot(0, self, self.ask_ahead)

    def ask_ahead(self) -> None:
        """Read what the days ahead bring, on a worker thread."""
        if not self.isVisible():
            return  # else the window may be on its way out, and what it reads from closed
        if self._cancel_later is not None:
            self._cancel_later()
        self._cancel_later = self._face.services.reads.later(import_module(LATER).query(self._face), self._read_ahead)

    def _read_ahead(self, ahead: Any) -> None:
        self._cancel_later = None
        if self.late is not None and self.late.ahead == ahead:
            return  # nothing to show anew
        self.late = import_module(LATER).made(self._face, ahead, self._opens)
        self._show()

    def things(self) -> Sequence[Thing]:
        """What stands under Answer."""
        if self.brief is None:
            return ()
        return things(self.brief, self._face.clock.now(), self._day_ends_at)

    def _settings_changed(self, keys: frozenset[str]) -> None:
        if not self._started:
            return
        if any(key.startswith((f"{Hour.GROUP}.", f"{Shop.GROUP}.")) for key in keys):
            self._soon.start()
        if any(key.startswith((f"{Posting.GROUP}.", f"{Answer.GROUP}.")) for key in keys):
            self._later.start()

    # ---- opening

    def start(self) -> None:
        """What is most urgent."""
        brief = self.brief
        if brief is None:
            return
        shown = self.things()
        if shown:
            self.opening.thing(shown[0])
        elif brief.to_decide:
            self.opening.decision(to_decide(brief.to_decide)[0][0])

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
        shown = Shown(self.brief, self.things(), self.late, self._whole, self._narrow)
        self.area.setWidget(content(self._face, shown, self._opens))
        self.area.verticalScrollBar().setValue(place)
        if had_focus:
            again = self.findChild(QWidget, name) if name else None
            target = again or self.first_focus()
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)
        self._face.actions.refresh()

    def _is_narrow(self) -> bool:
        return self.width() < self._face.theme.px(ONE_COLUMN_BELOW)
