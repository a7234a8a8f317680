"""The Calendar page: header, one of three views, and the tray; answers commands, follows commits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.commands.calendar import CONTEXT
from app.commands.services import Changes
from app.runtime.settings import Posting, Shop
from app.ui.calendar.access import install
from app.ui.calendar.acts import Acts
from app.ui.calendar.agenda import Agenda
from app.ui.calendar.chips import ChipPictures, is_out, spoken
from app.ui.calendar.days import View
from app.ui.calendar.desk import TABLES, Desk
from app.ui.calendar.dragging import Dragging
from app.ui.calendar.grid import Grid
from app.ui.calendar.header import VIEWS, Header
from app.ui.calendar.month_grid import MonthGrid
from app.ui.calendar.sheets import Sheets
from app.ui.calendar.tray import Tray
from app.ui.calendar.walking import Walk
from app.ui.calendar.week_grid import WeekGrid
from app.ui.notices import announce
from app.ui.page import FooterKey, Page, PageFace
from app.ui.widgets.empty_state import EmptyState

NARROW = 1180
"""Of the window; below it the tray is hidden until Ctrl+B."""
RAIL = 76
MINUTE_MS = 60_000
MENU = ("calendar.open", "calendar.look", "calendar.retime", "calendar.duplicate", "calendar.to_ideas", "calendar.tick")

KEYS = (
    FooterKey(("←", "→", "↑", "↓"), "calendar.hint_choose"),
    FooterKey(("Shift+↓",), "calendar.hint_move"),
    FooterKey(("Return",), "calendar.hint_open"),
    FooterKey(("Space",), "calendar.hint_look"),
    FooterKey(("D",), "calendar.hint_duplicate"),
    FooterKey(("T",), "calendar.hint_today"),
    FooterKey(("?",), "calendar.hint_keys"),
)


class CalendarPage(Page):
    """The desk knows what is shown; the views paint it; acts change it."""

    context = CONTEXT

    def __init__(self, face: PageFace) -> None:
        super().__init__()
        install()
        self._face = face
        self.desk = desk = Desk(face)
        self.acts = Acts(face, desk, self)
        self.pictures = ChipPictures(face.look)
        self.dragging = Dragging(face, desk, self, self.acts.place)
        self.dragging.front = lambda: self.grid
        self.acts.acted = lambda: self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self._hides_tray: bool | None = None
        self.sheets = Sheets(face, desk, self.acts, self)
        self.walk = Walk(face, desk, lambda: self.grid)
        self.header = Header(face, desk)
        self.stack = QStackedWidget()
        self.views: dict[View, Grid] = {
            "week": WeekGrid(face, desk, self.pictures, self.dragging),
            "month": MonthGrid(face, desk, self.pictures, self.dragging),
            "agenda": Agenda(face, desk, self.pictures, self.dragging),
        }
        for grid in self.views.values():
            self.stack.addWidget(grid)
            grid.opened.connect(self._open)
            grid.new_wanted.connect(lambda: face.actions.run("calendar.new"))
            grid.day_wanted.connect(self.walk.show_day)
            grid.menu_wanted.connect(self._show_menu)
            grid.things_dropped.connect(self.acts.take_things)
        self.tray = Tray(face, desk, self.dragging)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.stack, 1)
        row.addWidget(self.tray)
        column.addLayout(row, 1)
        self.empty = EmptyState(face.look, icon="calendar-blank", parent=self.views["agenda"].viewport())
        self.empty.hide()
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(lambda: self.grid.tell_time() if self.isVisible() else None)
        self._follow_settings(face)
        desk.filled.connect(self._filled)
        desk.moved.connect(self._moved)

    @property
    def grid(self) -> Grid:
        """The view that is shown."""
        return self.views[self.desk.shown.view]

    # ---- Page

    def shown(self) -> None:
        self._minute.start()
        self.desk.read()

    def hidden(self) -> None:
        self._minute.stop()
        self.dragging.cancel()

    def opened(self, **target: object) -> None:
        """`day` shows a day, `view` a view."""
        day, view = target.get("day"), target.get("view")
        if isinstance(day, date) or view in VIEWS:
            self.desk.go(view if view in VIEWS else None, day if isinstance(day, date) else None)

    def first_focus(self) -> QWidget | None:
        return self.grid

    def toast_room(self) -> QWidget | None:
        return self.stack

    def panes(self) -> Sequence[QWidget]:
        return (self.header, self.grid, self.tray) if self.tray.isVisible() else (self.header, self.grid)

    def footer_keys(self) -> Sequence[FooterKey]:
        return KEYS

    def state(self) -> dict[str, Any]:
        post = self.desk.chosen
        facts = set()
        if post is not None:
            facts.add("post")
            if post.planned_at is not None:
                facts.add("planned")
            if not is_out(post):
                facts.add("movable")
        if self.desk.ticked:
            facts |= {"post", "planned", "movable"}
        return {"post": self.desk.post_id, "facts": frozenset(facts)}

    def perform(self, verb: str, **values: object) -> Any:
        step = 1 if values.get("step") == 1 else -1
        done: dict[str, Callable[[], object]] = {
            "show": lambda: self.desk.go(values["view"]),  # type: ignore[arg-type]
            "turn": lambda: self.desk.turn(step),
            "today": self.walk.to_today,
            "step": lambda: self.walk.step(step),
            "arrow": lambda: self.walk.arrow(int(values["right"]), int(values["down"])),  # type: ignore[call-overload]
            "nudge": lambda: self.acts.nudge(
                **{name: value for name, value in values.items() if isinstance(value, int)}
            ),
            "retime": self.sheets.retime,
            "open": self.acts.open,
            "new": self.acts.new,
            "look": self.sheets.look,
            "duplicate": self.acts.duplicate,
            "to_ideas": self.acts.to_ideas,
            "tick": self.desk.tick,
            "warning": lambda: self.walk.warning(step),
            "find": self.header.ask_filters,
        }
        if verb not in done:
            return None
        done[verb]()
        return True

    def on_changes(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self.desk.read()

    def escape(self) -> bool:
        if self.dragging.active:
            self.dragging.cancel()
        elif self.desk.ticked:
            self.desk.ticked.clear()
            self.grid.viewport().update()
            self._face.actions.refresh()
        elif self.desk.post_id is not None:
            self.desk.choose(None)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        return True

    def toggle_side_pane(self) -> None:
        self._hides_tray = self.tray.isVisible()
        self._settle_tray()

    def resumable(self) -> dict[str, Any]:
        return {"view": self.desk.view, "tray": "" if self._hides_tray is None else str(self._hides_tray)}

    def resume(self, remembered: dict[str, Any]) -> None:
        view = remembered.get("view")
        if view in VIEWS:
            self.desk.go(view)
        if remembered.get("tray") in ("True", "False"):
            self._hides_tray = remembered["tray"] == "True"

    def retranslate(self) -> None:
        self.pictures.forget()
        self.desk.forget_words()
        self.header.retranslate()
        self.tray.retranslate()
        for grid in self.views.values():
            grid.setAccessibleName(self._face.text("page.calendar"))
            grid.repaint_all()
        self.desk.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle_tray()

    # ---- inside

    def _follow_settings(self, face: PageFace) -> None:
        """Zone, clock, first day of the week and limits show at once."""
        soon = QTimer(self)
        soon.setSingleShot(True)
        soon.setInterval(0)
        soon.timeout.connect(self.retranslate)

        def changed(keys: frozenset[str]) -> None:
            if any(key.startswith((f"{Shop.GROUP}.", f"{Posting.GROUP}.")) for key in keys):
                soon.start()

        hear_no_more = face.services.settings.changed.connect(changed)
        self.destroyed.connect(lambda _object=None: hear_no_more())

    def _settle_tray(self) -> None:
        narrow = self.width() < self._face.theme.px(NARROW - RAIL)
        hides = narrow if self._hides_tray is None else self._hides_tray
        if self.tray.isHidden() != hides:
            self.tray.setVisible(not hides)

    def _filled(self) -> None:
        grid = self.grid
        held = any(each.hasFocus() for each in self.views.values())
        self.stack.setCurrentWidget(grid)
        grid.refill()
        if held:
            grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.header.refill()
        self.tray.refill()
        self._settle_empty()
        self._face.actions.refresh()

    def _settle_empty(self) -> None:
        """Nothing in the agenda's weeks: what one may do."""
        agenda = self.views["agenda"]
        nothing = self.desk.shown.view == "agenda" and not agenda.placed and not self.desk.loading
        self.empty.setVisible(nothing)
        if nothing:
            self.empty.show_words(self._face.text("calendar.empty"), self._face.text("calendar.empty_said"))
            self.empty.setGeometry(agenda.viewport().rect().adjusted(0, 60, 0, 0))

    def _moved(self) -> None:
        self.grid.show_choice()
        post = self.desk.chosen
        if post is not None and self.grid.hasFocus():
            announce(self.grid, spoken(self._face.look, post), "info")
        self.grid.viewport().update() if self.desk.ticked else None
        self._face.actions.refresh()

    def _open(self, post_id: int) -> None:
        self.desk.choose(post_id)
        self._face.actions.run("calendar.open")

    def _show_menu(self, where: QPoint) -> None:
        if self.desk.chosen is None:
            return
        menu = QMenu(self)
        for name in MENU:
            menu.addAction(self._face.actions.action(name))
        menu.popup(where)
