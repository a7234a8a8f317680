"""Image sets: the other accounts' deliveries wait for the set, carry its link, and are never lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.models.account import AccountState
from app.models.image_set import PLACE
from app.models.outbox import DeliveryState, OutboxRow
from app.models.post import Picture, PostDraft
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.errors import UserMistake
from app.runtime.settings import Posting
from app.runtime.words import Message
from app.services.image_sets import ImageSets
from app.store.reading import outbox as reading
from app.store.writing import outbox, sets
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, SmallShop, shop_in

S = DeliveryState
HOUR = timedelta(hours=1)


async def pictures(shop: SmallShop, many: int = 3) -> tuple[Picture, ...]:
    taken = []
    for number in range(many):
        path = shop.paths.root / f"cover{number}.png"
        Image.new("RGB", (40, 30), (number * 40, 90, 120)).save(path)
        taken.append(await shop.services.posts.add_picture(path))
    return tuple(Picture(each.path, "Portada") for each in taken)


async def planned(
    shop: SmallShop, *, by_hand: bool = False, in_hours: int = 1, text: str = "Nueve portadas"
) -> tuple[int, int, int]:
    """(post, delivery of the set, delivery that waits)."""
    other = shop.add_account(state=AccountState.BY_HAND if by_hand else AccountState.READY)
    await shop.clock.settle()
    accounts = (shop.account_id, other)
    home = other if by_hand else shop.account_id
    draft = PostDraft(parts=(text,), accounts=accounts, set_account_id=home, pictures=await pictures(shop), zone="UTC")
    post_id = await shop.services.posts.schedule(draft, shop.clock.now() + HOUR * in_hours)
    rows = {row.account_id: row.id for row in await shop.deliveries(post_id)}
    return post_id, rows.pop(home), next(iter(rows.values()))


async def text_of(shop: SmallShop, outbox_id: int) -> str:
    found = await shop.database.read(reading.delivery, outbox_id)
    assert found is not None
    return found.parts[-1]


def said(row: OutboxRow) -> str:
    return Message.from_json(row.reason).id if row.reason else ""


async def test_the_set_carries_all_pictures_and_the_others_the_first_one_and_a_place_for_the_link(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, first, waiting = await planned(shop)
        whole, other = [await shop.database.read(reading.delivery, number) for number in (first, waiting)]
        assert whole is not None
        assert other is not None
        assert (len(whole.pictures), len(other.pictures)) == (3, 1)
        assert whole.parts == ("Nueve portadas",)
        assert other.parts == (f"Nueve portadas\n{PLACE}",)
        assert other.waits_for == first
        assert whole.waits_for is None


async def test_what_waits_leaves_after_the_set_with_its_link(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, first, waiting = await planned(shop)
        await shop.run_for(60)
        assert said(await shop.item(waiting)) == "set.waits"
        shop.clock.advance(HOUR)
        await shop.run_for(60)
        whole, other = await shop.item(first), await shop.item(waiting)
        assert (whole.state, other.state) == (S.OUT, S.OUT)
        assert whole.url
        assert await text_of(shop, waiting) == f"Nueve portadas\n{whole.url}"
        assert other.waits_for is None
        assert not other.reason
        [there] = shop.server.published(NETWORK, "id of @aurora2")
        assert there.text == f"Nueve portadas\n{whole.url}"


async def test_nothing_leaves_while_the_set_fails_and_what_waits_goes_when_it_comes(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, first, waiting = await planned(shop)
        shop.server.fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
        shop.clock.advance(HOUR)
        await shop.run_for(60)
        assert (await shop.item(first)).state is S.FAILED
        other = await shop.item(waiting)
        assert (other.state, said(other)) == (S.WAITING, "set.waits_failed")
        shop.clock.advance(HOUR * 30)  # waiting for the set is no lateness of its own
        await shop.run_for(30)
        assert (await shop.item(waiting)).state is S.WAITING
        await shop.services.outbox.retry(first)
        await shop.run_for(60)
        assert (await shop.item(waiting)).state is S.OUT


async def test_lateness_counts_from_the_moment_it_may_leave(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, first, waiting = await planned(shop)
        shop.server.fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
        shop.clock.advance(HOUR)
        await shop.run_for(60)
        shop.clock.advance(HOUR * 50)
        await shop.services.outbox.retry(first)
        await shop.run_for(30)
        row = await shop.item(waiting)
        assert row.state is S.OUT
        assert row.sent_at is not None
        assert row.sent_at - row.due_at < timedelta(minutes=1)


async def test_a_set_that_was_let_go_puts_what_waits_before_the_user(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, first, waiting = await planned(shop)
        await shop.services.outbox.cancel(first)
        await shop.run_for(10)
        row = await shop.item(waiting)
        assert (row.state, said(row)) == (S.FAILED, "set.let_go")
        await shop.services.outbox.retry(waiting)  # tried again it waits for the same, and says so again
        await shop.run_for(10)
        assert (await shop.item(waiting)).state is S.FAILED
        await ImageSets(shop.database, shop.clock).send_without([waiting])
        shop.clock.advance(HOUR)
        await shop.run_for(30)
        assert (await shop.item(waiting)).state is S.OUT
        assert await text_of(shop, waiting) == "Nueve portadas"


async def test_of_a_set_published_by_hand_the_pasted_link_is_taken(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, first, waiting = await planned(shop, by_hand=True)
        shop.clock.advance(HOUR * 2)
        await shop.run_for(30)
        row = await shop.item(waiting)
        assert (row.state, said(row)) == (S.WAITING, "set.waits_by_hand")
        await shop.services.outbox.settle(first, is_out=True, url="https://www.instagram.com/p/Cx1/")
        await shop.run_for(30)
        assert (await shop.item(waiting)).state is S.OUT
        assert await text_of(shop, waiting) == "Nueve portadas\nhttps://www.instagram.com/p/Cx1/"


async def test_a_set_that_is_out_without_a_link_asks_for_it(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, first, waiting = await planned(shop, by_hand=True)
        await shop.services.outbox.settle(first, is_out=True)
        await shop.run_for(10)
        row = await shop.item(waiting)
        assert (row.state, said(row)) == (S.FAILED, "set.no_link")
        decide = ImageSets(shop.database, shop.clock)
        with pytest.raises(UserMistake):
            await decide.give_link(waiting, "instagram")
        await decide.give_link(waiting, " https://www.instagram.com/p/Cx2/ ")
        shop.clock.advance(HOUR)
        await shop.run_for(30)
        assert (await shop.item(waiting)).state is S.OUT
        assert (await text_of(shop, waiting)).endswith("https://www.instagram.com/p/Cx2/")
        with pytest.raises(UserMistake):
            await decide.give_link(waiting, "https://www.instagram.com/p/Cx3/")
        with pytest.raises(UserMistake):
            await decide.send_without([waiting])


async def test_with_its_real_link_a_text_may_be_too_long_and_stands_before_the_user(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        other = shop.add_account(network="bluesky")
        await shop.clock.settle()
        shop.services.posts.load()
        text = "a" * 230
        draft = PostDraft(
            parts=(text,),
            accounts=(shop.account_id, other),
            set_account_id=shop.account_id,
            pictures=await pictures(shop, 2),
            zone="UTC",
        )
        post_id = await shop.services.posts.schedule(draft, shop.clock.now() + HOUR)
        first = next(row for row in await shop.deliveries(post_id) if row.account_id == shop.account_id)
        await shop.services.outbox.cancel(first.id)
        await shop.services.outbox.retry(first.id)
        waiting = next(row for row in await shop.deliveries(post_id) if row.account_id == other)
        await shop.database.write(
            lambda session: sets.give_link(session, first.id, f"https://musica.example/{'b' * 100}")
        )
        await shop.database.write(lambda session: outbox.move(session, first.id, S.BY_HAND, 0))
        await shop.database.write(lambda session: outbox.move(session, first.id, S.OUT, 0))
        await shop.run_for(10)
        row = await shop.item(waiting.id)
        assert (row.state, said(row)) == (S.FAILED, "check.too_long")


async def test_planned_anew_after_the_set_is_out_the_rest_has_its_link_at_once(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id, first, waiting = await planned(shop, by_hand=True)
        await shop.services.outbox.settle(first, is_out=True, url="https://www.instagram.com/p/Cx1/")
        draft = await shop.ask(lambda queries: queries.post(post_id))
        assert draft is not None
        await shop.services.posts.schedule(draft, shop.clock.now() + HOUR)
        rows = [row for row in await shop.deliveries(post_id) if row.state is S.WAITING]
        assert [row.id != waiting for row in rows] == [True]
        assert (await text_of(shop, rows[0].id)).endswith("https://www.instagram.com/p/Cx1/")
        await shop.run_for(10)
        assert (await shop.item(rows[0].id)).waits_for is None


async def test_no_server_is_asked_to_hold_what_waits(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=True)
        _, first, waiting = await planned(shop, in_hours=3)
        shop.clock.advance(timedelta(minutes=2))
        await shop.run_for(60)
        assert (await shop.item(first)).state is S.HELD
        assert (await shop.item(waiting)).state is S.WAITING
