"""What would go wrong at its time is said while there is time to mend it; nothing is held back for it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image

from app.models.account import AccountState
from app.models.delivery import Delivery
from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostFormat
from app.models.tables.post import Post
from app.networks.network import Counting, Limits
from app.runtime.clock import to_ms
from app.runtime.words import Message
from app.services.server_facts import limits_text
from app.store.reading import checks as reading
from app.store.reading import outbox as outbox_reading
from app.store.writing import accounts, calendar, checks
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in


async def plan(shop: SmallShop, *parts: str, hours: float = 2, **fields: Any) -> Delivery:
    """A post in some hours, as it stands in the outbox."""
    draft = PostDraft(parts=parts or ("Hoy abrimos a las diez",), accounts=(shop.account_id,), zone="UTC", **fields)
    post_id = await shop.services.posts.schedule(draft, shop.clock.now() + timedelta(hours=hours))
    return await delivery(shop, (await shop.deliveries(post_id))[-1].id)


async def delivery(shop: SmallShop, number: int) -> Delivery:
    found = await shop.database.read(outbox_reading.delivery, number)
    assert found is not None
    return found


async def checked(shop: SmallShop, item: Delivery) -> list[str]:
    """Ids of what a round of checks finds."""
    await shop.services.checks.check_due()
    return [warning.id for warning in (await delivery(shop, item.id)).warnings]


async def set_account(shop: SmallShop, state: AccountState) -> None:
    await shop.database.write(accounts.set_state, shop.account_id, state, to_ms(shop.clock.now()))


async def test_a_sound_post_has_no_warning(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        item = await plan(shop, "Mira https://discosaurora.mx/marea")
        assert await checked(shop, item) == []
        assert (await delivery(shop, item.id)).checked_at == clock.now()


async def test_it_is_looked_at_when_planned_and_again_half_an_hour_before(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        item = await plan(shop)
        assert await checked(shop, item) == []
        await set_account(shop, AccountState.PAUSED)
        shop.services.checks._stood.clear()
        assert await checked(shop, item) == []
        next_at = await shop.database.read(reading.next_check, to_ms(clock.now()), 30 * 60_000)
        assert next_at == to_ms(item.due_at - timedelta(minutes=30))
        await clock.elapse(timedelta(minutes=90))
        assert await checked(shop, item) == ["check.paused"]
        assert await shop.database.read(reading.next_check, to_ms(clock.now()), 30 * 60_000) is None


async def test_a_post_of_the_far_future_is_looked_at_once_now(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        item = await plan(shop, hours=24 * 40)
        assert await checked(shop, item) == []
        assert (await delivery(shop, item.id)).checked_at is not None


async def test_signed_out_before_its_time_turns_it_amber_and_signing_in_mends_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        item = await plan(shop)
        await checked(shop, item)
        await set_account(shop, AccountState.SIGNED_OUT)
        assert await checked(shop, item) == ["check.signed_out"]
        await set_account(shop, AccountState.READY)
        assert await checked(shop, item) == []


async def test_a_reading_that_changes_nothing_of_the_account_checks_nothing_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        item = await plan(shop)
        await checked(shop, item)
        before = (await delivery(shop, item.id)).checked_at
        await clock.elapse(60)
        await shop.services.sync.look_now()
        await checked(shop, item)
        assert (await delivery(shop, item.id)).checked_at == before


async def test_a_limit_that_shrank_makes_it_too_long(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        item = await plan(shop, "a" * 400)
        await checked(shop, item)
        smaller = limits_text(Limits(text=300, counting=Counting.MASTODON))
        await shop.database.write(accounts.update_server, shop.account_id, smaller, "{}")
        assert await checked(shop, item) == ["check.too_long"]


async def test_an_audience_that_the_server_no_longer_offers_turns_it_amber(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        item = await plan(shop, visibility=Visibility.UNLISTED)
        assert await checked(shop, item) == []
        fewer = limits_text(Limits(counting=Counting.MASTODON, visibilities=(Visibility.PUBLIC,)))
        await shop.database.write(accounts.update_server, shop.account_id, fewer, "{}")
        assert await checked(shop, item) == ["check.not_so_there"]


async def test_pictures_without_description_and_pictures_that_are_gone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        Image.new("RGB", (30, 20), "navy").save(tmp_path / "tapa.png")
        picture = await shop.services.posts.add_picture(tmp_path / "tapa.png")
        item = await plan(shop, pictures=(picture,))
        assert await checked(shop, item) == ["check.alt_missing"]
        (shop.paths.media / picture.path).unlink()
        assert [each.id for each in await shop.services.checks.warnings(item)] == ["check.picture_missing"]


async def test_a_link_whose_page_is_gone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.dead_links.add("https://discosaurora.mx/marea")
        item = await plan(shop, "Mira https://discosaurora.mx/marea y https://discosaurora.mx/")
        assert await checked(shop, item) == ["check.link_dead"]
        assert (await delivery(shop, item.id)).warnings[0] == Message("check.link_dead", {"link": "https://discosaurora.mx/marea"})


async def test_the_second_of_two_equal_posts_is_a_duplicate(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first = await plan(shop, "Hoy 2x1", hours=2)
        second = await plan(shop, "Hoy 2x1", hours=50)
        assert await checked(shop, first) == []
        assert await checked(shop, second) == ["check.duplicate"]


async def test_after_a_month_the_same_text_is_no_duplicate(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await plan(shop, "Hoy 2x1", hours=2)
        later = await plan(shop, "Hoy 2x1", hours=24 * 31 + 3)
        assert await checked(shop, later) == []


async def test_what_was_let_go_is_no_duplicate(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        first = await plan(shop, "Hoy 2x1", hours=2)
        await shop.services.outbox.cancel(first.id)
        assert await checked(shop, await plan(shop, "Hoy 2x1", hours=5)) == []


async def test_a_promotion_after_its_campaign_has_expired(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        item = await plan(shop, hours=72, format=PostFormat.PROMO)
        campaign = shop.database.write_now(calendar.add_campaign, "Marea")
        today = clock.now().date()
        shop.database.write_now(calendar.add_phase, campaign, "promotion", today.isoformat(), (today + timedelta(days=1)).isoformat())

        def join(session: Any) -> None:
            session.get_one(Post, item.post_id).campaign_id = campaign

        shop.database.write_now(join)
        assert await checked(shop, item) == ["check.offer_expired"]


async def test_an_amber_post_goes_out_all_the_same(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.dead_links.add("https://discosaurora.mx/marea")
        item = await plan(shop, "Mira https://discosaurora.mx/marea", hours=1)
        await checked(shop, item)
        await shop.run_for(3700, step=600)
        assert (await delivery(shop, item.id)).state is DeliveryState.OUT


async def test_what_moved_meanwhile_is_not_noted(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        item = await plan(shop)
        await shop.services.outbox.cancel(item.id)
        assert not await shop.database.write(checks.note, item.id, to_ms(item.due_at), [Message("check.paused")], 1)
        assert (await delivery(shop, item.id)).warnings == ()


async def test_it_runs_by_itself(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.dead_links.add("https://discosaurora.mx/marea")
        running = shop.services.tasks.spawn("checks", shop.services.checks.run())
        item = await plan(shop, "Mira https://discosaurora.mx/marea")
        while not (await delivery(shop, item.id)).warnings:
            await asyncio.sleep(0)
        running.cancel()


async def test_lists_show_what_a_check_found_until_the_post_has_left(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.dead_links.add("https://discosaurora.mx/marea")
        item = await plan(shop, "Mira https://discosaurora.mx/marea", hours=1)
        await checked(shop, item)
        assert item.post_id is not None
        for row in (await shop.item(item.id), await shop.ask(lambda queries: queries.post_row(item.post_id or 0))):
            assert row is not None
            assert [warning.id for warning in row.warnings] == ["check.link_dead"]
        await shop.run_for(3700, step=600)
        assert (await shop.item(item.id)).warnings == ()
