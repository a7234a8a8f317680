"""Clicks of tracked links: once a day, at each opening, cumulative, and a gap where nobody asked."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from app.services.link_clicks import AT_OPENING, EVERY, START_SECONDS
from app.store.reading import samples
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.fakes.shlink_server import TOKEN, BitlyServer, ShlinkServer, problem
from tests.services.link_shop import LinkShop, links_in

LINK = "https://discosaurora.mx/marea"


async def went_out(shop: LinkShop, text: str = f"Mira {LINK}") -> int:
    """A post that is out; answers its outbox id."""
    post_id = await shop.shop.services.posts.schedule(shop.draft(text), None, wait_undo=False)
    await shop.shop.turn()
    return (await shop.shop.deliveries(post_id))[-1].id


async def counted(shop: LinkShop, outbox_id: int) -> list[int]:
    rows = await shop.shop.database.read(samples.series, "clicks", "post", outbox_id, 0)
    return [value for _, value in rows]


async def test_clicks_of_people_are_kept_with_the_delivery(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        item = await went_out(shop)
        server.visited("marea", 12, robots=90)
        clock.advance(timedelta(hours=2))
        assert await shop.clicks.count()
        assert await counted(shop, item) == [12]
        row = await shop.shop.ask(lambda queries: queries.post_row(1))
        assert row is not None
        assert row.clicks == 12


async def test_several_links_of_a_post_are_its_clicks_together(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        item = await went_out(shop, f"{LINK} y https://discosaurora.mx/otra")
        server.visited("marea", 3)
        server.visited("otra", 4)
        await shop.clicks.count()
        assert await counted(shop, item) == [7]
        gone = next(code for code, row in server.links.items() if "otra" in row["longUrl"])
        del server.links[gone]
        clock.advance(EVERY)
        await shop.clicks.count()
        assert await counted(shop, item) == [7], "half of it is no count"


async def test_what_was_counted_never_falls(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        item = await went_out(shop)
        for visits in (9, 2, 11):
            server.visited("marea", visits)
            await shop.clicks.count()
            clock.advance(EVERY)
        assert await counted(shop, item) == [9, 9, 11]


async def test_a_day_on_which_the_shortener_did_not_answer_is_a_gap(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        item = await went_out(shop)
        server.faults.replies = [problem(401, "invalid-api-key", "no")]
        assert not await shop.clicks.count()
        assert shop.clicks.trouble is not None
        assert shop.clicks.trouble.id == "links.error.token"
        assert await counted(shop, item) == []
        assert await shop.clicks.count()
        assert shop.clicks.trouble is None
        assert await counted(shop, item) == [0]


async def test_it_is_asked_once_a_day_and_at_each_opening(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        item = await went_out(shop)
        await shop.clicks.count(at_opening=True)
        await shop.clicks.count(at_opening=True)
        assert await counted(shop, item) == [0], "opened again at once, it is not asked again"
        clock.advance(AT_OPENING)
        await shop.clicks.count(at_opening=True)
        await shop.clicks.count()
        assert len(await counted(shop, item)) == 2
        await shop.clicks.count(asked=True)
        assert len(server.http.asked("GET", "/rest/v3/short-urls")) == 3


async def test_it_runs_beside_the_window(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        item = await went_out(shop)
        work = shop.shop.services.tasks.spawn("clicks of the test", shop.clicks.run(), owner=shop)
        await clock.elapse(START_SECONDS - 1)
        assert server.http.requests[1:] == [], "the window comes first"
        for days in range(1, 4):
            await clock.elapse(1 if days == 1 else EVERY)
            async with asyncio.timeout(30):
                while len(await counted(shop, item)) < days:
                    await asyncio.sleep(0)
            await clock.settle()
        work.cancel()
        assert await counted(shop, item) == [0, 0, 0]


async def test_without_a_shortener_or_links_nobody_is_asked(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        assert await shop.clicks.count(asked=True)
        await shop.use("shlink", server.url)
        await went_out(shop, "Sin enlace")
        assert await shop.clicks.count(asked=True)
        assert server.http.requests == []


async def test_old_posts_are_not_asked_about_and_older_ones_at_bitly_weekly(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, BitlyServer() as server:
        await shop.use("bitly", server.url, TOKEN, "")
        await went_out(shop)

        async def asked(days: int) -> int:
            clock.advance(timedelta(days=days))
            await shop.clicks.count()
            return len(server.http.asked("GET", "/v4/bitlinks/*"))

        assert [await asked(1), await asked(1)] == [1, 2]
        assert [await asked(13), await asked(1), await asked(6)] == [3, 3, 4]
        assert await asked(60) == 4


async def test_bitly_is_counted_on_beyond_what_its_plan_remembers(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, BitlyServer() as server:
        await shop.use("bitly", server.url, TOKEN, "")
        item = await went_out(shop)
        number = next(iter(server.links.values()))
        server.clicks[number] = [(clock.now(), 50)]
        await shop.clicks.count()
        clock.advance(timedelta(days=40))
        server.clicks[number] = [(clock.now() - timedelta(days=1), 4)]
        await shop.clicks.count()
        assert await counted(shop, item) == [50, 54]


async def test_a_broken_answer_is_no_count(tmp_path: Path, clock: FakeClock) -> None:
    async with links_in(tmp_path, clock) as shop, ShlinkServer() as server:
        await shop.use("shlink", server.url)
        item = await went_out(shop)
        row = {"shortCode": "sc000", "shortUrl": "https://aurora.mx/sc000", "visitsSummary": {"nonBots": -4}}
        for data in ({}, {"shortUrls": {"data": "x"}}, {"shortUrls": {"data": [row], "pagination": 3}}):
            server.http.on("GET", "/rest/v3/short-urls", Reply(200, data))
            server.http.on("GET", "/rest/v3/short-urls/*", Reply(200, {"visitsSummary": {"nonBots": "many"}}))
            await shop.clicks.count(asked=True)
        assert await counted(shop, item) == []
