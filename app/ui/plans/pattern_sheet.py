"""The sheet of patterns: which posts a launch makes, on which days around it, and with which words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.language.typed_time import read
from app.models.campaign import FURTHEST_STEP, Pattern, Step
from app.models.post import PostFormat
from app.runtime.words import message
from app.ui.page import PageFace
from app.ui.plans.plan_sheet import PlanSheet
from app.ui.safe_text import isolated
from app.ui.widgets.button import Button, IconButton
from app.ui.widgets.field import Field, LineField
from app.ui.widgets.inside import nest
from app.ui.widgets.select import Select
from app.ui.widgets.stepper import Stepper
from app.ui.widgets.surface import Card
from app.ui.widgets.text import Label

UNDO_SECONDS = 10
EVENING = 19 * 60
LINES = 3


class StepCard(Card):
    """One post of the pattern."""

    def __init__(self, face: PageFace, step: Step, gone: Callable[[StepCard], None]) -> None:
        super().__init__(face.look, "base")
        self._face = face
        look, px = face.look, face.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(10), px(8), px(10), px(10))
        column.setSpacing(px(6))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.days = Stepper(look, face.text("campaigns.step_days"), -FURTHEST_STEP, FURTHEST_STEP)
        self.days.choose(step.days)
        self.days.changed.connect(lambda _value: self._tell())
        self.said = Label(look, "", "small", "text.secondary")
        self.time = LineField(look, face.text("campaigns.step_time"), f"{step.minute // 60:02}:{step.minute % 60:02}")
        self.time.setFixedWidth(px(72))
        self.time.textEdited.connect(lambda _text: self.time.mark_wrong(self.minute is None))
        formats: list[tuple[str, object]] = [(face.text(f"composer.format.{each}"), each) for each in PostFormat]
        self.format = Select(look, face.text("campaigns.step_format"), formats)
        self.format.choose(step.format)
        self.pillar = Select(
            look, face.text("campaigns.step_pillar"), [(face.text("composer.no_pillar"), ""), *look.pillars(step.pillar)]
        )
        self.pillar.choose(step.pillar)
        self.remove = IconButton(look, "trash", face.text("campaigns.step_remove"), clicked=lambda: gone(self))
        row.addWidget(self.days)
        row.addWidget(self.said, 1)
        for widget in (self.time, self.format, self.pillar, self.remove):
            row.addWidget(widget)
        nest(column, row)
        self.text = QPlainTextEdit(step.text)
        self.text.setAccessibleName(face.text("campaigns.step_text"))
        self.text.setTabChangesFocus(True)
        self.text.setFont(face.theme.font("body"))
        self.text.setFixedHeight(LINES * face.theme.line("body") + px(18))
        column.addWidget(self.text)
        self._tell()

    def _tell(self) -> None:
        days = self.days.value
        words = "campaigns.days_after" if days > 0 else "campaigns.days_before" if days < 0 else ""
        self.said.setText(self._face.text(words, n=abs(days)) if words else self._face.text("campaigns.step_launch"))

    @property
    def minute(self) -> int | None:
        """Of the day; None where the time cannot be read."""
        typed = read(self.time.text(), date.min, alone="time", language=self._face.words.language)
        return typed.time.hour * 60 + typed.time.minute if typed is not None and typed.time is not None else None

    @property
    def step(self) -> Step:
        """The post as the fields say it."""
        return Step(
            self.days.value,
            self.minute or 0,
            self.text.toPlainText(),
            PostFormat(str(self.format.currentData())),
            str(self.pillar.currentData()),
        )


class PatternSheet(PlanSheet):
    """One pattern at a time; the one that comes with the program is copied when it is changed."""

    def __init__(self, face: PageFace, host: QWidget, patterns: Sequence[Pattern]) -> None:
        super().__init__(face, host, face.text("campaigns.patterns"), face.text("campaigns.keep"), width=720)
        self._patterns = list(patterns)
        self._id: int | None = None
        choices: list[tuple[str, object]] = [(self._called(each), place) for place, each in enumerate(self._patterns)]
        self.which = Select(
            face.look, face.text("campaigns.pattern"), [*choices, (face.text("campaigns.new_pattern"), len(choices))]
        )
        self.labelled("campaigns.pattern", self.which, "campaigns.pattern_help")
        self.name = self.field("campaigns.pattern_name")
        self.cards: list[StepCard] = []
        self._cards_column = QVBoxLayout()
        self._cards_column.setSpacing(face.theme.px(8))
        nest(self.form, self._cards_column)
        self.add = Button(face.look, face.text("campaigns.add_step"), icon="plus", kind="flat", clicked=self._add_step)
        self.form.addWidget(self.add)
        self.remove = Button(
            face.look, face.text("campaigns.remove_pattern"), icon="trash", kind="flat", clicked=self._remove
        )
        self.foot.insertWidget(0, self.remove)
        self.which.currentIndexChanged.connect(lambda _index: self._show())
        self.begin()
        self._show()

    def _called(self, pattern: Pattern) -> str:
        return (
            isolated(pattern.name)
            if pattern.id is not None
            else self._face.text("campaigns.shipped", name=isolated(pattern.name))
        )

    def _show(self) -> None:
        place = self.which.currentIndex()
        chosen = self._patterns[place] if 0 <= place < len(self._patterns) else Pattern()
        self._id = chosen.id
        self.name.line.setText(chosen.name)
        self.name.be_content()
        self.remove.setVisible(chosen.id is not None)
        for card in tuple(self.cards):
            self._drop(card)
        for step in chosen.steps or (Step(0, EVENING, ""),):
            self._put(step)
        self.settle()

    def _put(self, step: Step) -> StepCard:
        card = StepCard(self._face, step, self._drop)
        self.cards.append(card)
        self._cards_column.addWidget(card)
        return card

    def _drop(self, card: StepCard) -> None:
        self.cards.remove(card)
        self._cards_column.removeWidget(card)
        card.hide()
        card.deleteLater()
        QTimer.singleShot(0, self, self.place)

    def _add_step(self) -> None:
        last = self.cards[-1].step if self.cards else Step(-1, EVENING, "")
        card = self._put(replace(last, days=min(last.days + 1, FURTHEST_STEP), text=""))
        card.text.setFocus()
        self.settle()
        QTimer.singleShot(0, self, lambda: self.area.ensureWidgetVisible(card))

    def _remove(self) -> None:
        face, number, name = self._face, self._id, self.name.text
        if number is None:
            return

        async def work() -> None:
            await face.services.patterns.remove(number)
            face.notices.say(message("campaigns.pattern_removed", name=name), undo=True, seconds=UNDO_SECONDS)
            self.close_now()

        face.actions.start("remove a pattern", work())

    def beside(self) -> Mapping[str, Field]:
        return {"name": self.name}

    def complete(self) -> bool:
        if not self.name.text:
            self.name.complain(self._face.text("campaigns.pattern_name_missing"))
            self.name.line.setFocus()
            return False
        for card in self.cards:
            if card.minute is None:
                card.time.mark_wrong(True)
                card.time.setFocus()
                return False
        return True

    def work(self) -> Callable[[], Awaitable[object]]:
        face, pattern = self._face, Pattern(self.name.text, tuple(card.step for card in self.cards), self._id)

        async def keep() -> None:
            await face.services.patterns.save(pattern)
            face.notices.say(message("campaigns.pattern_kept", name=pattern.name), undo=True, seconds=UNDO_SECONDS)

        return keep
