"""The calendar folder: the plan as files that calendar programs read, kept up to date while the program runs.

`Tertulia.ics` holds everything, for programs that follow a file; `posts/` has a file for each event, for programs that follow a folder.
Written a moment after the last change, each file whole or not at all, and only where something differs; what left the plan leaves the
folder. Files of others are never touched.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from app.models.plan import FolderState, PlanRequest
from app.runtime.clock import Clock
from app.runtime.errors import UserMistake
from app.runtime.settings import Plan as PlanSettings
from app.runtime.settings import Settings, Shop, Sorting
from app.runtime.signals import Signal
from app.runtime.tasks import Tasks
from app.runtime.words import Message, message
from app.services.plan_export import PlanExport, calendar_name
from app.services.plan_ics import PRODUCT, PlanCalendar, comparable, file_of, frame_of, years_of
from app.services.whole_files import unwritten, write_whole
from app.store.changes import Changes
from app.store.database import Database

WHOLE = "Tertulia.ics"
EACH = "posts"
TABLES = ("post", "variant", "outbox", "account", "campaign", "phase", "mark")
QUIET_SECONDS = 2.0
"""So long nothing may have changed before it is written; a day of moving posts is not a day of writing files."""
LONGEST_SECONDS = 20.0
"""So long after the first change it is written at the latest."""
DAY_SECONDS = 24 * 3600.0
CLOSING_SECONDS = 2.0
PAST, AHEAD = timedelta(days=90), timedelta(days=730)
OWN_NAME = re.compile(r"(?:post|phase|mark)-\d+@(?P<profile>[0-9a-f]{12})\.tertulia\.ics")


class _Written(NamedTuple):
    """What was written last: what is the same object now is not even compared."""

    folder: Path | None = None
    frame: tuple[bytes, bytes] | None = None
    texts: Mapping[str, bytes] = MappingProxyType({})


class IcsFolder:
    """`watch` follows the plan and the setting. `changed` tells that it stands otherwise, `said` what the user must hear."""

    def __init__(
        self,
        database: Database,
        export: PlanExport,
        settings: Settings,
        tasks: Tasks,
        clock: Clock,
        profile: str,
    ) -> None:
        self.changed: Signal[[]] = Signal("calendar_folder.changed")
        self.said: Signal[[Message]] = Signal("calendar_folder.said")
        self._database = database
        self.export = export
        self._settings = settings
        self._tasks = tasks
        self._clock = clock
        self._profile = calendar_name(profile)
        self._calendar = PlanCalendar(self._profile)
        self._state = FolderState()
        self._written: _Written = _Written()
        self._due = asyncio.Event()
        self._touched = 0
        self._hear_no_more: list[Callable[[], None]] = []

    @property
    def state(self) -> FolderState:
        return self._state

    def watch(self) -> None:
        """Follow every change until closed."""
        self._hear_no_more = [
            self._database.changed.connect(self._hear),
            self._settings.changed.connect(self._hear_settings),
        ]
        self._due.set()
        self._tasks.spawn("calendar folder", self._run(), owner=self)

    async def close(self) -> None:
        """Follow no more; what changed in the last moment is written yet."""
        following, self._hear_no_more = self._hear_no_more, []
        for hear_no_more in following:
            hear_no_more()
        if following and self._due.is_set() and self._settings.get(PlanSettings).folder:
            self._tasks.cancel(self)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.write_now(), CLOSING_SECONDS)

    async def write_now(self) -> FolderState:
        """Bring the folder up to date; a trouble is in the state, and said once."""
        folder = self._settings.get(PlanSettings).folder.strip()
        if not folder:
            self._become(FolderState())
            return self._state
        try:
            posts = await self._write(Path(folder))
        except UserMistake as mistake:
            before = self._state
            self._become(FolderState(folder, before.written_at, before.posts, mistake.message))
            if before.trouble != mistake.message or before.folder != folder:
                self.said.emit(mistake.message)
        else:
            self._become(FolderState(folder, self._clock.now(), posts))
        return self._state

    # ---- inside

    def _hear(self, changes: Changes) -> None:
        if changes.touches(*TABLES) and self._settings.get(PlanSettings).folder:
            self._touch()

    def _hear_settings(self, keys: frozenset[str]) -> None:
        if any(key.startswith((f"{PlanSettings.GROUP}.", f"{Shop.GROUP}.", f"{Sorting.GROUP}.")) for key in keys):
            self._touch()

    def _touch(self) -> None:
        self._touched += 1
        self._due.set()

    async def _run(self) -> None:
        while True:
            with suppress(TimeoutError):  # days pass without a change too: what is old leaves
                async with asyncio.timeout(DAY_SECONDS):  # up to Python 3.11 `wait_for` may swallow being cancelled
                    await self._due.wait()
            waited = 0.0
            while waited < LONGEST_SECONDS:
                before = self._touched
                await self._clock.sleep(QUIET_SECONDS)
                waited += QUIET_SECONDS
                if self._touched == before:
                    break
            self._due.clear()
            await self.write_now()

    def _become(self, state: FolderState) -> None:
        if state != self._state:
            self._state = state
            self.changed.emit()

    async def _write(self, folder: Path) -> int:
        zone, now = self.export.zone, self._clock.now()
        today: date = now.astimezone(zone).date()
        plan = await self.export.plan(PlanRequest(today - PAST, today + AHEAD))
        words = self.export.words()

        def make() -> None:
            events = self._calendar.events(plan, words, zone, now)
            frame = frame_of(words, zone, years_of(plan))
            _prepare(folder)
            _put(folder / WHOLE, file_of(events, frame))
            there = self._sweep(folder / EACH, {f"{event.uid}.ics" for event in events})
            before = self._written if self._written[:2] == (folder, frame) else _Written()
            for event in events:
                name = f"{event.uid}.ics"
                if name not in there or before.texts.get(name) is not event.text:
                    _put(folder / EACH / name, file_of([event], frame))
            self._written = _Written(folder, frame, {f"{event.uid}.ics": event.text for event in events})

        await asyncio.to_thread(make)
        return len(plan.posts)

    def _sweep(self, folder: Path, stay: set[str]) -> set[str]:
        """Remove what is ours and in the plan no longer; answers the names that are there."""
        there = set()
        try:
            for path in folder.iterdir():
                there.add(path.name)
                found = OWN_NAME.fullmatch(path.name)
                if found is not None and found["profile"] == self._profile and path.name not in stay:
                    path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritten(folder, error) from error
        return there


def _prepare(folder: Path) -> None:
    """The folder itself must be there: one on a drive that is not plugged in is not made anew elsewhere."""
    try:
        if not folder.is_dir():
            raise UserMistake(message("plan.folder_missing", folder=str(folder)))
        (folder / EACH).mkdir(exist_ok=True)
    except OSError as error:
        raise unwritten(folder, error) from error


def _put(path: Path, content: bytes) -> None:
    """Only where it differs in more than when it was written."""
    try:
        there = path.read_bytes()
    except FileNotFoundError:
        there = None
    except OSError as error:
        raise unwritten(path, error) from error
    if there is not None:
        if PRODUCT.encode() not in there[:500]:
            raise UserMistake(message("plan.folder_taken", file=path.name))
        if comparable(there) == comparable(content):
            return
    write_whole(path, content)
