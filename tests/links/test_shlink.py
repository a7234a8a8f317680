"""Shlink over real HTTP: one link for one address whatever breaks, visits of people alone, and what its refusals mean."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.links.shlink import Shlink
from app.links.shortener import Wanted
from app.networks.client import Client, Patience
from app.runtime.errors import Misconfigured, Offline, RateLimited, Refused, SignedOut
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Cut, HttpServer, Reply
from tests.fakes.shlink_server import KEY, ShlinkServer, problem

LONG = "https://discosaurora.mx/santa-cecilia?utm_content=p1-2"


def shlink_at(url: str, clock: FakeClock, key: str = KEY, domain: str = "") -> Shlink:
    line = Client(url, clock, patience=Patience(connecting=2, silence=1, read=2, write=2))
    line.hide(key)
    return Shlink(line, key, domain)


async def test_a_link_is_made_and_the_same_one_given_again(clock: FakeClock) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock)
        made = await shlink.make(LONG, ("santa-cecilia",))
        assert (made.url, made.remote_id) == ("https://aurora.mx/sc000", "sc000")
        assert server.links["sc000"]["tags"] == ["tertulia", "santa-cecilia"]
        assert await shlink.make(LONG, ("santa-cecilia",)) == made
        assert len(server.links) == 1
        await shlink.close()


@pytest.mark.parametrize("cut", [Cut.UNANSWERED, Cut.MIDDLE])
async def test_a_line_that_breaks_after_the_link_was_made_makes_no_second_one(clock: FakeClock, cut: Cut) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock)
        server.faults.cuts = [cut]
        with pytest.raises(Offline) as caught:
            await shlink.make(LONG)
        assert caught.value.message.id == "links.error.gone"
        assert (await shlink.make(LONG)).remote_id == "sc000"
        assert len(server.links) == 1
        await shlink.close()


async def test_nobody_at_the_port(clock: FakeClock) -> None:
    async with ShlinkServer() as server:
        url = server.url
    shlink = shlink_at(url, clock)
    with pytest.raises(Offline, match=r"links\.error\.gone"):
        await shlink.make(LONG)
    await shlink.close()


async def test_another_domain_of_the_server_is_part_of_the_id(clock: FakeClock) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock, domain="ir.aurora.mx")
        made = await shlink.make(LONG)
        assert (made.url, made.remote_id) == ("https://ir.aurora.mx/sc000", "ir.aurora.mx/sc000")
        server.links["sc000"]["tags"] = []
        server.visited("santa-cecilia", 3)
        assert await shlink.clicks([Wanted(made.remote_id, clock.now())]) == {"ir.aurora.mx/sc000": 3}
        assert server.http.asked("GET", "/rest/v3/short-urls/*")[-1].first("domain") == "ir.aurora.mx"
        await shlink.close()


async def test_visits_of_people_are_counted_and_those_of_robots_are_not(clock: FakeClock) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock)
        made = [await shlink.make(f"{LONG}{number}") for number in range(230)]
        server.visited("p1-27", 41, 500)
        found = await shlink.clicks([Wanted(each.remote_id, clock.now() - timedelta(days=1)) for each in made])
        assert len(found) == 230
        assert found["sc007"] == 41
        assert found["sc100"] == 0
        assert len(server.http.asked("GET", "/rest/v3/short-urls")) == 3, "all of them come with few lists"
        await shlink.close()


async def test_a_link_that_is_gone_there_is_missing_and_no_nought(clock: FakeClock) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock)
        made = await shlink.make(LONG)
        del server.links["sc000"]
        assert await shlink.clicks([Wanted(made.remote_id, clock.now())]) == {}
        await shlink.close()


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (problem(401, "invalid-api-key", "no"), SignedOut, "links.error.token"),
        (problem(401, "missing-authentication", "no"), SignedOut, "links.error.token"),
        (problem(403, "forbidden-tag-operation", "You are not allowed"), Refused, "links.error.refused"),
        (problem(400, "invalid-url", f"Provided URL is invalid ({KEY})"), Refused, "links.error.refused"),
        (Reply(404, {"error": "nothing here"}), Misconfigured, "links.error.not_such"),
        (Reply(200, body=b"<html>Hola</html>"), Offline, "links.error.gone"),
        (Reply(200, {"shortCode": "x", "shortUrl": "javascript:alert(1)"}), Offline, "links.error.gone"),
        (Reply(429, {}, headers={"retry-after": "60"}), RateLimited, "links.error.rate"),
        (Reply(503, {}), Offline, "links.error.gone"),
        (Reply(302, {}, headers={"location": "http://169.254.169.254/latest"}), Offline, "links.error.gone"),
    ],
)
async def test_refusals_are_told_in_words_without_the_key(
    clock: FakeClock, reply: Reply, kind: type[Exception], said: str
) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock)
        server.faults.replies = [reply]
        with pytest.raises(kind) as caught:
            await shlink.make(LONG)
        error = caught.value
        assert getattr(error, "message").id == said  # noqa: B009
        assert KEY not in f"{error!r} {error}"
        await shlink.close()


async def test_trying_it_tells_the_domain_of_its_links(clock: FakeClock) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock)
        await shlink.make(LONG)
        assert (await shlink.try_it())[0] == "aurora.mx"
        assert "x-api-key" not in server.http.asked("GET", "/rest/health")[0].headers
        await shlink.close()


async def test_trying_it_with_a_wrong_key_or_at_another_server(clock: FakeClock) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock, "another-key")
        with pytest.raises(SignedOut):
            await shlink.try_it()
        await shlink.close()
    async with HttpServer() as http:
        http.on("GET", "/rest/health", Reply(200, {"hello": "there"}))
        other = shlink_at(http.url, clock)
        with pytest.raises(Misconfigured):
            await other.try_it()
        assert not [request for request in http.requests if "x-api-key" in request.headers], (
            "the key goes to nobody but a Shlink"
        )
        await other.close()


async def test_a_link_that_is_gone_is_made_again_with_its_code_and_only_once(clock: FakeClock) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock, domain="ir.aurora.mx")
        made = await shlink.make(LONG)
        assert await shlink.is_there(made.remote_id)
        assert server.http.asked("GET", "/rest/v3/short-urls/*")[-1].first("domain") == "ir.aurora.mx"
        server.links.clear()
        assert not await shlink.is_there(made.remote_id)
        assert await shlink.make_again(LONG, made.remote_id) == made
        assert await shlink.make_again(LONG, made.remote_id) == made
        assert list(server.links) == ["sc000"]
        await shlink.close()


async def test_a_code_that_leads_elsewhere_by_now_is_not_to_be_had(clock: FakeClock) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock)
        made = await shlink.make(f"{LONG}another")
        assert await shlink.make_again(LONG, made.remote_id) is None
        await shlink.close()


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(404, {"error": "nothing here"}), Misconfigured),
        (problem(401, "invalid-api-key", "no"), SignedOut),
        (Reply(503, {}), Offline),
    ],
)
async def test_only_shlinks_own_word_says_that_a_link_is_gone(
    clock: FakeClock, reply: Reply, kind: type[Exception]
) -> None:
    async with ShlinkServer() as server:
        shlink = shlink_at(server.url, clock)
        server.faults.replies = [reply] * 5
        with pytest.raises(kind):
            await shlink.is_there("sc000")
        await shlink.close()
