"""Nothing leaves before its time, to the millisecond, and everything leaves at it: the engine's loop on a clock that a test moves."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from app.models.outbox import DeliveryState
from app.runtime.clock import from_ms, to_ms
from app.runtime.settings import Posting
from app.store.writing import outbox
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, eventually, shop_in

ITEMS = 24
MILLISECOND = timedelta(milliseconds=1)
QUIET_SECONDS = 0.02
"""Real time in which an engine that wanted to send would have begun to."""


async def plan(shop: SmallShop, seed: int) -> dict[str, int]:
    """Posts at odd moments of one hour, some at the very same, two in the same second; answers when each is due (milliseconds)."""
    chance = Random(seed)
    begin = to_ms(shop.clock.now())
    moments = sorted(begin + chance.randrange(5_000, 3_600_000) for _ in range(ITEMS - 3))
    moments += [moments[4], moments[9], moments[9] + 7]
    due = {}
    for number, moment in enumerate(moments):
        text = f"pieza {number}"
        item = await shop.post(text)
        await shop.database.write(outbox.reschedule, item, moment, begin)
        due[text] = moment
    return due


@pytest.mark.parametrize("seed", [1, 2])
async def test_each_leaves_at_its_millisecond_and_not_one_before(tmp_path: Path, clock: FakeClock, seed: int) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=False)  # else servers publish some, and this computer hears of it later
        due = await plan(shop, seed)
        shop.services.tasks.spawn("publishing", shop.services.publishing.run())
        for moment in sorted(set(due.values())):
            early = sorted(text for text, at in due.items() if at < moment)
            clock.advance(from_ms(moment) - MILLISECOND - clock.now())
            await asyncio.sleep(QUIET_SECONDS)
            assert sorted(shop.out_there()) == early
            clock.advance(MILLISECOND)
            now = sorted(text for text, at in due.items() if at <= moment)
            await eventually(lambda now=now: all_out(shop, len(now)), clock)  # type: ignore[misc]
            assert sorted(shop.out_there()) == now
        sent = [
            row.sent_at
            for row in await shop.ask(lambda queries: queries.outbox(unfinished=False))
            if row.sent_at is not None
        ]
        assert [to_ms(moment) for moment in sorted(sent)] == sorted(due.values())


async def all_out(shop: SmallShop, count: int) -> bool:
    rows = await shop.ask(lambda queries: queries.outbox(unfinished=False))
    return sum(row.state is DeliveryState.OUT for row in rows) == count


async def test_a_clock_that_is_put_back_holds_back_what_it_takes_back(tmp_path: Path, clock: FakeClock) -> None:
    """A time server corrects the clock by minutes: what is not due any more waits again."""
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=False)
        begin = clock.now()
        item = await shop.post("a las diez y cinco")
        await shop.database.write(outbox.reschedule, item, to_ms(begin + timedelta(minutes=5)), to_ms(begin))
        shop.services.tasks.spawn("publishing", shop.services.publishing.run())
        await asyncio.sleep(QUIET_SECONDS)
        clock.set_wall(begin - timedelta(minutes=10))
        for _ in range(15):
            assert shop.out_there() == []
            clock.advance(60)
            await asyncio.sleep(QUIET_SECONDS)
        assert clock.now() == begin + timedelta(minutes=5)
        await eventually(lambda: all_out(shop, 1), clock)
        assert shop.out_there() == ["a las diez y cinco"]
