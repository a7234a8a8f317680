"""The profile kept safe: backups by hand and by themselves, restoring one, taking a restore back, going on at another computer."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import platform
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from app.models.account import AccountState
from app.models.safekeeping import SUFFIX, BackupFile, BackupKind, Manifest, Progress, Restored, Salvaged, Stopped, Tell
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import Damaged, DiskTrouble, UserMistake, disk_trouble
from app.runtime.paths import Paths
from app.runtime.signals import Signal
from app.runtime.words import Message, Words, message
from app.services.everything import export_everything
from app.store.backup_file import About, backups_in, check_backup, media_files, read_manifest, write_backup
from app.store.database import Database
from app.store.reading import accounts as accounts_reading
from app.store.restore import Here, let_go_on, restore
from app.store.writing import accounts
from app.version import VERSION

_log = logging.getLogger(__name__)

T = TypeVar("T")

FIRST_LOOK = timedelta(minutes=10)
"""The first hour's work is not disturbed right at the start."""
LOOK_EVERY = timedelta(hours=1)
A_DAY = timedelta(hours=24)
KEPT_DAYS, KEPT_WEEKS = 7, 4
FORMERS_KEPT = 3
MEDIA_ALONG_BYTES = 200_000_000
"""Automatic backups lie beside the media: larger ones are not copied each day; a backup by hand holds all of them."""
SHOWN_EVERY_SECONDS = 0.1


