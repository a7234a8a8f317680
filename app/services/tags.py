"""Tags on messages, and the table of them for a spreadsheet. What customers wrote is data there: no cell of it runs."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.models.tag import LONGEST_NAME, TaggedMessage
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake, disk_trouble
from app.runtime.words import message
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import tags as reading
from app.store.writing import rules as rules_writing
from app.store.writing import tags as writing

PAGE = 500
COLUMNS = (
    "time", "tags", "network", "account", "author", "handle", "kind", "category", "language", "text", "address",
)  # fmt: skip
"""Of the table, in order."""

RUNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell must not begin with, wide signs included: a spreadsheet would take it for a formula."""

BOM = b"\xef\xbb\xbf"

Written = Callable[[int, int], bool]
"""Hears (rows written, all of them); answers whether to go on."""


class Tags:
    """Each change is one transaction and one entry of the undo list."""

    def __init__(self, database: Database, undo: Undo, clock: Clock, zone: Callable[[], ZoneInfo]) -> None:
        self._database = database
        self._undo = undo
        self._clock = clock
        self._zone = zone

    async def toggle(self, tag_id: int, *, messages: Sequence[int] = (), conversations: Sequence[int] = ()) -> bool:
        """Put a tag on messages, or on the last message of the customer in each conversation; where all of them bear it, take it off.

        Answers whether it was put there.
        """
        ids = list(messages) or await self._database.read(reading.last_of_customers, list(conversations))
        if not ids:
            raise UserMistake(message("tags.nothing_to_tag"))
        now = to_ms(self._clock.now())
        new = await self._database.write(writing.put, ids, tag_id, now)
        if new:
            self._did("undone.tagged", len(new), lambda s: writing.remove(s, new), lambda s: writing.bring(s, new))
            return True
        gone = await self._database.write(writing.take, ids, tag_id)
        self._did("undone.untagged", len(gone), lambda s: writing.bring(s, gone), lambda s: writing.remove(s, gone))
        return False

    async def add(self, name: str) -> int:
        """A tag of one's own; one of that name that was retired comes back. Answers its id."""
        return await self._database.write(writing.add, _sound(name))

    async def rename(self, tag_id: int, name: str) -> None:
        """Another name; the three of the program take their own words back for an empty one."""
        own = {tag.id: tag for tag in await self._database.read(lambda c: reading.tags(c, retired=True))}
        clean = "" if own[tag_id].key and not name.strip() else _sound(name)
        if any(
            tag.name.casefold() == clean.casefold() and tag.id != tag_id for tag in own.values() if clean and tag.name
        ):
            raise UserMistake(message("tags.same_name", name=clean), field="name")
        before = await self._database.write(writing.rename, tag_id, clean)
        self._did(
            "undone.tag_renamed",
            1,
            lambda s: writing.rename(s, tag_id, before),
            lambda s: writing.rename(s, tag_id, clean),
        )

    async def merge(self, tag_id: int, into: int) -> int:
        """Messages with the one bear the other from now on, and so say rules; answers how many messages."""
        if tag_id == into:
            return 0
        now = to_ms(self._clock.now())
        taken, new, rules = await self._database.write(rules_writing.merge_tags, tag_id, into, now)

        async def back() -> None:
            await self._database.write(rules_writing.part_tags, tag_id, taken, new, rules)

        async def forth() -> None:
            await self._database.write(rules_writing.merge_tags, tag_id, into, now)

        self._undo.did(Act(message("undone.tag_merged", n=len(taken)), back, forth))
        return len(taken)

    async def retire(self, tag_id: int, *, retired: bool = True) -> None:
        """Offer it no more, or again; messages keep it."""
        now = to_ms(self._clock.now()) if retired else None
        then = None if retired else to_ms(self._clock.now())
        await self._database.write(writing.retire, tag_id, now)
        self._did(
            "undone.tag_retired", 1, lambda s: writing.retire(s, tag_id, then), lambda s: writing.retire(s, tag_id, now)
        )

    async def export(
        self,
        target: Path,
        names: Mapping[int, str],
        titles: Sequence[str],
        since: datetime | None,
        until: datetime,
        progress: Written,
    ) -> int | None:
        """Write every tagged message of a span as a table (CSV, UTF-8 with BOM); answers how many, None when it was stopped.

        `names` are the tags as they are shown, `titles` the heads of `COLUMNS`. The file appears when it is complete; one that stood
        there is replaced.
        """
        if target.suffix.lower() != ".csv":  # never in the place of another kind of file
            target = target.with_name(f"{target.name}.csv")
        since_ms, until_ms = None if since is None else to_ms(since), to_ms(until)
        total = await self._database.read(reading.count_tagged, since_ms, until_ms)
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        zone, written, last = self._zone(), 0, 0
        try:
            await _aside(_begin, part, titles)
            while page := await self._database.read(reading.with_any_tag, since_ms, until_ms, PAGE, last):
                await _aside(_append, part, [_cells(row, names, zone) for row in page])
                written, last = written + len(page), page[-1].id
                if not progress(written, max(total, written)):
                    return None
            await _aside(os.replace, part, target)
        finally:
            with suppress(OSError):
                await asyncio.to_thread(part.unlink, missing_ok=True)
        return written

    def _did(self, said: str, n: int, back: Callable[[Session], object], forth: Callable[[Session], object]) -> None:
        async def undo() -> None:
            await self._database.write(back)

        async def redo() -> None:
            await self._database.write(forth)

        self._undo.did(Act(message(said, n=n), undo, redo))


def _sound(name: str) -> str:
    clean = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:LONGEST_NAME].strip()
    if not clean:
        raise UserMistake(message("tags.no_name"), field="name")
    return clean


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs: an apostrophe stands before what would begin a formula."""
    return f"'{cell}" if cell.lstrip().startswith(RUNS) or cell.startswith(("\t", "\r", "\n")) else cell


def _cells(row: TaggedMessage, names: Mapping[int, str], zone: ZoneInfo) -> list[str]:
    """In the order of `COLUMNS`; the time is the shop's, with its distance from UTC."""
    borne = ", ".join(names.get(tag_id, "") for tag_id in row.tags)
    cells = [
        borne,
        row.network,
        row.account,
        row.author,
        row.handle,
        row.kind,
        row.category,
        row.language,
        row.text,
        row.url,
    ]
    return [
        row.at.astimezone(zone).isoformat(timespec="seconds"),
        *(harmless(cell.replace("\0", "")) for cell in cells),
    ]


def _begin(path: Path, titles: Sequence[str]) -> None:
    path.write_bytes(BOM + _lines([list(titles)]))


def _append(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with path.open("ab") as file:
        file.write(_lines(rows))


def _lines(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


async def _aside(work: Callable[..., object], *values: object) -> None:
    """On a thread: the disk may be slow. What it says comes out as a DiskTrouble."""
    try:
        await asyncio.to_thread(work, *values)
    except OSError as error:
        raise disk_trouble(error) from error
