"""What the simulated server stores, finds and lists."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.networks.outgoing import Found, Sent, Upload
from app.networks.sample.server import SampleServer
from app.networks.sample.state import ServedPost
from app.networks.sample.world import FIRST_READING_AT_MOST, PAGE, address
from app.runtime.clock import to_ms
from app.runtime.errors import Refused
from tests.fakes.clock import FakeClock
from tests.networks.sample.world_of_tests import MASTODON, PETRA, a_mention, a_part, open_world, read


async def test_a_key_is_stored_once_however_often_it_is_sent(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    connection = server.connect("mastodon", "m-1", MASTODON)
    first = await connection.publish(a_part())
    clock.advance(60)
    assert await connection.publish(a_part()) == first
    assert [post.text for post in server.published("mastodon", "m-1")] == ["Hoy abrimos a las diez."]


async def test_what_was_stored_is_found_and_what_was_not_is_not(tmp_path: Path, clock: FakeClock) -> None:
    connection = open_world(tmp_path, clock).connect("mastodon", "m-1", MASTODON)
    sent = await connection.publish(a_part())
    assert await connection.find_mine(a_part(), clock.now()) == sent
    assert await connection.find_mine(a_part("another key"), clock.now()) is Found.NOT_THERE


async def test_a_doubtful_key_leaves_the_decision_to_the_user(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    server.stock(doubtful=["key-1"])
    connection = server.connect("mastodon", "m-1", MASTODON)
    assert await connection.find_mine(a_part(), clock.now()) is Found.CANNOT_TELL


async def test_messages_come_by_pages_without_a_gap_and_a_cursor_goes_on_where_it_stood(
    tmp_path: Path, clock: FakeClock
) -> None:
    server = open_world(tmp_path, clock)
    for number in range(PAGE + 5):
        server.say("mastodon", "m-1", a_mention(clock, str(number)))
    connection = server.connect("mastodon", "m-1", MASTODON)
    pages = await read(connection)
    assert [len(page.messages) for page in pages] == [PAGE, 5]
    assert pages[0].total == PAGE + 5
    assert await read(connection, pages[-1].cursor) == []
    # An older time must not make a message that came later disappear.
    late = a_mention(clock, "late")
    clock.set_wall(clock.now() - timedelta(hours=1))
    server.say("mastodon", "m-1", late)
    assert [message.remote_id for page in await read(connection, pages[-1].cursor) for message in page.messages] == [
        "said-late"
    ]


async def test_the_first_reading_takes_four_weeks_and_no_more_than_it_may(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    server.say("mastodon", "m-1", a_mention(clock, "old"))
    clock.advance(timedelta(days=29))
    server.say("mastodon", "m-1", a_mention(clock, "new"))
    connection = server.connect("mastodon", "m-1", MASTODON)
    assert [message.remote_id for page in await read(connection) for message in page.messages] == ["said-new"]
    server.stock(said=[_of_mastodon(a_mention(clock, f"n{number}")) for number in range(FIRST_READING_AT_MOST + 7)])
    assert sum(len(page.messages) for page in await read(connection)) == FIRST_READING_AT_MOST


def _of_mastodon(said):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(said, account="mastodon:m-1")


async def test_figures_name_what_is_gone(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    now = to_ms(clock.now())
    server.stock(posts=[ServedPost("mastodon:m-1", "1", "k", "Hola", now, figures=(5, 2, 1, 0), measured_at=now)])
    connection = server.connect("mastodon", "m-1", MASTODON)
    there, never = await connection.figures(["1", "2"])
    assert (there.likes, there.reposts, there.replies, there.gone) == (5, 2, 1, False)
    assert never.gone
    server.take_down("mastodon", "m-1", "1")
    assert (await connection.figures(["1"]))[0].gone


async def test_likes_and_boosts_may_be_repeated(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    server.say("mastodon", "m-1", a_mention(clock))
    connection = server.connect("mastodon", "m-1", MASTODON)
    for _ in range(2):
        await connection.like("said-1")
        await connection.boost("said-1")
    assert server.has_act("mastodon", "m-1", "like", "said-1")
    message = (await read(connection))[0].messages[0]
    assert message.liked
    assert message.boosted
    for _ in range(2):
        await connection.unlike("said-1")
        await connection.unboost("said-1")
    assert not server.has_act("mastodon", "m-1", "boost", "said-1")
    with pytest.raises(Refused):
        await connection.like("nothing")


async def test_a_picture_goes_along_by_its_id(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    connection = server.connect("mastodon", "m-1", MASTODON)
    media = await connection.upload(Upload(b"png", "image/png", "a.png", "Portada"))
    assert media == await connection.upload(Upload(b"png", "image/png", "a.png", "Portada"))
    from app.networks.outgoing import Outgoing

    await connection.publish(Outgoing("k", "", media_ids=(media,)))
    assert server.published("mastodon", "m-1")[0].media == (media,)
    with pytest.raises(Refused):
        await connection.publish(Outgoing("k2", "x", media_ids=("unknown",)))


async def test_nothing_empty_and_nothing_under_a_vanished_message_is_published(
    tmp_path: Path, clock: FakeClock
) -> None:
    server = open_world(tmp_path, clock)
    server.say("mastodon", "m-1", a_mention(clock))
    connection = server.connect("mastodon", "m-1", MASTODON)
    with pytest.raises(Refused):
        await connection.publish(a_part(text=" "))
    server.take_down("mastodon", "m-1", "said-1")
    with pytest.raises(Refused):
        await connection.publish(a_part(reply_to="said-1"))
    with pytest.raises(Refused):
        await connection.publish(a_part(reply_to="never there"))
    assert server.published("mastodon", "m-1") == []


async def test_the_profile_tells_followers_and_address(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    connection = server.connect("mastodon", "m-1", MASTODON)
    sent = await connection.publish(a_part())
    assert isinstance(sent, Sent)
    assert sent.url == address("mastodon", "@aurora", sent.remote_id)
    clock.advance(timedelta(days=2))
    profile = await connection.profile()
    assert (profile.handle, profile.followers, profile.posts) == ("@aurora", 4_024, 1)


# --- deleted, searched


async def test_a_server_without_keys_stores_what_it_is_sent(tmp_path: Path, clock: FakeClock) -> None:
    open_world(tmp_path, clock)
    server = SampleServer(tmp_path / "network.jsonl", clock, knows_keys=False)
    connection: Any = server.connect("mastodon", "m-1", MASTODON)
    for _ in range(2):
        await connection.publish(a_part())
    assert len(server.published("mastodon", "m-1")) == 2


async def test_a_deleted_post_is_gone_and_may_be_deleted_again(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    connection: Any = server.connect("mastodon", "m-1", MASTODON)
    sent = await connection.publish(a_part())
    await connection.delete(sent.remote_id)
    await connection.delete(sent.remote_id)
    assert [figure.gone for figure in await connection.figures([sent.remote_id])] == [True]


async def test_a_search_finds_what_customers_wrote_since_the_last_one(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    connection: Any = server.connect("mastodon", "m-1", MASTODON)
    server.write("mastodon", "m-1", PETRA, "¿tienen vinilos?")
    server.write("mastodon", "m-1", PETRA, "¿a qué hora abren?")
    pages = [page async for page in connection.search("VINILOS", "")]
    assert [message.text for page in pages for message in page.messages] == ["¿tienen vinilos?"]
    assert [page async for page in connection.search("vinilos", pages[-1].cursor)] == []
