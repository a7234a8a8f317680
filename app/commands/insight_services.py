"""What Insights asks of the queries."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.models.insight import Note, Period, Scope, Summary
from app.models.post_table import Curve, PostLine


class InsightQueries(Protocol):
    """Plain reads."""

    def summary(self, scope: Scope) -> Summary:
        """What a period brought on some accounts, beside another."""

    def post_lines(self, scope: Scope) -> list[PostLine]:
        """Posts of the period with the last figures of each account, in the order in which they went out."""

    def post_curves(self, post_id: int, accounts: Sequence[int]) -> list[Curve]:
        """How the figures of a post grew on some accounts since it went out there."""

    def insight_notes(self, period: Period) -> list[Note]:
        """What the calendar says of the days: launches, phases, contests, the shop's own days. Public holidays are not among them."""


class FigureSheetsService(Protocol):
    """Tables as files."""

    async def save(self, folder: Path, sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]]) -> list[Path]:
        """CSV files of (title, columns, rows) in a folder; answers where they are. Raises UserMistake where it takes none."""
