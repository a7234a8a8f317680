"""The first reading: of use after one page, stopped where the user says so, gone on with when asked to, and each message once."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import stamina

from app.models.conversation import ConversationState
from app.networks.mastodon import api
from app.services.first_reading import STREAM as EARLIER
from app.services.first_reading import FirstReading, first_reading_of
from app.services.sync import STREAM
from app.store.reading import accounts as reading
from app.store.writing import messages
from tests.fakes.clock import FakeClock
from tests.networks.mastodon.server_of_tests import ANA, BETO, OURS, MastodonOfTests
from tests.services.mastodon_shop import mastodon_shop, second_account, texts
from tests.services.shop import SmallShop


@asynccontextmanager
async def serving(clock: FakeClock) -> AsyncIterator[MastodonOfTests]:
    server = MastodonOfTests(clock)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@pytest.fixture(autouse=True)
def _no_pauses() -> object:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


def past(server: MastodonOfTests, count: int) -> None:
    now = server.clock.now()
    for number in range(count):
        server.say(ANA, f"<p>{number}</p>", at=now - timedelta(hours=count - number))


def everything(count: int) -> list[str]:
    return [str(number) for number in range(count)]


async def state(shop: SmallShop) -> FirstReading:
    return first_reading_of(await shop.database.read(reading.cursor, shop.account_id, EARLIER))


class Told:
    """What a screen hears."""

    def __init__(self, shop: SmallShop) -> None:
        self.progress: list[tuple[int, int | None]] = []
        self.paused: list[tuple[int, int]] = []
        self._disconnect = (
            shop.services.sync.progress.connect(lambda _id, read, of: self.progress.append((read, of))),
            shop.services.sync.paused.connect(lambda _id, read, of: self.paused.append((read, of))),
        )


async def test_the_newest_are_there_after_one_page(tmp_path: Path, clock: FakeClock) -> None:
    async with serving(clock) as server:
        past(server, 100)
        async with mastodon_shop(tmp_path, clock, server) as shop:
            seen: list[list[str]] = []
            told = Told(shop)
            kept = shop.services.sync._first._keep

            async def keep(*arguments: object) -> int:
                new = await kept(*arguments)  # type: ignore[arg-type]
                seen.append(await texts(shop))
                return new

            shop.services.sync._first._keep = keep  # type: ignore[assignment,method-assign]
            assert await shop.services.sync.look_now() == 100
            assert [len(each) for each in seen] == [40, 80, 100]
            assert seen[0] == everything(100)[60:]
            assert await texts(shop) == everything(100)
            assert told.progress[0] == (0, 0)
            assert [read for read, _ in told.progress if _ is not None][-1] == 100
            assert told.progress[-1][1] is None
            assert (await state(shop)).done
            assert await shop.services.sync.look_now() == 0


async def test_stopped_it_stays_stopped_but_what_is_new_comes_in(tmp_path: Path, clock: FakeClock) -> None:
    async with serving(clock) as server:
        past(server, 100)
        async with mastodon_shop(tmp_path, clock, server) as shop:
            told = Told(shop)
            stopper = shop.services.sync.progress.connect(
                lambda _id, read, _of: shop.services.sync.stop() if read else None
            )
            await shop.services.sync.look_now()
            stopper()
            stored = await texts(shop)
            assert len(stored) == 40
            clock.advance(60)
            server.say(BETO, "<p>nuevo</p>")
            assert await shop.services.sync.look_now() == 1
            assert await texts(shop) == [*stored, "nuevo"]
        async with mastodon_shop(tmp_path, clock, server, stock=False, process="test:2:x") as shop:
            told = Told(shop)
            await shop.services.sync.look_now()
            await shop.services.sync._first.tell_paused()
            assert len(await texts(shop)) == 41
            assert [read for read, _ in told.paused] == [40]
            assert await shop.services.sync.go_on() == 60
            assert await texts(shop) == [*everything(100), "nuevo"]
            assert told.progress[-1][1] is None


@pytest.mark.parametrize("cut_after", [1, 2])
async def test_cut_off_between_pages_it_goes_on_by_itself(
    tmp_path: Path, clock: FakeClock, cut_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serving(clock) as server:
        past(server, 100)
        asked = 0
        notifications = api.notifications

        async def cut(*arguments: object, **named: object) -> object:
            nonlocal asked
            asked += 1
            if asked == cut_after + 1:
                await server.stop()
            return await notifications(*arguments, **named)  # type: ignore[arg-type]

        async with mastodon_shop(tmp_path, clock, server) as shop:
            with monkeypatch.context() as patch:
                patch.setattr(api, "notifications", cut)
                await shop.services.sync.look_now()
            assert len(await texts(shop)) == 40 * cut_after
        await server.start()
        async with mastodon_shop(tmp_path, clock, server, stock=False, process="test:2:x") as shop:
            await shop.services.sync.look_now()
            assert await texts(shop) == everything(100)


async def test_states_and_promises_come_out_as_if_it_had_been_read_in_order(tmp_path: Path, clock: FakeClock) -> None:
    async with serving(clock) as server:
        now = clock.now()
        ago = timedelta(hours=1)
        one = server.say(ANA, "<p>pregunta</p>", visibility="direct", at=now - 50 * ago)
        server.say(OURS, "<p>respuesta</p>", reply_to=one, visibility="direct", at=now - 49 * ago)
        server.say(BETO, "<p>primera</p>", visibility="direct", at=now - 48 * ago)
        for number in range(45):
            server.say(ANA, f"<p>{number}</p>", at=now - 47 * ago + number * timedelta(minutes=1))
        server.say(BETO, "<p>segunda</p>", visibility="direct", at=now - ago)
        async with mastodon_shop(tmp_path, clock, server) as shop:
            await shop.services.sync.look_now()
            rows = {row.snippet: row for row in await shop.conversations()}
            answered, waiting = rows["pregunta"], rows["segunda"]
            assert answered.state is ConversationState.WAITING
            assert waiting.state is ConversationState.NEEDS_ANSWER
            assert waiting.answer_by is not None
            assert waiting.answer_by < now - 40 * ago  # promised from the first, which nobody answered


async def test_each_account_has_its_newest_before_any_has_its_oldest(tmp_path: Path, clock: FakeClock) -> None:
    async with serving(clock) as server:
        past(server, 60)
        async with mastodon_shop(tmp_path, clock, server) as shop:
            second_account(shop)
            order: list[int] = []
            hear = shop.services.sync.progress.connect(
                lambda number, read, of: order.append(number) if of and read else None
            )
            await shop.services.sync.look_now()
            assert order[:2] == [1, 2]
            hear()


async def test_a_profile_that_was_read_before_reads_nothing_old(tmp_path: Path, clock: FakeClock) -> None:
    async with serving(clock) as server:
        past(server, 60)
        async with mastodon_shop(tmp_path, clock, server) as shop:
            head = server.notifications[0]["id"]
            shop.database.write_now(
                lambda s: messages.move_cursor(s, shop.account_id, STREAM, json.dumps({"notification": head}), 0)
            )
            assert await shop.services.sync.look_now() == 0
            assert not (await state(shop)).waits


def test_what_cannot_be_read_is_not_gone_on_with() -> None:
    assert not first_reading_of("{").waits
    assert not first_reading_of("").waits
    first = FirstReading("mark", 40, 280, stopped=True)
    assert first_reading_of(first.text()) == first
    assert first_reading_of(FirstReading(done=True).text()).done
