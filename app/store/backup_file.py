"""The one-file backup: a zip with the data file, the media and what it says of itself; proved readable before it counts. Never secrets.

Keeps the layout of the file to itself. Blocks: for threads.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from app.models.safekeeping import (
    MIME_TYPE,
    SUFFIX,
    BackupFile,
    BackupKind,
    Manifest,
    Progress,
    Step,
    Tell,
    tell_nobody,
)
from app.runtime.errors import Damaged, DiskFull, NewerFile, UserMistake
from app.runtime.words import message
from app.store.checking import find_damage
from app.store.schema import SCHEMA_VERSION, connect_read_only
from app.store.search import is_of_index
from app.store.troubles import troubles
from app.store.upgrade import copy_to

MIMETYPE, MANIFEST, DATABASE = "mimetype", "manifest.json", "tertulia.db"
FOLDERS = ("media", "reports", "letters")
"""Of the profile, which a backup holds beside the data file. Not the cache, the log and the vault."""
FORMAT = 1
CHUNK = 1 << 20
PACKED = 1
"""zlib's level: a data file shrinks to a third at once; more would take minutes for little."""
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
LONGEST_MANIFEST = 50_000_000
MOST_MEMBERS = 400_000
MOST_LIST_BYTES = 128_000_000
"""Of the zip's list of what is in it."""
MOST_RATIO = 400
"""How many times larger than packed a member may say that it is: zlib makes a thousand of nothing but zeros, data files pack to a third."""
FREE_BYTES = 64_000_000
"""So much a member may hold whatever its ratio."""
MOST_DATABASE_BYTES = 100_000_000_000
SPARE_BYTES = 50_000_000
"""Of the disk, which unpacking leaves alone."""


class About(NamedTuple):
    """What whoever asks for a backup knows of it."""

    kind: BackupKind
    made_at: datetime
    program: str
    place: str
    media_inside: bool = True


def write_backup(database: Path, root: Path, target: Path, about: About, tell: Tell = tell_nobody) -> Manifest:
    """Copy a data file that may be in use, with the media in the profile's folder `root`, into one file, and read it back; `target` appears only when that is done.

    Raises DiskTrouble, and `Stopped` when `tell` does; what stood at `target` is then as it was.
    """
    copy, part = _beside(target, "copy"), _beside(target, "part")
    with troubles():
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        tell(Progress(Step.COPY, 0, 0))
        copy_to(database, copy, lambda done, total: tell(Progress(Step.COPY, done, total)))
        files = media_files(root)
        manifest = Manifest(
            about.kind,
            about.made_at,
            about.program,
            _schema_of(copy),
            about.place,
            _digest(copy),
            row_counts(copy),
            {name: (root / name).stat().st_size for name in files},
            about.media_inside,
        )
        with troubles():
            _pack(part, copy, root, manifest, tell)
        check_backup(part, tell)
        with troubles():
            part.replace(target)
    finally:
        for leftover in (copy, part, *_traces(copy)):
            leftover.unlink(missing_ok=True)
    return manifest


def read_manifest(file: Path) -> Manifest:
    """What a backup says of itself. Raises `UserMistake` for any other file, NewerFile for one of a newer program, DiskTrouble."""
    with _opened(file) as archive:
        return _manifest(archive, file)


def check_backup(file: Path, tell: Tell = tell_nobody) -> Manifest:
    """Read a backup through: every byte of it, the data file's integrity and the rows of each table. Raises Damaged and as `read_manifest`."""
    unpacked = _beside(file, "check")
    try:
        manifest = unpack_database(file, unpacked, tell, Step.VERIFY)
        with _opened(file) as archive:
            _check_media(archive, manifest)
    finally:
        for leftover in (unpacked, *_traces(unpacked)):
            leftover.unlink(missing_ok=True)
    return manifest


def unpack_database(file: Path, target: Path, tell: Tell = tell_nobody, step: Step = Step.UNPACK) -> Manifest:
    """Write the data file of a backup to `target`, proved whole: its digest, its integrity, its rows."""
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        info = _member(archive, DATABASE)
        _check_room(target.parent, info.file_size)
        digest, done = hashlib.sha256(), 0
        with archive.open(info) as source, target.open("wb") as to:
            for chunk in _chunks(source):
                digest.update(chunk)
                to.write(chunk)
                done += len(chunk)
                tell(Progress(step, done, info.file_size))
    if digest.hexdigest() != manifest.digest:
        raise Damaged(technical=f"{file.name}: the data is not what was packed")
    with troubles(), closing(connect_read_only(target)) as connection:
        damage = find_damage(connection)
    if damage:
        raise Damaged(technical=f"{file.name}: {damage}")
    if _schema_of(target) != manifest.schema:
        raise Damaged(technical=f"{file.name}: another version than it says")
    if row_counts(target) != dict(manifest.rows):
        raise Damaged(technical=f"{file.name}: other rows than were packed")
    return manifest


