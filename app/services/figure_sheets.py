"""Tables of figures as CSV files in a folder, one a table, for spreadsheets: no cell that one would run, nothing replaced unasked."""

from __future__ import annotations

import asyncio
import csv
import io
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.tags import BOM, harmless

LONGEST_NAME = 60

Sheet = tuple[str, Sequence[str], Sequence[Sequence[str]]]
"""(title, columns, rows)"""


async def save(folder: Path, sheets: Sequence[Sheet]) -> list[Path]:
    """Writes each under its title, with a number behind it where the name is taken. Raises `UserMistake` where the folder takes no files."""
    return await asyncio.to_thread(_save, folder, sheets)


def _save(folder: Path, sheets: Sequence[Sheet]) -> list[Path]:
    made = []
    for title, columns, rows in sheets:
        try:
            made.append(_write(folder, file_name(title), _bytes(columns, rows)))
        except OSError as error:
            raise UserMistake(message("insights.not_saved", folder=str(folder), reason=error.strerror or "")) from error
    return made


def file_name(title: str) -> str:
    """A title as a file name of any system; without an ending."""
    plain = unicodedata.normalize("NFC", title)
    kept = "".join(each if each.isalnum() or each in " -_" else " " for each in plain)
    return "-".join(kept.lower().split())[:LONGEST_NAME] or "figures"


def _write(folder: Path, name: str, content: bytes) -> Path:
    for number in range(1, 1000):
        path = folder / (f"{name}.csv" if number == 1 else f"{name}-{number}.csv")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(str(folder))


def _bytes(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in (columns, *rows):
        writer.writerow([harmless(cell) for cell in row])
    return BOM + text.getvalue().encode("utf-8", "replace")


class FigureSheets:
    """What the Insights page asks for."""

    async def save(self, folder: Path, sheets: Sequence[Sheet]) -> list[Path]:
        return await save(folder, sheets)
