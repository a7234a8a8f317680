"""One file holds the data and the media, is proved readable before it counts, and says of itself what it is."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from app.models.safekeeping import MIME_TYPE, SUFFIX, BackupKind, Progress, Step, Stopped
from app.runtime import errors
from app.store import backup_file as module
from app.store.backup_file import (
    About,
    backups_in,
    check_backup,
    media_files,
    newest_good,
    read_manifest,
    row_counts,
    unpack_database,
    unpack_media,
    write_backup,
)
from app.store.checking import find_damage
from app.store.database import Database
from app.store.schema import connect_read_only
from tests.store.making import NOW, add_account, arrival, keep

ABOUT = About(BackupKind.BY_HAND, NOW, "0.1", "here")


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "media"
    (folder / "sets").mkdir(parents=True)
    (folder / "a.jpg").write_bytes(b"jpegjpg")
    (folder / "sets" / "ñ.png").write_bytes(b"other")
    (folder / "elsewhere").symlink_to("/etc/hostname")
    return folder


@pytest.fixture
def backup(database: Database, media: Path, tmp_path: Path) -> Path:
    keep(database, add_account(database), arrival())
    target = tmp_path / "out" / f"copy{SUFFIX}"
    write_backup(database.path, media.parent, target, ABOUT)
    return target


def test_a_backup_holds_the_data_in_use_and_the_media(backup: Path, tmp_path: Path):
    manifest = check_backup(backup)
    assert (manifest.kind, manifest.made_at, manifest.program, manifest.place) == (
        BackupKind.BY_HAND,
        NOW,
        "0.1",
        "here",
    )
    assert manifest.media == {"media/a.jpg": 7, "media/sets/ñ.png": 5}
    assert (manifest.rows["message"], manifest.rows["account"]) == (1, 1)
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
    unpack_database(backup, tmp_path / "again.db")
    assert row_counts(tmp_path / "again.db") == manifest.rows
    with connect_read_only(tmp_path / "again.db") as connection:
        assert find_damage(connection) == ""
    connection.close()


def test_systems_know_the_file_by_its_first_bytes(backup: Path):
    assert backup.read_bytes()[30 : 30 + 8 + len(MIME_TYPE)] == b"mimetype" + MIME_TYPE.encode()


def test_media_are_added_and_nothing_that_is_there_is_replaced(backup: Path, tmp_path: Path):
    folder = tmp_path / "other"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "a.jpg").write_bytes(b"mine")
    assert unpack_media(backup, folder) == 1
    assert (folder / "media" / "a.jpg").read_bytes() == b"mine"
    assert media_files(folder) == ["media/a.jpg", "media/sets/ñ.png"]


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.999])
def test_a_cut_backup_is_never_taken_for_a_whole_one(backup: Path, cut: float):
    backup.write_bytes(backup.read_bytes()[: int(backup.stat().st_size * cut)])
    with pytest.raises((errors.Damaged, errors.UserMistake)):
        check_backup(backup)


def test_a_flipped_byte_is_noticed_wherever_it_is(backup: Path):
    whole = backup.read_bytes()
    for place in range(200, len(whole) - 200, len(whole) // 15):
        backup.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        with pytest.raises((errors.Damaged, errors.UserMistake)):
            check_backup(backup)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    for place in (tmp_path / "no" / "where.tertulia-backup", tmp_path):
        with pytest.raises(errors.UserMistake) as mistake:
            check_backup(place)
        assert (mistake.value.message.id, mistake.value.message.values["file"]) == ("restore.no_file", str(place))


def test_other_files_are_no_backups(tmp_path: Path):
    other = tmp_path / f"x{SUFFIX}"
    other.write_bytes(b"hello")
    with pytest.raises(errors.UserMistake):
        read_manifest(other)
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word.xml", "x")
    with pytest.raises(errors.UserMistake):
        read_manifest(other)


def _changed(backup: Path, **values: object) -> None:
    with zipfile.ZipFile(backup) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[module.MANIFEST] = json.dumps({**json.loads(parts[module.MANIFEST]), **values}).encode()
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_a_backup_of_a_newer_program_is_refused_by_name(backup: Path):
    _changed(backup, schema=9999)
    with pytest.raises(errors.NewerFile):
        read_manifest(backup)


@pytest.mark.parametrize("name", ["media/../../out.jpg", "/etc/x", "media/a\\b", "media/C:x", "", "tertulia.db", "secrets/vault"])
def test_names_that_lead_out_of_the_folder_are_refused(backup: Path, name: str):
    _changed(backup, media={name: 1})
    with pytest.raises(errors.UserMistake):
        read_manifest(backup)


def test_an_archive_with_a_name_that_leads_out_writes_nothing(backup: Path, tmp_path: Path):
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr("media/../../out.jpg", b"x")
    with pytest.raises(errors.UserMistake):
        unpack_media(backup, tmp_path / "deep" / "er")
    assert not (tmp_path / "out.jpg").exists()


def test_other_rows_than_were_packed_are_damage(backup: Path):
    _changed(backup, rows={"message": 2})
    with pytest.raises(errors.Damaged):
        check_backup(backup)


@pytest.mark.parametrize("step", [Step.COPY, Step.PACK, Step.MEDIA, Step.VERIFY])
def test_stopping_leaves_what_stood_there(database: Database, media: Path, tmp_path: Path, step: Step):
    target = tmp_path / "out" / "copy"
    target.parent.mkdir()
    target.write_bytes(b"older")

    def stop(progress: Progress) -> None:
        if progress.step is step:
            raise Stopped

    with pytest.raises(Stopped):
        write_backup(database.path, media.parent, target, ABOUT, stop)
    assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("copy", b"older")]


def test_media_may_be_left_beside(database: Database, media: Path, tmp_path: Path):
    target = tmp_path / f"copy{SUFFIX}"
    write_backup(database.path, media.parent, target, ABOUT._replace(media_inside=False))
    manifest = check_backup(target)
    assert (manifest.media_inside, len(manifest.media)) == (False, 2)
    assert unpack_media(target, tmp_path / "none") == 0


def test_the_newest_good_backup_is_the_newest_that_can_be_read_through(backup: Path):
    folder = backup.parent
    for number, name in enumerate(("b", "c"), start=1):
        other = folder / f"{name}{SUFFIX}"
        other.write_bytes(backup.read_bytes())
        _changed(other, made_at=NOW.replace(hour=16 + number).isoformat())
    (folder / f"c{SUFFIX}").write_bytes((folder / f"c{SUFFIX}").read_bytes().replace(b"jpegjpg", b"jpegjpx"))
    (folder / f"x{SUFFIX}").write_bytes(b"no backup")
    assert [each.path.name[0] for each in backups_in(folder)] == ["c", "b", "c"]
    found = newest_good(folder)
    assert found is not None
    assert found.path.name == f"b{SUFFIX}"
    assert newest_good(folder / "none") is None


# ---- forged on purpose


def _members(backup: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(backup) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _forge(backup: Path, parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(backup, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == module.MIMETYPE else how)


def _refused(backup: Path, tmp_path: Path) -> errors.UserMistake:
    """By each way in, with nothing written."""
    target = tmp_path / "there" / "fresh.db"
    target.parent.mkdir(exist_ok=True)
    for way in (
        lambda: read_manifest(backup),
        lambda: check_backup(backup),
        lambda: unpack_database(backup, target),
        lambda: unpack_media(backup, target.parent),
    ):
        with pytest.raises(errors.UserMistake) as caught:
            way()
        assert list(target.parent.iterdir()) == []
    assert backups_in(backup.parent) == []
    return caught.value


def test_a_bomb_is_refused_before_it_swells(backup: Path, tmp_path: Path):
    parts = _members(backup)
    _forge(backup, {**parts, module.DATABASE: bytes(200_000_000)})
    assert backup.stat().st_size < 1_000_000
    assert "swells" in _refused(backup, tmp_path).technical
    _forge(backup, {**parts, "media/a.jpg": bytes(100_000_000)})
    assert "swells" in _refused(backup, tmp_path).technical


def test_a_bomb_in_the_manifest_is_refused(backup: Path, tmp_path: Path):
    _forge(backup, {**_members(backup), module.MANIFEST: b" " * 60_000_000})
    assert _refused(backup, tmp_path).technical == "an endless manifest"


def test_a_size_that_is_a_lie_ends_at_what_was_said(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The list says 4 KB, the stream holds megabytes: no more than was said is ever written."""
    parts = _members(backup)
    _forge(backup, {**parts, module.DATABASE: bytes(50_000_000)})
    whole = bytearray(backup.read_bytes())
    for signature, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = -1
        while (at := whole.find(signature, at + 1)) >= 0:
            if int.from_bytes(whole[at + place : at + place + 4], "little") == 50_000_000:
                whole[at + place : at + place + 4] = (4096).to_bytes(4, "little")
    backup.write_bytes(whole)
    target = tmp_path / "fresh.db"
    with pytest.raises((errors.Damaged, errors.UserMistake)):
        unpack_database(backup, target)
    assert not target.exists() or target.stat().st_size <= 4096


