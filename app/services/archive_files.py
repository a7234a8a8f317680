"""Archives that came from somewhere (zip, tar.gz) read without trusting them: nothing is ever unpacked, and no name in one becomes a path.

A member is asked for by its exact name and handed over as a stream of bounded length. What is encrypted, points elsewhere, swells beyond measure,
or has names that lead out of it is refused; archives inside of it are not opened.
"""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Protocol

from app.runtime.errors import UserMistake
from app.runtime.words import message

MOST_FILE_BYTES = 20_000_000_000
"""Of the archive itself: one with years of videos is large."""
MOST_ENTRIES = 400_000
MOST_LIST_BYTES = 128_000_000
"""Of a zip's list of what is in it."""
MOST_RATIO = 200
"""How many times larger than packed a text may be; JSON packs to a tenth or twentieth."""
FREE_BYTES = 10_000_000
"""So much a member may hold whatever its ratio."""
MOST_MEMBER_BYTES = 3_000_000_000
MOST_TAR_BYTES = 60_000_000_000
LONGEST_NAME = 1000
LONGEST_TAR_READ = 1 << 20
"""A tar's own headers are never longer."""
PIECE = 256 * 1024

Stops = Callable[[], bool]


def _hostile(why: str) -> UserMistake:
    return UserMistake(message("import.hostile"), technical=why)


BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    tarfile.TarError,
    EOFError,
    struct.error,
    NotImplementedError,
    ValueError,
    OSError,
)
"""What their readers raise on files that are cut short or made to break them."""


class Archive(Protocol):
    """A zip or tar, open for reading."""

    def find(self, wanted: Callable[[str], bool]) -> Iterator[tuple[str, IO[bytes]]]:
        """Files whose name is wanted, in the archive's order; each stream lasts until the next, and ends in UserMistake where it holds
        too much.
        """

    def close(self) -> None: ...


class Bounded(io.RawIOBase):
    """A stream that counts: more than `most` bytes are refused."""

    def __init__(self, source: IO[bytes], most: int) -> None:
        super().__init__()
        self._source = source
        self._left = most

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = PIECE if size is None or size < 0 else min(size, PIECE)
        try:
            data = self._source.read(wanted)
        except RuntimeError as error:  # zipfile: a member that wants a password
            raise UserMistake(message("import.encrypted"), technical=str(error)) from error
        except BROKEN as error:
            raise UserMistake(message("import.broken"), technical=type(error).__name__) from error
        self._left -= len(data)
        if self._left < 0:
            raise _hostile("a member swells beyond measure")
        return data

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._source.close()
        super().close()


class ZipArchive:
    """A zip file. Looked at as a whole before anything is read from it."""

    def __init__(self, path: Path) -> None:
        _count_entries(path)
        try:
            self._zip = zipfile.ZipFile(path)
        except BROKEN as error:
            raise UserMistake(message("import.broken"), technical=type(error).__name__) from error
        try:
            self._infos = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
            for info in self._infos.values():
                _check_name(info.filename)
                if stat.S_ISLNK(info.external_attr >> 16):
                    raise _hostile("a link")
        except UserMistake:
            self._zip.close()
            raise

    def find(self, wanted: Callable[[str], bool]) -> Iterator[tuple[str, IO[bytes]]]:
        for name in self._infos:
            if wanted(name):
                with self._open(name) as stream:
                    yield name, stream

    def _open(self, name: str) -> IO[bytes]:
        info = self._infos[name]
        if info.flag_bits & 0x1:
            raise UserMistake(message("import.encrypted"))
        most = max(FREE_BYTES, min(info.compress_size * MOST_RATIO, MOST_MEMBER_BYTES))
        if info.file_size > most:
            raise _hostile("a member says that it swells beyond measure")
        try:
            return Bounded(self._zip.open(info), most)  # type: ignore[return-value]
        except RuntimeError as error:
            raise UserMistake(message("import.encrypted"), technical=str(error)) from error
        except BROKEN as error:
            raise UserMistake(message("import.broken"), technical=type(error).__name__) from error

    def close(self) -> None:
        self._zip.close()


