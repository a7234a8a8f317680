"""What reports offer to screens and commands."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from app.models.report import Form, ReportFiles, ReportFrame, ReportState, ReportWanted
from app.runtime.signals import Signal
from app.runtime.words import Message, Words

Ask = Callable[[Callable[[Any], Any]], Awaitable[Any]]


class ReportsService(Protocol):
    """Made by hand or by themselves, as files or letters. Each raises `UserMistake` with what the user can do."""

    changed: Signal[[]]
    said: Signal[[Message]]

    @property
    def state(self) -> ReportState:
        """How those stand that are made by themselves."""

    def paint_with(self, paint: Callable[[ReportWanted, Words, ReportFrame, Ask], Awaitable[ReportFiles]]) -> None:
        """Who paints them."""

    async def save(self, path: Path, wanted: ReportWanted) -> Path:
        """As PDF or HTML by the ending of the name; answers where it is."""

    async def save_all(self, folder: Path, wanted: ReportWanted) -> list[Path]:
        """Report, charts and tables, each as a file in a folder."""

    async def save_pictures(self, folder: Path, wanted: ReportWanted) -> list[Path]:
        """Every chart as PNG and SVG."""

    async def send(self, wanted: ReportWanted, to: Sequence[str], forms: Sequence[Form] = (Form.PDF,)) -> int:
        """A letter to each of the addresses; answers how many."""

    def check(self, mail: str) -> None:
        """Raises `UserMistake` for what is no list of addresses."""

    def logo(self) -> bytes:
        """PNG; empty: none. Reads a file."""

    async def take_logo(self, source: Path) -> None:
        """Copy a picture of any usual kind."""

    async def drop_logo(self) -> None: ...

    async def make_due(self) -> bool:
        """Make the report that is due; whether there was one."""
