"""One delivery on its way: what each answer of the network makes of it and of its account."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.models.account import AccountState
from app.models.outbox import DeliveryState
from app.networks.outgoing import Outgoing, Sent
from app.networks.sample.failures import FailureKind, Verb
from app.networks.sample.world import World
from app.runtime.clock import to_ms
from app.runtime.errors import SignedOut
from app.services.sending import LEASE_SECONDS, RENEW_SECONDS
from app.store.reading import outbox as outbox_reading
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.fakes.full_disk import no_room
from tests.services.shop import eventually, shop_in


async def test_a_server_that_wants_money_pauses_the_account_and_it_keeps_what_it_owes(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.PAYMENT, verb=Verb.PUBLISH)
        number = await shop.post("cuando se pague")
        await shop.services.publishing.send_due()
        assert await shop.state() is AccountState.PAUSED
        assert (await shop.item(number)).state is DeliveryState.WAITING
        await shop.services.accounts.pause(shop.account_id, paused=False)
        await shop.run_for(10)
        assert shop.out_there() == ["cuando se pague"]


async def test_what_the_network_takes_from_people_alone_is_done_by_hand(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.NOT_FOR_PROGRAMS, verb=Verb.PUBLISH)
        number = await shop.post("solo personas")
        await shop.services.publishing.send_due()
        row = await shop.item(number)
        assert row.state is DeliveryState.BY_HAND
        assert "sample.refused.programs" in row.reason
        await shop.services.outbox.settle(number, is_out=True, url="https://musica.example/@aurora/1")
        assert (await shop.item(number)).state is DeliveryState.OUT


async def test_signed_in_again_elsewhere_meanwhile_the_account_stays_signed_in(tmp_path: Path, clock: FakeClock) -> None:
    """The old token was refused while another process was signing in with a new one."""
    async with shop_in(tmp_path, clock) as shop:
        sending = shop.services.publishing._sending
        publish = sending._publish

        async def refused_late(*args: Any) -> Sent:
            sending._publish = publish  # type: ignore[method-assign]
            clock.advance(1)
            await shop.database.write(accounts.set_state, shop.account_id, AccountState.SIGNED_OUT, to_ms(clock.now()))
            await shop.database.write(accounts.set_state, shop.account_id, AccountState.READY, to_ms(clock.now()))
            raise SignedOut

        sending._publish = refused_late  # type: ignore[method-assign]
        await shop.post("con el pase nuevo")
        await shop.run_for(10)
        assert await shop.state() is AccountState.READY
        assert shop.out_there() == ["con el pase nuevo"]


async def test_each_attempt_is_told_when_the_first_began_until_the_user_tries_anew(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        begun: list[datetime | None] = []
        publish = World.publish

        def note(world: World, account: str, part: Outgoing) -> Sent:
            begun.append(part.begun)
            return publish(world, account, part)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(World, "publish", note)
            first = clock.now()
            number = await shop.post("tres intentos")
            shop.server.fail(FailureKind.OFFLINE, verb=Verb.PUBLISH)
            shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
            await shop.run_for(180)
        assert begun == [first]
        row = await shop.database.read(outbox_reading.delivery, number)
        assert row is not None
        assert row.begun_at == first
        refused = await shop.post("rechazada")
        shop.server.fail(FailureKind.REFUSED, verb=Verb.PUBLISH)
        await shop.services.publishing.send_due()
        clock.advance(60)
        await shop.services.outbox.retry(refused)
        await shop.services.publishing.send_due()
        again = await shop.database.read(outbox_reading.delivery, refused)
        assert again is not None
        assert again.begun_at == clock.now()


async def test_a_claim_that_a_full_disk_let_stand_is_renewed_when_there_is_room(tmp_path: Path, clock: FakeClock) -> None:
    """An upload takes minutes: a renewal that no disk took says nothing about the next one, and is not told beside the answer."""
    async with shop_in(tmp_path, clock) as shop:
        sending = shop.services.publishing._sending
        publish, under_way, answers = sending._publish, asyncio.Event(), asyncio.Event()

        async def slow(*args: Any) -> Sent:
            under_way.set()
            await answers.wait()
            return await publish(*args)

        sending._publish = slow  # type: ignore[method-assign]
        number = await shop.post("con paciencia")
        sent = shop.services.tasks.spawn("send", shop.services.publishing.send_due())
        await under_way.wait()

        async def renewed_until(end: datetime) -> bool:
            row = await shop.database.read(outbox_reading.delivery, number)
            return row is not None and row.claim_ends_at == end

        claimed_until = clock.now() + timedelta(seconds=LEASE_SECONDS)
        with no_room(shop.database) as refused:
            clock.advance(RENEW_SECONDS)
            await clock.settle()
            assert len(refused) == 1
        assert await renewed_until(claimed_until)
        clock.advance(RENEW_SECONDS)
        await eventually(lambda: renewed_until(clock.now() + timedelta(seconds=LEASE_SECONDS)), clock)
        answers.set()
        await sent
        assert shop.out_there() == ["con paciencia"]
        assert shop.troubles == []
