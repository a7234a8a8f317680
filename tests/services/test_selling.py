"""The sample shop asks no analytics server anything."""

from __future__ import annotations

from pathlib import Path

from app.runtime.settings import Analytics as Chosen
from app.services.selling import selling
from tests.fakes.clock import FakeClock
from tests.fakes.plausible_server import KEY, SITE, PlausibleServer
from tests.services.shop import shop_in


async def test_a_simulated_shop_goes_nowhere(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop, PlausibleServer() as server:
        shop.settings.change(Chosen, server=server.url, site=SITE)
        zone = clock.now().tzinfo
        assert zone is not None
        made = selling(
            shop.database, shop.services.undo, shop.settings, shop.secrets, "test", clock, lambda: zone, simulated=True
        )
        await made.analytics.set_key(KEY)
        trial = await made.analytics.try_it()
        assert trial.trouble is not None
        assert trial.trouble.id == "analytics.error.sample"
        assert server.http.requests == []
