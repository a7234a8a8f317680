"""The last copy takes the place of a damaged file, which is set aside and never lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.runtime import errors
from app.store import restore as module
from app.store.restore import latest_backup, restore_latest
from app.store.schema import FileState, check_file
from tests.store.making import NOW


@pytest.fixture
def backups(tmp_path: Path, migrated: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    for number, (name, content) in enumerate({"b.db": b"older", "a.db": migrated.read_bytes(), "c.txt": b""}.items()):
        (folder / name).write_bytes(content)
        os.utime(folder / name, (number, number))
    return folder


def test_the_youngest_copy_is_the_latest(backups: Path, tmp_path: Path):
    assert latest_backup(backups) == backups / "a.db"
    assert latest_backup(tmp_path / "none") is None


def test_the_damaged_file_is_set_aside_with_its_log(backups: Path, tmp_path: Path):
    path = tmp_path / "tertulia.db"
    path.write_bytes(b"torn")
    path.with_name("tertulia.db-wal").write_bytes(b"log")
    aside = restore_latest(path, backups, NOW)
    assert aside.read_bytes() == b"torn"
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"log"
    assert not path.with_name("tertulia.db-wal").exists()
    assert check_file(path) is FileState.CURRENT
    assert (backups / "a.db").exists()


def test_without_a_copy_nothing_is_touched(tmp_path: Path):
    path = tmp_path / "tertulia.db"
    path.write_bytes(b"torn")
    with pytest.raises(FileNotFoundError):
        restore_latest(path, tmp_path / "none", NOW)
    assert path.read_bytes() == b"torn"


def test_without_room_for_it_the_trouble_is_said_and_nothing_is_lost(
    backups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def no_room(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "tertulia.db"
    path.write_bytes(b"torn")
    monkeypatch.setattr(module.shutil, "copyfile", no_room)
    with pytest.raises(errors.DiskFull):
        restore_latest(path, backups, NOW)
    assert path.read_bytes() == b"torn"
