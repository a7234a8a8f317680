"""A deadline of the shop: what has to be done, and by which day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from app.models.calendar import MarkRow
from app.ui.page import PageFace
from app.ui.plans.plan_sheet import PlanSheet
from app.ui.plans.typed_day import DayField
from app.ui.widgets.button import Button
from app.ui.widgets.field import Field


class DeadlineSheet(PlanSheet):
    """New, or one that stands on the calendar."""

    def __init__(self, face: PageFace, host: QWidget, mark: MarkRow | None, day: date) -> None:
        super().__init__(face, host, face.text("deadlines.change" if mark else "deadlines.new"), face.text("deadlines.keep"), width=440)
        self._mark = mark
        self.title_field = self.field("deadlines.title", mark.title if mark else "", placeholder=face.text("deadlines.title_hint"))
        self.day_field = DayField(face, face.text("deadlines.day"), day)
        self.take(self.day_field)
        if mark is not None:
            self.remove_button = Button(face.look, face.text("deadlines.remove"), icon="trash", kind="flat", clicked=self._remove)
            self.remove_button.setEnabled(not face.services.data.read_only)
            self.foot.insertWidget(0, self.remove_button)
        self.begin()

    def beside(self) -> Mapping[str, Field]:
        return {"title": self.title_field}

    def complete(self) -> bool:
        return self.day_field.demand()

    def work(self) -> Callable[[], Awaitable[object]]:
        day = self.day_field.day
        assert day is not None  # `complete` has looked
        number = self._mark.id if self._mark is not None else None
        return lambda: self._face.services.deadlines.save(number, self.title_field.text, day)

    def _remove(self) -> None:
        assert self._mark is not None
        self._face.actions.start("remove a deadline", self._face.services.deadlines.remove(self._mark.id))
        self.close_now()
