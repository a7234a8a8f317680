"""Everything is deleted behind a typed word: tokens, secrets, the folder; what is another's stays, what failed is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.account import AccountState
from app.runtime.errors import UserMistake
from app.runtime.paths import Paths
from app.services.erasing import erase_folder
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in


async def test_another_word_touches_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as trouble:
            await shop.services.erasing.erase("borrar")
        assert trouble.value.field == "word"
        assert await shop.state() is AccountState.READY
        assert not shop.services.erasing.is_wanted


async def test_the_word_signs_out_and_forgets_all_secrets(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        for name in ("1", "analytics", "links.bitly"):
            shop.secrets.set(f"test.{name}", {"token": "x"})
        assert await shop.services.erasing.word() == "aurora"
        assert await shop.services.erasing.erase(" Aurora ") == []
        assert shop.secrets.kept == {}
        assert shop.services.erasing.is_wanted
        heard: list[bool] = []
        shop.services.erasing.finished.connect(lambda: heard.append(True))
        shop.services.erasing.finish()
        assert heard == [True]


async def test_what_the_desktop_keeps_goes_too_and_what_fails_is_told(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:

        async def refuse() -> None:
            raise UserMistake

        shop.services.erasing.also = refuse
        assert [each.id for each in await shop.services.erasing.erase("aurora")] == ["error.user_mistake"]


def test_the_folder_goes_with_all_that_the_program_made(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path / "shop")
    paths.create()
    for name in ("tertulia.db", "tertulia.db-wal", "window.ini", "damaged-1.db", "secrets.vault"):
        (paths.root / name).write_text("x")
    (paths.media / "a.jpg").write_text("x")
    assert erase_folder(paths) == []
    assert not paths.root.exists()
    assert erase_folder(paths) == []


def test_what_is_anothers_stays(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path / "shop")
    paths.create()
    (paths.root / "mine.txt").write_text("mine")
    (paths.root / "media" / "a.jpg").write_text("x")
    assert erase_folder(paths) == [paths.root / "mine.txt"]
    assert [path.name for path in paths.root.iterdir()] == ["mine.txt"]


def test_a_link_in_the_profile_is_removed_and_not_followed(tmp_path: Path) -> None:
    paths = Paths.of(tmp_path / "shop")
    paths.root.mkdir()
    (tmp_path / "films").mkdir()
    (tmp_path / "films" / "a.mp4").write_text("mine")
    paths.media.symlink_to(tmp_path / "films")
    erase_folder(paths)
    assert (tmp_path / "films" / "a.mp4").exists()
