"""Bitly over real HTTP: the same link for the same address, quotas and limits by their names, and clicks beyond what a plan remembers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.links.bitly import Bitly
from app.links.shortener import Wanted
from app.models.tracked_link import Quota
from app.networks.client import Client, Patience
from app.runtime.errors import Offline, PaymentNeeded, RateLimited, Refused, SignedOut
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Cut, Reply
from tests.fakes.shlink_server import TOKEN, BitlyServer

LONG = "https://discosaurora.mx/santa-cecilia?utm_content=p1-2"


def bitly_at(url: str, clock: FakeClock, token: str = TOKEN, domain: str = "") -> Bitly:
    return Bitly(
        Client(url, clock, token=token, patience=Patience(connecting=2, silence=1, read=2, write=2)), clock.now, domain
    )


async def test_a_link_is_made_and_the_same_one_given_again(clock: FakeClock) -> None:
    async with BitlyServer() as server:
        bitly = bitly_at(server.url, clock)
        made = await bitly.make(LONG)
        assert (made.url, made.remote_id) == ("https://bit.ly/4abc000", "bit.ly/4abc000")
        assert await bitly.make(LONG) == made
        assert server.left == 99
        await bitly.close()


async def test_an_own_domain(clock: FakeClock) -> None:
    async with BitlyServer() as server:
        bitly = bitly_at(server.url, clock, domain="ir.aurora.mx")
        assert (await bitly.make(LONG)).url == "https://ir.aurora.mx/4abc000"
        await bitly.close()


@pytest.mark.parametrize("cut", [Cut.UNANSWERED, Cut.MIDDLE])
async def test_a_line_that_breaks_uses_up_one_link_and_no_second(clock: FakeClock, cut: Cut) -> None:
    async with BitlyServer() as server:
        bitly = bitly_at(server.url, clock)
        server.faults.cuts = [cut]
        with pytest.raises(Offline, match=r"links\.error\.gone"):
            await bitly.make(LONG)
        assert (await bitly.make(LONG)).url == "https://bit.ly/4abc000"
        assert server.left == 99
        await bitly.close()


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (Reply(401, {"message": "UNAUTHORIZED"}), SignedOut, "links.error.token"),
        (Reply(403, {"message": "FORBIDDEN"}), SignedOut, "links.error.token"),
        (
            Reply(403, {"message": "FORBIDDEN"}, headers={"X-Ratelimit-Reason": "hourly limit"}),
            RateLimited,
            "links.error.rate",
        ),
        (
            Reply(403, {"message": "FORBIDDEN"}, headers={"X-Ratelimit-Reason": "monthly encode limit"}),
            PaymentNeeded,
            "links.error.quota",
        ),
        (Reply(429, {"message": "RATE_LIMIT_EXCEEDED"}), RateLimited, "links.error.rate"),
        (Reply(429, {"message": "MONTHLY_RATE_LIMIT_EXCEEDED"}), PaymentNeeded, "links.error.quota"),
        (Reply(402, {"message": "UPGRADE_REQUIRED"}), PaymentNeeded, "links.error.plan"),
        (Reply(400, {"message": "INVALID_ARG_LONG_URL", "description": f"no {TOKEN}"}), Refused, "links.error.refused"),
        (Reply(417, {"message": "EXPECTATION_FAILED"}), Refused, "links.error.refused"),
        (Reply(503, {"message": "TEMPORARILY_UNAVAILABLE"}), Offline, "links.error.gone"),
        (Reply(200, {"id": "bit.ly/x"}), Offline, "links.error.gone"),
        (Reply(200, ["what"]), Offline, "links.error.gone"),
    ],
)
async def test_refusals_are_told_in_words_without_the_token(
    clock: FakeClock, reply: Reply, kind: type[Exception], said: str
) -> None:
    async with BitlyServer() as server:
        bitly = bitly_at(server.url, clock)
        server.faults.replies = [reply]
        with pytest.raises(kind) as caught:
            await bitly.make(LONG)
        assert getattr(caught.value, "message").id == said  # noqa: B009
        assert TOKEN not in f"{caught.value!r} {caught.value}"
        await bitly.close()


async def test_a_used_up_quota_lasts_until_the_first_of_next_month(clock: FakeClock) -> None:
    async with BitlyServer() as server:
        server.left = 0
        bitly = bitly_at(server.url, clock)
        with pytest.raises(PaymentNeeded) as caught:
            await bitly.make(LONG)
        assert caught.value.until == datetime(2026, 12, 1, tzinfo=UTC)
        await bitly.close()


async def test_trying_it_tells_the_quota_where_bitly_does(clock: FakeClock) -> None:
    async with BitlyServer() as server:
        bitly = bitly_at(server.url, clock)
        await bitly.make(LONG)
        assert await bitly.try_it() == ("bit.ly", Quota(1, 100))
        server.http.on("GET", "/v4/organizations/o1/plan_limits", Reply(200, {"something": "else"}))
        assert await bitly.try_it() == ("bit.ly", Quota())
        server.http.on("GET", "/v4/organizations/o1/plan_limits", Reply(403, {"message": "FORBIDDEN"}))
        assert await bitly.try_it() == ("bit.ly", Quota())
        await bitly.close()


async def test_clicks_are_all_of_them_while_the_plan_remembers_all(clock: FakeClock) -> None:
    async with BitlyServer() as server:
        bitly = bitly_at(server.url, clock)
        made = await bitly.make(LONG)
        now = clock.now()
        server.clicks[made.remote_id] = [(now - timedelta(days=day), 5) for day in range(4)]
        wanted = Wanted(made.remote_id, now - timedelta(days=4), 15, now - timedelta(days=1))
        assert await bitly.clicks([wanted]) == {made.remote_id: 20}
        server.clicks[made.remote_id] = []
        assert await bitly.clicks([wanted]) == {made.remote_id: 15}, "what was counted is never uncounted"
        await bitly.close()


async def test_clicks_go_on_from_the_last_count_when_the_plan_forgets(clock: FakeClock) -> None:
    async with BitlyServer() as server:
        bitly = bitly_at(server.url, clock)
        made = await bitly.make(LONG)
        now = clock.now()
        server.clicks[made.remote_id] = [(now - timedelta(days=day), 2) for day in range(30)]
        wanted = Wanted(made.remote_id, now - timedelta(days=50), 400, now - timedelta(days=3))
        assert await bitly.clicks([wanted]) == {made.remote_id: 400 + 3 * 2}
        await bitly.close()


async def test_a_link_that_is_gone_there_is_missing(clock: FakeClock) -> None:
    async with BitlyServer() as server:
        bitly = bitly_at(server.url, clock)
        assert await bitly.clicks([Wanted("bit.ly/weg", clock.now())]) == {}
        await bitly.close()


async def test_only_bitlys_own_word_says_that_a_link_is_gone(clock: FakeClock) -> None:
    async with BitlyServer() as server:
        bitly = bitly_at(server.url, clock)
        made = await bitly.make(LONG)
        assert await bitly.is_there(made.remote_id)
        server.links.clear()
        assert not await bitly.is_there(made.remote_id)
        assert await bitly.make_again(LONG, made.remote_id) is None, "a code of one's own is not in every plan"
        server.faults.replies = [Reply(404, body=b"<html>nothing here")]
        with pytest.raises(Refused):
            await bitly.is_there(made.remote_id)
        await bitly.close()
