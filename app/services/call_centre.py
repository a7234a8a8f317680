"""The call centre's figures by month: typed in, or read from a CSV; each saving is one transaction and can be taken back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from pathlib import Path

from app.models.folding import fold
from app.models.support_figures import CallMonth
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.services.order_files import OrderFile
from app.services.undo import Act, Undo
from app.store.database import Database
from app.store.writing import call_months as writing

MOST_CALLS = 10_000_000
MOST_SECONDS = 24 * 3600
MOST_ROWS = 1200
TITLES = {
    "month": ("month", "mes", "mois", "месяц", "月", "月份", "fecha", "date", "periodo", "period", "дата"),
    "calls": ("calls", "llamadas", "appels", "звонки", "通话", "来电", "volume", "total", "number", "numero", "volumen"),
    "mean": ("mean", "average", "media", "promedio", "tiempo", "time", "wait", "espera", "moyen", "temps", "attente", "asa", "среднее", "время", "平均", "等待"),
}
"""Words by which a column is known, folded."""


class CallCentre:
    """One profile's."""

    def __init__(self, database: Database, undo: Undo, clock: Clock) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock

    async def save(self, months: Sequence[CallMonth]) -> None:
        """One transaction, to be taken back; a month with neither figure is forgotten. Raises UserMistake for what cannot be."""
        if not all(is_sound(month) for month in months):
            raise UserMistake(message("support.call.unsound"))
        if not months:
            return
        now = to_ms(self._clock.now())
        before = await self._database.write(writing.save, months, now)

        async def back() -> None:
            await self._database.write(writing.save, before, now)

        async def forth() -> None:
            await self._database.write(writing.save, months, now)

        self._undo.did(Act(message("undone.call_months", n=len(months)), back, forth))

    async def read_file(self, path: Path) -> tuple[Sequence[CallMonth], int]:
        """(months of a CSV, rows that could not be read); stores nothing. Raises UserMistake where the file is none."""
        return await asyncio.to_thread(read_file, path)


def is_sound(month: CallMonth) -> bool:
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month.month) is None:
        return False
    calls, seconds = month.calls, month.mean_seconds
    return (calls is None or 0 <= calls <= MOST_CALLS) and (seconds is None or 0 <= seconds <= MOST_SECONDS)


def read_file(path: Path) -> tuple[list[CallMonth], int]:
    """A row a month; where a month has several rows, the last counts. A mean without a sign of its unit ("95") is seconds."""
    file = OrderFile(path)
    try:
        columns = _columns(file.header)
        if "month" not in columns or len(columns) < 2:
            raise UserMistake(message("support.call.no_columns"))
        found: dict[str, CallMonth] = {}
        wrong = 0
        for number, (_, cells) in enumerate(file.records()):
            if number >= MOST_ROWS:
                break
            row = None if isinstance(cells, Message) else _row(cells, columns)
            if row is None:
                wrong += 1
            else:
                found[row.month] = row
        return [found[month] for month in sorted(found)], wrong
    finally:
        file.close()


def month_of(text: str) -> str | None:
    """2026-11, 11/2026, 2026-11-30 and 30.11.2026 are all "2026-11"."""
    numbers = [int(each) for each in re.findall(r"\d+", text)][:3]
    year = next((each for each in numbers if 1990 <= each <= 2100), None)
    if year is None or len(numbers) < 2:
        return None
    place = numbers.index(year)
    month = numbers[1] if place in (0, 2) else numbers[0]
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None


def seconds_of(text: str) -> int | None:
    """ "1:35" is minutes and seconds, "0:01:35" hours too, "95" seconds, "1,5 min" minutes."""
    plain = fold(text).strip()
    if re.fullmatch(r"\d{1,4}(:\d{1,2}){1,2}", plain):
        parts = [int(each) for each in plain.split(":")]
        hours, minutes, seconds = parts if len(parts) == 3 else [0, *parts]
        return hours * 3600 + minutes * 60 + seconds
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([^\W\d]*)\.?", plain)
    if found is None:
        return None
    number, unit = float(found[1].replace(",", ".")), found[2]
    return round(number * (60 if unit.startswith(("m", "м", "分")) else 3600 if unit.startswith(("h", "ч", "时", "小")) else 1))


def _columns(header: Sequence[str]) -> dict[str, int]:
    """The first column of each meaning; a title with words of two is the later one ("mean time of calls")."""
    found: dict[str, int] = {}
    for place, title in enumerate(header):
        plain = fold(title)
        meant = [name for name, words in TITLES.items() if any(word in plain or fold(word) in plain for word in words)]
        if meant and meant[-1] not in found:
            found[meant[-1]] = place
    return found


def _row(cells: Sequence[str], columns: dict[str, int]) -> CallMonth | None:
    def cell(name: str) -> str:
        return cells[columns[name]].strip() if name in columns else ""

    month = month_of(cell("month"))
    calls = re.sub(r"[\s.,'\u202f\u00a0](?=\d{3}\b)", "", cell("calls"))
    seconds = seconds_of(cell("mean")) if cell("mean") else None
    if month is None or (calls and not calls.isdecimal()) or (cell("mean") and seconds is None):
        return None
    row = CallMonth(month, int(calls) if calls else None, seconds)
    return row if is_sound(row) and (row.calls is not None or row.mean_seconds is not None) else None
