"""Painting pages without a window, as a Protocol: the command line and reports know no more of the screen than this."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from app.models.agreement import AgreementPaper
from app.models.plan import PlanPaper
from app.models.report import ReportFiles, ReportFrame, ReportWanted
from app.runtime.words import Words


@dataclass(frozen=True, slots=True)
class PageImage:
    """Which picture is wanted. `size` in device-independent pixels."""

    page: str
    theme: Literal["light", "dark"] = "light"
    size: tuple[int, int] = (1440, 900)
    language: str = ""
    """Empty: the language of the program."""


class Painter(Protocol):
    """Paints on no screen at all; made when first asked for."""

    def pages(self) -> tuple[str, ...]:
        """The ids of the pages that can be painted."""

    async def paint(self, image: PageImage, target: Path) -> None:
        """Paint a page as PNG. Raises `UserMistake` for an unknown page, `DiskTrouble` where the file cannot be written."""

    def agreement(self, paper: AgreementPaper, country: str, words: Words) -> bytes:
        """One agreement as PDF, on paper of the country's size, in the words given."""

    def plan(self, paper: PlanPaper) -> bytes:
        """The printed plan as PDF."""

    async def report(
        self, wanted: ReportWanted, words: Words, frame: ReportFrame, ask: Callable[[Callable[[Any], Any]], Awaitable[Any]]
    ) -> ReportFiles:
        """A report on a period in the words given; reads through `ask`."""

    def close(self) -> None:
        """Let go of the invisible window."""
