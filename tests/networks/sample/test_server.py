"""The simulated server as a whole: it remembers, it fails on demand, and several processes share it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from app.networks.network import Access, SignInRequest
from app.networks.outgoing import Sent
from app.networks.sample import CARD
from app.networks.sample.failures import FailureKind, Verb
from app.networks.sample.server import SampleServer
from app.runtime.errors import Offline, RateLimited, SignedOut, Unsure, UserMistake
from tests.fakes.clock import FakeClock
from tests.fakes.keeper import FakeKeeper
from tests.networks.sample.world_of_tests import BY_HAND, MASTODON, X, a_mention, a_part, open_world, read

ROOT = Path(__file__).resolve().parents[3]


async def test_a_restarted_server_remembers(tmp_path: Path, clock: FakeClock) -> None:
    sent = await open_world(tmp_path, clock).connect("mastodon", "m-1", MASTODON).publish(a_part())
    again = SampleServer(tmp_path / "network.jsonl", clock).connect("mastodon", "m-1", MASTODON)
    assert await again.find_mine(a_part(), clock.now()) == sent


async def test_after_a_lost_answer_the_post_is_there_once(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    connection = server.connect("mastodon", "m-1", MASTODON)
    server.fail(FailureKind.ANSWER_LOST, network="mastodon", account_remote_id="m-1", verb=Verb.PUBLISH)
    with pytest.raises(Unsure):
        await connection.publish(a_part())
    found = await connection.find_mine(a_part(), clock.now())
    assert isinstance(found, Sent)
    assert len(server.published("mastodon", "m-1")) == 1
    assert server.failures() == []


async def test_after_a_time_out_nothing_is_there(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    connection = server.connect("mastodon", "m-1", MASTODON)
    server.fail(FailureKind.TIME_OUT)
    with pytest.raises(Unsure):
        await connection.publish(a_part())
    assert server.published("mastodon", "m-1") == []
    await connection.publish(a_part())


async def test_a_lasting_failure_strikes_until_it_is_mended_and_spares_the_others(
    tmp_path: Path, clock: FakeClock
) -> None:
    server = open_world(tmp_path, clock)
    failure = server.fail(FailureKind.RATE_LIMITED, network="x", account_remote_id="x-9", lasting=True, seconds=60)
    for _ in range(2):
        with pytest.raises(RateLimited):
            await server.connect("x", "x-9", X).profile()
    await server.connect("mastodon", "m-1", MASTODON).profile()
    server.mend(failure)
    await server.connect("x", "x-9", X).profile()


async def test_another_process_switches_failures_and_sees_what_was_stored(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    connection = server.connect("mastodon", "m-1", MASTODON)
    other = SampleServer(tmp_path / "network.jsonl", clock)
    other.fail(FailureKind.OFFLINE, lasting=True)
    with pytest.raises(Offline):
        await connection.publish(a_part())
    other.mend()
    await connection.publish(a_part())
    assert [post.key for post in other.published("mastodon", "m-1")] == ["key-1"]
    other.say("mastodon", "m-1", a_mention(clock))
    assert len((await read(connection))[0].messages) == 1


async def test_two_processes_that_publish_one_key_at_once_make_one_post(tmp_path: Path, clock: FakeClock) -> None:
    one = open_world(tmp_path, clock)
    other = SampleServer(tmp_path / "network.jsonl", clock)
    first, second = await asyncio.gather(
        one.connect("mastodon", "m-1", MASTODON).publish(a_part()),
        other.connect("mastodon", "m-1", MASTODON).publish(a_part()),
    )
    assert first == second
    assert len(one.published("mastodon", "m-1")) == 1


def test_a_killed_client_finds_what_the_server_stored(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    killed = """
import asyncio, os, sys
from pathlib import Path
from app.networks.sample.server import SampleServer
from tests.fakes.clock import FakeClock
from tests.networks.sample.world_of_tests import MASTODON, a_part

class Killing(SampleServer):
    async def ask(self, account, verb, work):
        await super().ask(account, verb, work)
        os._exit(9)

asyncio.run(Killing(Path(sys.argv[1]), FakeClock()).connect("mastodon", "m-1", MASTODON).publish(a_part()))
"""
    done = subprocess.run([sys.executable, "-c", killed, str(tmp_path / "network.jsonl")], cwd=ROOT, timeout=60)
    assert done.returncode == 9
    assert [post.key for post in server.published("mastodon", "m-1")] == ["key-1"]


async def test_a_signed_out_account_comes_back_by_signing_in_again(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    server.fail(FailureKind.SIGNED_OUT, network="mastodon", account_remote_id="m-1", lasting=True)
    connection = server.connect("mastodon", "m-1", MASTODON)
    with pytest.raises(SignedOut):
        await connection.profile()
    sign_in = server.card(MASTODON).sign_in_secret
    assert sign_in is not None
    signed_in = await sign_in(SignInRequest("https://musica.example", "@aurora"), {"token": "any"})
    assert signed_in.profile.remote_id == "m-1"
    await connection.profile()


async def test_a_new_account_can_be_signed_in(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    card = server.card(CARD)
    assert card.sign_in_browser is not None
    assert card.connect is not None
    signed_in = await card.sign_in_browser(SignInRequest(handle="ayuda"), _no_browser)
    assert signed_in.profile.handle == "@ayuda"
    connection = card.connect(Access("", FakeKeeper(signed_in.secrets), signed_in.facts))
    assert (await connection.profile()).remote_id == signed_in.profile.remote_id
    with pytest.raises(UserMistake):
        await server.sign_in(CARD.__class__("new", "New", "x-twitter", CARD.limits, CARD.ways), SignInRequest())


async def test_an_account_the_server_does_not_know_is_signed_out(tmp_path: Path, clock: FakeClock) -> None:
    with pytest.raises(SignedOut):
        await open_world(tmp_path, clock).connect("mastodon", "nobody", MASTODON).profile()


def test_a_network_that_no_program_may_speak_to_stays_by_hand(tmp_path: Path, clock: FakeClock) -> None:
    card = open_world(tmp_path, clock).card(BY_HAND)
    assert card is BY_HAND
    assert card.connect is None


async def test_answers_take_their_time_on_the_clock(tmp_path: Path, clock: FakeClock) -> None:
    open_world(tmp_path, clock)
    slow = SampleServer(tmp_path / "network.jsonl", clock, latency_seconds=0.3)
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(slow.connect("x", "x-9", X).profile())
        await clock.elapse(0.2)
        assert not asking.done()
        await clock.elapse(0.2)
    assert asking.result().handle == "@discosaurora"


async def test_a_disk_that_takes_nothing_leaves_a_publication_unsure(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    connection = server.connect("mastodon", "m-1", MASTODON)
    (tmp_path / "network.jsonl").unlink()
    (tmp_path / "network.jsonl").mkdir()
    with pytest.raises(Unsure):
        await connection.publish(a_part())
    with pytest.raises(Offline):
        await connection.profile()


async def _no_browser(address: str) -> None:
    raise AssertionError("the sample network needs no browser")


async def test_opened_earlier_its_customers_have_written_meanwhile(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock, customers=True)
    connections = [server.connect("mastodon", "m-1", MASTODON), server.connect("x", "x-9", X)]

    async def heard() -> int:
        return sum([len(page.messages) for connection in connections for page in await read(connection)])

    before = await heard()
    server.open_earlier(minutes=20)
    assert await heard() > before
