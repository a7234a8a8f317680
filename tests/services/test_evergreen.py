"""Evergreen posts: offered again, planned by one key, and never the same words too soon."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostState
from app.models.slot import GoodTime, QueueFull
from app.services.checks import SAME_TEXT
from app.services.evergreen import Evergreen
from app.store.reading import outbox as outbox_reading
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in


class GoodTimes:
    """The next full hour; or none."""

    def __init__(self) -> None:
        self.asked: list[datetime] = []
        self.full = False

    async def next_good_time(
        self, accounts: object, pillar: str = "", after: datetime | None = None
    ) -> GoodTime | QueueFull:
        assert after is not None
        self.asked.append(after)
        return QueueFull(None) if self.full else GoodTime(after + timedelta(hours=1), (1,))


async def published(shop: SmallShop, text: str = "Cómo se limpia un vinilo") -> int:
    draft = PostDraft(parts=(text,), accounts=(shop.account_id,), evergreen=True, zone="UTC", pillar="help")
    post_id = await shop.services.posts.schedule(draft, None, wait_undo=False)
    await shop.turn()
    return post_id


def evergreen(shop: SmallShop, times: GoodTimes) -> Evergreen:
    return Evergreen(shop.database, shop.services.posts, times, shop.services.undo, shop.clock)


async def test_what_was_out_just_now_says_from_when_its_words_are_free(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        service = evergreen(shop, GoodTimes())
        post_id = await published(shop)
        [offer] = await service.offers()
        assert (offer.id, offer.times, offer.title) == (post_id, 1, "Cómo se limpia un vinilo")
        assert offer.free_from is not None
        assert offer.last_at is not None
        assert offer.free_from == offer.last_at + SAME_TEXT
        clock.advance(SAME_TEXT + timedelta(minutes=1))
        assert [each.free_from for each in await service.offers()] == [None]


async def test_it_is_planned_again_for_a_good_time_after_its_words_are_free(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        times = GoodTimes()
        post_id = await published(shop)
        out = clock.now()
        queued = await evergreen(shop, times).queue(post_id)
        assert times.asked[0] > out + SAME_TEXT
        assert queued.at is not None
        assert queued.post_id != post_id
        [row] = await shop.deliveries(queued.post_id)
        assert (row.state, row.due_at) == (DeliveryState.WAITING, queued.at)
        item = await shop.database.read(outbox_reading.delivery, row.id)
        assert item is not None
        assert await shop.services.checks.warnings(item) == []
        [offer] = await evergreen(shop, times).offers()
        assert offer.id == post_id
        assert offer.planned_at == queued.at
        again = await evergreen(shop, times).queue(post_id)  # a second one comes after the first
        assert again.at is not None
        assert again.at > queued.at + SAME_TEXT


async def test_taken_back_it_is_gone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id = await published(shop)
        queued = await evergreen(shop, GoodTimes()).queue(post_id)
        assert await shop.undo() == "undone.evergreen_queued"
        assert [row.state for row in await shop.deliveries(queued.post_id)] == [DeliveryState.LET_GO]
        assert await shop.ask(lambda queries: queries.post(queued.post_id)) is None


async def test_without_good_times_it_waits_as_a_draft(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        times = GoodTimes()
        times.full = True
        queued = await evergreen(shop, times).queue(await published(shop))
        row = await shop.ask(lambda queries: queries.post_row(queued.post_id))
        assert queued.at is None
        assert row is not None
        assert row.state is PostState.DRAFT


async def test_other_words_may_go_at_once(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        service = evergreen(shop, GoodTimes())
        post_id = await published(shop)
        number = await service.reword(post_id)
        draft = await shop.ask(lambda queries: queries.post(number))
        assert draft is not None
        assert draft.parts == ("Cómo se limpia un vinilo",)
        assert not draft.evergreen
        assert [each.id for each in await service.offers()] == [post_id]


async def test_marked_and_not_any_more(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        service = evergreen(shop, GoodTimes())
        post_id = await published(shop)
        await service.mark(post_id, evergreen=False)
        assert await service.offers() == []
        assert await shop.undo() == "undone.evergreen_unmarked"
        assert len(await service.offers()) == 1