def unpack_media(file: Path, root: Path, tell: Tell = tell_nobody) -> int:
    """Add the media of a backup that the profile has not; answers how many. What is there stays: names tell the content."""
    added = 0
    with _opened(file) as archive:
        manifest = _manifest(archive, file)
        names = sorted(manifest.media) if manifest.media_inside else []
        missing = [name for name in names if not (root / name).exists()]
        _check_room(root, sum(_member(archive, name).file_size for name in missing))
        for number, name in enumerate(names):
            target = root / name
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                part = _beside(target, "part")
                with archive.open(name) as source, part.open("wb") as to:
                    for chunk in _chunks(source):
                        to.write(chunk)
                part.replace(target)
                added += 1
            tell(Progress(Step.MEDIA, number + 1, len(names)))
    return added


def backups_in(folder: Path) -> list[BackupFile]:
    """Those of a folder that can be told to be backups, the newest first; nothing but their manifests is read."""
    found = list[BackupFile]()
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        try:
            manifest = read_manifest(path)
            found.append(BackupFile(path, manifest.kind, manifest.made_at, path.stat().st_size))
        except (UserMistake, NewerFile, Damaged, OSError):
            continue
    return sorted(found, key=lambda each: each.made_at, reverse=True)


def newest_good(folder: Path) -> BackupFile | None:
    """The youngest backup of a folder that can be read from its first byte to its last."""
    for each in backups_in(folder):
        try:
            check_backup(each.path)
        except (Damaged, UserMistake, OSError):
            continue
        return each
    return None


def row_counts(database: Path) -> dict[str, int]:
    """How many rows each table has, but for those that are derived (search)."""
    with troubles(), closing(connect_read_only(database)) as connection:
        names = [row[0] for row in connection.execute(TABLES) if not is_of_index(row[0])]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def media_files(root: Path) -> list[str]:
    """Files of a profile's `FOLDERS`, by name; links are left out: they could lead anywhere."""
    found = (path for folder in FOLDERS for path in (root / folder).rglob("*"))
    return sorted(path.relative_to(root).as_posix() for path in found if path.is_file() and not path.is_symlink())


def _pack(part: Path, copy: Path, root: Path, manifest: Manifest, tell: Tell) -> None:
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        # First and not packed, so that systems know the file by its first bytes.
        archive.writestr(zipfile.ZipInfo(MIMETYPE), MIME_TYPE)
        archive.writestr(MANIFEST, _to_json(manifest), zipfile.ZIP_DEFLATED)
        _add(archive, DATABASE, copy, zipfile.ZIP_DEFLATED, tell, Step.PACK)
        names = sorted(manifest.media) if manifest.media_inside else []
        for number, name in enumerate(names):
            _add(archive, name, root / name, zipfile.ZIP_STORED, tell_nobody, Step.MEDIA)
            tell(Progress(Step.MEDIA, number + 1, len(names)))
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def _add(archive: zipfile.ZipFile, name: str, source: Path, how: int, tell: Tell, step: Step) -> None:
    info = zipfile.ZipInfo(name)
    info.compress_type = how
    info.external_attr = 0o600 << 16
    info._compresslevel = PACKED  # type: ignore[attr-defined]  # noqa: SLF001  # WORKAROUND https://github.com/python/cpython/issues/113971
    size, done = source.stat().st_size, 0
    with source.open("rb") as of, archive.open(info, "w", force_zip64=True) as to:
        for chunk in _chunks(of):
            to.write(chunk)
            done += len(chunk)
            tell(Progress(step, done, size))


