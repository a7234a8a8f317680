"""The only way in: nothing is lost, nothing comes twice, and a network's wishes are obeyed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.models.account import AccountState
from app.models.conversation import ConversationState
from app.models.message import MessageKind
from app.networks.network import Page
from app.networks.sample.failures import FailureKind, Verb
from app.networks.sample.state import Said, Speaker, account_key
from app.runtime.clock import to_ms
from app.runtime.errors import AppError, DiskFull, Offline, RateLimited, SignedOut
from app.services.sync import STREAM
from app.store.reading import accounts as reading
from app.store.writing import accounts, conversations, messages
from tests.fakes.clock import FakeClock
from tests.services.shop import NETWORK, REMOTE_ID, SmallShop, eventually, shop_in


def many_write(shop: SmallShop, count: int) -> None:
    """Each of them in a conversation of its own; two pages and a half at 100."""
    said = [
        Said(
            account_key(NETWORK, REMOTE_ID), f"m{n}", MessageKind.MENTION, Speaker(NETWORK, f"p{n}", f"@c{n}@musica.example", f"C {n}", "es"),
            f"mensaje {n}", to_ms(shop.clock.now()) - 1000 + n, f"t{n}",
        )
        for n in range(count)
    ]  # fmt: skip
    shop.server.stock(said=said)


async def texts(shop: SmallShop) -> list[str]:
    rows = await shop.database.read(lambda c: c.execute("SELECT text FROM message ORDER BY at").fetchall())
    return [row[0] for row in rows]


async def cursor(shop: SmallShop) -> str:
    return await shop.database.read(reading.cursor, shop.account_id, STREAM)


def listen(shop: SmallShop) -> list[type[AppError] | None]:
    heard: list[type[AppError] | None] = []
    shop.services.sync.trouble.connect(lambda _id, trouble: heard.append(None if trouble is None else type(trouble)))
    return heard


async def test_messages_come_in_once_with_their_promise(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.say("¿A qué hora abren?")
        assert await shop.services.sync.look_now() == 1
        assert await shop.services.sync.look_now() == 0
        row = (await shop.conversations())[0]
        assert row.state is ConversationState.NEEDS_ANSWER
        assert row.answer_by == clock.now() + timedelta(minutes=60)  # Wednesday 16:00 UTC, in working hours
        assert await texts(shop) == ["¿A qué hora abren?"]


@pytest.mark.parametrize("at_page", [0, 1, 2])
async def test_killed_between_pages_nothing_is_lost_and_nothing_doubled(tmp_path: Path, clock: FakeClock, at_page: int) -> None:
    async with shop_in(tmp_path, clock) as shop:
        many_write(shop, 100)
        link = await shop.services.connections.get(shop.account_id)
        pages = link.connection.messages  # type: ignore[attr-defined]

        async def cut(after: str) -> AsyncIterator[Page]:
            number = 0
            async for page in pages(after):
                if number == at_page:
                    raise Offline
                number += 1
                yield page

        link.connection.messages = cut  # type: ignore[attr-defined]
        assert await shop.services.sync.look_now() == 0
        stored = len(await texts(shop))
        assert stored == 40 * at_page
        assert await cursor(shop) == (str(stored) if stored else "")
    async with shop_in(tmp_path, clock, stock=False, process="test:1:next") as shop:
        await shop.services.sync.look_now()
        assert await texts(shop) == [f"mensaje {n}" for n in range(100)]


async def test_the_cursor_moves_only_with_what_it_covers(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    async with shop_in(tmp_path, clock) as shop:
        many_write(shop, 10)
        keep = messages.keep

        def keep_and_die(*args: object, **named: object) -> int:
            keep(*args, **named)  # type: ignore[arg-type]
            raise DiskFull

        monkeypatch.setattr(messages, "keep", keep_and_die)
        with pytest.raises(DiskFull):
            await shop.services.sync.look_now()
        assert (await texts(shop), await cursor(shop)) == ([], "")
        monkeypatch.setattr(messages, "keep", keep)
        assert await shop.services.sync.look_now() == 10


async def test_progress_is_told_page_by_page_and_ends(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        many_write(shop, 100)
        told: list[tuple[int, int | None]] = []
        shop.services.sync.progress.connect(lambda _id, count, total: told.append((count, total)))
        await shop.services.sync.look_now()
        assert told[0] == (40, 100)
        assert told[-1] == (100, None)


async def test_stopping_keeps_what_was_read_and_goes_on_next_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        many_write(shop, 100)
        sync = shop.services.sync
        stopper = sync.progress.connect(lambda _id, count, total: sync.stop() if total else None)
        assert await sync.look_now() == 40
        assert await cursor(shop) == "40"
        del stopper
        assert await sync.look_now() == 60


async def test_a_rate_limit_is_obeyed_even_when_asked(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        heard = listen(shop)
        shop.say("hola")
        shop.server.fail(FailureKind.RATE_LIMITED, verb=Verb.HEAR, seconds=300)
        await shop.services.sync.look_now()
        clock.advance(299)
        assert await shop.services.sync.look_now() == 0
        clock.advance(5)
        assert await shop.services.sync.look_now() == 1
        assert heard == [RateLimited, None]


async def test_offline_is_said_once_and_once_on_recovery(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        heard = listen(shop)
        failure = shop.server.fail(FailureKind.OFFLINE, lasting=True)
        for _ in range(3):
            await shop.services.sync.look_now()
        rows = await shop.ask(lambda queries: queries.accounts())
        assert (rows[0].state, bool(rows[0].trouble)) == (AccountState.READY, True)
        shop.server.mend(failure)
        for _ in range(2):
            await shop.services.sync.look_now()
        assert heard == [Offline, None]
        assert (await shop.ask(lambda queries: queries.accounts()))[0].trouble == ""


async def test_a_trouble_after_another_is_told_and_taken_back_once(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        heard = listen(shop)
        shop.server.fail(FailureKind.OFFLINE, verb=Verb.HEAR)
        await shop.services.sync.look_now()
        shop.server.fail(FailureKind.RATE_LIMITED, verb=Verb.HEAR, seconds=10)
        await shop.services.sync.look_now()
        clock.advance(20)
        await shop.services.sync.look_now()
        assert heard == [Offline, RateLimited, None]


async def test_the_program_itself_waits_longer_and_longer_and_who_asks_does_not(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.say("hola")
        shop.server.fail(FailureKind.OFFLINE, verb=Verb.HEAR)
        await shop.services.sync.look_now(asked=False)
        assert await shop.services.sync.look_now(asked=False) == 0  # not so soon
        assert await shop.services.sync.look_now() == 1


async def test_a_refused_token_signs_the_account_out_and_says_so(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        heard = listen(shop)
        shop.server.fail(FailureKind.SIGNED_OUT, verb=Verb.HEAR, lasting=True)
        await shop.services.sync.look_now()
        await shop.services.sync.look_now()
        assert await shop.state() is AccountState.SIGNED_OUT
        assert heard == [SignedOut]


async def test_one_account_in_trouble_does_not_keep_the_others(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.add_account("@aurora2")
        shop.say("hola")
        shop.server.fail(FailureKind.OFFLINE, network=NETWORK, account_remote_id="id of @aurora2", lasting=True)
        assert await shop.services.sync.look_now() == 1


async def test_paused_and_by_hand_accounts_are_not_read(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.say("hola")
        await shop.services.accounts.pause(shop.account_id, paused=True)
        await shop.services.accounts.add_by_hand("instagram", "@discosaurora")
        assert await shop.services.sync.look_now() == 0


async def test_a_snoozed_conversation_wakes_on_time_while_the_program_waits(tmp_path: Path, clock: FakeClock) -> None:
    """Snoozed after the pause began, for less than the pause."""
    async with shop_in(tmp_path, clock) as shop:
        number = await shop.heard()
        looks: list[datetime] = []
        shop.services.sync.looked.connect(looks.append)
        shop.services.tasks.spawn("sync", shop.services.sync.run(), owner=shop)

        async def has_looked() -> bool:
            return len(looks) > 0

        await eventually(has_looked, clock)
        until = clock.now() + timedelta(minutes=1)
        await shop.database.write(
            lambda s: conversations.set_state(s, number, ConversationState.SNOOZED, to_ms(clock.now()), until_ms=to_ms(until))
        )

        async def is_heard() -> bool:
            return clock.next_waking_at == until

        await eventually(is_heard, clock)
        clock.advance(61)

        async def is_awake() -> bool:
            return (await shop.conversation(number)).state is ConversationState.NEEDS_ANSWER

        await eventually(is_awake, clock)
        assert (await shop.conversation(number)).answer_by == until
        assert len(looks) == 1


async def test_the_program_looks_again_at_each_interval(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        looks: list[datetime] = []
        shop.services.sync.looked.connect(looks.append)
        shop.services.tasks.spawn("sync", shop.services.sync.run(), owner=shop)
        for number in (1, 2, 3):

            async def has_looked(wanted: int = number) -> bool:
                return len(looks) >= wanted and clock.sleeping > 0

            await eventually(has_looked, clock)
            clock.advance(301)
        assert looks[1] - looks[0] == timedelta(seconds=301)


async def test_a_full_disk_is_told_once_and_reading_goes_on_afterwards(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.say("hola")
        write = shop.database.write

        async def no_room(*_args: object, **_named: object) -> object:
            raise DiskFull

        shop.database.write = no_room  # type: ignore[method-assign,assignment]
        shop.services.tasks.spawn("sync", shop.services.sync.run(), owner=shop)
        await clock.elapse(200)
        assert [type(trouble) for trouble in shop.troubles] == [DiskFull]
        shop.database.write = write  # type: ignore[method-assign]
        clock.advance(60)

        async def is_read() -> bool:
            return len(await shop.conversations()) == 1

        await eventually(is_read, clock)


async def test_a_disk_that_has_no_room_for_what_came_is_told_once_an_hour_not_at_every_reading(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.sync.look_now()
        shop.say("hola")
        write, refused = shop.database.write, list[datetime]()

        async def little_room(function: Callable[..., object], *given: Any, **named: Any) -> object:
            if function is messages.keep:
                refused.append(clock.now())
                raise DiskFull
            return await write(function, *given, **named)

        shop.database.write = little_room  # type: ignore[method-assign,assignment]
        shop.services.tasks.spawn("sync", shop.services.sync.run(), owner=shop)
        while not refused or refused[-1] - refused[0] < timedelta(minutes=50):
            before = len(refused)
            clock.advance(301)
            await eventually(lambda before=before: _so_many(refused, before + 1), clock)  # type: ignore[misc]
        assert len(refused) > 5
        assert [type(trouble) for trouble in shop.troubles] == [DiskFull]
        clock.advance(timedelta(minutes=20))
        await eventually(lambda: _so_many(shop.troubles, 2), clock)


def looks(shop: SmallShop) -> list[datetime]:
    """When all were looked at."""
    heard: list[datetime] = []
    shop.services.sync.looked.connect(heard.append)
    return heard


async def running(shop: SmallShop) -> list[datetime]:
    """The program reads by itself; answers when it looked, which goes on growing."""
    heard = looks(shop)
    shop.services.tasks.spawn("sync", shop.services.sync.run())
    await eventually(lambda: _so_many(heard, 1), shop.clock)
    return heard


async def _so_many(heard: Sequence[object], count: int) -> bool:
    return len(heard) >= count


async def test_after_a_sleep_everybody_is_read_at_once_and_then_in_turn(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        heard = await running(shop)
        shop.say("mientras dormía")
        clock.set_wall(clock.now() + timedelta(hours=8))
        shop.services.sync.hurry()
        await eventually(lambda: _so_many(heard, 2), clock)
        assert await texts(shop) == ["mientras dormía"]
        assert heard[1] == clock.now()
        clock.advance(5 * 60)
        await eventually(lambda: _so_many(heard, 3), clock)


async def test_an_account_signed_in_again_is_read_though_it_is_the_only_one(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.database.write(lambda s: accounts.set_state(s, shop.account_id, AccountState.SIGNED_OUT, to_ms(clock.now())))
        heard = await running(shop)
        await shop.database.write(lambda s: accounts.set_state(s, shop.account_id, AccountState.READY, to_ms(clock.now())))
        shop.say("¿Ya están?")
        clock.advance(5 * 60)
        await eventually(lambda: _so_many(heard, 2), clock)
        assert await texts(shop) == ["¿Ya están?"]


async def test_an_account_that_is_to_be_left_alone_keeps_nobody_awake(tmp_path: Path, clock: FakeClock) -> None:
    """A server asks for more time than lies between two looks: nothing is done until then."""
    async with shop_in(tmp_path, clock) as shop:
        shop.server.fail(FailureKind.RATE_LIMITED, verb=Verb.HEAR, seconds=1800)
        heard = await running(shop)
        clock.advance(6 * 60)
        for _ in range(10):
            await clock.settle()
            await asyncio.to_thread(time.sleep, 0.001)  # what would look now has begun to
        assert len(heard) == 1
        clock.advance(1800)
        await eventually(lambda: _so_many(heard, 2), clock)
