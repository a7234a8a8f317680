"""Pictures of customers and of their messages, kept small in a folder: fetched once when a message comes, never by showing it.

Who sends a message learns at most that this computer's program took it in, not when anybody looked at it. Only addresses that came with a message
are asked, one at a time; what comes is decoded and written anew before any screen sees it. The folder may be emptied at any time.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from app.media.thumbnails import NoPicture, face, small
from app.models.picture_kind import PictureKind
from app.runtime.clock import Clock
from app.runtime.signals import Signal
from app.runtime.tasks import Tasks
from app.store.changes import Changes
from app.store.database import Database
from app.store.reading import pictures as reading

_log = logging.getLogger(__name__)

MOST_BYTES = {PictureKind.FACE: 2 * 1024 * 1024, PictureKind.PICTURE: 8 * 1024 * 1024}
"""Of a file as it comes."""
MOST_KEPT = 100 * 1024 * 1024
"""Of the folder, in bytes; what was used longest ago goes first."""
KEPT_AFTER_TRIMMING = 0.8
MOST_WAITING = 1_000
MOST_REMEMBERED = 5_000
FACES_AT_START = 200
AGAIN_AFTER = timedelta(hours=12)
"""A picture that could not be had is asked for again at the earliest after so long, and only if a message comes then."""
LONGEST_ADDRESS = 2_000
USED_DAILY_SECONDS = 86_400

Fetch = Callable[[str, int], Awaitable[bytes | None]]
"""(address, most bytes) -> the file, or None."""


async def fetch_nothing(_url: str, _most: int) -> bytes | None:
    """For profiles whose customers are made up, and for tests."""
    return None


class Pictures:
    """`watch` follows what comes in; screens ask `file`."""

    def __init__(self, database: Database, fetch: Fetch, folder: Path, clock: Clock, wanted: Callable[[], str]) -> None:
        """`wanted` answers the setting: "off", "avatars" or "all"."""
        self.changed: Signal[[frozenset[str]]] = Signal("pictures.changed")
        """The addresses whose pictures are here now; empty: any may be gone, or be there."""
        self._database = database
        self._fetch = fetch
        self._folder = folder / "pictures"
        self._clock = clock
        self._wanted = wanted
        self._waiting: deque[tuple[str, PictureKind]] = deque(maxlen=MOST_WAITING)
        self._failed: OrderedDict[str, datetime] = OrderedDict()
        self._rung = asyncio.Event()
        self._size: int | None = None

    # ---- what screens ask

    def file(self, url: str, kind: PictureKind) -> Path | None:
        """Where the picture lies, if it is here and may be shown. Nothing is fetched."""
        if not url or not self._may(kind):
            return None
        path = self._path(url, kind)
        try:
            used = path.stat().st_mtime
            now = self._clock.now().timestamp()
            if now - used > USED_DAILY_SECONDS:
                os.utime(path, (now, now))
        except OSError:
            return None
        return path

    async def size(self) -> int:
        """Bytes that the folder takes."""
        return await asyncio.to_thread(lambda: sum(size for _, size, _ in self._files()))

    async def clear(self) -> None:
        """Forget all of them."""
        await asyncio.to_thread(self._remove, lambda files: files)
        self._failed.clear()
        self._size = None
        self.changed.emit(frozenset())

    def reconsider(self) -> None:
        """The user changed what is fetched and shown."""
        self._rung.set()
        self.changed.emit(frozenset())

    # ---- what comes in

    def watch(self, tasks: Tasks) -> None:
        """Follow what is stored from now on, and fetch."""

        def hear(changes: Changes) -> None:
            if changes.touches("identity", "message") and not self._database.read_only:
                tasks.spawn("pictures: what came", self._look_through(changes), owner=self)

        self._database.changed.connect(hear)
        tasks.spawn("pictures", self._run(), owner=self)

    async def _run(self) -> None:
        if self._may(PictureKind.FACE) and not self._database.read_only:
            self._want(await self._database.read(reading.latest_faces, FACES_AT_START), PictureKind.FACE)
        while True:
            await self._rung.wait()
            self._rung.clear()
            while self._waiting:
                await self.take(*self._waiting.popleft())

    async def _look_through(self, changes: Changes) -> None:
        faces, messages = changes.ids("identity"), changes.ids("message")
        if faces and self._may(PictureKind.FACE):
            self._want(await self._database.read(reading.faces, faces), PictureKind.FACE)
        if messages and self._may(PictureKind.PICTURE):
            self._want(await self._database.read(reading.previews, messages), PictureKind.PICTURE)

    def _want(self, urls: Iterable[str], kind: PictureKind) -> None:
        now = self._clock.now()
        for url in urls:
            failed = self._failed.get(url)
            if (
                len(url) <= LONGEST_ADDRESS
                and (failed is None or now - failed >= AGAIN_AFTER)
                and (url, kind) not in self._waiting
            ):
                self._waiting.append((url, kind))
        self._rung.set()

    async def take(self, url: str, kind: PictureKind) -> bool:
        """Fetch one picture unless it is here; answers whether it is afterwards."""
        if not self._may(kind):
            return False
        path = self._path(url, kind)
        if await asyncio.to_thread(path.exists):
            return True
        data = await self._fetch(url, MOST_BYTES[kind])
        made = await asyncio.to_thread(self._keep, path, data, kind) if data else False
        if made:
            self.changed.emit(frozenset({url}))
        else:
            self._failed[url] = self._clock.now()
            while len(self._failed) > MOST_REMEMBERED:
                self._failed.popitem(last=False)
        return made

    def _may(self, kind: PictureKind) -> bool:
        wanted = self._wanted()
        return wanted == "all" or (wanted == "avatars" and kind is PictureKind.FACE)

    # ---- the folder; on a worker thread

    def _path(self, url: str, kind: PictureKind) -> Path:
        digest = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:40]
        return self._folder / digest[:2] / f"{digest}.{kind}"

    def _keep(self, path: Path, data: bytes, kind: PictureKind) -> bool:
        partial = path.with_suffix(f".{os.getpid()}.partial")
        try:
            made = face(data) if kind is PictureKind.FACE else small(data)
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            partial.write_bytes(made)
            partial.replace(path)
        except NoPicture as error:
            _log.info("a picture cannot be shown: %s", error)
            return False
        except OSError as error:  # a full disk, which whoever writes the data file tells
            _log.info("a picture was not kept: %s", error.strerror)
            partial.unlink(missing_ok=True)
            return False
        self._trim(len(made))
        return True

    def _trim(self, added: int) -> None:
        """Beyond the limit, the least recently used go."""
        if self._size is None:
            self._size = sum(size for _, size, _ in self._files())
        else:
            self._size += added
        if self._size <= MOST_KEPT:
            return

        def oldest(files: list[tuple[float, int, Path]]) -> list[tuple[float, int, Path]]:
            excess = sum(size for _, size, _ in files) - round(MOST_KEPT * KEPT_AFTER_TRIMMING)
            going = []
            for each in sorted(files):
                if excess <= 0:
                    break
                going.append(each)
                excess -= each[1]
            return going

        self._remove(oldest)
        self._size = None

    def _remove(self, choose: Callable[[list[tuple[float, int, Path]]], list[tuple[float, int, Path]]]) -> None:
        for _, _, path in choose(self._files()):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:  # somebody has it open: it goes the next time
                _log.info("a picture was not removed: %s", error.strerror)

    def _files(self) -> list[tuple[float, int, Path]]:
        """(when last used, size, path) of each."""
        found = []
        for path in self._folder.glob("*/*"):
            try:
                about = path.stat()
            except OSError:
                continue
            found.append((about.st_mtime, about.st_size, path))
        return found
