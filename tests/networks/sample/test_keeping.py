"""What the simulated server keeps until its time comes out then, once for each time it was asked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from app.networks.outgoing import Sent
from app.runtime.clock import to_ms
from tests.fakes.clock import FakeClock
from tests.networks.sample.world_of_tests import MASTODON, a_part, open_world


async def test_a_kept_post_is_published_at_its_time_under_another_id(tmp_path: Path, clock: FakeClock) -> None:
    server = open_world(tmp_path, clock)
    connection: Any = server.connect("mastodon", "m-1", MASTODON)
    at = clock.now() + timedelta(hours=1)
    assert not await connection.may_hold(clock.now() + timedelta(minutes=4))
    held = await connection.hold(a_part(), at)
    assert await connection.held() == [held]
    assert server.published("mastodon", "m-1") == []
    clock.advance(3600)
    (post,) = server.published("mastodon", "m-1")
    assert (post.at, post.text) == (to_ms(at), a_part().text)
    assert post.id != held.held_id
    assert await connection.held() == []
    assert not await connection.let_go_held(held.held_id)
    assert not await connection.move_held(held.held_id, at)
    assert isinstance(await connection.find_mine(a_part(), clock.now()), Sent)


async def test_asked_twice_it_keeps_and_publishes_two(tmp_path: Path, clock: FakeClock) -> None:
    """As Mastodon did until 2024: whoever asks again without looking stands there twice."""
    server = open_world(tmp_path, clock)
    connection: Any = server.connect("mastodon", "m-1", MASTODON)
    at = clock.now() + timedelta(hours=1)
    first, second = await connection.hold(a_part(), at), await connection.hold(a_part(), at)
    assert first.held_id != second.held_id
    clock.advance(3600)
    assert len(server.published("mastodon", "m-1")) == 2
