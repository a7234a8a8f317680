"""Limits are read from whatever headers a server sends, by the server's own clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from app.networks.rates import LONGEST_WAIT, UNKNOWN_WAIT, Rates, kind_of, moment_of, number, server_time
from app.runtime.errors import RateLimited
from tests.fakes.clock import FakeClock

PATH = "/api/v1/notifications"


def until(clock: FakeClock, headers: Mapping[str, str], status: int = 429) -> datetime:
    rates = Rates(clock)
    rates.note("GET", PATH, status, headers)
    with pytest.raises(RateLimited) as caught:
        rates.check("GET", PATH)
    return caught.value.until


def test_the_reset_comes_as_iso_time_or_unix_seconds(clock: FakeClock) -> None:
    reset = clock.now() + timedelta(minutes=4)
    for value in (reset.isoformat(), reset.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), str(int(reset.timestamp()))):
        assert until(clock, {"x-ratelimit-reset": value}) == reset


def test_a_server_whose_clock_is_wrong_is_waited_for_no_longer(clock: FakeClock) -> None:
    its_now = clock.now() + timedelta(hours=3)
    headers = {"date": format_datetime(its_now.astimezone(UTC), usegmt=True), "x-ratelimit-reset": (its_now + timedelta(seconds=90)).isoformat()}
    assert until(clock, headers) == clock.now() + timedelta(seconds=90)


def test_retry_after_is_seconds_or_a_date(clock: FakeClock) -> None:
    assert until(clock, {"retry-after": "30"}) == clock.now() + timedelta(seconds=30)
    date = format_datetime((clock.now() + timedelta(seconds=45)).astimezone(UTC), usegmt=True)
    assert until(clock, {"retry-after": date}) == clock.now() + timedelta(seconds=45)


@pytest.mark.parametrize("headers", [{}, {"retry-after": "soon"}, {"x-ratelimit-reset": "9" * 40}, {"x-ratelimit-reset": "nan"}])
def test_a_limit_without_a_readable_end_lasts_a_minute(clock: FakeClock, headers: Mapping[str, str]) -> None:
    assert until(clock, headers) == clock.now() + UNKNOWN_WAIT


def test_no_server_shuts_us_out_for_ever(clock: FakeClock) -> None:
    assert until(clock, {"retry-after": "99999999"}) == clock.now() + LONGEST_WAIT


def test_the_last_request_of_an_allowance_closes_only_its_own_kind(clock: FakeClock) -> None:
    rates = Rates(clock)
    headers = {"x-ratelimit-limit": "30", "x-ratelimit-remaining": "0", "retry-after": "60"}
    rates.note("POST", "/api/v2/media", 200, headers)
    with pytest.raises(RateLimited):
        rates.check("POST", "/api/v2/media")
    rates.check("POST", "/api/v1/statuses")
    rates.check("GET", PATH)
    clock.advance(61)
    rates.check("POST", "/api/v2/media")


def test_the_skew_is_how_far_the_server_is_ahead(clock: FakeClock) -> None:
    rates = Rates(clock)
    rates.note("GET", PATH, 200, {"date": format_datetime((clock.now() + timedelta(seconds=75)).astimezone(UTC), usegmt=True)})
    assert rates.skew == timedelta(seconds=75)


def test_requests_of_one_kind_differ_in_ids_alone() -> None:
    assert kind_of("GET", "/api/v1/statuses/1") == kind_of("GET", "/api/v1/statuses/2")
    assert kind_of("GET", "/api/v1/statuses/1") != kind_of("POST", "/api/v1/statuses/1")


def test_odd_headers_are_no_numbers_and_no_times() -> None:
    assert number({"x-ratelimit-remaining": "-1"}, "remaining") is None
    assert number({"ratelimit-remaining": "7"}, "remaining") == 7
    assert moment_of("yesterday") is None
    assert server_time({"date": "x"}) is None


def test_a_day_that_is_used_up_goes_before_the_quarter_of_an_hour(clock: FakeClock) -> None:
    now = clock.now().timestamp()
    headers = {"x-rate-limit-remaining": "90", "x-rate-limit-reset": str(int(now) + 900), "x-app-limit-24hour-remaining": "0"}
    assert until(clock, {**headers, "x-app-limit-24hour-reset": str(int(now) + 7200)}) == clock.now() + timedelta(seconds=7200)
    assert until(clock, {**headers, "x-app-limit-24hour-reset": "soon"}) == clock.now() + timedelta(seconds=900)
    rates = Rates(clock)
    rates.note("GET", PATH, 200, {**headers, "x-user-limit-24hour-remaining": "0", "x-user-limit-24hour-reset": str(int(now) + 60)})
    with pytest.raises(RateLimited):
        rates.check("GET", PATH)


def test_a_server_may_count_by_kinds_of_its_own_and_share_nothing(clock: FakeClock) -> None:
    rates = Rates(clock, lambda method, path: f"{method} {path.rpartition('/')[2]}", shared=False)
    nearly = {"x-rate-limit-limit": "300", "x-rate-limit-remaining": "3", "x-rate-limit-reset": str(int(clock.now().timestamp()) + 60)}
    rates.note("GET", "/2/users/1/mentions", 200, nearly)
    rates.check("GET", "/2/users/1/mentions")
    rates.note("GET", "/2/users/1/mentions", 200, {**nearly, "x-rate-limit-remaining": "0"})
    rates.check("GET", "/2/users/1/tweets")
    with pytest.raises(RateLimited):
        rates.check("GET", "/2/users/2/mentions")


def test_the_scarcest_kind_of_request_is_told_until_its_time_is_over(clock: FakeClock) -> None:
    rates = Rates(clock)
    assert rates.scarcest() is None
    soon, later = clock.now() + timedelta(minutes=5), clock.now() + timedelta(minutes=10)
    rates.note("GET", "/api/v1/notifications", 200, {"x-ratelimit-remaining": "40", "x-ratelimit-limit": "300", "x-ratelimit-reset": soon.isoformat()})
    rates.note("GET", "/api/v1/statuses", 200, {"x-ratelimit-remaining": "90", "x-ratelimit-limit": "300", "x-ratelimit-reset": later.isoformat()})
    rates.note("GET", "/api/v1/accounts", 200, {})
    assert rates.asked == 3
    assert rates.scarcest() == (40, soon)
    clock.advance(301)
    assert rates.scarcest() == (90, later)
