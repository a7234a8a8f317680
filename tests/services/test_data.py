"""The profile as a whole: a copy that was read back, and the sample shop in a process of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.runtime.errors import DiskTrouble, UserMistake
from app.services import data
from app.store.checking import find_damage
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in


def accounts_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        assert find_damage(connection) == ""
        return [row[0] for row in connection.execute("SELECT handle FROM account")]


async def test_a_copy_is_complete_and_lies_among_the_backups(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        file = await shop.services.data.backup()
        assert (file.parent, file.name) == (shop.paths.backups, "tertulia-2026-11-18T16-00-00Z.db")
        assert accounts_in(file) == ["@aurora"]
        assert [each.name for each in file.parent.iterdir()] == [file.name]


async def test_a_copy_goes_where_it_is_told_and_replaces_an_older_one(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "shop", clock) as shop:
        target = tmp_path / "usb" / "copia.db"
        await shop.services.data.backup(target)
        shop.add_account("@otra")
        assert await shop.services.data.backup(target) == target
        assert accounts_in(target) == ["@aurora", "@otra"]


@pytest.mark.parametrize("suffix", ["", "-wal"])
async def test_a_copy_never_takes_the_place_of_the_data_itself(tmp_path: Path, clock: FakeClock, suffix: str) -> None:
    async with shop_in(tmp_path, clock) as shop:
        own = shop.paths.database.with_name(shop.paths.database.name + suffix)
        (tmp_path / "link").symlink_to(shop.paths.root)
        for target in (own, tmp_path / "link" / own.name):
            with pytest.raises(UserMistake) as trouble:
                await shop.services.data.backup(target)
            assert trouble.value.message.id == "data.onto_itself"
        shop.add_account("@otra")  # still the file that is in use
    assert accounts_in(shop.paths.database) == ["@aurora", "@otra"]


async def test_a_folder_is_no_place_for_a_copy(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "shop", clock) as shop:
        with pytest.raises(UserMistake):
            await shop.services.data.backup(tmp_path)
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(DiskTrouble):
            await shop.services.data.backup(tmp_path / "file" / "copia.db")


async def test_the_sample_shop_opens_beside_this_profile(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(data, "_start", started.append)
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.data.open_sample()
        assert started[0][-3:] == ["--profile", str(shop.paths.root), "--sample"]
        assert (shop.services.data.read_only, shop.services.data.folder) == (False, shop.paths.root)
