"""Archives that were made to do harm: none escapes, hangs or swells; a good one is read member by member."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.runtime.errors import UserMistake
from app.services import archive_files
from app.services.archive_files import open_archive


def read_all(path: Path) -> dict[str, bytes]:
    archive = open_archive(path)
    found = {}
    try:
        for name, stream in archive.find(lambda _name: True):
            data = b""
            while piece := stream.read(65536):
                data += piece
            found[name] = data
    finally:
        archive.close()
    return found


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def tarred(path: Path, *members: tarfile.TarInfo, data: bytes = b"") -> Path:
    with tarfile.open(path, "w:gz") as file:
        for member in members:
            file.addfile(member, io.BytesIO(data[: member.size]))
    return path


def member(name: str, size: int = 0, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = size, kind, link
    return info


def test_what_is_asked_for_is_handed_over_and_nothing_is_unpacked(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"data/tweets.js": b"window.x = []", "other.txt": b"x"})
    assert read_all(path) == {"data/tweets.js": b"window.x = []", "other.txt": b"x"}
    packed = tarred(tmp_path / "a.tar.gz", member("media/", 0, tarfile.DIRTYPE), member("outbox.json", 4), data=b"{}{}")
    assert read_all(packed) == {"outbox.json": b"{}{}"}
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.tar.gz", "a.zip"]


@pytest.mark.parametrize("name", ["../../evil", "/etc/cron.d/evil", "..\\evil", "C:\\evil", "a/../../b", "x" * 2000])
def test_names_that_lead_out_of_it_or_never_end_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserMistake, match="hostile"):
        read_all(zipped(tmp_path / "a.zip", **{name: b"x"}))
    with pytest.raises(UserMistake, match="hostile"):
        read_all(tarred(tmp_path / "a.tar.gz", member(name, 1), data=b"x"))


def test_a_bomb_is_not_let_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_files, "FREE_BYTES", 100_000)
    path = zipped(tmp_path / "bomb.zip", **{"data/tweets.js": b"0" * 50_000_000})
    with pytest.raises(UserMistake, match="hostile"):
        read_all(path)
    (tmp_path / "bomb.tar.gz").write_bytes(gzip.compress(_tar_of_zeros(50_000_000)))
    with pytest.raises(UserMistake, match="hostile"):
        read_all(tmp_path / "bomb.tar.gz")


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_swells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_files, "FREE_BYTES", 100_000)
    path = zipped(tmp_path / "bomb.zip", a=b"0" * 30_000_000)
    data = bytearray(path.read_bytes())
    place = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, 1000)  # the size as the list says it
    path.write_bytes(data)
    assert len(read_all_or_refused(path)) <= 1000


def read_all_or_refused(path: Path) -> bytes:
    try:
        return b"".join(read_all(path).values())
    except UserMistake:
        return b""


def test_links_are_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("data/tweets.js")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr(info, "/etc/passwd")
    with pytest.raises(UserMistake, match="hostile"):
        read_all(tmp_path / "a.zip")
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
        with pytest.raises(UserMistake, match="hostile"):
            read_all(tarred(tmp_path / "a.tar.gz", member("outbox.json", 0, kind, "/etc/passwd")))


def test_an_encrypted_one_says_so(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b"secret")
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.find(mark) + place, 1)
    path.write_bytes(data)
    with pytest.raises(UserMistake, match="encrypted"):
        read_all(path)


def test_archives_within_it_stay_closed(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", **{"data/tweets.js": b"x"}).read_bytes()
    assert list(read_all(zipped(tmp_path / "a.zip", **{"inner.zip": inner}))) == ["inner.zip"]


def test_a_list_that_claims_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", a=b"x")
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 0xFFFFFFF0)
    path.write_bytes(data)
    with pytest.raises(UserMistake, match="hostile"):
        read_all(path)


def test_a_header_that_claims_gigabytes_is_refused(tmp_path: Path) -> None:
    header = member("pax", 2 * 1024**3, tarfile.XHDTYPE).tobuf()
    (tmp_path / "a.tar.gz").write_bytes(gzip.compress(header + b"\0" * 5_000_000))
    with pytest.raises(UserMistake):
        read_all(tmp_path / "a.tar.gz")


def test_a_reading_can_be_stopped_between_members(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    path.write_bytes(gzip.compress(_tar_of_zeros(3_000_000)))
    archive = open_archive(path, lambda: True)
    with pytest.raises(archive_files.Stopped):
        list(archive.find(lambda _name: False))


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x05\x06", b"\x1f\x8b", b"\x1f\x8b\x08\x00" + b"x" * 400, b"hello"]
)
def test_what_is_no_archive_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    with pytest.raises(UserMistake):
        read_all(path)


@settings(max_examples=150)
@given(st.data())
def test_no_damage_breaks_the_reading(data: st.DataObject) -> None:
    folder = Path(tempfile.gettempdir()) / "tertulia-archive-fuzz"
    folder.mkdir(exist_ok=True)
    if data.draw(st.booleans()):
        path = zipped(folder / "a.zip", **{"data/tweets.js": b"window = [1, 2, 3]" * 20, "b": b"x"})
    else:
        path = tarred(folder / "a.tar.gz", member("outbox.json", 400), member("b", 1), data=b"[1, 2]" * 100)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    assert len(read_all_or_refused(path)) <= 100_000  # refused in words, or read within bounds; nothing else is raised


def _tar_of_zeros(size: int) -> bytes:
    return (
        member("a", size).tobuf()
        + b"\0" * (size + 512 - size % 512)
        + member("outbox.json", 2).tobuf()
        + b"{}".ljust(512, b"\0")
        + b"\0" * 1024
    )
