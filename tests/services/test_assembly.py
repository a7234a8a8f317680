"""The services together: started they work by themselves, closed they leave nothing behind."""

from __future__ import annotations

import asyncio
from pathlib import Path

from app.models.outbox import DeliveryState
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, eventually


async def test_started_they_read_and_send_and_closed_they_leave_no_task(tmp_path: Path, clock: FakeClock) -> None:
    shop = SmallShop(tmp_path, clock)
    shop.say("¿A qué hora abren?")
    shop.services.start()
    number = await shop.post("por sí solos")

    async def is_done() -> bool:
        return (await shop.item(number)).state is DeliveryState.OUT and len(await shop.conversations()) == 1

    await eventually(is_done, clock)
    await shop.close()
    assert asyncio.all_tasks() == {asyncio.current_task()}
    assert shop.services.tasks.names() == []
    assert (shop.bugs, shop.troubles) == ([], [])
    assert sorted(file.name for file in tmp_path.glob("tertulia.db*")) == ["tertulia.db"]  # one complete file


async def test_idle_services_are_asleep(tmp_path: Path, clock: FakeClock) -> None:
    """With nothing to do nobody turns in circles: no reading, no writing while the clock stands still."""
    shop = SmallShop(tmp_path, clock)
    shop.services.start()
    looked: list[object] = []
    shop.services.sync.looked.connect(looked.append)

    async def has_looked() -> bool:
        return bool(looked)

    await eventually(has_looked, clock)
    calls: list[object] = []
    write = shop.database.write

    async def counted(*args: object, **named: object) -> object:
        calls.append(args)
        return await write(*args, **named)  # type: ignore[arg-type]

    shop.database.write = counted  # type: ignore[method-assign,assignment]
    await shop.post("uno")

    async def rests() -> bool:
        calls.clear()
        for _ in range(20):
            await clock.settle()
            await shop.ask(lambda queries: queries.accounts())
        return bool(shop.out_there()) and not calls

    await eventually(rests, clock)
    shop.database.write = write  # type: ignore[method-assign]
    await shop.close()


async def test_a_read_only_profile_is_only_watched(tmp_path: Path, clock: FakeClock) -> None:
    shop = SmallShop(tmp_path, clock)
    shop.database.read_only = True
    shop.services.start()
    assert shop.services.tasks.names() == ["watch the data file"]
    shop.database.read_only = False
    await shop.close()
