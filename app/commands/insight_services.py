"""What Insights asks of the queries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from app.models.insight import Period, Summary


class InsightQueries(Protocol):
    """Plain reads."""

    def summary(self, period: Period, accounts: Sequence[int], zone: tzinfo, language: str) -> Summary:
        """What a period brought on some accounts, beside the one before it; days are those of `zone`, questions told in `language`."""


class FigureSheetsService(Protocol):
    """Tables as files."""

    async def save(self, folder: Path, sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]]) -> list[Path]:
        """CSV files of (title, columns, rows) in a folder; answers where they are. Raises UserMistake where it takes none."""