def _check_media(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    if not manifest.media_inside:
        return
    for name, size in manifest.media.items():
        info = _member(archive, name)
        with archive.open(info) as source:
            read = sum(len(chunk) for chunk in _chunks(source))
        if read != size:
            raise Damaged(technical=f"{name}: {read} of {size} bytes")


def _manifest(archive: zipfile.ZipFile, file: Path) -> Manifest:
    """Also proves that the archive holds what it lists and nothing else. Raises `UserMistake`, NewerFile, Damaged."""
    info = _member(archive, MANIFEST)
    if info.file_size > LONGEST_MANIFEST:
        raise _forged(file, "an endless manifest")
    manifest = _read_manifest(archive, info, file)
    inside = {MIMETYPE, MANIFEST, DATABASE} | (set(manifest.media) if manifest.media_inside else set())
    found = archive.namelist()
    if strangers := set(found) - inside:
        raise _forged(file, f"not in its list: {sorted(strangers)[:3]}")
    if len(found) != len(set(found)):
        raise _forged(file, "two members of one name")
    for name, size in manifest.media.items() if manifest.media_inside else ():
        if _member(archive, name).file_size != size:
            raise Damaged(technical=f"{name}: another size than was packed")
    return manifest


def _read_manifest(archive: zipfile.ZipFile, info: zipfile.ZipInfo, file: Path) -> Manifest:
    try:
        values = json.loads(archive.read(info))
        if values["format"] > FORMAT or values["schema"] > SCHEMA_VERSION:
            raise NewerFile(technical=f"{file.name}: format {values['format']}, schema {values['schema']}")
        made_at = datetime.fromisoformat(values["made_at"])
        return Manifest(
            BackupKind(values["kind"]),
            made_at,
            str(values["program"]),
            int(values["schema"]),
            str(values["place"]),
            str(values["digest"]),
            {str(name): int(rows) for name, rows in values["rows"].items()},
            {_safe(name): int(size) for name, size in values["media"].items()},
            bool(values["media_inside"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserMistake(message("restore.no_backup", file=file.name), field="file", technical=str(error)) from error


def _to_json(manifest: Manifest) -> str:
    values = {**manifest._asdict(), "format": FORMAT, "made_at": manifest.made_at.isoformat()}
    return json.dumps(values, ensure_ascii=False, indent=1)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """Whatever is wrong with the file, as what it means; one that no program of ours made is refused before anything of it is read."""
    if not file.is_file():
        raise UserMistake(message("restore.no_file", file=str(file)), field="file")
    try:
        _check_list(file)
        with zipfile.ZipFile(file) as archive:
            if archive.namelist()[:1] != [MIMETYPE]:
                raise UserMistake(message("restore.no_backup", file=file.name), field="file")
            for info in archive.infolist():
                _check_member(info, file)
            yield archive
    except zipfile.BadZipFile as error:
        if zipfile.is_zipfile(file):
            raise Damaged(technical=f"{file.name}: {error}") from error
        raise UserMistake(message("restore.no_backup", file=file.name), field="file", technical=str(error)) from error
    except (zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise Damaged(technical=f"{file.name}: {error}") from error
    except (OSError, sqlite3.Error) as error:
        with troubles():
            raise error


def _check_list(file: Path) -> None:
    """By the end of the file, before the whole list is read into memory (APPNOTE 4.3.16)."""
    size = file.stat().st_size
    with file.open("rb") as of:
        of.seek(max(0, size - 65_557))
        tail = of.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) < place + 22:
        return  # no zip, as will be said
    entries, list_bytes = struct.unpack_from("<HI", tail, place + 10)
    wide = tail.rfind(b"PK\x06\x06", 0, place)
    if wide >= 0 and len(tail) >= wide + 56:
        entries, list_bytes = struct.unpack_from("<QQ", tail, wide + 32)
    if entries > MOST_MEMBERS or list_bytes > min(MOST_LIST_BYTES, size):
        raise _forged(file, "its list is too long")


def _check_member(info: zipfile.ZipInfo, file: Path) -> None:
    """What it says of itself; zlib and zipfile see to it that no member gives more than it says."""
    most = max(FREE_BYTES, min(info.compress_size * MOST_RATIO, MOST_DATABASE_BYTES))
    if info.file_size > most:
        raise _forged(file, f"{info.filename} swells beyond measure")
    if stat.S_ISLNK(info.external_attr >> 16) or info.is_dir():
        raise _forged(file, f"{info.filename} is no file")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & 0x1:
        raise _forged(file, f"{info.filename} is packed as we never do")


def _check_room(folder: Path, size: int) -> None:
    """Before the disk is filled for nothing."""
    while not folder.exists():
        folder = folder.parent
    if shutil.disk_usage(folder).free < size + SPARE_BYTES:
        raise DiskFull(technical=f"{size} bytes are to be unpacked")


def _forged(file: Path, why: str) -> UserMistake:
    return UserMistake(message("restore.no_backup", file=file.name), field="file", technical=why)


def _member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    try:
        return archive.getinfo(name)
    except KeyError as error:
        raise Damaged(technical=f"{name} is missing") from error


def _safe(name: str) -> str:
    """A name below one of the `FOLDERS`, whoever wrote the archive."""
    path = PurePosixPath(name)
    if (
        len(path.parts) < 2
        or path.parts[0] not in FOLDERS
        or path.is_absolute()
        or ".." in path.parts
        or "\\" in name
        or ":" in name
        or "\x00" in name
    ):
        raise ValueError(f"not a name of a file in a folder: {name!r}")
    return str(path)


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{what}")


def _traces(database: Path) -> tuple[Path, ...]:
    return tuple(database.with_name(database.name + suffix) for suffix in ("-wal", "-shm", "-journal"))


def _schema_of(database: Path) -> int:
    with troubles(), closing(connect_read_only(database)) as connection:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return version


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
