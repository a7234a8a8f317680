"""Live updates: read at once, never twice, never missed; and polled as before where nothing is live."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import stamina

from app.runtime.settings import Reading
from app.services.live import STEADY
from app.services.pacing import LIVE_EVERY
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.networks.mastodon.server_of_tests import ANA, BETO, MastodonOfTests
from tests.services.mastodon_shop import mastodon_shop, texts
from tests.services.shop import SmallShop, eventually

STREAM = "/api/v1/streaming/user"


@pytest.fixture(autouse=True)
def _no_pauses() -> object:
    with stamina.set_testing(True, attempts=2, cap=True):
        yield


@asynccontextmanager
async def serving(clock: FakeClock, flavour: str = "mastodon") -> AsyncIterator[MastodonOfTests]:
    server = MastodonOfTests(clock, flavour)
    await server.start()
    try:
        yield server
    finally:
        await server.stop()


@asynccontextmanager
async def listening(shop: SmallShop) -> AsyncIterator[None]:
    """As `Assembly.start` does it, without the publishing."""
    tasks = shop.services.tasks
    running = [
        tasks.spawn("sync", shop.services.sync.run(), owner=shop),
        tasks.spawn("live", shop.services.live.run(), owner=shop),
    ]
    try:
        yield
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def until(shop: SmallShop, holds: Callable[[], Awaitable[bool]], step: float = 1.0, most: float = 900.0) -> None:
    """Let time pass, in real and in the fake, until something holds."""
    passed = 0.0
    while not await holds():
        assert passed < most, "it never came to hold"
        await asyncio.to_thread(lambda: None)
        await shop.clock.elapse(step)
        await asyncio.sleep(0.004)
        passed += step


def is_live(shop: SmallShop) -> Callable[[], Awaitable[bool]]:
    async def asked() -> bool:
        return shop.services.sync.pace(shop.account_id, "mastodon").live

    return asked


def stored(shop: SmallShop, *wanted: str) -> Callable[[], Awaitable[bool]]:
    async def asked() -> bool:
        return set(wanted) <= set(await texts(shop))

    return asked


async def test_what_is_said_is_read_at_once(tmp_path: Path, clock: FakeClock) -> None:
    async with serving(clock) as server, mastodon_shop(tmp_path, clock, server) as shop, listening(shop):
        await until(shop, is_live(shop))
        assert shop.services.sync.pace(shop.account_id, "mastodon").every == LIVE_EVERY
        began = clock.now()
        server.say(ANA, "<p>hola</p>")
        await until(shop, stored(shop, "hola"))
        assert clock.now() - began < timedelta(seconds=60)


async def test_after_a_cut_it_connects_again_and_what_came_meanwhile_is_there(tmp_path: Path, clock: FakeClock) -> None:
    async with serving(clock) as server, mastodon_shop(tmp_path, clock, server) as shop, listening(shop):
        await until(shop, is_live(shop))
        clock.advance(STEADY)
        server.tell_raw(None)

        async def is_cut() -> bool:
            return not await is_live(shop)()

        await eventually(is_cut, clock)
        assert shop.services.sync.pace(shop.account_id, "mastodon").every == timedelta(minutes=5)
        server.tells = False
        server.say(ANA, "<p>durante el corte</p>")
        server.tells = True
        await until(shop, is_live(shop))
        await until(shop, stored(shop, "durante el corte"), most=30)


async def test_a_server_that_cuts_at_once_is_left_in_peace_more_and_more(tmp_path: Path, clock: FakeClock) -> None:
    async with serving(clock) as server:
        server.http.on("GET", STREAM, lambda _: cut_at_once())
        async with mastodon_shop(tmp_path, clock, server) as shop, listening(shop):
            for _ in range(600):
                await clock.elapse(6)
                await asyncio.sleep(0.001)
        assert 3 <= len(server.http.asked("GET", STREAM)) <= 12  # in an hour


def cut_at_once() -> Reply:
    stream: asyncio.Queue[bytes | None] = asyncio.Queue()
    stream.put_nowait(b":)\n\n")
    stream.put_nowait(None)
    return Reply(stream=stream)


@pytest.mark.parametrize("flavour", ["gotosocial", "snac"])
async def test_where_nothing_is_live_it_is_polled(tmp_path: Path, clock: FakeClock, flavour: str) -> None:
    async with serving(clock, flavour) as server, mastodon_shop(tmp_path, clock, server) as shop, listening(shop):
        server.say(ANA, "<p>una</p>")
        await until(shop, stored(shop, "una"))
        server.say(ANA, "<p>otra</p>")
        await clock.elapse(timedelta(minutes=3).total_seconds())
        assert not await stored(shop, "otra")()
        await clock.elapse(timedelta(minutes=3).total_seconds())
        await eventually(stored(shop, "otra"), clock)
        assert not await is_live(shop)()


async def test_whoever_wants_nothing_live_has_it_polled(tmp_path: Path, clock: FakeClock) -> None:
    async with serving(clock) as server, mastodon_shop(tmp_path, clock, server) as shop:
        shop.settings.change(Reading, live=False)
        async with listening(shop):
            server.say(ANA, "<p>una</p>")
            await until(shop, stored(shop, "una"))
            assert server.http.asked("GET", STREAM) == []
            shop.settings.change(Reading, live=True)
            await until(shop, is_live(shop))
            shop.settings.change(Reading, live=False)

            async def is_over() -> bool:
                return not await is_live(shop)()

            await until(shop, is_over)


async def test_a_paused_account_is_no_longer_listened_to(tmp_path: Path, clock: FakeClock) -> None:
    async with serving(clock) as server, mastodon_shop(tmp_path, clock, server) as shop, listening(shop):
        await until(shop, is_live(shop))
        await shop.services.accounts.pause(shop.account_id, paused=True)

        async def is_over() -> bool:
            return not await is_live(shop)()

        await until(shop, is_over)
        await shop.services.accounts.pause(shop.account_id, paused=False)
        await until(shop, is_live(shop))


async def test_after_the_computer_slept_everything_is_looked_at_and_the_line_is_new(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with serving(clock) as server, mastodon_shop(tmp_path, clock, server) as shop, listening(shop):
        await until(shop, is_live(shop))
        server.tells = False
        server.say(ANA, "<p>mientras dormía</p>")
        asked = len(server.http.asked("GET", STREAM))
        clock.set_wall(clock.now() + timedelta(hours=8))
        await until(shop, stored(shop, "mientras dormía"), step=5, most=240)

        async def is_new() -> bool:
            return len(server.http.asked("GET", STREAM)) > asked

        await until(shop, is_new, most=60)


def garbage(chance: Random) -> bytes:
    return chance.choice(
        [
            b"\0" * 50,
            b"event: notification\n",
            b"data: {not json\n\n",
            b"event: update\ndata: [[[[\n\n",
            bytes(chance.randrange(256) for _ in range(200)),
            b":thump\n",
            b"event: notification\ndata: {}\n\n" * 30,
        ]
    )


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_happens_each_message_is_stored_exactly_once(
    tmp_path: Path, clock: FakeClock, seed: int
) -> None:
    """Cuts, silence, garbage, repeated and reordered events, refusals, restarts: in any order."""
    chance = Random(seed)
    said: list[str] = []
    async with serving(clock) as server:

        def say() -> None:
            text = f"m{len(said)}"
            late = timedelta(
                seconds=chance.choice((0, 0, 0, 90, 4000))
            )  # some come from other servers long after they were written
            server.tells = chance.random() < 0.7
            server.say(
                chance.choice((ANA, BETO)),
                f"<p>{text}</p>",
                at=clock.now() - late,
                visibility=chance.choice(("public", "direct")),
            )
            server.tells = True
            said.append(text)

        for _ in range(chance.choice((0, 3, 60))):
            say()
        for number in range(4):
            async with (
                mastodon_shop(tmp_path, clock, server, stock=number == 0, process=f"test:{number}:x") as shop,
                listening(shop),
            ):
                for _ in range(12):
                    match chance.randrange(9):
                        case 0 | 1 | 2 | 3:
                            say()
                        case 4:
                            server.tell_raw(None)
                        case 5:
                            server.tell_raw(garbage(chance))
                        case 6 if server.notifications:
                            server.tell("notification", chance.choice(server.notifications), times=3)
                        case 7:
                            server.limited = Reply(503, {"error": "no"}) if server.limited is None else None
                        case _:
                            await shop.services.sync.look_now()
                    await clock.elapse(chance.choice((0, 1, 5, 40)))
                    await asyncio.sleep(chance.choice((0, 0.002)))
            server.tell_raw(None)  # the program ended; the server notices
            server.limited = None
        async with mastodon_shop(tmp_path, clock, server, stock=False, process="test:9:x") as shop:
            clock.advance(3600)
            await shop.services.sync.look_now()
            assert Counter(await texts(shop)) == Counter(said)
            assert await shop.services.sync.look_now() == 0


KILLED = """
import asyncio, sys
from pathlib import Path
from tests.fakes.clock import FakeClock
from tests.services import killed_reading
asyncio.run(killed_reading.read(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))
"""


async def test_killed_in_the_middle_of_reading_nothing_is_lost_or_doubled(tmp_path: Path, clock: FakeClock) -> None:
    """A process of its own reads over the line and is killed at a random moment, again and again."""
    chance = Random(7)
    async with serving(clock) as server:
        now = clock.now()
        for number in range(120):
            server.say(ANA, f"<p>{number}</p>", at=now - timedelta(minutes=120 - number))
        async with mastodon_shop(tmp_path, clock, server):
            """The data file is made."""
        for _ in range(4):
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", KILLED, str(tmp_path), server.url, f"test:{chance.random()}:k"),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            assert process.stdout is not None
            await asyncio.wait_for(process.stdout.readline(), 30)
            await asyncio.sleep(chance.uniform(0.0, 0.12))
            process.kill()
            await process.wait()
        async with mastodon_shop(tmp_path, clock, server, stock=False, process="test:z:x") as shop:
            await shop.services.sync.look_now()
            assert await texts(shop) == [str(number) for number in range(120)]
