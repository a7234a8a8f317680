"""Days of one's own: the first and the last of the period, and what it stands beside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.models.insight import DAY, Period
from app.models.periods import LONGEST, Comparison, PeriodChoice
from app.ui.dialogs import Sheet
from app.ui.page import PageFace
from app.ui.plans.typed_day import DayField
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text import Label

KINDS = tuple(Comparison)


class PeriodSheet(Sheet):
    """`take` hears the choice when it is one."""

    def __init__(self, face: PageFace, host: QWidget, choice: PeriodChoice, take: Callable[[PeriodChoice], object]) -> None:
        look, text = face.look, face.text
        super().__init__(look, host, text("insights.own_days_title"), width=520)
        self._face = face
        self._choice = choice
        self._take = take
        self._today = face.clock.now().astimezone(face.words.zone).date()
        period, compared = choice.period(self._today), choice.compared(self._today)
        row = QHBoxLayout()
        row.setSpacing(look.theme.px(12))
        self.first = DayField(face, text("insights.first_day"), period.first)
        self.last = DayField(face, text("insights.last_day"), period.last)
        row.addWidget(self.first, 1)
        row.addWidget(self.last, 1)
        nest(self.body, row)
        self.body.addWidget(Label(look, text("insights.compare_with"), "bodyStrong"))
        kinds = [(text(f"insights.compare.{kind}"), None) for kind in KINDS]
        self.kind = Segmented(look, text("insights.compare_with"), kinds)
        self.kind.choose(KINDS.index(choice.comparison))
        self.body.addWidget(self.kind)
        self.compared = DayField(face, text("insights.compared_from"), compared.first)
        self.body.addWidget(self.compared)
        self.told = Label(look, "", "small", "text.secondary", wrap=True)
        self.body.addWidget(self.told)
        self.keep_button = Button(look, text("insights.show_days"), kind="primary", key="Return", clicked=self.keep)
        self.offer(self.keep_button)
        for field in (self.first, self.last, self.compared):
            field.heard = self._tell
            field.line.returnPressed.connect(self.keep)
        self.kind.chosen.connect(lambda _place: self._tell())
        self._tell()

    @property
    def choice(self) -> PeriodChoice | None:
        """What is written; None while it is no period."""
        first, last = self.first.day, self.last.day
        if first is None or last is None or last < first or last >= self._today or (last - first).days >= LONGEST:
            return None
        comparison = KINDS[self.kind.index]
        if comparison is Comparison.CHOSEN and self.compared.day is None:
            return None
        since = self.compared.day if comparison is Comparison.CHOSEN else None
        return replace(self._choice, own=Period(first, last), back=0, comparison=comparison, compared_from=since)

    def keep(self) -> None:
        """Show these days; what is wrong is said beside its field."""
        text = self._face.text
        wanted = (self.first, self.last, *((self.compared,) if self.compared.isVisibleTo(self) else ()))
        written = [field.demand() for field in wanted]  # each of them says what it lacks
        if not all(written):
            QTimer.singleShot(0, self, self.place)
            return
        choice = self.choice
        if choice is None:
            first, last = self.first.day, self.last.day
            assert first is not None
            assert last is not None
            wrong = "days_turned" if last < first else "days_to_come" if last >= self._today else "days_many"
            self.last.complain(text(f"insights.{wrong}", n=LONGEST, day=self._face.words.day(self._today - DAY)))
            self.last.line.setFocus()
            QTimer.singleShot(0, self, self.place)
            return
        self.close_now()
        self._take(choice)

    def _tell(self) -> None:
        """Which days stand beside which."""
        self.compared.setVisible(KINDS[self.kind.index] is Comparison.CHOSEN)
        choice, words = self.choice, self._face.words
        if choice is None:
            self.told.setText(" ")
        else:
            period, compared = choice.period(self._today), choice.compared(self._today)
            self.last.be_content()
            self.told.setText(
                self._face.text(
                    "insights.days_beside",
                    n=period.days,
                    days=words.range(period.first, period.last),
                    beside=words.range(compared.first, compared.last),
                )
            )
        self.place()
