"""Posts that a server keeps until their time: handed over once, moved and taken back with the plan, and out once, whatever is lost on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.models.account import AccountState
from app.models.outbox import DeliveryState, Keeper
from app.models.post import PostDraft
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.settings import Posting
from app.runtime.words import Message
from app.services.holding import MOST_A_TURN
from app.store.reading import outbox as reading
from app.store.writing import outbox
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, shop_in

HOUR = timedelta(hours=1)


async def planned(shop: SmallShop, text: str = "El viernes: «Marea»", at: datetime | None = None) -> tuple[int, int]:
    """(post, its delivery), in an hour unless told."""
    draft = PostDraft(parts=(text,), accounts=(shop.account_id,), zone="UTC")
    post_id = await shop.services.posts.schedule(draft, at or shop.clock.now() + HOUR)
    return post_id, (await shop.deliveries(post_id))[-1].id


def held_texts(shop: SmallShop) -> list[str]:
    return [post.text for post in shop.server.holds(NETWORK, REMOTE_ID)]


async def test_a_settled_plan_is_handed_over_and_its_server_keeps_the_promise(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id, number = await planned(shop)
        await shop.turn()
        assert (await shop.item(number)).keeper is Keeper.COMPUTER  # it may still be undone
        await shop.run_for(60)
        row = await shop.item(number)
        assert (row.state, row.keeper) == (DeliveryState.HELD, Keeper.SERVER)
        assert held_texts(shop) == ["El viernes: «Marea»"]
        post = await shop.ask(lambda queries: queries.post_row(post_id))
        assert post is not None
        assert post.keeper is Keeper.SERVER


async def test_the_server_publishes_it_while_this_computer_is_off_and_it_is_found(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, number = await planned(shop)
        await shop.run_for(60)
        clock.advance(7200)
        await shop.services.publishing.send_due()
        row = await shop.item(number)
        assert row.state is DeliveryState.OUT
        assert row.url
        assert shop.out_there() == ["El viernes: «Marea»"]


async def test_signed_out_at_its_time_it_is_looked_for_when_signed_in_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, number = await planned(shop)
        await shop.run_for(60)
        shop.server.fail(FailureKind.SIGNED_OUT, lasting=True)
        clock.advance(7200)
        await shop.run_for(60)
        assert await shop.state() is AccountState.SIGNED_OUT
        assert (await shop.item(number)).state is DeliveryState.HELD
        shop.server.mend()
        await shop.services.accounts.sign_in_token(NETWORK, "https://musica.example", "token", again=shop.account_id, handle="@aurora")
        await shop.run_for(10)
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert shop.out_there() == ["El viernes: «Marea»"]


async def test_what_is_due_soon_and_threads_stay_here(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await planned(shop, at=clock.now() + timedelta(minutes=5))
        thread = PostDraft(parts=("uno", "dos"), accounts=(shop.account_id,), zone="UTC")
        await shop.services.posts.schedule(thread, clock.now() + HOUR)
        await shop.run_for(120)
        assert held_texts(shop) == []


async def test_the_setting_keeps_everything_here(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=False)
        await planned(shop)
        await shop.run_for(120)
        assert held_texts(shop) == []


async def test_a_new_time_and_a_new_text_go_along(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id, _ = await planned(shop)
        await shop.run_for(60)
        draft = await shop.ask(lambda queries: queries.post(post_id))
        assert draft is not None
        await shop.services.posts.schedule(replace(draft, parts=("El sábado",)), clock.now() + 2 * HOUR)
        await shop.run_for(60)
        assert held_texts(shop) == ["El sábado"]
        number = (await shop.deliveries(post_id))[-1].id
        await shop.services.outbox.reschedule(number, clock.now() + 3 * HOUR)
        await shop.run_for(60)
        assert [post.at for post in shop.server.holds(NETWORK, REMOTE_ID)] == [round((clock.now() + 3 * HOUR).timestamp() * 1000) - 60_000]
        clock.advance(4 * 3600)
        await shop.run_for(60)
        assert shop.out_there() == ["El sábado"]


async def test_nothing_takes_its_place_before_the_server_has_let_go(tmp_path: Path, clock: FakeClock) -> None:
    """The server cannot be reached: what it holds may go out, so what replaces it must not."""
    async with shop_in(tmp_path, clock) as shop:
        post_id, _ = await planned(shop)
        await shop.run_for(60)
        cut = shop.server.fail(FailureKind.OFFLINE, verb=Verb.HELD, lasting=True)
        draft = await shop.ask(lambda queries: queries.post(post_id))
        assert draft is not None
        await shop.services.posts.schedule(replace(draft, parts=("con otro texto",)), None, wait_undo=False)
        await shop.run_for(300, step=60)
        assert shop.out_there() == []
        shop.server.mend(cut)
        await shop.run_for(120, step=20)
        assert shop.out_there() == ["con otro texto"]
        clock.advance(2 * 3600)
        assert shop.out_there() == ["con otro texto"]


async def test_taken_back_at_once_leaves_nothing_at_the_server(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id, number = await planned(shop)
        await shop.run_for(60)
        await shop.services.posts.back_to_draft(post_id)
        await shop.run_for(10)
        assert held_texts(shop) == []
        assert (await shop.item(number)).state is DeliveryState.LET_GO


async def test_taken_back_too_late_it_is_out_and_that_is_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        said: list[Message] = []
        shop.services.publishing.said.connect(said.append)
        _, number = await planned(shop)
        await shop.run_for(60)
        await shop.services.outbox.cancel(number)
        clock.advance(2 * 3600)
        await shop.run_for(40)
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert [message.id for message in said] == ["held.had_left"]
        assert len(shop.out_there()) == 1


async def test_somebody_took_it_off_the_server_and_it_goes_out_from_here(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, number = await planned(shop)
        await shop.run_for(60)
        link = await shop.services.connections.get(shop.account_id)
        held = shop.server.holds(NETWORK, REMOTE_ID)[0]
        assert await link.connection.let_go_held(held.id)  # type: ignore[attr-defined]
        clock.advance(3600)
        await shop.run_for(60)
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert shop.out_there() == ["El viernes: «Marea»"]


async def test_a_server_that_publishes_at_once_is_recorded_and_never_asked_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        said: list[Message] = []
        shop.services.publishing.said.connect(said.append)
        shop.server.ignore_scheduling(NETWORK, REMOTE_ID)
        _, first = await planned(shop)
        await shop.run_for(60)
        assert (await shop.item(first)).state is DeliveryState.OUT
        assert [message.id for message in said] == ["held.published_at_once"]
        _, second = await planned(shop, "la segunda")
        await shop.run_for(120)
        assert (await shop.item(second)).state is DeliveryState.WAITING
        assert len(shop.out_there()) == 1
        await shop.services.sync.look_now()  # what the server tells of itself does not make us forget it
        shop.services.publishing._holding._not_before.clear()
        await shop.run_for(60)
        assert len(shop.out_there()) == 1


async def test_a_lost_answer_is_settled_by_the_servers_list(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.ANSWER_LOST, verb=Verb.HOLD)
        _, number = await planned(shop)
        await shop.run_for(50)
        assert (await shop.item(number)).state is DeliveryState.UNSURE
        await shop.run_for(15)
        assert (await shop.item(number)).state is DeliveryState.HELD
        assert held_texts(shop) == ["El viernes: «Marea»"]


async def test_a_request_that_never_came_is_asked_again_after_two_looks(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.HOLD)
        _, number = await planned(shop)
        await shop.run_for(60)
        assert (await shop.item(number)).state is DeliveryState.UNSURE
        await shop.run_for(60)
        assert (await shop.item(number)).state is DeliveryState.HELD
        assert held_texts(shop) == ["El viernes: «Marea»"]


async def test_killed_while_the_server_was_asked(tmp_path: Path, clock: FakeClock) -> None:
    """The server holds it, the process that asked is gone; the next one finds it on the list and it goes out once."""
    dead = "localhost:0:gone"
    async with shop_in(tmp_path, clock, process=dead) as shop:
        _, number = await planned(shop)
        item = await shop.database.read(reading.delivery, number)
        now = round(clock.now().timestamp() * 1000)
        claimed = await shop.database.write(outbox.claim_to_hold, item, now, dead, 60)
        assert claimed is not None
        link = await shop.services.connections.get(shop.account_id)
        from app.services.deliveries import outgoing

        await link.connection.hold(outgoing(claimed, 0, "", ()), claimed.due_at)  # type: ignore[attr-defined]
    async with shop_in(tmp_path, clock, stock=False, process="localhost:1:next") as shop:
        await shop.run_for(120)
        assert (await shop.item(number)).state is DeliveryState.HELD
        clock.advance(3600)
        await shop.run_for(60)
        assert shop.out_there() == ["El viernes: «Marea»"]
        assert (await shop.item(number)).state is DeliveryState.OUT


async def test_refused_it_waits_here_and_leaves_in_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.REFUSED, verb=Verb.HOLD)
        _, number = await planned(shop)
        await shop.run_for(120)
        row = await shop.item(number)
        assert (row.state, row.attempts) == (DeliveryState.WAITING, 0)
        clock.advance(3600)
        await shop.services.publishing.send_due()
        assert shop.out_there() == ["El viernes: «Marea»"]


async def test_send_now_takes_it_back_first(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, number = await planned(shop)
        await shop.run_for(60)
        await shop.services.outbox.send_now(number)
        await shop.run_for(10)
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert shop.out_there() == ["El viernes: «Marea»"]
        assert held_texts(shop) == []


async def test_a_deleted_post_that_comes_back_is_held_again(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        post_id, _ = await planned(shop)
        await shop.run_for(60)
        await shop.services.posts.delete(post_id)
        await shop.run_for(10)
        assert held_texts(shop) == []
        await shop.undo()
        await shop.run_for(60)
        assert held_texts(shop) == ["El viernes: «Marea»"]


async def test_an_account_that_leaves_leaves_nothing_behind_at_its_server(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        _, number = await planned(shop)
        await shop.run_for(60)
        await shop.services.accounts.remove(shop.account_id)
        assert held_texts(shop) == []
        clock.advance(2 * 3600)
        assert shop.out_there() == []
        assert (await shop.item(number)).state is DeliveryState.LET_GO


async def test_an_account_that_has_something_to_send_soon_is_not_kept_busy(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await planned(shop)
        await planned(shop, "enseguida", at=clock.now() + timedelta(minutes=3, seconds=30))
        await shop.run_for(180)
        assert held_texts(shop) == []
        await shop.run_for(60)
        assert shop.out_there() == ["enseguida"]
        assert held_texts(shop) == ["El viernes: «Marea»"]


async def test_a_long_plan_is_handed_over_in_turns(tmp_path: Path, clock: FakeClock) -> None:
    """So that a doubt is settled meanwhile, and not when the last of hundreds is handed over."""
    async with shop_in(tmp_path, clock) as shop:
        for number in range(2 * MOST_A_TURN):
            await planned(shop, f"El viernes: «Marea» {number}", clock.now() + HOUR + timedelta(minutes=number))
        clock.advance(60)
        await shop.services.publishing.look_ahead()
        assert len(held_texts(shop)) == MOST_A_TURN
        assert await shop.services.publishing._holding.next_moment() == clock.now()
        await shop.services.publishing.look_ahead()
        assert len(held_texts(shop)) == 2 * MOST_A_TURN


async def test_a_server_that_keeps_nothing_is_asked_once_for_the_whole_plan(
    tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[datetime] = []

    async def never(_connection: object, at: datetime) -> bool:
        asked.append(at)
        return False

    async with shop_in(tmp_path, clock) as shop:
        link = await shop.services.connections.get(shop.account_id)
        monkeypatch.setattr(type(link.connection), "may_hold", never)
        for number in range(5):
            await planned(shop, f"El viernes: «Marea» {number}", clock.now() + 4 * HOUR + timedelta(minutes=number))
        await shop.run_for(600)
        assert len(asked) == 1
