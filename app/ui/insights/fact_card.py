"""A card of one figure that is told in words: its change, what it was, and on how much it rests."""

from __future__ import annotations

from app.ui.insights.cards import ARROWS, KpiCard
from app.ui.look import Look


class FactCard(KpiCard):
    """Like the cards of the summary, without a course over days. Enter or a click opens what is behind it."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, title)
        self.spark.hide()
        self._name = title

    def show_fact(
        self, figure: str, below: str, rests: str, *, change: str = "", direction: int = 0, is_better: bool | None = None, many: str = ""
    ) -> None:
        """`below` stands under the figure, `rests` is told on hovering and to screen readers, `many` is that in short."""
        self.figure.setText(figure)
        self.delta.tell(f"{ARROWS[direction]} {change}" if change else "", is_better=is_better)
        self.before.setText(below)
        self.many.setText(many)
        self._fit_title()
        self.setAccessibleName(", ".join(filter(None, (self._name, figure, change, below, rests))))
        self.setToolTip(rests)
