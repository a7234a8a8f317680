"""Customers write while somebody looks, in their languages, and answer what we publish."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.models.message import MessageKind, Visibility
from app.networks.network import Incoming
from app.networks.sample.server import SampleServer
from tests.fakes.clock import FakeClock
from tests.networks.sample.world_of_tests import MASTODON, PETRA, X, a_mention, a_part, open_world, read

ACCOUNTS = (("mastodon", "m-1", MASTODON), ("x", "x-9", X))


async def listen(server: SampleServer, clock: FakeClock, minutes: int) -> list[Incoming]:
    """Looks each minute, on both accounts."""
    heard = []
    cursors = {"mastodon": "", "x": ""}
    for _ in range(minutes):
        clock.advance(60)
        for network, remote_id, card in ACCOUNTS:
            for page in await read(server.connect(network, remote_id, card), cursors[network]):
                heard.extend(page.messages)
                cursors[network] = page.cursor
    return heard


async def test_somebody_writes_some_minutes_apart(tmp_path: Path, clock: FakeClock) -> None:
    heard = await listen(open_world(tmp_path, clock, customers=True), clock, 120)
    assert 14 <= len(heard) <= 40
    assert {message.language for message in heard} == {"es", "ru", "zh"}
    times = sorted(message.at for message in heard)
    assert times[0] - clock.now() + timedelta(minutes=120) <= timedelta(minutes=3)
    assert all(message.at <= clock.now() for message in heard)
    assert not any("{us}" in message.text for message in heard)
    assert len({message.remote_id for message in heard}) == len(heard)


async def test_the_same_seed_and_clock_give_the_same_customers(tmp_path: Path) -> None:
    first, second, other = [
        await listen(open_world(tmp_path / str(number), one, customers=True, seed=seed), one, 40)
        for number, (one, seed) in enumerate(((FakeClock(), "a"), (FakeClock(), "a"), (FakeClock(), "b")))
    ]
    assert first == second
    assert first != other


async def test_who_came_by_while_nobody_looked_went_on(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock, customers=True)
    clock.advance(timedelta(hours=10))
    pages = [await read(server.connect(network, remote_id, card)) for network, remote_id, card in ACCOUNTS]
    heard = [message for account in pages for page in account for message in page.messages]
    assert 2 <= len(heard) <= 12
    assert all(message.at >= clock.now() - timedelta(minutes=30) for message in heard)


async def test_a_post_is_commented_on_shortly_after(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock, customers=True)
    connection = server.connect("mastodon", "m-1", MASTODON)
    sent = await connection.publish(a_part(text="Nuevo disco"))
    heard = await listen(server, clock, 6)
    comments = [message for message in heard if message.parent_id == sent.remote_id]
    assert comments
    assert comments[0].kind is MessageKind.REPLY
    assert comments[0].parent_text == "Nuevo disco"
    assert comments[0].in_reply_to == sent.remote_id
    figures = await connection.figures([sent.remote_id])
    assert figures[0].replies == len(comments)


async def test_a_customer_sometimes_thanks_for_a_reply_in_the_same_conversation(
    tmp_path: Path, clock: FakeClock
) -> None:
    server = open_world(tmp_path, clock, customers=True)
    connection = server.connect("mastodon", "m-1", MASTODON)
    for number in range(10):
        server.say("mastodon", "m-1", a_mention(clock, f"q{number}"))
        await connection.publish(a_part(f"key-{number}", "Sí, hasta las ocho.", reply_to=f"said-q{number}"))
    heard = await listen(server, clock, 6)
    thanks = [message for message in heard if message.remote_id.startswith("thanks")]
    assert 1 <= len(thanks) <= 9
    for message in thanks:
        assert message.text == "¡Gracias!"
        assert message.thread_key in {f"said-q{number}:{PETRA.id}" for number in range(10)}
        assert message.author.remote_id == PETRA.id
        assert message.visibility is Visibility.PUBLIC


async def test_a_later_part_of_a_thread_is_not_taken_for_a_new_post(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock, customers=True)
    connection = server.connect("mastodon", "m-1", MASTODON)
    first = await connection.publish(a_part("key-1", "uno"))
    second = await connection.publish(a_part("key-2", "dos", reply_to=first.remote_id))
    heard = await listen(server, clock, 6)
    assert not [message for message in heard if message.parent_id == second.remote_id]


async def test_without_a_script_nobody_writes(tmp_path: Path, clock: FakeClock) -> None:
    assert await listen(open_world(tmp_path, clock), clock, 30) == []
