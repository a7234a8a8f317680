"""Backups by hand and by themselves, restoring one while the program runs, going on elsewhere."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.account import AccountState
from app.models.outbox import DeliveryState
from app.models.safekeeping import SUFFIX, BackupKind, Progress, Restored, Step
from app.runtime.clock import to_ms
from app.runtime.errors import DiskTrouble, UserMistake
from app.services.safekeeping import KEPT_DAYS, Safekeeping, here_of, place_of, rotate
from app.store.backup_file import About, backups_in, read_manifest, write_backup
from app.store.checking import find_damage
from app.store.reading import accounts as accounts_reading
from app.store.restore import restore
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in


def safe(shop: SmallShop) -> Safekeeping:
    return shop.services.safekeeping


async def test_a_backup_is_complete_and_lies_among_the_backups(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        file = await safe(shop).backup()
        assert file is not None
        assert (file.parent, file.name) == (shop.paths.backups, f"tertulia-2026-11-18T16-00-00Z{SUFFIX}")
        assert [each.kind for each in await safe(shop).backups()] == [BackupKind.BY_HAND]
        manifest = await safe(shop).check(file)
        assert manifest is not None
        assert (manifest.rows["account"], manifest.place) == (1, place_of(shop.paths.root))


@pytest.mark.parametrize("own", ["tertulia.db", "tertulia.db-wal", "secrets.vault"])
async def test_a_backup_never_takes_the_place_of_the_data_itself(tmp_path: Path, clock: FakeClock, own: str) -> None:
    async with shop_in(tmp_path / "shop", clock) as shop:
        (tmp_path / "link").symlink_to(shop.paths.root)
        for target in (shop.paths.root / own, tmp_path / "link" / own, tmp_path):
            for way in (safe(shop).backup, safe(shop).copy):
                with pytest.raises(UserMistake) as trouble:
                    await way(target)
                assert trouble.value.message.id == "data.onto_itself"


async def test_a_plain_copy_is_the_data_file_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "shop", clock) as shop:
        await safe(shop).copy(tmp_path / "usb" / "copia.db")
        with closing(sqlite3.connect(tmp_path / "usb" / "copia.db")) as connection:
            assert find_damage(connection) == ""
        (tmp_path / "file").write_text("in the way")
        for way in (safe(shop).copy, safe(shop).backup):
            with pytest.raises(DiskTrouble):
                await way(tmp_path / "file" / "copia")


async def test_progress_is_told_and_stopping_leaves_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        heard: list[Progress | None] = []
        safe(shop).progress.connect(heard.append)
        await safe(shop).backup()
        assert {each.step for each in heard if each} >= {Step.COPY, Step.VERIFY}
        assert heard[-1] is None
        safe(shop).progress.connect(lambda progress: safe(shop).stop() if progress else None)
        clock.advance(60)
        made = await safe(shop).backup()
        assert made is None or len(list(shop.paths.backups.iterdir())) == 2
        assert not safe(shop).is_under_way


async def test_restoring_while_the_program_runs_sends_nothing_twice_and_can_be_undone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "shop", clock) as shop:
        post = await shop.post("Hoy a las seis")
        file = await safe(shop).backup(tmp_path / f"copy{SUFFIX}")
        assert file is not None
        await shop.services.publishing.send_due()
        assert shop.out_there() == ["Hoy a las seis"]
        found: list[Restored] = []
        safe(shop).replaced.connect(found.append)
        await safe(shop).restore(file)
        assert (found[0].known_out, found[0].to_check) == (1, 0)
    async with shop_in(tmp_path / "shop", clock, stock=False) as again:
        clock.advance(timedelta(minutes=5))
        await again.services.publishing.send_due()
        [item] = await again.deliveries(post)
        assert item.state is DeliveryState.OUT
        assert again.out_there() == ["Hoy a las seis"]
        former = await safe(again).former()
        assert former is not None
        assert former.kind is BackupKind.BEFORE_RESTORE


@pytest.mark.parametrize("parts", [("Ya salió",), ("Uno", "Dos", "Tres")])
async def test_on_another_computer_what_is_out_already_is_found_and_not_sent_again(tmp_path: Path, clock: FakeClock, parts: tuple[str, ...]) -> None:
    """It left after the backup was made, every part of it: the network is asked part by part."""
    async with shop_in(tmp_path / "old", clock) as old:
        post = await old.post(*parts)
        file = await safe(old).backup(tmp_path / f"copy{SUFFIX}")
        assert file is not None
        await old.services.publishing.send_due()
    new = tmp_path / "new"
    SmallShop(new, clock, stock=False).database.close_now()
    shutil.copy(tmp_path / "old" / "network.jsonl", new / "network.jsonl")
    shop = SmallShop(new, clock, stock=False)
    shop.database.close_now()
    found = restore(file, here_of(shop.paths, clock))
    assert (found.to_check, found.to_sign_in) == (1, 1)
    async with shop_in(new, clock, stock=False) as elsewhere:
        [row] = await elsewhere.database.read(accounts_reading.accounts)
        assert row.state is AccountState.SIGNED_OUT
        await elsewhere.services.publishing.send_due()
        assert (await elsewhere.deliveries(post))[0].state is DeliveryState.UNSURE
        elsewhere.database.write_now(accounts.set_state, row.id, AccountState.READY, to_ms(clock.now()))
        for _ in parts:
            await elsewhere.services.publishing.send_due()
        assert (await elsewhere.deliveries(post))[0].state is DeliveryState.OUT
        assert elsewhere.out_there() == list(parts)


async def test_moving_stops_sending_here_and_stopping_that_goes_on(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path / "shop", clock) as shop:
        file = await safe(shop).move(tmp_path / f"move{SUFFIX}")
        assert file is not None
        assert read_manifest(file).kind is BackupKind.MOVE
        [row] = await shop.database.read(accounts_reading.accounts)
        assert row.state is AccountState.PAUSED
        await shop.services.accounts.pause(row.id, paused=False)
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(DiskTrouble):
            await safe(shop).move(tmp_path / "file" / "x")
        [row] = await shop.database.read(accounts_reading.accounts)
        assert row.state is AccountState.READY


async def test_a_backup_makes_itself_each_day_and_not_more_often(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await safe(shop).look_after()
        await safe(shop).look_after()
        assert [each.kind for each in await safe(shop).backups()] == [BackupKind.AUTOMATIC]
        clock.advance(timedelta(hours=25))
        await safe(shop).look_after()
        assert len(await safe(shop).backups()) == 2


async def test_without_room_the_day_is_told_and_the_program_goes_on(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    async with shop_in(tmp_path, clock) as shop:
        said: list[str] = []
        safe(shop).said.connect(lambda each: said.append(each.id))

        def full(*_args: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr("app.services.safekeeping.write_backup", full)
            await safe(shop).look_after()
            assert said == ["backup.not_made"]
            clock.advance(timedelta(hours=1))
            await safe(shop).look_after()
            assert said == ["backup.not_made"], "it is tried each hour, and said once"
        await safe(shop).look_after()
        assert len(await safe(shop).backups()) == 1
        clock.advance(timedelta(hours=25))
        monkeypatch.setattr("app.services.safekeeping.write_backup", full)
        await safe(shop).look_after()
        assert said == ["backup.not_made"] * 2


def test_seven_days_and_four_weeks_are_kept_and_what_was_made_by_hand(tmp_path: Path, clock: FakeClock) -> None:
    shop = SmallShop(tmp_path, clock)
    shop.database.close_now()
    for day in range(60):
        made = clock.now() - timedelta(days=59 - day)
        kind = BackupKind.BY_HAND if day == 3 else BackupKind.AUTOMATIC
        about = About(kind, made, "0.1", "here", media_inside=False)
        write_backup(shop.paths.database, tmp_path, shop.paths.backups / f"{day:02}{SUFFIX}", about)
    rotate(shop.paths.backups)
    left = [int(each.path.name[:2]) for each in backups_in(shop.paths.backups)]
    assert left[:KEPT_DAYS] == [59, 58, 57, 56, 55, 54, 53]
    assert 3 in left
    weeks = {(clock.now() - timedelta(days=59 - day)).isocalendar()[:2] for day in left if day != 3}
    assert len(weeks) == 4
    assert rotate(shop.paths.backups) == []

