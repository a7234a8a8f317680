"""Tracked links as they were made, and what went out of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.models.tracked_link import Shortener, TrackedLink
from app.runtime.clock import to_ms
from app.store.reading import links as reading
from app.store.writing import calendar, samples
from app.store.writing import links as writing
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

LINK = "https://discosaurora.mx/marea"


async def out_with(shop: SmallShop, *links: TrackedLink) -> int:
    """A post that is out with these links; answers its outbox id."""
    item = await shop.post("Mira")
    await shop.turn()
    await shop.database.write(writing.keep, links, to_ms(shop.clock.now()))
    return item


def link(url: str = LINK, short: str = "https://aurora.mx/sc1", shortener: Shortener = Shortener.SHLINK) -> TrackedLink:
    return TrackedLink(1, 1, url, f"{url}?utm_content=p1-1", short, shortener, short.rpartition("/")[2])


async def test_links_of_a_post_and_who_has_it_already(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await out_with(shop, link(), link("https://discosaurora.mx/otra", ""))
        found = await shop.database.read(reading.of_post, 1)
        assert [(each.url, each.leaves_as) for each in found] == [
            (LINK, "https://aurora.mx/sc1"),
            ("https://discosaurora.mx/otra", "https://discosaurora.mx/otra?utm_content=p1-1"),
        ]
        assert found[0].made_at == clock.now()
        assert await shop.database.read(reading.left, 1) == {1}
        assert await shop.database.read(reading.left, 2) == frozenset()
        assert await shop.database.read(reading.unshortened, 1, 1) is Shortener.SHLINK
        assert await shop.database.read(reading.unshortened, 1, 2) is None


async def test_what_went_out_with_its_clicks(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        item = await out_with(shop, link(), link("https://discosaurora.mx/otra", "", Shortener.NONE))
        now = to_ms(clock.now())
        await shop.database.write(
            samples.add,
            [(reading.CLICKS, "post", item, now, 4), (reading.CLICKS, "post", item, now + 1000, 9)],
            bulk=True,
        )
        rows = await shop.database.read(reading.out)
        assert [(row.outbox_id, row.url, row.clicks, row.handle) for row in rows] == [
            (item, LINK, 9, "@aurora"),
            (item, "https://discosaurora.mx/otra", 9, "@aurora"),
        ]
        assert rows[0].counted_at == clock.now() + timedelta(seconds=1)
        assert [row.remote_id for row in await shop.database.read(reading.out, 0, 10, ("shlink",))] == ["sc1"]
        assert await shop.database.read(reading.out, now + 1) == []
        assert await shop.database.read(reading.made_at, ["sc1", "weg"], "shlink") == {"sc1": now}
        assert await shop.database.read(reading.made_since, "shlink", now) == 1
        assert await shop.database.read(reading.made_since, "shlink", now + 1) == 0


async def test_campaigns_by_their_names_in_links(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.database.write(lambda session: calendar.add_campaign(session, "Santa Cecilia"))
        assert await shop.database.read(reading.campaigns) == {number: ("Santa Cecilia", "")}
