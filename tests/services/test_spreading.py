"""Proposals of a real shop: read around the days of the warning, done by nobody."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.models.post import PostDraft
from app.models.rhythm import RhythmWarning, WarningKind
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

DAY = timedelta(days=1)


async def planned(shop: SmallShop, days: int, hour: int) -> int:
    at = shop.clock.now().replace(hour=hour, minute=0, second=0, microsecond=0) + days * DAY
    return await shop.services.posts.schedule(
        PostDraft(parts=(f"{days} {hour}",), accounts=(shop.account_id,), zone="UTC"), at
    )


async def test_a_full_day_is_spread_to_good_times_nearby_and_nothing_moves_by_itself(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        ids = [await planned(shop, 2, 10 + number) for number in range(6)]
        day = (clock.now() + 2 * DAY).date()
        await shop.services.slots.add(shop.account_id, range(7), 20 * 60)
        flood = RhythmWarning(WarningKind.FLOOD, day, day, (shop.account_id,), tuple(ids), 6, 5)
        (move,) = await shop.services.slots.mend(flood)
        assert move.post_id in ids
        assert (move.at.hour, abs((move.at.date() - day).days)) == (20, 1)
        assert await shop.services.slots.mend(flood) == [move]


async def test_a_silence_is_filled_by_what_waits(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first, last = clock.now().date() + DAY, clock.now().date() + 5 * DAY
        silence = RhythmWarning(WarningKind.SILENCE, first, last, (shop.account_id,), (), 4, 2)
        assert await shop.services.slots.mend(silence) == []
        number = await shop.services.posts.save(PostDraft(parts=("espera",), accounts=(shop.account_id,)))
        (move,) = await shop.services.slots.mend(silence)
        assert move.post_id == number
        assert first < move.at.date() < last
