"""What leaves leaves once: deliveries against the simulated network, with every way a network can fail."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.models.account import AccountState
from app.models.delivery import Delivery
from app.models.message import Visibility
from app.models.outbox import DeliveryState, Keeper
from app.models.post import PostDraft
from app.networks.outgoing import Outgoing, Sent
from app.networks.sample.failures import FailureKind, Verb
from app.networks.sample.world import World
from app.runtime.clock import to_ms
from app.services.sending import Sending
from app.store.writing import accounts, outbox
from tests.fakes.clock import FakeClock
from tests.fakes.full_disk import no_room
from tests.services.shop import NETWORK, REMOTE_ID, eventually, shop_in


async def test_a_post_goes_out_and_says_where(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("«Marea» ya está aquí")
        await shop.services.publishing.send_due()
        row = await shop.item(number)
        assert row.state is DeliveryState.OUT
        assert row.url.startswith("https://")
        assert shop.out_there() == ["«Marea» ya está aquí"]


async def test_nothing_leaves_before_its_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("mañana")
        at = clock.now() + timedelta(hours=1)
        await shop.database.write(outbox.reschedule, number, to_ms(at), to_ms(clock.now()))
        await shop.run_for(3595, step=600)
        assert clock.now() >= at  # elapse overshoots by one step at most; what matters is when it left
        sent = (await shop.item(number)).sent_at
        assert sent is None or sent >= at


async def test_a_thread_goes_out_in_order(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.post("uno", "dos", "tres")
        await shop.services.publishing.send_due()
        posts = shop.server.published(NETWORK, REMOTE_ID)
        assert [post.text for post in posts] == ["uno", "dos", "tres"]
        assert posts[1].reply_to == posts[0].id
        assert posts[2].reply_to == posts[1].id


@pytest.mark.parametrize("kind", [FailureKind.TIME_OUT, FailureKind.SERVER_ERROR, FailureKind.ANSWER_LOST])
async def test_an_answer_that_does_not_come_never_makes_two(tmp_path: Path, clock: FakeClock, kind: FailureKind) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(kind, verb=Verb.PUBLISH)
        number = await shop.post("una sola vez")
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is DeliveryState.UNSURE
        await shop.run_for(90)
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert shop.out_there() == ["una sola vez"]


async def test_not_there_counts_only_when_seen_twice_with_time_between(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        number = await shop.post("paciencia")
        await shop.services.publishing.send_due()
        await shop.run_for(10)
        assert (await shop.item(number)).state is DeliveryState.UNSURE  # looked once
        assert shop.out_there() == []
        await shop.run_for(40)
        assert shop.out_there() == ["paciencia"]


async def test_a_thread_goes_on_where_it_stopped(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("uno", "dos", "tres")
        publishing, publish = shop.services.publishing, shop.services.publishing._ledger.note_sent

        async def break_after_first(item: object, sent: object) -> None:
            await publish(item, sent)  # type: ignore[arg-type]
            publishing._ledger.note_sent = publish  # type: ignore[method-assign]
            shop.server.fail(FailureKind.ANSWER_LOST, verb=Verb.PUBLISH)

        publishing._ledger.note_sent = break_after_first  # type: ignore[method-assign]
        await publishing.send_due()
        row = await shop.item(number)
        assert (row.state, row.parts_out) == (DeliveryState.UNSURE, 1)
        await shop.run_for(90)
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert shop.out_there() == ["uno", "dos", "tres"]


async def test_a_rate_limit_is_obeyed_to_the_second(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.RATE_LIMITED, verb=Verb.PUBLISH, seconds=120)
        until = clock.now() + timedelta(seconds=120)
        number = await shop.post("con calma")
        await shop.run_for(300)
        row = await shop.item(number)
        assert row.state is DeliveryState.OUT
        assert row.sent_at is not None
        assert row.sent_at >= until
        assert shop.out_there() == ["con calma"]


async def test_offline_waits_and_goes_out_later(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        failure = shop.server.fail(FailureKind.OFFLINE, lasting=True)
        number = await shop.post("cuando vuelva la red")
        await shop.run_for(120)
        row = await shop.item(number)
        assert row.state is DeliveryState.WAITING
        assert row.reason
        shop.server.mend(failure)
        await shop.run_for(600)
        assert shop.out_there() == ["cuando vuelva la red"]


async def test_a_signed_out_account_keeps_what_it_owes(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.SIGNED_OUT, verb=Verb.PUBLISH)
        first, second = await shop.post("uno"), await shop.post("dos")
        await shop.run_for(60)
        assert await shop.state() is AccountState.SIGNED_OUT
        assert (await shop.item(first)).state is DeliveryState.WAITING
        assert (await shop.item(second)).state is DeliveryState.WAITING
        assert shop.out_there() == []
        shop.server.mend()
        await shop.services.accounts.sign_in_token(NETWORK, "https://musica.example", "token", again=shop.account_id, handle="@aurora")
        await shop.run_for(30)
        assert sorted(shop.out_there()) == ["dos", "uno"]


async def test_killed_between_claim_and_answer_it_is_out_once(tmp_path: Path, clock: FakeClock) -> None:
    """The process dies after the network stored the post and before the answer was written down."""
    dead = "localhost:0:gone"
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("antes del apagón")
        claimed = await shop.database.write(lambda s: outbox.claim(s, to_ms(clock.now()), dead, 60, limit=5))
        assert [item.id for item in claimed] == [number]
        link = await shop.services.connections.get(shop.account_id)
        from app.services.deliveries import outgoing

        await link.connection.publish(outgoing(claimed[0], 0, "", ()))  # type: ignore[attr-defined]
    async with shop_in(tmp_path, clock, stock=False, process="localhost:1:next") as shop:
        await shop.run_for(180)
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert shop.out_there() == ["antes del apagón"]


async def test_killed_before_the_network_heard_it_goes_out_after_the_look(tmp_path: Path, clock: FakeClock) -> None:
    dead = "localhost:0:gone"
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("nadie lo oyó")
        await shop.database.write(lambda s: outbox.claim(s, to_ms(clock.now()), dead, 60, limit=5))
    async with shop_in(tmp_path, clock, stock=False, process="localhost:1:next") as shop:
        await shop.run_for(180)
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert shop.out_there() == ["nadie lo oyó"]


async def test_a_fault_of_our_own_leaves_it_unsure_and_is_told(tmp_path: Path, clock: FakeClock, expected_log: object) -> None:
    async with shop_in(tmp_path, clock) as shop:
        publishing = shop.services.publishing

        async def stumble(item: object, sent: object) -> None:
            raise ValueError("a bug")

        original, publishing._ledger.note_sent = publishing._ledger.note_sent, stumble  # type: ignore[method-assign]
        number = await shop.post("con tropiezo")
        await publishing.send_due()
        assert (await shop.item(number)).state is DeliveryState.UNSURE
        assert len(shop.bugs) == 1
        shop.bugs.clear()
        publishing._ledger.note_sent = original  # type: ignore[method-assign]
        await shop.run_for(60)
        assert shop.out_there() == ["con tropiezo"]


async def test_replies_leave_before_posts_that_are_due_with_them(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.say("¿A qué hora abren?")
        await shop.services.sync.look_now()
        rows = await shop.database.read(lambda c: c.execute("SELECT id FROM conversation").fetchall())
        await shop.post("una publicación")
        number = await shop.services.inbox.reply(rows[0][0], ["A las 10"], "public")  # type: ignore[arg-type]
        await shop.services.outbox.send_now(number)
        await shop.services.publishing.send_due()
        assert shop.out_there() == ["@ximena@musica.example A las 10", "una publicación"]


async def test_a_paused_account_sends_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.accounts.pause(shop.account_id, paused=True)
        number = await shop.post("en pausa")
        await shop.run_for(60)
        assert (await shop.item(number)).state is DeliveryState.WAITING
        await shop.services.accounts.pause(shop.account_id, paused=False)
        await shop.run_for(30)
        assert shop.out_there() == ["en pausa"]


async def test_an_account_that_was_removed_owes_nothing(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("ya no")
        await shop.database.write(accounts.remove, shop.account_id, to_ms(clock.now()))
        await shop.run_for(30)
        assert (await shop.item(number)).state is DeliveryState.LET_GO
        assert shop.out_there() == []


async def test_the_running_engine_wakes_for_what_falls_due(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.services.tasks.spawn("publishing", shop.services.publishing.run(), owner=shop)
        await clock.settle()
        number = await shop.post("ahora mismo")

        async def is_out() -> bool:
            return (await shop.item(number)).state is DeliveryState.OUT

        await eventually(is_out, clock)
        assert shop.out_there() == ["ahora mismo"]


async def test_many_posts_of_one_minute_go_out_in_order_and_replies_in_between(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        conversation = await shop.heard()
        wanted = [f"oferta {number:03}" for number in range(60)]
        for text in wanted:
            await shop.post(text)
        published, publish = [], World.publish

        def reply_in_the_middle(world: World, account: str, part: Outgoing) -> Sent:
            published.append(part.text)
            return publish(world, account, part)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(World, "publish", reply_in_the_middle)
            working = asyncio.get_running_loop().create_task(shop.services.publishing.send_due())
            await eventually(lambda: _holds(len(published) >= 10), clock)
            number = await shop.services.inbox.reply(conversation, ["A las diez"], Visibility.PUBLIC)
            await shop.services.outbox.send_now(number)
            await working
        place = next(place for place, text in enumerate(published) if text.endswith("A las diez"))
        assert place < 40  # long before the last
        assert [text for text in published if text.startswith("oferta")] == wanted


async def _holds(it: bool) -> bool:
    return it


async def test_a_slow_server_keeps_no_other_account_waiting(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        other = shop.add_account("@lenta")
        publish, gate = Sending._publish, asyncio.Event()

        async def slowly(engine: Sending, item: Delivery, *rest: Any) -> Sent:
            if item.account_id == other:
                await gate.wait()
            return await publish(engine, item, *rest)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Sending, "_publish", slowly)
            running = shop.services.tasks.spawn("publishing", shop.services.publishing.run(), owner=shop)
            await shop.services.posts.schedule(PostDraft(parts=("lenta",), accounts=(other,), zone="UTC"), None, wait_undo=False)
            await clock.settle()
            for text in ("uno", "dos"):
                await shop.post(text)

            async def both_out() -> bool:
                return shop.out_there() == ["uno", "dos"]

            await eventually(both_out, clock)
            gate.set()
            running.cancel()


async def test_without_a_window_the_screens_say_that_the_service_keeps_the_promise(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        draft = PostDraft(parts=("uno", "dos"), accounts=(shop.account_id,), zone="UTC")
        post_id = await shop.services.posts.schedule(draft, clock.now() + timedelta(hours=1))
        running = shop.services.tasks.spawn("service", shop.services.publishing.run_as_service(), owner=shop)

        async def by_service() -> bool:
            return (await shop.deliveries(post_id))[0].keeper is Keeper.SERVICE

        await eventually(by_service, clock)
        with no_room(shop.database) as tried:

            async def refused() -> bool:
                clock.advance(10)  # it may not sleep yet
                return bool(tried)

            await eventually(refused, clock)
            clock.advance(120)

        async def by_service_again() -> bool:
            clock.advance(10)
            return await by_service()

        await eventually(by_service_again, clock)  # a service that could not say that it is there says so again
        post = await shop.ask(lambda queries: queries.post_row(post_id))
        assert post is not None
        assert post.keeper is Keeper.SERVICE
        running.cancel()

        async def by_computer() -> bool:
            return (await shop.deliveries(post_id))[0].keeper is Keeper.COMPUTER

        await eventually(by_computer, clock)
