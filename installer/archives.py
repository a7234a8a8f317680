"""Archives whose bytes depend on what is in them alone: tar.xz, and Debian's package around two of them. Standard library only.

A .deb is an `ar` archive of three members: its format's version, control.tar.xz and data.tar.xz (deb(5)).
"""

from __future__ import annotations

import hashlib
import io
import lzma
import stat
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

XZ_PRESET = 6


@dataclass(frozen=True)
class Entry:
    """One file of an archive: from `source`, or with `content`, or a link."""

    name: str
    """Without a slash in front."""
    source: Path | None = None
    content: bytes = b""
    link: str = ""
    executable: bool = False

    def data(self) -> bytes:
        return self.source.read_bytes() if self.source is not None else self.content


def of_folder(folder: Path, place: str) -> list[Entry]:
    """Everything in a folder, links as links."""
    entries = []
    for path in sorted(folder.rglob("*")):
        name = f"{place}/{path.relative_to(folder).as_posix()}"
        if path.is_symlink():
            entries.append(Entry(name, link=path.readlink().as_posix()))
        elif path.is_file():
            entries.append(Entry(name, source=path, executable=bool(path.stat().st_mode & stat.S_IXUSR)))
    return entries


def write_tar(target: IO[bytes], entries: Iterable[Entry], moment: int, *, prefix: str = "", folders: bool = True) -> None:
    """A tar with root's files, sorted by name, all of one moment (seconds since the epoch); `prefix` stands before each name."""
    sorted_entries = sorted(entries, key=lambda entry: entry.name)
    made: set[str] = set()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for entry in sorted_entries:
            for folder in _folders(entry.name) if folders else ():
                if folder not in made:
                    made.add(folder)
                    archive.addfile(_info(f"{prefix}{folder}", tarfile.DIRTYPE, 0o755, moment))
            if entry.link:
                info = _info(f"{prefix}{entry.name}", tarfile.SYMTYPE, 0o777, moment)
                info.linkname = entry.link
                archive.addfile(info)
                continue
            data = entry.data()
            info = _info(f"{prefix}{entry.name}", tarfile.REGTYPE, 0o755 if entry.executable else 0o644, moment)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))


def write_tar_xz(target: Path, entries: Iterable[Entry], moment: int, *, preset: int = XZ_PRESET) -> None:
    with lzma.open(target, "wb", preset=preset, check=lzma.CHECK_CRC64) as packed:
        write_tar(packed, entries, moment)  # type: ignore[arg-type]


def write_deb(target: Path, control: Mapping[str, str], entries: Sequence[Entry], moment: int, *, preset: int = XZ_PRESET) -> None:
    """`control`: the fields of the package, in their order; Installed-Size and the sums are added."""
    sized = {**control, "Installed-Size": str(installed_kilobytes(entries))}
    fields = "".join(f"{name}: {value}\n" for name, value in sized.items())
    sums = "".join(f"{hashlib.md5(entry.data(), usedforsecurity=False).hexdigest()}  {entry.name}\n" for entry in sorted(entries, key=lambda each: each.name) if not entry.link)
    about = [Entry("control", content=fields.encode()), Entry("md5sums", content=sums.encode())]
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.xz", _packed(about, moment, preset)),
        ("data.tar.xz", _packed(entries, moment, preset)),
    ]
    with target.open("wb") as file:
        file.write(b"!<arch>\n")
        for name, data in members:
            file.write(f"{name:<16}{moment:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode("ascii"))
            file.write(data + b"\n" * (len(data) % 2))


def installed_kilobytes(entries: Iterable[Entry]) -> int:
    """As dpkg counts: each file in whole kilobytes."""
    return sum(1 if entry.link else -(-_size(entry) // 1024) for entry in entries)


def _size(entry: Entry) -> int:
    return entry.source.stat().st_size if entry.source is not None else len(entry.content)


def _packed(entries: Iterable[Entry], moment: int, preset: int) -> bytes:
    buffer = io.BytesIO()
    with lzma.open(buffer, "wb", preset=preset, check=lzma.CHECK_CRC64) as packed:
        write_tar(packed, entries, moment, prefix="./")  # type: ignore[arg-type]
    return buffer.getvalue()


def _folders(name: str) -> list[str]:
    parts = name.split("/")[:-1]
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]


def _info(name: str, kind: bytes, mode: int, moment: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.mode, info.mtime = kind, mode, moment
    info.uname = info.gname = "root"
    return info
