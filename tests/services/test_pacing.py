"""How often an account is looked at: never more often than wanted, less often where calls are scarce or news come live."""

from __future__ import annotations

from datetime import timedelta

from app.models.pace import Pace
from app.networks.hearing import Allowance
from app.services.pacing import LIVE_EVERY, Pacing
from tests.fakes.clock import FakeClock

MINUTE = timedelta(minutes=1)


def pacing(clock: FakeClock, minutes: int = 5) -> Pacing:
    return Pacing(clock, lambda: minutes * MINUTE, lambda network: 60 * MINUTE if network == "x" else None)


def test_the_users_interval_is_the_shortest(clock: FakeClock) -> None:
    made = pacing(clock)
    made.cost(1, Allowance(10), Allowance(13, 290, clock.now() + 5 * MINUTE))
    assert made.pace(1, "mastodon") == Pace(5 * MINUTE, live=False)


def test_a_network_that_charges_is_looked_at_as_seldom_as_was_chosen_for_it(clock: FakeClock) -> None:
    assert pacing(clock).pace(1, "x").every == 60 * MINUTE


def test_what_is_left_of_an_allowance_is_spread_until_it_is_whole_again(clock: FakeClock) -> None:
    made = pacing(clock)
    made.cost(
        1, Allowance(10), Allowance(13, 12, clock.now() + 30 * MINUTE)
    )  # two looks of three calls, and as much for the user
    assert made.pace(1, "mastodon").every == 15 * MINUTE
    made.cost(1, Allowance(13), Allowance(16, 0, clock.now() + 30 * MINUTE))
    assert made.pace(1, "mastodon").every == 30 * MINUTE
    made.cost(1, Allowance(16), Allowance(19))
    assert made.pace(1, "mastodon").every == 5 * MINUTE


def test_who_tells_by_itself_is_seldom_asked(clock: FakeClock) -> None:
    made = pacing(clock)
    made.set_live(1, True)
    assert made.pace(1, "mastodon") == Pace(LIVE_EVERY, live=True)
    made.set_live(1, False)
    assert made.pace(1, "mastodon") == Pace(5 * MINUTE, live=False)


def test_each_has_its_own_turn(clock: FakeClock) -> None:
    made = pacing(clock)
    assert made.due(1) is None
    assert made.next_due() == clock.now() + 5 * MINUTE
    made.looked(1, "mastodon", clock.now())
    clock.advance(60)
    made.looked(2, "x", clock.now())
    assert made.due(2) == clock.now() + 60 * MINUTE
    assert made.next_due() == made.due(1) == clock.now() + 4 * MINUTE
    made.keep_to({2})
    assert made.next_due() == made.due(2)
    made.hurry()
    assert made.due(2) is None
    assert made.next_due() == clock.now(), "at once, and not when the next turn would have been"
    made.keep_to({2})
    assert made.next_due() == clock.now() + 5 * MINUTE


def test_who_is_to_be_left_alone_for_longer_has_its_turn_later(clock: FakeClock) -> None:
    """Else whoever waits for the next turn would find that it was already, again and again."""
    made = pacing(clock)
    made.looked(1, "mastodon", clock.now())
    made.looked(2, "bluesky", clock.now())
    later = clock.now() + 30 * MINUTE
    assert made.next_due({1: later}) == made.due(2)
    assert made.next_due({1: later, 2: later + MINUTE}) == later
    assert made.next_due({1: clock.now(), 2: clock.now()}) == clock.now() + 5 * MINUTE


def test_without_anybody_the_next_look_comes_all_the_same(clock: FakeClock) -> None:
    """Somebody may have been signed in meanwhile: a pause that is reckoned from now would never end."""
    made = pacing(clock)
    made.keep_to(set())
    clock.advance(5 * MINUTE)
    assert made.next_due() == clock.now()
