"""Doubts of the engine: several processes on one profile, claims that were lost, and the very last step before the end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.models.account import AccountState
from app.models.delivery import Delivery
from app.models.message import Visibility
from app.models.outbox import DeliveryState
from app.networks.outgoing import Found, Outgoing, Sent
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.clock import to_ms
from app.runtime.errors import DiskFull
from app.services.connections import Link
from app.services.deliveries import outgoing
from app.store.reading import outbox as reading
from app.store.writing import accounts, outbox
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, eventually, shop_in

DEAD = "localhost:0:gone"


async def claimed_by(shop: SmallShop, process: str, seconds: float = 60) -> Delivery:
    now = to_ms(shop.clock.now())
    items = await shop.database.write(lambda session: outbox.claim(session, now, process, seconds, limit=5))
    assert len(items) == 1
    return items[0]


async def published(shop: SmallShop, item: Delivery, part: int = 0) -> Sent:
    link = await shop.services.connections.get(shop.account_id)
    before = item.progress[-1].remote_id if item.progress else item.target
    return await link.connection.publish(outgoing(item, part, before, ()))  # type: ignore[attr-defined,no-any-return]


async def test_cut_off_after_the_last_answer_was_written_down(tmp_path: Path, clock: FakeClock) -> None:
    """All parts are known to be out, only the end was not noted: nothing is looked for, nothing is sent."""
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("casi")
        item = await claimed_by(shop, DEAD)
        sent = await published(shop, item)
        await shop.database.write(outbox.record_progress, number, sent.remote_id, sent.url, to_ms(clock.now()))
    async with shop_in(tmp_path, clock, stock=False, process="localhost:1:next") as shop:
        await shop.run_for(120)
        row = await shop.item(number)
        assert (row.state, row.url) == (DeliveryState.OUT, sent.url)
        assert shop.out_there() == ["casi"]


async def test_a_claim_whose_process_ended_in_order_keeps_nobody_waiting_for_its_lease(tmp_path: Path, clock: FakeClock) -> None:
    """The window was closed while the network was asked: the next start looks at once, and what waited behind it leaves."""
    async with shop_in(tmp_path, clock, process="localhost:1:evening") as shop:
        number = await shop.post("casi")
        sent = await published(shop, await claimed_by(shop, "localhost:1:evening", seconds=240))
        behind = await shop.post("detrás")
    async with shop_in(tmp_path, clock, stock=False, process="localhost:1:next") as shop:
        await shop.run_for(30)
        assert [(await shop.item(each)).state for each in (number, behind)] == [DeliveryState.OUT] * 2
        assert (await shop.item(number)).url == sent.url
        assert sorted(shop.out_there()) == ["casi", "detrás"]


async def test_cut_off_in_the_middle_of_a_thread_it_goes_on_behind_what_is_out(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("uno", "dos", "tres")
        item = await claimed_by(shop, DEAD)
        sent = await published(shop, item)
        await shop.database.write(outbox.record_progress, number, sent.remote_id, sent.url, to_ms(clock.now()))
    async with shop_in(tmp_path, clock, stock=False, process="localhost:1:next") as shop:
        await shop.run_for(180)
        posts = shop.server.published(NETWORK, REMOTE_ID)
        assert [post.text for post in posts] == ["uno", "dos", "tres"]
        assert [post.reply_to for post in posts[1:]] == [posts[0].id, posts[1].id]


async def test_a_doubt_that_another_process_settled_is_left_alone(tmp_path: Path, clock: FakeClock) -> None:
    """Both look; while the slower one is told "not there", the faster one has sent it again. It must not be sent a third time."""
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        number = await shop.post("una vez")
        await shop.run_for(25)
        assert (await shop.item(number)).state is DeliveryState.UNSURE
        settling = shop.services.publishing._settling
        look = settling.look

        async def slow(item: Delivery, link: object) -> Sent | Found:
            answer = await look(item, link)  # type: ignore[arg-type]
            await shop.database.write(outbox.move, number, DeliveryState.WAITING, to_ms(clock.now()))
            again = await claimed_by(shop, "elsewhere:1:fast")
            await published(shop, again)
            return answer

        settling.look = slow  # type: ignore[method-assign]
        clock.advance(10)
        await settling.settle_unsure()
        settling.look = look  # type: ignore[method-assign]
        assert (await shop.item(number)).state is DeliveryState.CLAIMED
        await shop.services.publishing.send_due()
        assert shop.out_there() == ["una vez"]


async def test_one_look_at_an_earlier_doubt_does_not_count_for_a_later_one(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        number = await shop.post("paciencia")
        await shop.run_for(10)  # looked once
        await shop.services.outbox.settle(number, is_out=False)  # the user, or another process, was faster
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        clock.advance(30)
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is DeliveryState.UNSURE
        clock.advance(9)
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is DeliveryState.UNSURE  # looked once at this one
        assert shop.out_there() == []


async def test_who_lost_the_claim_sends_nothing_more(tmp_path: Path, clock: FakeClock) -> None:
    """The computer slept in the middle of a thread, and another process took it over."""
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.post("uno", "dos")
        publishing, note = shop.services.publishing, shop.services.publishing._ledger.note_sent

        async def sleep_long(item: Delivery, sent: Sent) -> None:
            await note(item, sent)
            await shop.database.write(outbox.move, number, DeliveryState.UNSURE, to_ms(clock.now()))

        publishing._ledger.note_sent = sleep_long  # type: ignore[method-assign]
        await publishing.send_due()
        publishing._ledger.note_sent = note  # type: ignore[method-assign]
        assert shop.out_there() == ["uno"]
        await shop.run_for(120)
        assert shop.out_there() == ["uno", "dos"]
        assert (await shop.item(number)).state is DeliveryState.OUT


async def test_a_post_that_is_out_is_not_taken_for_its_twin(tmp_path: Path, clock: FakeClock) -> None:
    """Two posts of the same words: the one in doubt is not the one that is known to be out."""
    async with shop_in(tmp_path, clock) as shop:
        asked: list[Outgoing] = []
        first = await shop.post("mismo texto")
        await shop.services.publishing.send_due()
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        second = await shop.post("mismo texto")
        await shop.services.publishing.send_due()
        link = await shop.services.connections.get(shop.account_id)
        look = link.connection.find_mine  # type: ignore[attr-defined]

        async def listen(part: Outgoing, since: object) -> Sent | Found:
            asked.append(part)
            return await look(part, since)  # type: ignore[no-any-return]

        link.connection.find_mine = listen  # type: ignore[attr-defined]
        await shop.run_for(60)
        assert asked[0].others == ((await shop.item(first)).remote_id,)
        assert (await shop.item(second)).state is DeliveryState.OUT
        assert len(shop.out_there()) == 2


async def test_what_stands_behind_another_does_not_keep_the_engine_awake(tmp_path: Path, clock: FakeClock) -> None:
    """An item under way in another process, and a reply behind one that waits: due, but not to be taken."""
    async with shop_in(tmp_path, clock) as shop:
        await shop.post("uno")
        await claimed_by(shop, "elsewhere:1:busy", seconds=600)
        await shop.post("dos")
        assert await shop.services.publishing._next_due() is None
        assert await shop.services.publishing._next_to_tend() == clock.now() + timedelta(seconds=600)
    async with shop_in(tmp_path / "other", clock) as shop:
        conversation = await shop.heard()
        first = await shop.services.inbox.reply(conversation, ["uno"], Visibility.PUBLIC)
        await shop.services.inbox.reply(conversation, ["dos"], Visibility.PUBLIC)
        later = clock.now() + timedelta(minutes=30)
        await shop.database.write(
            lambda s: outbox.move(s, first, DeliveryState.WAITING, to_ms(clock.now()), next_try_ms=to_ms(later))
        )
        clock.advance(60)
        assert await shop.services.publishing._next_due() == later


async def test_the_engine_rests_even_when_something_seems_due_for_ever(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        rounds = []
        publishing = shop.services.publishing

        async def nothing() -> None:
            rounds.append(clock.now())

        async def overdue() -> object:
            return clock.now() - timedelta(seconds=5)

        publishing._send = nothing  # type: ignore[method-assign]
        publishing._next_due = overdue  # type: ignore[method-assign,assignment]
        shop.services.tasks.spawn("publishing", publishing.run(), owner=shop)
        await clock.elapse(3)
        assert len(rounds) <= 4


async def test_a_full_disk_is_told_once_and_everything_goes_out_afterwards(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        write = shop.database.write

        async def no_room(*_args: object, **_named: object) -> object:
            raise DiskFull

        number = await shop.post("sin espacio")
        shop.database.write = no_room  # type: ignore[method-assign,assignment]
        shop.services.tasks.spawn("publishing", shop.services.publishing.run(), owner=shop)
        await clock.elapse(200)
        assert [type(trouble) for trouble in shop.troubles] == [DiskFull]
        shop.database.write = write  # type: ignore[method-assign]
        clock.advance(60)

        async def is_out() -> bool:
            return (await shop.item(number)).state is DeliveryState.OUT

        await eventually(is_out, clock)
        assert shop.out_there() == ["sin espacio"]


async def test_an_account_that_is_paused_meanwhile_keeps_its_doubts(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.ANSWER_LOST, verb=Verb.PUBLISH)
        number = await shop.post("en duda")
        await shop.services.publishing.send_due()
        await shop.database.write(accounts.set_state, shop.account_id, AccountState.PAUSED, to_ms(clock.now()))
        await shop.run_for(60)
        assert (await shop.item(number)).state is DeliveryState.OUT  # looking is no sending
        assert shop.out_there() == ["en duda"]


async def test_a_doubt_is_put_before_the_user_when_the_network_stays_away(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.ANSWER_LOST, verb=Verb.PUBLISH)
        number = await shop.post("sin red")
        await shop.services.publishing.send_due()
        failure = shop.server.fail(FailureKind.OFFLINE, lasting=True)
        await shop.run_for(2000, step=100)
        row = await shop.item(number)
        assert row.state is DeliveryState.UNSURE
        assert "outbox.unsure.long" in row.reason
        shop.server.mend(failure)
        await shop.run_for(120, step=30)
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert shop.out_there() == ["sin red"]


async def test_where_repeating_is_harmless_nothing_is_waited_for(tmp_path: Path, clock: FakeClock) -> None:
    """The network takes the identical record once however often it is sent: after one look it is sent again, with its first beginning."""
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        began = clock.now()
        number = await shop.post("idéntica")
        await shop.services.publishing.send_due()
        settling = shop.services.publishing._settling

        async def repeatable(_item: Delivery, _link: object) -> Found:
            return Found.REPEATABLE

        settling.look = repeatable  # type: ignore[method-assign,assignment]
        clock.advance(8)
        await shop.services.publishing.send_due()
        item = await shop.database.read(reading.delivery, number)
        assert item is not None
        assert (item.state, item.begun_at) == (DeliveryState.OUT, began)
        assert shop.out_there() == ["idéntica"]


async def test_the_same_words_on_their_way_are_not_taken_for_the_ones_in_doubt(tmp_path: Path, clock: FakeClock) -> None:
    """One that was lost, and one with the same words whose answer is not written down yet: the post that is there is the other's."""
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        lost = await shop.post("¡Gracias!")
        await shop.services.publishing.send_due()
        doubt = (await shop.database.read(reading.in_state, DeliveryState.UNSURE))[0]
        twin = await claimed_by_name(shop, await shop.post("¡Gracias!"))
        sent = await published(shop, twin)
        ledger = shop.services.publishing._ledger
        await ledger.note_found(doubt, sent)
        assert (await shop.item(lost)).state is DeliveryState.UNSURE
        await ledger.note_sent(twin, sent)
        await ledger.note_all_out(twin)
        await ledger.note_found(doubt, sent)
        assert (await shop.item(lost)).state is DeliveryState.UNSURE
        await shop.run_for(60)
        assert (await shop.item(lost)).state is DeliveryState.OUT
        assert shop.out_there() == ["¡Gracias!", "¡Gracias!"]


