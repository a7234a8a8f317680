"""Good times of a shop: found for posts without moving anything, and the grid they come from, with its way back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from app.models.calendar import Move
from app.models.post import PostDraft, PostFormat
from app.models.slot import GoodTime, QueueFull, SlotGrid
from app.runtime.clock import to_ms
from app.runtime.errors import UserMistake
from app.runtime.settings import Shop
from app.store.reading import slots as reading
from app.store.writing import calendar, samples
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def grid_of(shop: SmallShop) -> SlotGrid:
    return await shop.database.read(reading.grid)


def times(grid: SlotGrid) -> list[tuple[int, int, str]]:
    return [(slot.weekday, slot.minute, slot.pillar) for slot in grid.of(1)]


async def draft(shop: SmallShop, text: str = "Hola", **fields: object) -> int:
    return await shop.services.posts.save(PostDraft(parts=(text,), accounts=(shop.account_id,), **fields))  # type: ignore[arg-type]


async def test_the_next_good_time_is_told_and_nothing_moves(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        slots = shop.services.slots
        assert await slots.next_good_time([shop.account_id]) == QueueFull(None)
        later = clock.now() + 3 * HOUR
        await slots.add(shop.account_id, range(7), later.hour * 60 + later.minute)
        found = await slots.next_good_time([shop.account_id])
        assert isinstance(found, GoodTime)
        assert timedelta(0) < found.at - clock.now() <= 3 * HOUR
        number = await shop.services.posts.schedule(
            PostDraft(parts=("uno",), accounts=(shop.account_id,), zone="UTC"), found.at
        )
        after = await slots.next_good_time([shop.account_id])
        assert isinstance(after, GoodTime)
        assert after.at == found.at + DAY
        assert await slots.next_good_time([shop.account_id], post_id=number) == found


async def test_several_posts_each_find_a_time_of_their_own(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        later = clock.now() + 3 * HOUR
        await shop.services.slots.add(shop.account_id, range(7), later.hour * 60)
        numbers = [await draft(shop, text) for text in ("uno", "dos", "tres")]
        found = await shop.services.slots.places(numbers)
        assert isinstance(found, list)
        assert [each.post_id for each in found] == numbers
        assert {(two.at - one.at) for one, two in pairwise(found)} == {DAY}
        await shop.services.planning.move(found, "UTC")
        assert await shop.services.slots.places(numbers) == found, "what stands in its own way is itself alone"


async def test_a_queue_that_is_full_says_until_when(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        later = clock.now() + 3 * HOUR
        await shop.services.slots.add(shop.account_id, [later.weekday()], later.hour * 60)
        many = [await draft(shop, f"{number}") for number in range(12)]
        found = await shop.services.slots.places(many)
        assert isinstance(found, QueueFull)
        assert found.until is not None
        assert 55 * DAY < found.until - clock.now() <= 61 * DAY


async def test_what_sells_passes_over_the_teaser_of_its_campaign(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        today = clock.now().date()

        def campaign(session: object) -> int:
            number = calendar.add_campaign(session, "Marea")  # type: ignore[arg-type]
            calendar.add_phase(session, number, "teaser", today.isoformat(), (today + 4 * DAY).isoformat())  # type: ignore[arg-type]
            return number

        number = shop.database.write_now(campaign)
        await shop.services.slots.add(shop.account_id, range(7), 23 * 60 + 50)
        free = await shop.services.slots.next_good_time([shop.account_id])
        sells = await shop.services.slots.next_good_time([shop.account_id], sells_in=number)
        assert isinstance(free, GoodTime)
        assert isinstance(sells, GoodTime)
        assert (free.at.date(), sells.at.date()) == (today, today + 5 * DAY)
        post = await draft(shop, "20 % menos", format=PostFormat.PROMO, campaign_id=number)
        assert await shop.services.slots.places([post]) == [Move(post, sells.at)]


async def test_each_change_of_the_grid_has_its_way_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        slots = shop.services.slots
        made = await slots.add(shop.account_id, [0, 2], 600)
        assert await slots.add(shop.account_id, [0, 2], 600) == []
        steps = [times(await grid_of(shop))]
        monday = next(slot for slot in (await grid_of(shop)).slots if slot.id == made[0])
        changed = type(monday)(monday.id, monday.account_id, 1, 615, monday.zone, "offers")
        await slots.change(changed)
        assert times(await grid_of(shop)) == [(1, 615, "offers"), (2, 600, "")]
        await slots.remove(shop.account_id, made)
        assert times(await grid_of(shop)) == []
        await shop.undo()
        await shop.undo()
        assert times(await grid_of(shop)) == steps[0]
        await slots.switch_day(shop.account_id, 2, on=False)
        grid = await grid_of(shop)
        assert (times(grid), grid.off) == (steps[0], frozenset({(shop.account_id, 2)}))
        await shop.undo()
        assert (await grid_of(shop)).off == frozenset()


async def test_a_time_twice_on_one_day_and_one_that_no_day_has_are_refused(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.slots.add(shop.account_id, [0], 600)
        (number,) = await shop.services.slots.add(shop.account_id, [0], 700)
        slot = next(each for each in (await grid_of(shop)).slots if each.id == number)
        for minute, said in ((600, "slots.twice"), (1440, "slots.no_time")):
            with pytest.raises(UserMistake) as refused:
                await shop.services.slots.change(type(slot)(slot.id, slot.account_id, 0, minute, slot.zone))
            assert refused.value.message.id == said


async def test_good_times_carry_the_zone_in_which_they_were_made(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Shop, zone="America/New_York")
        await shop.services.slots.add(shop.account_id, range(7), 660)
        shop.settings.change(Shop, zone="UTC")
        found = await shop.services.slots.good_times([shop.account_id], date(2026, 7, 1), date(2026, 7, 1))
        assert [each.at for each in found] == [datetime(2026, 7, 1, 15, tzinfo=UTC)]


async def test_own_best_times_come_from_own_figures_and_say_from_how_many(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        general = await shop.services.slots.best_times(shop.account_id)
        assert len(general) == 3
        assert all(each.general and not each.samples for each in general)
        values = []
        for number in range(16):
            item = await shop.post(f"post {number}")
            await shop.run_for(60, step=20)
            sent = (await shop.ask(lambda queries: queries.outbox(unfinished=False)))[-1].sent_at or clock.now()
            values.append(("clicks", "post", item, to_ms(sent) + 60_000, 400 if number % 8 == 3 else 10))
            clock.advance(21 * 3600)
        await shop.database.write(samples.add, values, bulk=True)
        own = await shop.services.slots.best_times(shop.account_id)
        assert own
        assert not own[0].general
        assert own[0].samples >= 2
        assert own[0].gain > 0
        await shop.services.slots.add(shop.account_id, [own[0].weekday], own[0].minute)
        assert own[0] not in await shop.services.slots.best_times(shop.account_id), "what is there is not offered"


async def test_other_accounts_take_over_the_times_of_one(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.slots.add(shop.account_id, [0, 1], 600)
        await shop.services.slots.copy_to(shop.account_id, [shop.account_id])
        assert len((await grid_of(shop)).slots) == 2
