"""A computer that slept is noticed by its clocks: the wall's went on, what passed here did not."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from app.models.outbox import DeliveryState
from app.models.post import PostDraft
from app.services.waking import EVERY_SECONDS, Waking
from tests.fakes.clock import FakeClock
from tests.services.shop import eventually, shop_in


async def test_time_that_passes_is_no_jump(clock: FakeClock) -> None:
    waking = Waking(clock)
    clock.advance(3600)
    assert waking.jump() == timedelta(0)


async def test_a_sleep_is_told_once(clock: FakeClock) -> None:
    woke: list[timedelta] = []
    watching = asyncio.get_running_loop().create_task(Waking(clock).watch(woke.append))
    await clock.elapse(60)
    clock.set_wall(clock.now() + timedelta(hours=8))
    await clock.elapse(60)
    watching.cancel()
    assert woke == [timedelta(hours=8)]


async def test_what_fell_due_meanwhile_leaves_soon_after_waking(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        draft = PostDraft(parts=("buenos días",), accounts=(shop.account_id,), zone="UTC")
        post_id = await shop.services.posts.schedule(draft, clock.now() + timedelta(minutes=4))
        shop.services.tasks.spawn("publishing", shop.services.publishing.run(), owner=shop)
        await clock.elapse(5)
        clock.set_wall(clock.now() + timedelta(minutes=30))  # the computer slept; no timer moved
        await clock.elapse(2 * EVERY_SECONDS)

        async def is_out() -> bool:
            return (await shop.deliveries(post_id))[-1].state is DeliveryState.OUT

        await eventually(is_out, clock)