async def claimed_by_name(shop: SmallShop, number: int) -> Delivery:
    """Claimed by another process."""
    item = await claimed_by(shop, "elsewhere:1:x")
    assert item.id == number
    return item


async def test_a_first_look_counts_for_the_process_that_comes_after(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        number = await shop.post("paciencia")
        await shop.services.publishing.send_due()
        await clock.elapse(9)
        await shop.services.publishing.send_due()
        assert "looking" in (await shop.item(number)).reason
    async with shop_in(tmp_path, clock, stock=False, process="localhost:1:next") as shop:
        await clock.elapse(21)
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert shop.out_there() == ["paciencia"]


async def test_a_look_that_finds_the_sign_in_gone_says_so(tmp_path: Path, clock: FakeClock) -> None:
    """Nothing else may be owed that would find it out: without a word the doubt would stay for ever."""
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        number = await shop.post("¿salió?")
        await shop.services.publishing.send_due()
        shop.server.fail(FailureKind.SIGNED_OUT, lasting=True)
        await shop.run_for(30)
        assert await shop.state() is AccountState.SIGNED_OUT
        assert (await shop.item(number)).state is DeliveryState.UNSURE
        shop.server.mend()
        await shop.services.accounts.sign_in_token(NETWORK, "https://musica.example", "token", again=shop.account_id, handle="@aurora")
        await shop.run_for(180)
        assert (await shop.item(number)).state is DeliveryState.OUT
        assert shop.out_there() == ["¿salió?"]


async def test_nobody_looks_with_a_dead_token(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.TIME_OUT, verb=Verb.PUBLISH)
        number = await shop.post("¿salió?")
        await shop.services.publishing.send_due()
        shop.server.fail(FailureKind.SIGNED_OUT, lasting=True)
        await shop.run_for(30)
        looks: list[int] = []
        settling = shop.services.publishing._settling
        look = settling.look

        async def counted(item: Delivery, link: Link) -> Sent | Found:
            looks.append(item.id)
            return await look(item, link)

        monkeypatch.setattr(settling, "look", counted)
        await shop.run_for(900)
        assert looks == []
        assert await shop.services.publishing._next_to_tend() is None
        shop.server.mend()
        await shop.services.accounts.sign_in_token(NETWORK, "https://musica.example", "token", again=shop.account_id, handle="@aurora")
        await shop.run_for(60)
        assert looks == [number, number]  # and sent, since it was twice not there
        assert shop.out_there() == ["¿salió?"]
