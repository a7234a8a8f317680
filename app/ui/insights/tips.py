"""The Tips row of the Summary: what the figures of the last full weeks advise, each with what it rests on and what may be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.tip import Tip, TipKind
from app.runtime.settings import Answer
from app.ui.charts.chart import Table
from app.ui.insights.cards import TitledCard
from app.ui.page import PageFace
from app.ui.tip_acts import tip_acts, tip_said
from app.ui.widgets.button import Button
from app.ui.widgets.inside import nest
from app.ui.widgets.strip import IconSpot
from app.ui.widgets.text import Label

ICONS = {TipKind.ASKED: "question", TipKind.SLOW_DAY: "hourglass-medium", TipKind.HOUR: "clock", TipKind.AFTER_PROMO: "question"}
"""Of the others: the bulb."""


class TipsCard(TitledCard):
    """Reads by itself (`ask`), hidden while there is nothing to tell. Its tips are of full days up to yesterday, whatever period is shown."""

    def __init__(self, face: PageFace) -> None:
        self._rows = QVBoxLayout()
        held = QWidget()
        held.setLayout(self._rows)
        super().__init__(face.look, face.text("tips.title"), held)
        self._face = face
        self.tips: Sequence[Tip] = ()
        self._cancel: Callable[[], None] | None = None
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(face.theme.px(10))
        self.tell(face.text("tips.about"), spare=True)
        self.setAccessibleName(face.text("tips.title"))
        self.hide()

    def ask(self) -> None:
        """Read them on a worker thread."""
        if self._cancel is not None:
            self._cancel()
        face = self._face
        now, zone, language = face.clock.now(), face.words.zone, face.words.language
        minutes = face.services.settings.get(Answer).minutes
        self._cancel = face.services.reads.later(
            lambda queries: queries.tips(now, zone, language, minutes), self.show_tips
        )

    def show_tips(self, tips: Sequence[Tip]) -> None:
        """One row each."""
        self._cancel = None
        self.tips = tuple(tips)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for number, tip in enumerate(self.tips):
            self._rows.addWidget(self._row(tip, number))
        self.setVisible(bool(self.tips))

    def table(self) -> Table:
        """For files and the report."""
        text = self._face.text
        rows = tuple((text(tip_said(tip)), text(tip.evidence)) for tip in self.tips)
        return Table(text("tips.title"), (text("tips.tip"), text("tips.rests_on")), rows)

    def _row(self, tip: Tip, number: int) -> QWidget:
        face, look, px = self._face, self._face.look, self._face.theme.px
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(IconSpot(look, ICONS.get(tip.kind, "lightbulb"), "accent.text", 18))
        column = QVBoxLayout()
        column.setSpacing(0)
        said, evidence = look.text(tip_said(tip)), look.text(tip.evidence)
        column.addWidget(Label(look, said, "body", wrap=True))
        column.addWidget(Label(look, evidence, "caption", "text.tertiary", wrap=True))
        made.setAccessibleName(f"{said} {evidence}")
        nest(row, column, 1)
        for place, (text_id, act) in enumerate(tip_acts(face, tip, origin="insights")):
            button = Button(look, look.text(text_id), kind="flat" if place else "plain", size="small", clicked=act)
            button.setAccessibleName(f"{look.text(text_id)}: {said}")
            button.setObjectName(f"tip {number} {place}")
            row.addWidget(button)
        return made
