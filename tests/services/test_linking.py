"""All that links need, put together over a simulated shortener and over the net's."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from app.links.bitly import Bitly
from app.runtime.settings import Links
from app.services.linking import linking
from app.services.sample_links import SimulatedShortener
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in

LINK = "https://discosaurora.mx/marea"


async def test_the_simulated_one_wants_no_token(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Links, shortener="shlink", server="https://aurora.mx")
        assert await shop.services.tracked_links.has_token()
        item = await shop.post(LINK)
        await shop.turn()
        assert shop.out_there()[0].startswith("https://aurora.mx/")
        assert await shop.services.clicks.count(asked=True)
        assert (await shop.item(item)).state == "out"


async def test_the_real_one_goes_over_the_net(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Links, shortener="bitly")
        calendar = shop.services.posts
        around = SimpleNamespace(
            settings=shop.settings, credentials=shop.secrets, profile_id="test", clock=clock, open_shortener=None
        )
        made = linking(shop.database, around, calendar, lambda: ZoneInfo("UTC"), simulated=False)
        assert calendar.links is made.tracked
        assert not await made.tracked.has_token()
        await made.tracked.set_token("clave")
        assert isinstance(await made.tracked._shortener.get(), Bitly)
        assert not isinstance(await made.tracked._shortener.get(), SimulatedShortener)
        await made.tracked.close()
