"""What commands and screens may ask of the plan outside of the program, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from app.models.plan import FolderState, Layout, PlanPaper, PlanRequest
from app.runtime.signals import Signal
from app.runtime.words import Message


class PlanExportService(Protocol):
    """Files of the plan; each is there whole or not at all."""

    async def export(self, path: Path, wanted: PlanRequest) -> tuple[Path, int]:
        """Write .ics or .csv by the ending; answers where, and how many posts. Raises UserMistake."""

    async def paper(self, wanted: PlanRequest, layout: Layout, first_weekday: int, filtered: str = "") -> PlanPaper:
        """What the printed plan shows."""

    async def save(self, path: Path, content: bytes) -> None:
        """Put a painted plan where the user wants it."""


class CalendarFolderService(Protocol):
    """The folder that calendar programs read."""

    changed: Signal[[]]
    said: Signal[[Message]]
    """Why it could not be kept up to date; once for each reason."""

    @property
    def state(self) -> FolderState: ...

    async def write_now(self) -> FolderState: ...
