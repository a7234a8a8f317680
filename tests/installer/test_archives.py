"""Archives: the same files give the same bytes, in any order, and Debian's tools read what we write."""

from __future__ import annotations

import io
import lzma
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from installer import archives
from installer.archives import Entry

MOMENT = 1_700_000_000
ENTRIES = (
    Entry("usr/lib/thing/thing", content=b"\x7fELF", executable=True),
    Entry("usr/bin/thing", link="../lib/thing/thing"),
    Entry("usr/share/doc/thing/año.txt", content=b"x" * 1500),
)
CONTROL = {"Package": "thing", "Version": "1.0", "Architecture": "amd64", "Maintainer": "Somebody", "Description": "A thing\n It does nothing."}


def test_the_order_in_which_files_are_named_changes_no_byte(tmp_path: Path) -> None:
    archives.write_deb(tmp_path / "a.deb", CONTROL, ENTRIES, MOMENT)
    archives.write_deb(tmp_path / "b.deb", CONTROL, ENTRIES[::-1], MOMENT)
    assert (tmp_path / "a.deb").read_bytes() == (tmp_path / "b.deb").read_bytes()
    archives.write_tar_xz(tmp_path / "a.tar.xz", ENTRIES, MOMENT)
    archives.write_tar_xz(tmp_path / "b.tar.xz", ENTRIES[::-1], MOMENT)
    assert (tmp_path / "a.tar.xz").read_bytes() == (tmp_path / "b.tar.xz").read_bytes()


def test_a_tar_holds_roots_files_of_one_moment_with_every_folder_before_what_is_in_it() -> None:
    buffer = io.BytesIO()
    archives.write_tar(buffer, ENTRIES, MOMENT, prefix="./")
    with tarfile.open(fileobj=io.BytesIO(buffer.getvalue())) as archive:
        members = archive.getmembers()
    assert {(member.uid, member.gid, member.mtime) for member in members} == {(0, 0, MOMENT)}
    names = [member.name for member in members]
    assert names == sorted(names)
    assert all(name.rpartition("/")[0] in names for name in names if name.count("/") > 1)
    modes = {member.name: member.mode for member in members if member.isfile()}
    assert modes == {"./usr/lib/thing/thing": 0o755, "./usr/share/doc/thing/año.txt": 0o644}
    assert [(member.name, member.linkname) for member in members if member.issym()] == [("./usr/bin/thing", "../lib/thing/thing")]


def test_a_package_is_an_ar_of_three_members(tmp_path: Path) -> None:
    archives.write_deb(tmp_path / "thing.deb", CONTROL, ENTRIES, MOMENT)
    members = read_ar((tmp_path / "thing.deb").read_bytes())
    assert list(members) == ["debian-binary", "control.tar.xz", "data.tar.xz"]
    assert members["debian-binary"] == b"2.0\n"
    with tarfile.open(fileobj=io.BytesIO(lzma.decompress(members["control.tar.xz"]))) as archive:
        control = archive.extractfile("./control").read().decode()  # type: ignore[union-attr]
        sums = archive.extractfile("./md5sums").read().decode()  # type: ignore[union-attr]
    assert control.startswith("Package: thing\nVersion: 1.0\n")
    assert "Installed-Size: 4\n" in control  # 1 and 2 whole kilobytes of files, 1 of a link
    assert [line.split("  ")[1] for line in sums.splitlines()] == ["usr/lib/thing/thing", "usr/share/doc/thing/año.txt"]


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="Debian's own tool reads it")
def test_dpkg_reads_it(tmp_path: Path) -> None:
    archives.write_deb(tmp_path / "thing.deb", CONTROL, ENTRIES, MOMENT)
    told = subprocess.run(["dpkg-deb", "--field", str(tmp_path / "thing.deb"), "Package", "Description"], capture_output=True, text=True, check=True)
    assert told.stdout == "Package: thing\nDescription: A thing\n It does nothing.\n"
    subprocess.run(["dpkg-deb", "--extract", str(tmp_path / "thing.deb"), str(tmp_path / "out")], check=True)
    assert (tmp_path / "out" / "usr" / "bin" / "thing").resolve() == tmp_path / "out" / "usr" / "lib" / "thing" / "thing"


def test_a_folder_is_taken_with_its_links(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "tool").write_bytes(b"x")
    (tmp_path / "in" / "tool").chmod(0o755)
    (tmp_path / "also").symlink_to("in/tool")
    assert archives.of_folder(tmp_path, "place") == [
        Entry("place/also", link="in/tool"),
        Entry("place/in/tool", source=tmp_path / "in" / "tool", executable=True),
    ]


def read_ar(data: bytes) -> dict[str, bytes]:
    assert data.startswith(b"!<arch>\n")
    place, members = 8, {}
    while place < len(data):
        header = data[place : place + 60]
        assert header.endswith(b"`\n")
        size = int(header[48:58])
        members[header[:16].decode().strip()] = data[place + 60 : place + 60 + size]
        place += 60 + size + size % 2
    return members
