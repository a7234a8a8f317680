"""The services of campaigns come together as the rest of the program asks for them."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in


async def test_the_three_are_there_by_name(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        services = shop.services
        assert (services.campaigns, services.launches, services.patterns) == tuple(services.plans.campaigning)
        assert services.patterns.shipped("en").steps