class Safekeeping:
    """One long piece of work at a time; `progress` tells of it on the loop, `stop` ends it and nothing of it remains."""

    def __init__(
        self,
        database: Database,
        paths: Paths,
        clock: Clock,
        words: Callable[[], Words],
        automatic: Callable[[], bool] = lambda: True,
    ) -> None:
        """`words`: in which the README of an export is written; `automatic` tells whether a backup is to be made each day."""
        self._words = words
        self._database = database
        self._paths = paths
        self._clock = clock
        self._automatic = automatic
        self.place = place_of(paths.root)
        self._stop = threading.Event()
        self._under_way = False
        self.progress: Signal[[Progress | None]] = Signal("safekeeping.progress")
        """None when the work has ended."""
        self.replaced: Signal[[Restored]] = Signal("safekeeping.replaced")
        """The data is another's now: the window has to begin anew."""
        self.said: Signal[[Message]] = Signal("safekeeping.said")
        """What the user should hear of the backups that make themselves."""
        self._told: Message | None = None
        """Why there is no backup, as it was said last; None once there is one."""

    @property
    def is_under_way(self) -> bool:
        return self._under_way

    def stop(self) -> None:
        """End the work under way."""
        self._stop.set()

    # ---- backups

    async def backup(self, target: Path | None = None, kind: BackupKind = BackupKind.BY_HAND) -> Path | None:
        """Copy everything but secrets into one file that was read back; answers where it is, None when it was stopped.

        Without a target it goes into the profile's backups. Raises `UserMistake` for a place where no backup may go, DiskTrouble.
        """
        now = self._clock.now()
        target = target or self._paths.backups / f"tertulia-{now:%Y-%m-%dT%H-%M-%SZ}{SUFFIX}"
        if await asyncio.to_thread(_is_profiles_own, target, self._paths):
            raise UserMistake(message("data.onto_itself", file=target.name), field="file")
        about = About(kind, now, VERSION, self.place)

        def work(tell: Tell) -> Path:
            along = kind is not BackupKind.AUTOMATIC or _size_of(self._paths.root) <= MEDIA_ALONG_BYTES
            write_backup(self._database.path, self._paths.root, target, about._replace(media_inside=along), tell)
            return target

        return await self._work(work)

    async def copy(self, target: Path) -> None:
        """The data file alone, read back; for other programs. Raises as `backup`."""
        if await asyncio.to_thread(_is_profiles_own, target, self._paths):
            raise UserMistake(message("data.onto_itself", file=target.name), field="file")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise disk_trouble(error) from error
        await self._database.backup(target)

    async def backups(self) -> list[BackupFile]:
        """Those in the profile, the newest first."""
        return await asyncio.to_thread(backups_in, self._paths.backups)

    async def look_at(self, file: Path) -> Manifest:
        """What a file says of itself. Raises `UserMistake` for one that is no backup, NewerFile, Damaged, DiskTrouble."""
        return await asyncio.to_thread(read_manifest, file)

    async def check(self, file: Path) -> Manifest | None:
        """Read a backup through; None when it was stopped. Raises as `look_at`."""
        return await self._work(lambda tell: check_backup(file, tell))

    # ---- restoring

    async def restore(self, file: Path) -> Restored | None:
        """Put a backup in the place of the data, which is kept as a backup of its own; None when it was stopped, and nothing was changed.

        What may have left since the backup is looked for before anything is sent (store/reconciling.py). After it this process writes
        nothing more: `replaced` asks for a new start.
        """
        if self._database.read_only:
            raise UserMistake(message("restore.read_only"))
        found = await self._work(lambda tell: restore(file, self._here(), tell, self._database.become))
        if found is not None:
            _log.info("restored %s: %s", file.name, found)
            self.replaced.emit(found)
        return found

    async def former(self) -> BackupFile | None:
        """What the last restore took the place of."""
        return next((each for each in await self.backups() if each.kind is BackupKind.BEFORE_RESTORE), None)

    async def move(self, target: Path) -> Path | None:
        """A backup to go on with elsewhere: accounts stop sending here first, so that two computers never send the same.

        Answers where it is; None when it was stopped, and then this computer goes on.
        """
        rows = [row for row in await self._database.read(accounts_reading.accounts) if row.state is AccountState.READY]
        now = to_ms(self._clock.now())
        for row in rows:
            await self._database.write(accounts.set_state, row.id, AccountState.PAUSED, now)
        done = None
        try:
            done = await self.backup(target, BackupKind.MOVE)
        finally:
            if done is None:
                for row in rows:
                    await self._database.write(accounts.set_state, row.id, AccountState.READY, to_ms(self._clock.now()))
        return done

    # ---- taking everything out, and away

    async def export(self, target: Path) -> Path | None:
        """Everything in readable files, in a folder or (`.zip`) an archive; None when it was stopped."""
        words = self._words()
        return await self._work(
            lambda tell: export_everything(self._database.path, self._paths.root, target, words, tell)
        )

    # ---- by itself

    async def run(self) -> None:
        """Until cancelled: a backup a day, seven days and four weeks of them kept; and what a cut restore left behind."""
        await self._clock.sleep(FIRST_LOOK.total_seconds())
        while True:
            await self.look_after()
            await self._clock.sleep(LOOK_EVERY.total_seconds())

    async def look_after(self) -> None:
        """Make the day's backup if it is due, and let go of those that are not kept."""
        try:
            if not self._database.read_only:
                await asyncio.to_thread(let_go_on, self._here())
            if not self._automatic() or self._database.read_only or self._under_way or not await self._is_due():
                return
            now = self._clock.now()
            target = self._paths.backups / f"tertulia-{now:%Y-%m-%d}-automatic{SUFFIX}"
            if await self.backup(target, BackupKind.AUTOMATIC) is None:
                return
            self._told = None
            await asyncio.to_thread(rotate, self._paths.backups)
        except Damaged:
            self._tell(message("backup.damaged"))
        except DiskTrouble as trouble:
            _log.info("no backup today: %s", trouble)
            self._tell(message("backup.not_made", reason=trouble.message))

    def _tell(self, why: Message) -> None:
        """Once, though it is tried again each hour."""
        if why != self._told:
            self._told = why
            self.said.emit(why)

    async def _is_due(self) -> bool:
        made = [
            each.made_at for each in await self.backups() if each.kind in (BackupKind.AUTOMATIC, BackupKind.BY_HAND)
        ]
        return not made or self._clock.now() - max(made) >= A_DAY

    # ---- long work

    def _here(self) -> Here:
        return Here(self._paths, self.place, VERSION, self._clock.now)

    async def _work(self, work: Callable[[Tell], T]) -> T | None:
        """On a thread, told and stoppable; None when it was stopped. One at a time."""
        if self._under_way:
            raise UserMistake(message("data.busy"))
        self._under_way = True
        self._stop.clear()
        loop = asyncio.get_running_loop()
        told = 0.0

        def tell(progress: Progress) -> None:
            nonlocal told
            if self._stop.is_set():
                raise Stopped
            now = time.monotonic()
            if now - told >= SHOWN_EVERY_SECONDS or progress.done in (0, progress.total):
                told = now
                loop.call_soon_threadsafe(self.progress.emit, progress)

        try:
            return await asyncio.to_thread(work, tell)
        except Stopped:
            return None
        except OSError as error:
            raise disk_trouble(error) from error
        except asyncio.CancelledError:
            self._stop.set()  # the thread must not go on alone
            raise
        finally:
            self._under_way = False
            self.progress.emit(None)


