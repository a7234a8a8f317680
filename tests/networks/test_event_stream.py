"""Events come out whole however the bytes are cut, and what is no stream of events ends soon."""

from __future__ import annotations

from random import Random

import pytest

from app.networks.event_stream import LONGEST_LINE, Event, EventStream, Garbled

STREAM = b':)\n\nevent: update\ndata: {"a":\ndata: 1}\n\n:thump\n\r\nevent: notification\r\ndata: \xc3\xb1\r\n\r\nid: 7\nretry: 10\nnonsense\ndata\n\n'
EVENTS = [Event("update", '{"a":\n1}'), Event("notification", "ñ"), Event("message", "")]


@pytest.mark.parametrize("seed", range(20))
def test_it_does_not_matter_where_the_bytes_are_cut(seed: int) -> None:
    chance, stream, found, left = Random(seed), EventStream(), [], STREAM
    while left:
        size = chance.randint(1, 9)
        found += stream.feed(left[:size])
        left = left[size:]
    assert found == EVENTS


def test_heart_beats_and_what_is_half_said_are_no_events() -> None:
    stream = EventStream()
    assert stream.feed(b":thump\n:thump\nevent: notification\n\ndata: half") == []


@pytest.mark.parametrize("piece", [b"x" * 65_536, b"data: " + b"x" * 65_536 + b"\n"])
def test_what_never_ends_is_given_up(piece: bytes) -> None:
    stream = EventStream()

    def feed_on() -> None:
        for _ in range(LONGEST_LINE // len(piece) + 3):
            stream.feed(piece)

    with pytest.raises(Garbled):
        feed_on()


def test_garbage_is_left_out() -> None:
    assert EventStream().feed(bytes(range(256)) * 20 + b"\n\ndata: x\n\n")[-1:] == [Event("message", "x")]