def test_more_than_the_disk_holds_is_not_begun(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 50_000_005})())
    with pytest.raises(errors.DiskFull):
        unpack_database(backup, tmp_path / "fresh.db")
    assert not (tmp_path / "fresh.db").exists()
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _folder: type("Usage", (), {"free": 50_000_005})())
    with pytest.raises(errors.DiskFull):
        unpack_media(backup, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_what_its_list_does_not_name_is_not_let_in(backup: Path, tmp_path: Path):
    whole = backup.read_bytes()
    for name in ("media/more.jpg", "tertulia.db-wal", "secrets.vault", "/etc/passwd", "media/../../out", "media/", "window.ini"):
        backup.write_bytes(whole)
        with zipfile.ZipFile(backup, "a") as archive:
            archive.writestr(name, b"x")
        reason = f"{name} is no file" if name.endswith("/") else f"not in its list: ['{name}']"
        assert _refused(backup, tmp_path).technical == reason


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(backup: Path, tmp_path: Path):
    with zipfile.ZipFile(backup, "a") as archive:
        archive.writestr("media/a.jpg", b"another")
    assert _refused(backup, tmp_path).technical == "two members of one name"


def test_links_and_other_ways_of_packing_are_refused(backup: Path, tmp_path: Path):
    parts = _members(backup)
    with zipfile.ZipFile(backup, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            if name == "media/a.jpg":
                info.external_attr = (0o120777) << 16
                content = b"/etc/passwd"[: len(content)]
            archive.writestr(info, content)
    assert "no file" in _refused(backup, tmp_path).technical
    _forge(backup, parts, zipfile.ZIP_BZIP2)
    assert "packed" in _refused(backup, tmp_path).technical


def test_a_list_without_end_is_refused_before_it_is_read(backup: Path, tmp_path: Path):
    whole = bytearray(backup.read_bytes())
    at = whole.rfind(b"PK\x05\x06")
    for entries, length in ((0xFFFF, 0xFFFFFF00), (3, 0x7FFFFFFF)):
        forged = bytearray(whole)
        forged[at + 8 : at + 12] = entries.to_bytes(2, "little") * 2
        forged[at + 12 : at + 16] = length.to_bytes(4, "little")
        backup.write_bytes(forged)
        assert "list" in _refused(backup, tmp_path).technical


def test_media_of_another_size_than_the_list_says_are_damage(backup: Path):
    parts = _members(backup)
    _forge(backup, {**parts, "media/a.jpg": b"far more than seven bytes"}, zipfile.ZIP_STORED)
    for way in (read_manifest, check_backup):
        with pytest.raises(errors.Damaged):
            way(backup)
