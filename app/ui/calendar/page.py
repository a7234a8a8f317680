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
from app.models.rhythm import WarningKind
from app.models.stance import is_out
from app.runtime.settings import Posting, Shop
from app.ui.calendar.access import install
from app.ui.calendar.acts import Acts
from app.ui.calendar.agenda import Agenda
from app.ui.calendar.chips import ChipPictures, spoken
from app.ui.calendar.day_menu import DayPlans
from app.ui.calendar.days import View
from app.ui.calendar.desk import TABLES, Desk, Filters
from app.ui.calendar.dragging import Dragging
from app.ui.calendar.evergreen_sheet import open_evergreen
from app.ui.calendar.export_sheet import Exporting
from app.ui.calendar.filters import filter_words
from app.ui.calendar.grid import Grid
from app.ui.calendar.header import VIEWS, Header
from app.ui.calendar.idea_openings import open_named
from app.ui.calendar.month_grid import MonthGrid
from app.ui.calendar.rhythm_side import RhythmSide
from app.ui.calendar.sheets import Sheets
from app.ui.calendar.tray import Tray
from app.ui.calendar.walking import Walk
from app.ui.calendar.week_grid import WeekGrid
from app.ui.notices import announce
from app.ui.page import FooterKey, Page, PageFace
from app.ui.series_sheet import repeat, skip
from app.ui.widgets.button import Button
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.inside import nest

NARROW = 1180
"""Of the window; below it the tray is hidden until Ctrl+B."""
RAIL = 76
MINUTE_MS = 60_000
FREE_MENU = ("calendar.new", "calendar.today", "calendar.show_all", "calendar.evergreen", "go.questions", "calendar.export", "calendar.print")
MENU = ("calendar.open", "calendar.look", "calendar.replies", "calendar.retime", "calendar.duplicate", "calendar.repeat", "calendar.skip", "calendar.to_ideas", "calendar.tick")

KEYS = (
    FooterKey(("Left", "Right", "Up", "Down"), "calendar.hint_choose"),
    FooterKey(("Shift+Down",), "calendar.hint_move"),
    FooterKey(("Return",), "calendar.hint_open"),
    FooterKey(("Space",), "calendar.hint_look"),
    FooterKey(("Q",), "rhythm.hint_good_time"),
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
        self.day_plans = DayPlans(face, desk, self)
        self.exporting = Exporting(face, desk, self)
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
        self.rhythm = RhythmSide(face, desk, lambda: self.grid, face.actions.refresh)
        self.rhythm.attach(self.views.values())
        self.dragging.told = self.rhythm.aimed
        self.tray = Tray(face, desk, self.dragging)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.rhythm.strip)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.stack, 1)
        row.addWidget(self.tray)
        nest(column, row, 1)
        self.empty = EmptyState(face.look, icon="calendar-blank", parent=self.views["agenda"].viewport())
        self._show_all = Button(
            face.look, face.text("calendar.show_everything"), clicked=lambda: face.actions.run("calendar.show_all")
        )
        self.empty.add_button(self._show_all)
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
        """`day` shows a day, `view` a view, `sheet` opens one over it."""
        day, view = target.get("day"), target.get("view")
        if isinstance(day, date) or view in VIEWS:
            self.desk.go(view if view in VIEWS else None, day if isinstance(day, date) else None)
        if target.get("sheet"):
            QTimer.singleShot(0, self, lambda: open_named(self._face, self, target["sheet"]))

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
            if post.series_id is not None:
                facts.add("occurrence")
            if post.question:
                facts.add("question")
            if post.planned_at is not None:
                facts.add("planned")
            if not is_out(post):
                facts.add("movable")
        if self.desk.ticked:
            facts |= {"post", "planned", "movable"}
        if self.desk.filters.many:
            facts.add("filtered")
        if self.rhythm.proposing:
            facts.add("planned")
        facts |= {"silence" if not each.post_ids else "flood" for each in self.desk.shown.outlook.warnings}
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
            "new_launch": self.day_plans.new_launch,
            "new_deadline": self.day_plans.new_deadline,
            "new_campaign": self.day_plans.new_campaign,
            "patterns": self.day_plans.sheets.patterns,
            "duplicate": self.acts.duplicate,
            "to_ideas": self.acts.to_ideas,
            "repeat": lambda: repeat(self._face, self.window(), self.desk.post_id or 0),
            "skip": lambda: skip(self._face, self.desk.post_id or 0),
            "evergreen": lambda: open_evergreen(self._face, self.window()),
            "tick": self.desk.tick,
            "warning": lambda: self.rhythm.step(step),
            "next_good_time": lambda: self.rhythm.next_good_time(first=bool(values.get("first"))),
            "spread": lambda: self.rhythm.mend(WarningKind.FLOOD, WarningKind.CLOSE),
            "fill": lambda: self.rhythm.mend(WarningKind.SILENCE),
            "find": self.header.ask_filters,
            "show_all": lambda: self.desk.filter(Filters()),
            "export": lambda: self.exporting.ask(values.get("kind", "ics")),  # type: ignore[arg-type]
        }
        if self.rhythm.proposing:
            done |= self.rhythm.verbs(step, int(values.get("right", 0)), int(values.get("down", 0)))  # type: ignore[call-overload]
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
        elif self.rhythm.proposing:
            self.rhythm.ghosts.cancel()
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
        self.desk.public.forget()
        self.header.retranslate()
        self.rhythm.strip.retranslate()
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
        self.rhythm.refill()
        self.tray.refill()
        self._settle_empty()
        self._face.actions.refresh()

    def _settle_empty(self) -> None:
        """Nothing in the agenda's weeks: what one may do."""
        agenda = self.views["agenda"]
        nothing = self.desk.shown.view == "agenda" and not agenda.placed and not self.desk.loading
        self.empty.setVisible(nothing)
        if nothing:
            which = "empty_filtered" if self.desk.filters.many else "empty"
            said = self._face.text(f"calendar.{which}_said", filters=filter_words(self._face, self.desk))
            self.empty.show_words(self._face.text(f"calendar.{which}"), said)
            self._show_all.setVisible(self.desk.filters.many > 0)
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
        menu = QMenu(self)
        for name in MENU if self.desk.chosen is not None else FREE_MENU:
            menu.addAction(self._face.actions.action(name))
        if self.desk.chosen is None:
            self.day_plans.fill(menu)
        menu.popup(where)
