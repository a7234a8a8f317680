"""What a day's menu offers beside its posts: a launch or a campaign that begins there, and those that stand there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from app.ui.calendar.desk import Desk
from app.ui.page import PageFace
from app.ui.plans.sheets import Sheets
from app.ui.safe_text import isolated

LAUNCH, DEADLINE = "launch", "deadline"


class DayPlans:
    """Launches and campaigns from the calendar."""

    def __init__(self, face: PageFace, desk: Desk, host: QWidget) -> None:
        self._face = face
        self._desk = desk
        self.sheets = Sheets(face, host)

    @property
    def day(self) -> date | None:
        """The day that is chosen, by a place or a post."""
        return self._desk.slot.day if self._desk.slot is not None else None

    def new_launch(self) -> None:
        self.sheets.new_launch(self.day)

    def new_campaign(self) -> None:
        """Afterwards it stands on the calendar, where one is."""
        self.sheets.new_campaign(self.day)

    def new_deadline(self) -> None:
        self.sheets.deadline(None, self.day)

    def fill(self, menu: QMenu) -> None:
        """Adds what the chosen day offers."""
        day = self.day
        if day is None:
            return
        face, span, may = self._face, self._desk.shown.span, not self._face.services.data.read_only
        menu.addSeparator()
        on_day = face.words.day(day)
        self._add(menu, face.text("campaigns.launch_on", day=on_day), "rocket-launch", self.new_launch, may=may)
        self._add(menu, face.text("campaigns.campaign_on", day=on_day), "megaphone-simple", self.new_campaign, may=may)
        self._add(menu, face.text("deadlines.on", day=on_day), "hourglass-medium", self.new_deadline, may=may)
        for mark in span.marks:
            if mark.on_day == day and mark.kind == DEADLINE:
                change = face.text("campaigns.change", name=isolated(mark.title))
                self._add(menu, change, "pencil-simple", partial(self.sheets.deadline, mark), may=may)
            if mark.on_day == day and mark.kind == LAUNCH:
                name = isolated(mark.title)
                self._add(
                    menu,
                    face.text("campaigns.move_title", name=name),
                    "calendar-blank",
                    partial(self.sheets.move_launch, mark.id),
                    may=may,
                )
                self._add(
                    menu,
                    face.text("campaigns.change", name=name),
                    "pencil-simple",
                    partial(self.sheets.edit_launch, mark.id),
                    may=may,
                )
        for number, name in {
            each.campaign_id: each.campaign for each in span.phases if each.starts_on <= day <= each.ends_on
        }.items():
            shown = isolated(name)
            opens = partial(face.window.show_page, "campaigns", campaign=number)
            self._add(menu, face.text("campaigns.open_named", name=shown), "megaphone-simple", opens, may=True)
            self._add(
                menu,
                face.text("campaigns.move_title", name=shown),
                "calendar-blank",
                partial(self.sheets.move_campaign, number),
                may=may,
            )

    def _add(self, menu: QMenu, text: str, icon: str, does: Callable[[], object], *, may: bool) -> None:
        action = menu.addAction(self._face.icons.icon(icon), text)
        action.setEnabled(may)
        action.triggered.connect(lambda _checked=False: does())