def rotate(backups: Path) -> list[Path]:
    """Delete automatic backups but the newest of each of the last days and weeks that have one, and all but the last former data;
    answers what went. Backups made by hand are the user's.
    """
    found = backups_in(backups)
    automatic = [each for each in found if each.kind is BackupKind.AUTOMATIC]
    kept = {each.path for each in _newest_of_each(automatic, lambda made: made.date().toordinal(), KEPT_DAYS)}
    kept |= {each.path for each in _newest_of_each(automatic, lambda made: made.isocalendar()[:2], KEPT_WEEKS)}
    formers = [each for each in found if each.kind is BackupKind.BEFORE_RESTORE]
    gone = [each.path for each in automatic if each.path not in kept] + [each.path for each in formers[FORMERS_KEPT:]]
    for path in gone:
        with suppress(OSError):
            path.unlink()
    return gone


def _newest_of_each(newest_first: list[BackupFile], span: Callable[[datetime], object], most: int) -> list[BackupFile]:
    spans: dict[object, BackupFile] = {}
    for each in newest_first:
        spans.setdefault(span(each.made_at), each)
    return list(spans.values())[:most]


def here_of(paths: Paths, clock: Clock) -> Here:
    """A profile that nobody of this process has open."""
    return Here(paths, place_of(paths.root), VERSION, clock.now)


def write_salvage_report(found: Salvaged, text: Callable[[Message], str]) -> Path:
    """What could be read of a damaged file, beside that file; answers where. Counts and names of tables alone. Raises DiskTrouble."""
    lost = set(found.lost_tables)
    lines = [text(message("salvage.done", n=found.rows)), *(text(said) for said in said_of_salvaged(found)), ""]
    lines += [f"{table}: {rows}{'  (!)' if table in lost else ''}" for table, rows in found.rows_of]
    target = found.aside.with_suffix(".txt")
    try:
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise disk_trouble(error) from error
    return target


def said_of_salvaged(found: Salvaged) -> list[Message]:
    """What is missing, where the damaged file is, and what is in doubt."""
    lost = message("salvage.lost", tables=", ".join(found.lost_tables)) if found.lost_tables else message("salvage.all")
    said = [lost, message("salvage.aside", file=found.aside.name)]
    return [*said, message("restore.done.to_check", n=found.to_check)] if found.to_check else said


def place_of(root: Path) -> str:
    """A fingerprint of this computer and a folder on it; tells nothing of either."""
    computer = platform.node()
    with suppress(OSError):
        computer += Path("/etc/machine-id").read_text(encoding="ascii")
    return hashlib.sha256(f"{computer}|{root}".encode()).hexdigest()[:32]


def _size_of(root: Path) -> int:
    return sum((root / name).stat().st_size for name in media_files(root))


def _is_profiles_own(target: Path, paths: Paths) -> bool:
    """A backup put in the place of the data file, of its log or of the secrets would destroy what it is to save; a folder cannot be
    replaced at all.
    """
    own = [paths.database.with_name(paths.database.name + suffix).resolve() for suffix in ("", "-wal", "-shm")]
    return target.resolve() in (*own, paths.vault.resolve(), paths.lock.resolve()) or target.is_dir()
