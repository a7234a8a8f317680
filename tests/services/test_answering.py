"""The answer clock over a real shop: what a change of promises, hours or holidays moves, and what screens may ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.models.case import CaseRow
from app.models.conversation import Category, ConversationState
from app.runtime.settings import Answer, Hour, Shop
from app.services.answering import UNDER_WAY
from app.services.public_holidays import PublicHolidays
from app.store.reading import cases as cases_reading
from app.store.reading import settings as settings_reading
from app.store.writing import settings as settings_writing
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, eventually, shop_in

AROUND_THE_CLOCK = (((0, 1440),),) * 7
HOUR = timedelta(hours=1)


def listen(shop: SmallShop) -> list[int]:
    moved: list[int] = []
    shop.services.answering.recounted.connect(moved.append)
    return moved


async def until(shop: SmallShop, holds: Callable[[], bool]) -> None:
    async def asked() -> bool:
        return holds()

    await eventually(asked, shop.clock)


async def change(shop: SmallShop, **values: object) -> int:
    """Change what is promised and wait until it is counted; answers how many moved."""
    moved = listen(shop)
    shop.settings.change(Answer, **values)
    await until(shop, lambda: bool(moved))
    return moved[-1]


async def due(shop: SmallShop, number: int) -> datetime | None:
    return (await shop.conversation(number)).answer_by


async def heard(shop: SmallShop, count: int = 1) -> list[int]:
    shop.settings.change(Answer, hours=AROUND_THE_CLOCK)
    return [await shop.heard(number=n, thread=f"t{n}") for n in range(1, count + 1)]


async def test_another_promise_moves_what_waits_and_says_how_much(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first, second, third = await heard(shop, 3)
        await shop.services.inbox.close([third])
        before = await due(shop, first)
        assert before is not None
        assert await change(shop, minutes=120) == 2
        assert await due(shop, first) == before + HOUR
        assert await due(shop, third) is None
        assert await change(shop, targets=((0, "complaint", 15, None, None),)) == 0
        await shop.services.inbox.categorize([second], Category.COMPLAINT)
        assert await due(shop, second) == before - 45 * HOUR / 60


async def test_other_hours_and_another_zone_move_it_too(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        (number,) = await heard(shop)
        assert await change(shop, hours=(((0, 60),),) * 7) == 1
        before = await due(shop, number)
        moved = listen(shop)
        shop.settings.change(Shop, zone="Asia/Tokyo")
        await until(shop, lambda: bool(moved))
        assert await due(shop, number) != before


async def test_what_has_nothing_to_do_with_it_counts_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await heard(shop)
        moved = listen(shop)
        await until(shop, lambda: not shop.services.tasks.names())
        moved.clear()
        shop.settings.change(Hour, minutes=30)
        assert not shop.services.tasks.names()
        assert moved == []


async def test_changes_in_a_row_end_with_the_last(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        (number,) = await heard(shop)
        moved = listen(shop)
        before = await due(shop, number)
        assert before is not None
        for minutes in (65, 70, 75):
            shop.settings.change(Answer, minutes=minutes)
        await until(shop, lambda: bool(moved) and not shop.services.tasks.names())
        assert await due(shop, number) == before + 15 * HOUR / 60


async def test_many_are_counted_batch_by_batch_with_progress(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await heard(shop, 5)
        await until(shop, lambda: not shop.services.tasks.names())
        monkeypatch.setattr("app.services.answering.BATCH", 2)
        progress: list[tuple[int, int]] = []
        shop.services.answering.progress.connect(lambda done, total: progress.append((done, total)))
        assert await change(shop, minutes=90) == 5
        assert progress == [(2, 5), (4, 5), (5, 5)]


async def test_what_a_crash_left_half_done_is_made_good_at_the_next_start(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        (number,) = await heard(shop)
        await until(shop, lambda: not shop.services.tasks.names())
        before = await due(shop, number)
        await shop.database.write(settings_writing.save, UNDER_WAY, "1")
        shop.services.answering.close()
        shop.settings.change(Answer, minutes=90)
        assert await due(shop, number) == before
        moved = listen(shop)
        await shop.services.answering.run()
        await until(shop, lambda: bool(moved))
        assert moved == [1]
        assert not await shop.database.read(settings_reading.value, UNDER_WAY)


async def test_reopened_by_hand_the_promise_is_from_now_for_its_category(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        (number,) = await heard(shop)
        shop.settings.change(Answer, targets=((0, "praise", 30, None, None),))
        await shop.services.inbox.categorize([number], Category.PRAISE)
        await shop.services.inbox.close([number])
        clock.advance(3600)
        await shop.services.inbox.reopen([number])
        assert await due(shop, number) == clock.now() + HOUR / 2


async def test_opened_again_by_hand_it_is_counted_from_then_also_when_promises_change_later(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        (number,) = await heard(shop)
        await shop.services.inbox.close([number])
        clock.advance(3600)
        await shop.services.inbox.reopen([number])
        opened = clock.now()
        clock.advance(600)
        assert await change(shop, minutes=90) == 1
        assert await due(shop, number) == opened + 1.5 * HOUR
        await shop.services.inbox.categorize([number], Category.COMPLAINT)
        assert await change(shop, targets=((0, "complaint", 15, None, None),)) == 1
        assert await due(shop, number) == opened + HOUR / 4


async def test_undoing_a_category_brings_back_the_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        (number,) = await heard(shop)
        shop.settings.change(Answer, targets=((0, "praise", 30, None, None),))
        before = await due(shop, number)
        await shop.services.inbox.categorize([number], Category.PRAISE)
        assert await due(shop, number) != before
        await shop.undo()
        assert await due(shop, number) == before


async def test_undoing_done_restores_the_case(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        (number,) = await heard(shop)

        async def case() -> CaseRow:
            found = await shop.database.read(cases_reading.newest, number)
            assert found is not None
            return found

        await shop.services.inbox.close([number])
        assert (await case()).solved_at == clock.now()
        await shop.undo()
        assert (await case()).solved_at is None
        assert (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER


async def test_by_when_a_case_has_to_be_solved(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        (number,) = await heard(shop)
        row, case = await shop.conversation(number), await shop.database.read(cases_reading.newest, number)
        assert case is not None
        assert shop.services.answering.solved_by(row, case) is None
        shop.settings.change(Answer, solved_minutes=600)
        assert shop.services.answering.solved_by(row, case) == case.opened_at + 10 * HOUR


async def test_the_next_holidays_and_the_parts_of_a_country(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        coming = await shop.services.answering.coming_holidays("MX", "", "es")
        assert coming[0] == (date(2026, 12, 25), "Navidad")
        assert len(coming) == 3
        assert ("BY", "Bayern") in await shop.services.answering.regions("DE")


async def test_holidays_are_asked_for_at_the_start_where_a_country_is_chosen(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[date] = []
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Answer, holiday_country="MX")
        monkeypatch.setattr(PublicHolidays, "is_one", lambda _self, day, *_where: asked.append(day) or False)
        await shop.services.answering.run()
    assert asked == [date(2026, 11, 18)]
