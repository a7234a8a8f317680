"""What each of X's errors means for the account and for the post."""

from __future__ import annotations

from typing import Any

import pytest

from app.networks.client import Answer
from app.networks.x.troubles import Duplicate, Failed, Gone, told, trouble_of
from app.runtime.errors import NetworkTrouble, Offline, PaymentNeeded, RateLimited, Refused, SignedOut
from tests.fakes.clock import WEDNESDAY_MORNING
from tests.networks.x.server import recorded


def trouble(status: int, data: Any) -> NetworkTrouble:
    return trouble_of(Answer(status, data, {}, ""), "POST /2/tweets", told(status, data).words, WEDNESDAY_MORNING)


@pytest.mark.parametrize(
    ("status", "name", "reason"),
    [
        (403, "duplicate", "network.x.duplicate"),
        (403, "not_summoned", "network.x.reply_by_hand"),
        (403, "cashtags", "network.x.cashtags"),
        (403, "not_permitted", "network.x.not_permitted"),
        (403, "not_enrolled", "network.x.not_enrolled"),
        (403, "oauth1_permissions", "network.x.app_permissions"),
        (400, "invalid_field", "network.refused.said"),
        (404, "not_found", "network.refused.gone"),
    ],
)
def test_refusals_say_why(status: int, name: str, reason: str) -> None:
    error = trouble(status, recorded(name))
    assert isinstance(error, Refused)
    assert error.reason.id == reason


def test_only_what_people_may_do_all_the_same_is_done_by_hand() -> None:
    by_hand = {name: trouble(403, recorded(name)) for name in ("not_summoned", "duplicate", "not_permitted")}
    assert {name: error.by_hand for name, error in by_hand.items() if isinstance(error, Refused)} == {
        "not_summoned": True,
        "duplicate": False,
        "not_permitted": False,
    }


def test_kinds_that_the_program_decides_by() -> None:
    assert isinstance(trouble(403, recorded("duplicate")), Duplicate)
    assert isinstance(trouble(404, None), Gone)
    assert isinstance(trouble(401, recorded("unauthorized")), SignedOut)
    assert isinstance(trouble(403, recorded("unsupported_authentication")), SignedOut)
    for status in (500, 502, 503, 504):
        assert isinstance(trouble(status, None), Failed)
    # A page where data was expected: some machine on the way says no, not X.
    assert type(trouble(403, None)) is Failed


def test_money() -> None:
    for status, name, reason in (
        (402, "credits_depleted", "network.x.no_credit"),
        (429, "usage_capped", "network.x.usage_capped"),
    ):
        error = trouble(status, recorded(name))
        assert isinstance(error, PaymentNeeded)
        assert (error.message.id, error.until) == (reason, None)
    assert isinstance(trouble(402, None), PaymentNeeded)


def test_too_many_requests_in_both_shapes() -> None:
    for name in ("too_many", "legacy_rate"):
        error = trouble(429, recorded(name))
        assert isinstance(error, RateLimited)
        assert error.until == WEDNESDAY_MORNING


def test_a_server_that_is_always_overloaded_names_the_plan() -> None:
    error = trouble(503, None)
    assert isinstance(error, Offline)
    assert error.message.id == "network.x.overloaded"


def test_words_come_from_the_most_precise_place() -> None:
    assert told(400, recorded("already_retweeted")).words == "You have already retweeted this Tweet."
    assert told(403, recorded("duplicate")).words == "You are not allowed to create a Tweet with duplicate content."
    assert told(500, None).words == told(500, ["odd"]).words == ""
