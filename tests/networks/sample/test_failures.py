"""Each failure becomes the error that the program's client would make of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.networks.sample.failures import Failure, FailureKind, Verb
from app.runtime.errors import NetworkTrouble, Offline, RateLimited, Refused, SignedOut, Unsure
from tests.fakes.clock import FakeClock


@pytest.mark.parametrize(
    ("kind", "at_publishing", "at_reading"),
    [
        (FailureKind.OFFLINE, Offline, Offline),
        (FailureKind.TIME_OUT, Unsure, Offline),
        (FailureKind.SERVER_ERROR, Unsure, Offline),
        (FailureKind.ANSWER_LOST, Unsure, Offline),
        (FailureKind.SIGNED_OUT, SignedOut, SignedOut),
        (FailureKind.RATE_LIMITED, RateLimited, RateLimited),
        (FailureKind.REFUSED, Refused, Refused),
    ],
)
def test_only_a_publication_leaves_one_unsure(
    clock: FakeClock, kind: FailureKind, at_publishing: type[NetworkTrouble], at_reading: type[NetworkTrouble]
) -> None:
    failure = Failure("1", kind)
    assert type(failure.error(Verb.PUBLISH, clock.now())) is at_publishing
    assert type(failure.error(Verb.HEAR, clock.now())) is at_reading
    assert type(failure.error(Verb.LIKE, clock.now())) is at_reading


def test_a_rate_limit_says_until_when(clock: FakeClock) -> None:
    error = Failure("1", FailureKind.RATE_LIMITED, seconds=90).error(Verb.HEAR, clock.now())
    assert isinstance(error, RateLimited)
    assert error.until == clock.now() + timedelta(seconds=90)


def test_a_failure_strikes_whom_it_is_meant_for() -> None:
    everyone = Failure("1", FailureKind.OFFLINE)
    one = Failure("2", FailureKind.OFFLINE, "x:9", Verb.PUBLISH)
    assert everyone.strikes("mastodon:1", Verb.HEAR)
    assert one.strikes("x:9", Verb.PUBLISH)
    assert not one.strikes("x:9", Verb.HEAR)
    assert not one.strikes("x:8", Verb.PUBLISH)
