"""Figures of days before we measured, out of a file (CSV): one row a day, of one account. Days that we measured ourselves stay as they are.

A running total (followers) is kept as if measured at the end of its day; what came on a day (reposts, clicks) is added to that day, and
only before the first day on which we saw any ourselves, or it would be counted twice. Also reads the overview that X gives of an account.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from app.models.order import Column, DayOrder, WrongRow
from app.models.past_figure import TOTALS, FigurePreview, FigureResult, PastFigure, PastMetric
from app.runtime.clock import Clock, from_ms, from_wall, to_ms
from app.runtime.errors import UserMistake
from app.runtime.paths import resources
from app.runtime.rhythm import giving_way, sharing_the_time
from app.runtime.words import Message, message
from app.services.order_columns import day_orders, guess_columns, moment, money, plain_title
from app.services.order_files import OrderFile
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import accounts
from app.store.reading import figure_history as reading
from app.store.writing import sales as writing
from app.store.writing import samples

TITLES = "language/figure_titles.json"
MOST_DAYS = 20_000
MOST_BYTES = 20_000_000
AT_ONCE = 500
WRONG_NAMED = 50
LARGEST = 10**12

Progress = Callable[[int, int], object]


class _Read(NamedTuple):
    """What stands in a file."""

    columns: tuple[tuple[str, PastMetric], ...]
    figures: list[PastFigure]
    wrong: list[WrongRow]
    order: DayOrder | None
    unclear: bool


class _New(NamedTuple):
    """What of it would come in."""

    totals: list[PastFigure]
    gains: list[PastFigure]
    days: int
    known: int


class FigureImport:
    """`FigureImportService` of commands/sale_services.py. One at a time."""

    def __init__(self, database: Database, undo: Undo, clock: Clock, zone: Callable[[], tzinfo]) -> None:
        """`zone` is the shop's: days of the file are its days."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._zone = zone
        self._stopped = False

    def stop(self) -> None:
        """End an import under way after the days in hand; what was stored stays."""
        self._stopped = True

    def is_stopped(self) -> bool:
        """Whether somebody wanted what is under way to end."""
        return self._stopped

    async def preview(self, path: Path, account_id: int | None = None, days: DayOrder | None = None) -> FigurePreview:
        """What would come in; raises UserMistake where it is no such file."""
        with sharing_the_time():
            read = await asyncio.to_thread(self._read, path, days)
        found = [each.day for each in read.figures]
        known = (await self._new(account_id, read.figures)).known if account_id is not None else 0
        return FigurePreview(
            read.columns,
            len(set(found)),
            min(found, default=None),
            max(found, default=None),
            known,
            tuple(read.wrong[:WRONG_NAMED]),
            account_id,
            None if read.unclear else read.order,
        )

    async def import_file(
        self, path: Path, account_id: int, progress: Progress | None = None, days: DayOrder | None = None
    ) -> FigureResult:
        """Stores what is not known yet. One entry of the undo list. Raises UserMistake where days could be read in two ways."""
        self._stopped = False
        with sharing_the_time():
            read = await asyncio.to_thread(self._read, path, days)
        if read.unclear:
            raise UserMistake(message("orders.days_unclear"), field="days")
        if await self._database.read(accounts.account, account_id) is None:
            raise UserMistake(message("error.account_removed"))
        new = await self._new(account_id, read.figures)
        sampled = [(str(each.metric), "account", account_id, self._end_of(each), each.value) for each in new.totals]
        gained = [(str(each.metric), account_id, each.day.toordinal(), each.value) for each in new.gains]
        done = [0, 0]
        try:
            for start in range(0, max(len(sampled), len(gained)), AT_ONCE):
                if self.is_stopped():
                    break
                await self._database.write(
                    _keep, sampled[start : start + AT_ONCE], gained[start : start + AT_ONCE], bulk=True
                )
                done = [min(start + AT_ONCE, len(sampled)), min(start + AT_ONCE, len(gained))]
                if progress is not None:
                    progress(sum(done), len(sampled) + len(gained))
        finally:
            if any(done):
                self._may_take_back([row[:4] for row in sampled[: done[0]]], [row[:3] for row in gained[: done[1]]])
        return FigureResult(new.days, sum(done), new.known, tuple(read.wrong[:WRONG_NAMED]), self.is_stopped())

    def _may_take_back(
        self, sampled: Sequence[tuple[str, str, int, int]], gained: Sequence[tuple[str, int, int]]
    ) -> None:
        async def back() -> None:
            def act(session: Session) -> None:
                writing.remove_samples(session, sampled)
                writing.remove_past(session, gained)

            await self._database.write(act)

        self._undo.did(Act(message("undone.figures", n=len(sampled) + len(gained)), back))

    async def _new(self, account_id: int, figures: Sequence[PastFigure]) -> _New:
        """Without what is known already, and without today, which is not over."""
        metrics = {str(each.metric) for each in figures}
        gaining = sorted(metrics - {str(each) for each in TOTALS})
        since = await self._database.read(reading.gains_since, account_id, gaining)
        past = await self._database.read(reading.past_days, account_id)
        zone = self._zone()
        total = await self._database.read(
            reading.total_days,
            account_id,
            sorted(metrics - set(gaining)),
            lambda at: from_ms(at).astimezone(zone).date(),
        )
        today = self._clock.now().astimezone(zone).date()
        totals: list[PastFigure] = []
        gains: list[PastFigure] = []
        known: set[date] = set()
        for each in figures:
            key = str(each.metric), each.day.toordinal()
            if each.metric in TOTALS:
                fits = key not in total
            else:
                fits = key not in past and key[1] < since.get(key[0], today.toordinal())
            if not fits or each.day >= today:
                known.add(each.day)
            else:
                (totals if each.metric in TOTALS else gains).append(each)
        return _New(totals, gains, len({each.day for each in (*totals, *gains)}), len(known))

    def _end_of(self, figure: PastFigure) -> int:
        """The last moment of its day, UTC milliseconds."""
        after = datetime.combine(figure.day + timedelta(days=1), time())
        return to_ms(from_wall(after, self._zone()).at) - 1

    # -- on a worker thread

    def _read(self, path: Path, days: DayOrder | None) -> _Read:
        file = OrderFile(path, most_bytes=MOST_BYTES)
        try:
            place, columns = _columns(file.header)
            rows = list(giving_way(file.records()))
        finally:
            file.close()
        order, unclear = days, False
        if order is None:
            order, unclear = _order(
                [cells[place] for _, cells in rows if not isinstance(cells, Message) and place < len(cells)]
            )
        if len(rows) > MOST_DAYS:
            raise UserMistake(message("import.too_large"))
        figures: dict[tuple[int, PastMetric], PastFigure] = {}
        wrong: list[WrongRow] = []
        for line, cells in rows:
            read = cells if isinstance(cells, Message) else self._figures(cells, place, columns, order)
            if isinstance(read, Message):
                wrong.append(WrongRow(line, read))
                continue
            for each in read:
                figures[each.day.toordinal(), each.metric] = each
        told = tuple((file.header[number], metric) for metric, number in columns.items())
        return _Read(told, list(figures.values()), wrong, order, unclear)

    def _figures(
        self, cells: Sequence[str], place: int, columns: dict[PastMetric, int], order: DayOrder | None
    ) -> list[PastFigure] | Message:
        """Those of one row; cells that are empty say nothing, and no nought."""
        text = cells[place] if place < len(cells) else ""
        at = moment(text, order, self._zone())
        if at is None:
            return message("orders.wrong.date", text=text[:40])
        day = from_ms(at).astimezone(self._zone()).date()
        found = []
        for metric, number in columns.items():
            cell = cells[number].strip() if number < len(cells) else ""
            if not cell or cell in ("-", "—", "–"):
                continue
            read = money(cell)
            if read is None or read[0] < 0 or read[0] % 100 or read[0] > LARGEST:
                return message("figures.wrong_number", text=cell[:40])
            found.append(PastFigure(day, metric, read[0] // 100))
        return found


def _keep(
    session: Session, sampled: Sequence[tuple[str, str, int, int, int]], gained: Sequence[tuple[str, int, int, int]]
) -> None:
    samples.add(session, sampled)
    writing.add_past(session, gained)


def _columns(header: Sequence[str]) -> tuple[int, dict[PastMetric, int]]:
    """(where the day stands, which column is what); raises UserMistake where there is none of either."""
    place = guess_columns(header).get(Column.DATE)
    titles = [plain_title(title) for title in header]
    found: dict[PastMetric, int] = {}
    for metric, names in _titles().items():
        number = next((titles.index(name) for name in names if name in titles), None)
        if number is not None and number != place and number not in found.values():
            found[metric] = number
    if place is None or not found:
        raise UserMistake(message("figures.no_columns"))
    return place, found


def _order(texts: Sequence[str]) -> tuple[DayOrder | None, bool]:
    """(in which order days are written, whether that cannot be told)."""
    fits: set[DayOrder] | None = None
    for text in texts:
        found = day_orders(text)
        if found:
            fits = set(found) if fits is None else (fits & found or fits)
    if fits is None:
        return None, False
    return (next(iter(fits)), False) if len(fits) == 1 else (None, True)


@lru_cache(maxsize=1)
def _titles() -> dict[PastMetric, tuple[str, ...]]:
    found = json.loads((resources() / TITLES).read_text("utf-8"))["titles"]
    return {PastMetric(metric): tuple(names) for metric, names in found.items()}
