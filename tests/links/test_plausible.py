"""Plausible: what it counted, page by page, and what its refusals mean."""

from __future__ import annotations

from datetime import date

import pytest

from app.links import plausible
from app.links.plausible import Plausible
from app.models.visit import VisitCount
from app.networks.client import Client
from app.runtime.errors import (
    AppError,
    Misconfigured,
    NetworkTrouble,
    Offline,
    PaymentNeeded,
    RateLimited,
    Refused,
    SignedOut,
)
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.fakes.plausible_server import KEY, SITE, Event, PlausibleServer

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
EVENTS: tuple[Event, ...] = (
    ("2026-11-16", "Marea", "P7-2", "", 12),
    ("2026-11-16", None, None, "", 90),
    ("2026-11-16", "Marea", "P7-2", "Purchase", 2),
    ("2026-11-17", "Marea", None, "", 3),
    ("2026-10-31", "Marea", "P7-2", "", 500),
)


def site(server: PlausibleServer | str, clock: FakeClock, name: str = SITE, key: str = KEY) -> Plausible:
    url = server if isinstance(server, str) else server.url
    return Plausible(Client(url, clock, token=key), name, clock.now)


async def test_visits_and_goals_by_day_campaign_and_content(clock: FakeClock) -> None:
    async with PlausibleServer(*EVENTS) as server:
        asked = site(server, clock)
        found = await asked.counts(FIRST, LAST)
        await asked.close()
    assert sorted(found) == [
        VisitCount(date(2026, 11, 16), "", "", "", 90),
        VisitCount(date(2026, 11, 16), "marea", "p7-2", "", 12),
        VisitCount(date(2026, 11, 16), "marea", "p7-2", "Purchase", 2),
        VisitCount(date(2026, 11, 17), "marea", "", "", 3),
    ]


async def test_all_pages_are_read(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plausible, "PAGE", 4)
    events: list[Event] = [("2026-11-16", "marea", f"p{number}", "", number + 1) for number in range(9)]
    async with PlausibleServer(*events) as server:
        asked = site(server, clock)
        found = await asked.counts(FIRST, LAST)
        await asked.close()
    assert sum(each.times for each in found) == sum(range(1, 10))


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (Reply(401, {"error": f"Invalid API key {KEY}"}), SignedOut, "analytics.error.key"),
        (
            Reply(402, {"error": "The account that owns this API key does not have access"}),
            PaymentNeeded,
            "analytics.error.plan",
        ),
        (Reply(404, {"error": "Not Found"}), Misconfigured, "analytics.error.not_such"),
        (Reply(404, body=b"<html>"), Misconfigured, "analytics.error.not_such"),
        (Reply(429, {"error": "Too many API requests"}), RateLimited, "analytics.error.rate"),
        (Reply(400, {"error": f"Invalid dimension, key {KEY}"}), Refused, "analytics.error.refused"),
        (Reply(500, {}), Offline, "analytics.error.gone"),
        (Reply(200, body=b"<html>a hotel</html>"), Offline, "analytics.error.gone"),
        (Reply(200, {"visits": 1}), Misconfigured, "analytics.error.not_such"),
    ],
)
async def test_refusals_are_told_in_words_without_the_key(
    clock: FakeClock, reply: Reply, kind: type[AppError], said: str
) -> None:
    async with PlausibleServer() as server:
        server.replies = [reply]
        asked = site(server, clock)
        with pytest.raises(kind) as caught:
            await asked.counts(FIRST, LAST)
        await asked.close()
    assert caught.value.message.id == said
    assert KEY not in f"{caught.value} {caught.value.message.values} {caught.value.technical}"


async def test_a_site_that_the_key_does_not_know_and_nobody_at_the_port(clock: FakeClock) -> None:
    async with PlausibleServer(*EVENTS) as server:
        asked, gone = site(server, clock, "other.example"), server.url
        with pytest.raises(SignedOut):
            await asked.counts(FIRST, LAST)
        await asked.close()
    asked = site(gone, clock)
    with pytest.raises(NetworkTrouble) as caught:
        await asked.counts(FIRST, LAST)
    await asked.close()
    assert caught.value.message.id == "analytics.error.gone"


async def test_rows_that_are_none_are_left_out(clock: FakeClock) -> None:
    rows: list[object] = [
        {"dimensions": ["2026-11-16", None, "p1"], "metrics": [3]},
        {"dimensions": ["2026-11-16T00:00:00", "(not set)", "x"], "metrics": [1]},
        {"dimensions": ["no day", "a", "b"], "metrics": [3]},
        {"dimensions": ["2026-11-16", "a"], "metrics": [3]},
        {"dimensions": ["2026-11-16", "a", "b"], "metrics": [None]},
        {"dimensions": ["2026-11-16", "a", "b"], "metrics": [-4]},
        {"dimensions": ["2026-11-16", "a", "b"], "metrics": [True]},
        "text",
    ]
    async with PlausibleServer() as server:
        server.replies = [Reply(200, {"results": rows}), Reply(200, {"results": []})]
        asked = site(server, clock)
        found = await asked.counts(FIRST, LAST)
        await asked.close()
    assert [(each.campaign, each.content, each.times) for each in found] == [("", "p1", 3), ("", "x", 1)]
