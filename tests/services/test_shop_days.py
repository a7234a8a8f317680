"""Gains are summed by the shop's days, also after it moved to another zone."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from app.runtime.clock import to_ms
from app.runtime.settings import Shop
from app.services.shop_days import ShopDays
from app.store.writing import samples
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

GAINED = "SELECT day, gained FROM figure_day WHERE gained <> 0 ORDER BY day"


async def gained(shop: SmallShop) -> list[tuple[int, int]]:
    return await shop.database.read(lambda connection: connection.execute(GAINED).fetchall())


async def test_another_zone_puts_gains_onto_its_own_days(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        days = ShopDays(shop.database, shop.settings, shop.services.tasks, lambda: ZoneInfo(shop.settings.get(Shop).zone))
        await days.settle()
        number = await shop.post("con cifras")
        await shop.services.publishing.send_due()
        night = clock.now().replace(hour=23, minute=30)
        await shop.database.write(samples.add, [("likes", "post", number, to_ms(night), 5)])
        assert await gained(shop) == [(night.date().toordinal(), 5)]
        assert not await days.settle()
        shop.settings.change(Shop, zone="Asia/Tokyo")
        assert await days.settle()
        assert await gained(shop) == [(night.date().toordinal() + 1, 5)]
