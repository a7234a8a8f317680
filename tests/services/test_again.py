"""What goes out again is put together with everything else, and tops itself up."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from app.models.post import PostDraft, PostState
from app.models.series import Rule, Series
from tests.fakes.clock import FakeClock
from tests.services.shop import eventually, shop_in


async def test_posts_that_recur_are_made_at_the_start_and_after_midnight(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        series = Series(
            "x", PostDraft(parts=("hola",)), Rule(weekdays=(4,)), 600, "UTC", clock.now().date(), state=PostState.DRAFT
        )
        await shop.services.recurring.begin(series)
        clock.advance(timedelta(days=8))
        running = asyncio.get_running_loop().create_task(shop.services.plans.again.run())

        async def all_there() -> bool:
            now = clock.now()
            return len(await shop.ask(lambda queries: queries.posts(now, now + timedelta(days=60)))) == 5

        await eventually(all_there, clock)
        await eventually(lambda: _sleeps(clock), clock)
        await clock.elapse(7 * 86_400)
        await eventually(all_there, clock)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def _sleeps(clock: FakeClock) -> bool:
    return clock.next_waking_at is not None
