"""The calendar folder follows the plan: what comes, moves and goes; and says what is wrong."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest

from app.models.calendar import Move
from app.models.post import PostDraft
from app.runtime.settings import Plan
from app.services.ics_folder import EACH, QUIET_SECONDS, WHOLE
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

HOUR = timedelta(hours=1)


def events(file: Path) -> dict[str, icalendar.Event]:
    return {
        str(each["uid"]).partition("@")[0]: each
        for each in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    }


def folder_of(shop: SmallShop, tmp_path: Path) -> Path:
    folder = tmp_path / "calendars"
    folder.mkdir()
    shop.settings.change(Plan, folder=str(folder))
    return folder


async def draft(shop: SmallShop, text: str = "Tal vez", hours: int = 5) -> int:
    return await shop.services.posts.save(
        PostDraft(parts=(text,), planned_at=shop.clock.now() + hours * HOUR, zone="UTC")
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name.partition("@")[0] for path in (folder / EACH).iterdir())


async def test_it_follows_the_plan(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        folder, write = folder_of(shop, tmp_path), shop.services.calendar_folder.write_now
        first, second = await draft(shop, "uno"), await draft(shop, "dos", 6)
        assert (await write()).posts == 2
        assert list(events(folder / WHOLE)) == [f"post-{first}", f"post-{second}"]
        before = events(folder / WHOLE)[f"post-{first}"]
        clock.advance(5)
        await shop.services.planning.move([Move(first, clock.now() + 9 * HOUR)], "UTC")
        await shop.services.planning.back_to_ideas([second])
        await write()
        assert names(folder) == [f"post-{first}"]
        after = events(folder / WHOLE)[f"post-{first}"]
        assert after.decoded("dtstart") == clock.now() + 9 * HOUR
        assert after["sequence"] > before["sequence"]
        assert events(next((folder / EACH).iterdir()))[f"post-{first}"].decoded("dtstart") == after.decoded("dtstart")


async def test_only_what_changed_is_written_anew(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        folder, write = folder_of(shop, tmp_path), shop.services.calendar_folder.write_now
        first, second = await draft(shop, "uno"), await draft(shop, "dos")
        await write()
        stood = {path.name: path.stat().st_ino for path in (folder / EACH).iterdir()}
        whole = (folder / WHOLE).stat().st_ino
        clock.advance(60)
        await write()
        assert (folder / WHOLE).stat().st_ino == whole
        await shop.services.planning.move([Move(second, clock.now() + 9 * HOUR)], "UTC")
        await write()
        changed = {
            path.name.partition("@")[0] for path in (folder / EACH).iterdir() if path.stat().st_ino != stood[path.name]
        }
        assert changed == {f"post-{second}"}
        for path in (folder / EACH).iterdir():  # by somebody else
            path.unlink()
        await write()
        assert names(folder) == [f"post-{first}", f"post-{second}"]
        assert f"post-{first}" in names(folder)


async def test_a_moment_after_the_last_change_it_is_written_by_itself(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        folder, service = folder_of(shop, tmp_path), shop.services.calendar_folder
        written = asyncio.Event()
        service.changed.connect(written.set)

        async def seconds(many: float) -> None:
            """Until it is written, which a thread does."""
            written.clear()
            await clock.elapse(many)
            await asyncio.wait_for(written.wait(), 30)

        service.watch()
        await seconds(QUIET_SECONDS)
        assert events(folder / WHOLE) == {}
        number = await draft(shop)
        await clock.elapse(QUIET_SECONDS / 2)
        assert events(folder / WHOLE) == {}
        await seconds(QUIET_SECONDS)
        assert f"post-{number}" in events(folder / WHOLE)
        await shop.services.planning.back_to_ideas([number])
        await service.close()  # what changed in the last moment is written yet
        assert names(folder) == []


async def test_files_of_others_stay_as_they_are(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        folder = folder_of(shop, tmp_path)
        (folder / EACH).mkdir()
        own = folder / EACH / "dentist.ics"
        other = folder / EACH / "post-1@ffffffffffff.tertulia.ics"  # of another profile
        own.write_text("BEGIN:VCALENDAR")
        other.write_text("BEGIN:VCALENDAR")
        await draft(shop)
        await shop.services.calendar_folder.write_now()
        assert own.read_text() == other.read_text() == "BEGIN:VCALENDAR"
        assert len(list((folder / EACH).iterdir())) == 3


async def test_a_file_that_somebody_else_made_is_not_overwritten(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        folder = folder_of(shop, tmp_path)
        (folder / WHOLE).write_text("BEGIN:VCALENDAR\r\nPRODID:mine\r\n")
        state = await shop.services.calendar_folder.write_now()
        assert state.trouble is not None
        assert state.trouble.id == "plan.folder_taken"
        assert (folder / WHOLE).read_text().startswith("BEGIN:VCALENDAR")


async def test_what_is_wrong_is_said_once_and_forgotten_when_it_is_right_again(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        said: list[str] = []
        service = shop.services.calendar_folder
        service.said.connect(lambda why: said.append(why.id))
        folder = tmp_path / "stick"
        shop.settings.change(Plan, folder=str(folder))
        for _ in range(2):
            assert (await service.write_now()).trouble is not None
        assert said == ["plan.folder_missing"]
        folder.mkdir()
        state = await service.write_now()
        assert (state.trouble, state.written_at) == (None, clock.now())
        (folder / WHOLE).unlink()
        (folder / WHOLE).mkdir()  # in the way
        assert (await service.write_now()).trouble is not None
        assert said == ["plan.folder_missing", "file.not_written"]


async def test_without_a_folder_nothing_is_written(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        before = sorted(path.name for path in tmp_path.iterdir())
        assert (await shop.services.calendar_folder.write_now()).folder == ""
        assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize("path", ["calendars", "~/calendars", "../x", "a\x00b"])
def test_a_folder_is_told_from_the_root_on(path: str) -> None:
    from app.runtime.errors import UserMistake
    from app.runtime.settings import Settings

    settings = Settings(dict, lambda _name, _value: None)
    with pytest.raises(UserMistake) as refused:
        settings.change(Plan, folder=path)
    assert refused.value.message.id == "error.setting.folder"
