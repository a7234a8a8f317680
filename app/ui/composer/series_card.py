"""What a post is besides its words: a question whose replies are collected, an evergreen one that may go again, one that comes again by a rule."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.models.post import PostDraft, PostState
from app.models.series import Series
from app.runtime.words import message
from app.ui.composer.composition import Composition, Edit
from app.ui.composer.drafting import first_line
from app.ui.page import PageFace
from app.ui.series_sheet import UNDO_SECONDS, SeriesSheet, open_series, proposed
from app.ui.series_words import rule_words
from app.ui.widgets.button import Button
from app.ui.widgets.checks import CheckBox
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.surface import Card
from app.ui.widgets.text import Label


class SeriesCard(Card):
    """Three lines of one post; `repeat` is also a command."""

    def __init__(self, face: PageFace, edit: Edit) -> None:
        look = face.look
        super().__init__(look)
        self._face = face
        self._edit = edit
        self._composition: Composition | None = None
        self._series: Series | None = None
        self._asked: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 8, 14, 8)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(18)
        self.question = CheckBox(look, look.text("question.asks"))
        self.question.setToolTip(look.text("question.asks_hint"))
        self.question.clicked.connect(lambda on: edit(lambda draft: replace(draft, question=bool(on))))
        self.evergreen = CheckBox(look, look.text("evergreen.is"))
        self.evergreen.setToolTip(look.text("evergreen.is_hint"))
        self.evergreen.clicked.connect(lambda on: edit(lambda draft: replace(draft, evergreen=bool(on))))
        row.addWidget(self.question)
        row.addWidget(self.evergreen)
        row.addStretch(1)
        self.repeats = Button(
            look,
            look.text("series.repeat"),
            icon="arrows-clockwise",
            size="small",
            kind="flat",
            clicked=lambda: face.actions.run("composer.repeat"),
        )
        row.addWidget(self.repeats)
        nest(column, row)
        self.rule = QHBoxLayout()
        self.rule.setSpacing(8)
        self.icon = IconSpot(look, "arrows-clockwise")
        self.said = Label(look, "", "small", "text.secondary", wrap=True)
        self.all = Button(look, look.text("series.change_all"), size="small", clicked=self._change_all)
        self.all.setToolTip(look.text("series.change_all_hint"))
        self.rule.addWidget(self.icon)
        self.rule.addWidget(self.said, 1)
        self.rule.addWidget(self.all)
        nest(column, self.rule)

    def show_composition(self, composition: Composition) -> None:
        self._composition = composition
        draft = composition.draft
        self.question.setChecked(draft.question)
        self.evergreen.setChecked(draft.evergreen)
        self.question.setEnabled(not composition.locked)
        self.evergreen.setEnabled(not composition.locked)
        occurs = draft.series_id is not None and bool(draft.series_day)
        if occurs and draft.series_id != self._asked:
            self._ask(draft.series_id)
        self._show_rule()

    def _ask(self, series_id: int | None) -> None:
        self._asked, self._series = series_id, None

        async def work() -> None:
            found = await self._face.services.recurring.all_of()
            self._series = next((each for each in found if each.id == self._asked), None)
            self._show_rule()

        self._face.actions.start("series: read", work())

    def _show_rule(self) -> None:
        composition, series = self._composition, self._series
        draft = composition.draft if composition is not None else PostDraft()
        runs = series is not None and series.id == draft.series_id and bool(draft.series_day)
        for widget in (self.icon, self.said, self.all):
            widget.setVisible(runs)
        self.repeats.setText(self._face.text("series.open" if runs else "series.repeat"))
        if series is not None and runs:
            self.said.setText(rule_words(self._look, series.rule))
            self.all.setEnabled(composition is not None and not composition.locked)

    def repeat(self) -> None:
        """The sheet of its series, or of one that is to begin."""
        composition = self._composition
        if composition is None:
            return
        draft = composition.draft
        if draft.series_id is not None and draft.series_day:
            open_series(self._face, self.window(), draft.series_id)
            return
        state = PostState.SCHEDULED if composition.scheduled else PostState.DRAFT
        series = proposed(self._face, draft, draft.title or first_line(draft), state)
        joins = draft.id if draft.planned_at is not None else None
        self._face.window.open_sheet(SeriesSheet(self._face, self.window(), series, joins))

    def _change_all(self) -> None:
        """The words of this one for all that are to come."""
        composition, series = self._composition, self._series
        if composition is None or series is None or series.id is None:
            return
        bare = proposed(self._face, composition.draft, series.name, series.state).draft
        wanted, number, face = replace(series, draft=bare), series.id, self._face

        async def work() -> None:
            await face.services.recurring.change(number, wanted)
            self._asked = None
            face.notices.say(
                message("series.changed", rule=rule_words(face.look, wanted.rule)), undo=True, seconds=UNDO_SECONDS
            )

        face.actions.start("change all to come", work())
