"""Posts out of a spreadsheet: as ideas, drafts or planned, with one way back for all of them. Nothing is ever planned for the past."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from pathlib import Path
from typing import Protocol

from app.models.account import AccountRow
from app.models.order import WrongRow
from app.models.post import PostDraft, PostState
from app.models.post_import import ImportAs, PostImportResult, PostMapped, PostPreview, ReadPost
from app.runtime.clock import Clock, from_ms, to_ms
from app.runtime.errors import UserMistake
from app.runtime.rhythm import sharing_the_time
from app.runtime.words import message
from app.services.fetched_pictures import FetchPicture, fetched
from app.services.ideas import take_back
from app.services.post_rows import open_file, preview, read_posts
from app.services.undo import Undo
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.writing import posts

AT_ONCE = 200
WRONG_NAMED = 200
MARGIN = timedelta(minutes=2)
"""A time so near would have passed by the time the rows are stored."""

Progress = Callable[[int, int], object]
"""(rows done, rows of all)."""


class Schedules(Protocol):
    """Owes a post to its accounts; raises UserMistake where it may not be."""

    async def schedule(
        self, draft: PostDraft, at: datetime | None, *, wait_undo: bool = True, undoable: bool = True
    ) -> int: ...


class PostImport:
    """One import at a time."""

    def __init__(
        self,
        database: Database,
        calendar: Schedules,
        undo: Undo,
        clock: Clock,
        media: Path,
        zone: Callable[[], tzinfo],
        fetch_picture: FetchPicture,
        named: Callable[[str], str],
    ) -> None:
        """`named` finds the pillar that a cell means, by its name or id; empty for none."""
        self._database = database
        self._calendar = calendar
        self._undo = undo
        self._clock = clock
        self._media = media
        self._zone = zone
        self._fetch_picture = fetch_picture
        self._named = named
        self._stopped = False

    async def preview(self, path: Path, encoding: str = "") -> PostPreview:
        """What the file seems to be; raises UserMistake where it is none."""
        with sharing_the_time():
            return await asyncio.to_thread(preview, path, encoding)

    def stop(self) -> None:
        """End an import under way after the rows it has in hand."""
        self._stopped = True

    def is_stopped(self) -> bool:
        """Whether somebody wanted the import under way to end."""
        return self._stopped

    async def import_file(
        self,
        path: Path,
        mapped: PostMapped,
        become: ImportAs,
        account_ids: Sequence[int],
        *,
        pictures: bool = False,
        progress: Progress | None = None,
        encoding: str = "",
    ) -> PostImportResult:
        """Stores what can be read and tells what cannot. `account_ids` are those of rows that name none; `pictures`: theirs are fetched."""
        self._stopped = False
        tell = progress or _nothing
        with sharing_the_time():
            read, wrong = await self._read(path, mapped, encoding)
        accounts = await self._database.read(accounts_reading.accounts)
        made: list[int] = []
        result = PostImportResult()
        try:
            for start in range(0, len(read), AT_ONCE):
                if self.is_stopped():
                    result = result._replace(stopped=True)
                    break
                drafts = []
                for row in read[start : start + AT_ONCE]:
                    found = self._draft(row, become, accounts, account_ids)
                    if isinstance(found, WrongRow):
                        wrong.append(found)
                        continue
                    picture = await fetched(self._fetch_picture, row.picture, self._media) if pictures else None
                    drafts.append((row, replace(found, pictures=(picture,)) if picture is not None else found))
                result = result._replace(past=result.past + sum(self._has_passed(row, become) for row, _ in drafts))
                numbers = await self._database.write(
                    _save, [draft for _, draft in drafts], become, to_ms(self._clock.now())
                )
                made += numbers
                result = result._replace(made=len(made))
                if become is ImportAs.SCHEDULED:
                    planned, refused = await self._plan(drafts, numbers)
                    wrong += refused
                    result = result._replace(
                        scheduled=result.scheduled + planned, unplanned=result.unplanned + len(refused)
                    )
                tell(min(start + AT_ONCE, len(read)), len(read))
        finally:
            if made:
                self._undo.did(
                    take_back(self._database, self._clock, made, message("undone.posts_imported", n=len(made)))
                )
        wrong.sort()
        return result._replace(wrong_count=len(wrong), wrong=tuple(wrong[:WRONG_NAMED]))

    async def _read(self, path: Path, mapped: PostMapped, encoding: str) -> tuple[list[ReadPost], list[WrongRow]]:
        file = await asyncio.to_thread(open_file, path, encoding)
        rows: Iterator[ReadPost | WrongRow] = read_posts(file, mapped, self._zone())

        def some() -> list[ReadPost | WrongRow]:
            return list(islice(rows, AT_ONCE))

        read: list[ReadPost] = []
        wrong: list[WrongRow] = []
        try:
            while not self.is_stopped() and (piece := await asyncio.to_thread(some)):
                read += [row for row in piece if isinstance(row, ReadPost)]
                wrong += [row for row in piece if isinstance(row, WrongRow)]
        finally:
            file.close()
        return read, wrong

    def _has_passed(self, row: ReadPost, become: ImportAs) -> bool:
        return become is not ImportAs.IDEAS and row.at is not None and from_ms(row.at) < self._clock.now() + MARGIN

    def _draft(
        self, row: ReadPost, become: ImportAs, accounts: Sequence[AccountRow], chosen: Sequence[int]
    ) -> PostDraft | WrongRow:
        where = tuple(chosen)
        if row.account:
            wanted = row.account.removeprefix("@").casefold()
            where = tuple(
                each.id for each in accounts if wanted in (each.network, each.handle.removeprefix("@").casefold())
            )
            if not where:
                return WrongRow(row.line, message("import.wrong.account", text=row.account[:60]))
        text = row.text if not row.link or row.link in row.text else f"{row.text}\n{row.link}"
        planned = become is not ImportAs.IDEAS and row.at is not None and not self._has_passed(row, become)
        return PostDraft(
            parts=(text,),
            title=row.title,
            accounts=where,
            pillar=self._named(row.pillar),
            planned_at=from_ms(row.at) if planned and row.at is not None else None,
            zone=str(self._zone()) if planned else "",
        )

    async def _plan(
        self, drafts: Sequence[tuple[ReadPost, PostDraft]], numbers: Sequence[int]
    ) -> tuple[int, list[WrongRow]]:
        """How many are planned now; and those that cannot be, with the reason: they stay drafts."""
        planned, refused = 0, []
        for (row, draft), number in zip(drafts, numbers, strict=True):
            if draft.planned_at is None:
                continue
            try:
                await self._calendar.schedule(replace(draft, id=number), draft.planned_at, undoable=False)
                planned += 1
            except UserMistake as error:
                refused.append(WrongRow(row.line, error.message))
        return planned, refused


def _save(session: Session, drafts: Sequence[PostDraft], become: ImportAs, now_ms: int) -> list[int]:
    state = PostState.IDEA if become is ImportAs.IDEAS else PostState.DRAFT
    return [posts.save(session, draft, now_ms, state=state) for draft in drafts]


def _nothing(_done: int, _all: int) -> None:
    """Nobody watches."""
