"""When to try again: later each time, never in step, never before a server allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as some

from app.services.backoff import FIRST_SECONDS, LONGEST_SECONDS, after, next_try

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
EARLIEST, LATEST = (datetime(year, 1, 1) for year in (2000, 2100))  # noqa: DTZ001  (hypothesis adds the zone)
chances = some.integers(0, 2**32).map(Random)
attempts = some.integers(0, 10_000)


@given(attempts, chances)
def test_it_is_always_later_and_never_much_longer_than_the_longest(times: int, chance: Random) -> None:
    pause = next_try(NOW, times, chance) - NOW
    assert timedelta(seconds=FIRST_SECONDS * 0.75) <= pause <= timedelta(seconds=LONGEST_SECONDS * 1.25)


@given(some.integers(0, 6), chances)
def test_two_failures_more_always_mean_a_longer_pause(times: int, chance: Random) -> None:
    longest_before = FIRST_SECONDS * 2**times * 1.25
    shortest_after = min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** (times + 2)) * 0.75
    assert shortest_after > longest_before or times > 5
    assert next_try(NOW, times, chance) - NOW <= timedelta(seconds=longest_before)


@given(some.datetimes(timezones=some.just(UTC), min_value=EARLIEST, max_value=LATEST), chances)
def test_a_moment_that_a_server_named_is_never_anticipated(until: datetime, chance: Random) -> None:
    assert timedelta(0) < after(until, chance) - until <= timedelta(seconds=3)


def test_two_items_do_not_march_in_step() -> None:
    chance = Random(1)
    assert len({next_try(NOW, 3, chance) for _ in range(50)}) == 50