def _count_entries(path: Path) -> None:
    """By the end of the file, before the whole list is read into memory (APPNOTE 4.3.16)."""
    try:
        size = path.stat().st_size
        if size > MOST_FILE_BYTES:
            raise UserMistake(message("import.too_large"))
        with path.open("rb") as file:
            file.seek(max(0, size - 65_557))
            tail = file.read()
    except OSError as error:
        raise UserMistake(message("import.not_read"), technical=str(error)) from error
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        raise UserMistake(message("import.broken"))
    entries, list_bytes = struct.unpack_from("<HI", tail, place + 10)
    wide = tail.rfind(b"PK\x06\x06", 0, place)
    if wide >= 0 and len(tail) >= wide + 56:
        entries, list_bytes = struct.unpack_from("<QQ", tail, wide + 32)
    elif entries == 0xFFFF and list_bytes == 0xFFFFFFFF:
        raise UserMistake(message("import.broken"))
    if entries > MOST_ENTRIES or list_bytes > min(MOST_LIST_BYTES, size):
        raise _hostile("its list is too long")


class TarArchive:
    """A tar file, packed with gzip or not; each `find` reads it from the front."""

    def __init__(self, path: Path, stopped: Stops) -> None:
        self._path = path
        self._stopped = stopped
        try:
            if path.stat().st_size > MOST_FILE_BYTES:
                raise UserMistake(message("import.too_large"))
        except OSError as error:
            raise UserMistake(message("import.not_read"), technical=str(error)) from error

    def find(self, wanted: Callable[[str], bool]) -> Iterator[tuple[str, IO[bytes]]]:
        source = _Forward(self._path, self._stopped)
        try:
            with tarfile.open(fileobj=source, mode="r:") as tar:
                for number, member in enumerate(_members(tar)):
                    _check_name(member.name)
                    if number > MOST_ENTRIES:
                        raise _hostile("its list is too long")
                    if member.issym() or member.islnk():
                        raise _hostile("a link")
                    inside = tar.extractfile(member) if member.isfile() and wanted(member.name) else None
                    if inside is not None:
                        yield member.name, Bounded(inside, MOST_MEMBER_BYTES)  # type: ignore[misc]
        except BROKEN as error:
            raise UserMistake(message("import.broken"), technical=type(error).__name__) from error
        finally:
            source.close()

    def close(self) -> None:
        """Nothing is held open."""


def _members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    """One by one; what was read is not kept."""
    while (member := tar.next()) is not None:
        yield member
        tar.members = []  # type: ignore[attr-defined]


class _Forward(io.RawIOBase):
    """What tarfile reads from: never backwards, never much at once, never beyond measure."""

    def __init__(self, path: Path, stopped: Stops) -> None:
        super().__init__()
        self._stopped = stopped
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        self._source: IO[bytes] = gzip.open(path) if packed else path.open("rb")  # type: ignore[assignment]  # noqa: SIM115  (closed with this)
        self._most = min(MOST_TAR_BYTES, max(FREE_BYTES, path.stat().st_size * (MOST_RATIO if packed else 1)))
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1) -> bytes:
        if size is None or size < 0 or size > LONGEST_TAR_READ:
            raise _hostile("a header swells beyond measure")
        data = self._source.read(size)
        self._at += len(data)
        if self._at > self._most:
            raise _hostile("it swells beyond measure")
        return data

    def seek(self, place: int, whence: int = 0) -> int:
        if whence != 0 or place < self._at:
            raise tarfile.ReadError("only forwards")
        while self._at < place:
            if self._stopped():
                raise Stopped
            if not self.read(min(PIECE, place - self._at)):
                break
        return self._at

    def close(self) -> None:
        self._source.close()
        super().close()


class Stopped(Exception):
    """The user stopped the reading."""


def _check_name(name: str) -> None:
    """Names are never used as paths; an archive that has such names was made to do harm."""
    parts = name.replace("\\", "/").split("/")
    if len(name) > LONGEST_NAME or name.startswith(("/", "\\")) or ".." in parts or "\0" in name or name[1:2] == ":":
        raise _hostile("a name leads out of it")


def open_archive(path: Path, stopped: Stops = lambda: False) -> Archive:
    """A zip or a tar by what its first bytes say. Raises UserMistake."""
    try:
        with path.open("rb") as file:
            start = file.read(265)
    except OSError as error:
        raise UserMistake(message("import.not_read"), technical=str(error)) from error
    if start.startswith(b"PK"):
        return ZipArchive(path)
    if start.startswith(b"\x1f\x8b") or start[257:262] == b"ustar":
        return TarArchive(path, stopped)
    raise UserMistake(message("import.no_archive"))
