"""History out of a network's own archive: posts that are out, with their figures, given to an account. Nothing of it is ever sent.

Read on another thread and stored piece by piece; what was stored before a stop stays, and the same archive again brings only what is missing.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from app.media import videos
from app.media.pictures import LARGEST_FILE, take_in
from app.models.archive import ArchivedPost, ArchiveKind, ArchivePreview, ArchiveResult
from app.models.order import WrongRow
from app.models.post import Picture
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.rhythm import giving_way, sharing_the_time
from app.runtime.words import message
from app.services import mastodon_export, x_archive
from app.services.archive_files import Archive, Stopped, open_archive
from app.services.undo import Act, Undo
from app.store.database import Database
from app.store.reading import accounts as accounts_reading
from app.store.reading import archives as reading
from app.store.writing import archives
from app.store.writing.archives import Thread

AT_ONCE = 100
MOST_POSTS = 500_000
WRONG_NAMED = 200
SHOWN = 5
MOST_PICTURES = 4
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")

Progress = Callable[[int, int], object]
"""(posts done, posts of all; 0 while that is not known)."""


class _Read:
    """What an archive was found to hold."""

    def __init__(self, kind: ArchiveKind) -> None:
        self.kind = kind
        self.owner = ""
        self.handle = ""
        self.posts: list[ArchivedPost] = []
        self.left_out = 0
        self.wrong: list[WrongRow] = []


class ArchiveImport:
    """One import at a time."""

    def __init__(self, database: Database, undo: Undo, clock: Clock, media: Path, zone: Callable[[], str]) -> None:
        """`media` is the profile's media folder, `zone` the shop's."""
        self._database = database
        self._undo = undo
        self._clock = clock
        self._media = media
        self._zone = zone
        self._stopped = False

    def stop(self) -> None:
        """End a preview or an import under way after the posts in hand."""
        self._stopped = True

    def is_stopped(self) -> bool:
        """Whether somebody wanted what is under way to end."""
        return self._stopped

    async def preview(
        self, path: Path, account_id: int | None = None, progress: Progress | None = None
    ) -> ArchivePreview:
        """What would come in, for this account (None: the one that the archive is of). Raises UserMistake where it is no archive."""
        self._stopped = False
        with sharing_the_time():
            read = await asyncio.to_thread(self._read, path, progress or _nothing)
        account = account_id if account_id is not None else await self._account(read)
        known = await self._known(account, read.posts)
        new = [post for post in read.posts if post.remote_id not in known]
        return ArchivePreview(
            read.kind,
            read.handle,
            account,
            len(read.posts),
            len(read.posts) - len(new),
            read.left_out,
            tuple(read.wrong[:WRONG_NAMED]),
            min((post.at for post in read.posts), default=None),
            max((post.at for post in read.posts), default=None),
            sum(len(post.media) for post in new),
            tuple(sorted(new, key=lambda post: post.at, reverse=True)[:SHOWN]),
        )

    async def import_file(
        self, path: Path, account_id: int, *, media: bool, progress: Progress | None = None
    ) -> ArchiveResult:
        """Stores what is not here yet. `media`: pictures are copied into the profile. One entry of the undo list, however much came in."""
        self._stopped = False
        tell = progress or _nothing
        with sharing_the_time():
            read = await asyncio.to_thread(self._read, path, tell)
            await self._check_account(account_id, read.kind)
            known = await self._known(account_id, read.posts)
            threads = threads_of([post for post in read.posts if post.remote_id not in known])
            missing = sum(len(thread.posts) for thread in threads)
            result = ArchiveResult(0, len(read.posts) - missing, 0, len(read.wrong))
            made: list[int] = []
            measured = min(to_ms(self._clock.now()), await asyncio.to_thread(_changed_at, path))
            with tempfile.TemporaryDirectory(prefix="tertulia-archive-") as folder:
                taken: dict[str, str] = {}
                if media:
                    taken = await asyncio.to_thread(self._copy_media, path, threads, Path(folder), tell)
                try:
                    for start in range(0, len(threads), AT_ONCE):
                        if self.is_stopped():
                            return result._replace(stopped=True)
                        some = [_pictured(thread, taken) for thread in threads[start : start + AT_ONCE]]
                        made += await self._database.write(archives.keep, account_id, self._zone(), some, measured)
                        result = result._replace(
                            posts=result.posts + sum(len(each.posts) for each in some),
                            media=result.media + sum(len(each.pictures) for each in some),
                        )
                        tell(result.posts, missing)
                finally:
                    if made:
                        self._may_take_back(made)
        return result

    def _may_take_back(self, made: Sequence[int]) -> None:
        async def back() -> None:
            for start in range(0, len(made), 500):
                await self._database.write(archives.remove, made[start : start + 500], to_ms(self._clock.now()))

        self._undo.did(Act(message("undone.archive", n=len(made)), back))

    async def _check_account(self, account_id: int, kind: ArchiveKind) -> None:
        account = await self._database.read(accounts_reading.account, account_id)
        if account is None:
            raise UserMistake(message("error.account_removed"))
        if account.network != kind:
            raise UserMistake(message("import.other_network", handle=account.handle))

    async def _account(self, read: _Read) -> int | None:
        x = read.kind is ArchiveKind.X
        remote_id, server = (read.owner, "") if x else ("", read.owner)
        return await self._database.read(reading.account_of, str(read.kind), remote_id, server, read.handle)

    async def _known(self, account_id: int | None, posts: Sequence[ArchivedPost]) -> set[str]:
        if account_id is None:
            return set()
        return await self._database.read(reading.known, account_id, [post.remote_id for post in posts])

    # -- on a worker thread

    def _read(self, path: Path, tell: Progress) -> _Read:
        archive = open_archive(path, self.is_stopped)
        try:
            read, rows = _begin(archive)
            seen: set[str] = set()
            for row in giving_way(rows):
                if self.is_stopped():
                    break
                if row is None:
                    read.left_out += 1
                elif isinstance(row, WrongRow):
                    read.wrong.append(row)
                elif row.remote_id not in seen and (row.text or row.media):
                    seen.add(row.remote_id)
                    read.posts.append(row)
                    if len(read.posts) >= MOST_POSTS:
                        raise UserMistake(message("import.too_large"))
                if len(read.posts) % 500 == 0:
                    tell(len(read.posts), 0)
        except Stopped:
            return _Read(ArchiveKind.X)
        finally:
            archive.close()
        return read

    def _copy_media(self, path: Path, threads: Sequence[Thread], folder: Path, tell: Progress) -> dict[str, str]:
        """Pictures into the profile, by the names the posts know them by; what cannot be read is left out."""
        wanted = {each.name: each for thread in threads for post in thread.posts for each in post.media[:MOST_PICTURES]}
        taken: dict[str, str] = {}
        archive = open_archive(path, self.is_stopped)
        try:
            with suppress(Stopped):
                for name, stream in archive.find(lambda name: _media_name(name, wanted) is not None):
                    if self.is_stopped():
                        break
                    inside = _take(stream, name, folder, self._media)
                    if inside is not None:
                        taken[_media_name(name, wanted) or ""] = inside
                    tell(len(taken), len(wanted))
        finally:
            archive.close()
        return taken


def _begin(archive: Archive) -> tuple[_Read, Iterator[ArchivedPost | WrongRow | None]]:
    """Whose archive it is, and its posts."""
    kind = None
    for name, _stream in archive.find(lambda name: x_archive.is_one(name) or mastodon_export.is_one(name)):
        kind = ArchiveKind.X if x_archive.is_one(name) else ArchiveKind.MASTODON
        break
    if kind is None:
        raise UserMistake(message("import.no_archive"))
    read = _Read(kind)
    if read.kind is ArchiveKind.X:
        read.owner, read.handle = x_archive.owner(archive)
        return read, x_archive.posts(archive, read.owner, read.handle)
    read.owner, read.handle = mastodon_export.owner(archive)
    return read, mastodon_export.posts(archive)


def threads_of(posts: Sequence[ArchivedPost]) -> list[Thread]:
    """Posts in the order of time; what goes on from the last part of a thread belongs to it."""
    chains: dict[str, list[ArchivedPost]] = {}
    found: list[list[ArchivedPost]] = []
    for post in sorted(posts, key=lambda post: (post.at, len(post.remote_id), post.remote_id)):
        chain = chains.pop(post.parent, None) if post.parent else None
        if chain is None:
            chain = []
            found.append(chain)
        chain.append(post)
        chains[post.remote_id] = chain
    return [Thread(tuple(chain)) for chain in found]


def _pictured(thread: Thread, taken: dict[str, str]) -> Thread:
    pictures = [
        Picture(taken[each.name], each.alt) for post in thread.posts for each in post.media if each.name in taken
    ]
    return thread._replace(pictures=tuple(pictures))


def _media_name(name: str, wanted: Mapping[str, object]) -> str | None:
    """The name under which a post knows a file of the archive."""
    if not name.lower().endswith(PICTURES):
        return None
    last = name.rpartition("/")[2]
    if "tweets_media/" in name or "tweet_media/" in name:
        return last if last in wanted else None
    return next((each for each in (name, name.partition("/")[2]) if each in wanted), None)


def _take(stream: IO[bytes], name: str, folder: Path, media: Path) -> str | None:
    """A picture out of the archive, made anew as any other; None for what is none."""
    target = folder / f"picture{Path(name).suffix[:5]}"
    size = 0
    with target.open("wb") as file:
        while piece := stream.read(256 * 1024):
            size += len(piece)
            if size > LARGEST_FILE:
                return None
            file.write(piece)
    try:
        return None if videos.is_video(target) else take_in(target, media)
    except UserMistake:
        return None


def _changed_at(path: Path) -> int:
    return int(path.stat().st_mtime * 1000)


def _nothing(_done: int, _all: int) -> None:
    """Nobody watches."""
