"""Keys chosen ahead: the same part always has the same place, different parts different ones."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.networks.bluesky.keys import LENGTH, date_of, moment_of, place_of, tid

BEGUN = datetime(2026, 11, 22, 10, 0, 0, 123_000, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def test_a_key_has_the_form_that_servers_ask_for() -> None:
    assert tid(0, 0) == "2222222222222"
    # The largest there is: 53 bits of time and 10 of clock id.
    assert tid((1 << 53) - 1, 1023) == "bzzzzzzzzzzzz"
    assert re.fullmatch(r"[2-7a-j][2-7a-z]{12}", place_of("k", BEGUN).key)
    assert len(place_of("k", BEGUN).key) == LENGTH


@given(MOMENTS, st.text())
def test_a_part_always_gets_the_same_place(begun: datetime, key: str) -> None:
    assert place_of(key, begun) == place_of(key, begun)
    # Only whole milliseconds are stored with an item.
    assert place_of(key, begun) == place_of(key, begun.replace(microsecond=begun.microsecond // 1000 * 1000))


@given(MOMENTS, MOMENTS)
def test_keys_sort_by_their_moment(one: datetime, other: datetime) -> None:
    keys = [tid(int(moment.timestamp()) * 1_000_000, 5) for moment in sorted((one, other))]
    assert keys == sorted(keys)


def test_parts_of_a_thread_stay_in_order_and_a_thousand_items_of_one_moment_apart() -> None:
    thread = [place_of(f"a-{number}", BEGUN, number).key for number in range(25)]
    assert thread == sorted(set(thread))
    assert len({place_of(f"item {number}", BEGUN).key for number in range(1000)}) == 1000


def test_the_next_place_is_another_one() -> None:
    assert len({place_of("k", BEGUN, 0, again).key for again in range(3)}) == 3


def test_a_key_says_when_it_was_made() -> None:
    moment = moment_of(place_of("k", BEGUN).key)
    assert moment is not None
    assert timedelta(0) <= moment - BEGUN < timedelta(seconds=1)
    assert moment_of("self") is None
    assert moment_of("0000000000000") is None
    assert moment_of("z222222222222") is None


def test_a_parts_date_is_when_it_began_with_its_mark() -> None:
    assert date_of(BEGUN, 0, 7, BEGUN + timedelta(minutes=14)) == "2026-11-22T10:00:00.123007Z"
    assert date_of(BEGUN, 2, 999, BEGUN) == "2026-11-22T10:00:00.125999Z"


def test_what_could_not_leave_for_long_is_dated_when_it_does() -> None:
    assert date_of(BEGUN, 0, 7, BEGUN + timedelta(hours=9)) == "2026-11-22T19:00:00.123007Z"
