"""The shop's analytics server, over the real way to one on loopback: what it counted is kept, its failures are told, its key stays secret."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.runtime.errors import UserMistake
from app.runtime.settings import Analytics as Chosen
from app.services import analytics
from app.services.analytics import Analytics
from tests.fakes.clock import FakeClock
from tests.fakes.http_server import Reply
from tests.fakes.plausible_server import KEY, SITE, PlausibleServer
from tests.services.shop import SmallShop, shop_in
from tests.store.making import rows

ZONE = ZoneInfo("America/Mexico_City")


@asynccontextmanager
async def set_up(folder: Path, clock: FakeClock, server: PlausibleServer) -> AsyncIterator[tuple[SmallShop, Analytics]]:
    async with shop_in(folder, clock) as shop:
        shop.settings.change(Chosen, server=server.url, site=SITE)
        service = Analytics(shop.database, shop.settings, shop.secrets, "test", clock, lambda: ZONE)
        await service.set_key(KEY)
        yield shop, service


def kept(shop: SmallShop) -> list[tuple[object, ...]]:
    return rows(
        shop.database,
        "SELECT campaign, content, goal, count FROM visit_day WHERE count > 0 ORDER BY day, campaign, content, goal",
    )


async def test_what_it_counted_is_kept_by_day(tmp_path: Path, clock: FakeClock) -> None:
    async with (
        PlausibleServer(
            ("2026-11-16", "Marea", "p1-1", "", 12), ("2026-11-16", "Marea", "p1-1", "Purchase", 2)
        ) as server,
        set_up(tmp_path, clock, server) as (shop, service),
    ):
        assert await service.read_now()
        assert kept(shop) == [("marea", "p1-1", "", 12), ("marea", "p1-1", "Purchase", 2)]
        days = rows(shop.database, "SELECT count(DISTINCT day) FROM visit_day WHERE campaign = ''")[0][0]
        assert days == analytics.FIRST_TIME.days + 1, "each day that was asked about, also those without visits"


async def test_only_days_that_may_have_changed_are_asked_again_and_never_added_up(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with (
        PlausibleServer(("2026-11-18", "marea", "p1-1", "", 12)) as server,
        set_up(tmp_path, clock, server) as (shop, service),
    ):
        await service.read_now()
        asked = len(server.http.requests)
        server.events = [("2026-11-18", "marea", "p1-1", "", 15), ("2026-11-19", "marea", "p1-1", "", 1)]
        clock.advance(timedelta(days=1))
        await service.read_now()
        assert len(server.http.requests) == asked + 2
        assert [row[-1] for row in kept(shop)] == [15, 1]


FAILURES = {
    "a wrong key": (Reply(401, {"error": f"Invalid API key or site ID {KEY}"}), "analytics.error.key"),
    "a plan without it": (Reply(402, {"error": "upgrade"}), "analytics.error.plan"),
    "too often": (Reply(429, {"error": "Too many API requests"}), "analytics.error.rate"),
    "it fails": (Reply(500, {}), "analytics.error.gone"),
    "another kind of server": (Reply(404, body=b"<html>"), "analytics.error.not_such"),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_its_failures_are_told_and_leave_gaps_alone(
    tmp_path: Path, clock: FakeClock, failure: str, caplog: pytest.LogCaptureFixture
) -> None:
    reply, said = FAILURES[failure]
    caplog.set_level(logging.DEBUG)
    async with (
        PlausibleServer(("2026-11-16", "marea", "", "", 3)) as server,
        set_up(tmp_path, clock, server) as (shop, service),
    ):
        server.replies = [reply]
        assert not await service.read_now()
        assert service.trouble is not None
        assert service.trouble.id == said
        assert kept(shop) == []
        server.replies = [reply]
        trial = await service.try_it()
        assert trial.trouble is not None
        assert trial.trouble.id == said
        assert KEY not in f"{service.trouble} {trial} {caplog.text}"
        assert await service.read_now()
        assert service.trouble is None


async def test_what_came_before_a_failure_stays(tmp_path: Path, clock: FakeClock) -> None:
    async with (
        PlausibleServer(("2025-11-20", "marea", "", "", 3)) as server,
        set_up(tmp_path, clock, server) as (shop, service),
    ):
        empty = Reply(200, {"results": []})
        server.replies = [empty, empty, Reply(500, {})]
        assert not await service.read_now()
        first = rows(shop.database, "SELECT count(*), max(day) FROM visit_day")[0]
        assert first[0] == analytics.AT_ONCE.days
        await service.read_now()
        assert rows(shop.database, "SELECT max(day) - ? FROM visit_day", clock.now().date().toordinal())[0][0] == 0


async def test_nobody_at_the_port_and_no_key(tmp_path: Path, clock: FakeClock) -> None:
    server = PlausibleServer()
    async with server:
        pass
    async with set_up(tmp_path, clock, server) as (_shop, service):
        assert not await service.read_now()
        assert service.trouble is not None
        assert service.trouble.id == "analytics.error.gone"
        await service.set_key("")
        assert not await service.has_key()
        assert not await service.read_now()
        assert service.trouble.id == "analytics.error.no_key"


async def test_another_site_begins_anew(tmp_path: Path, clock: FakeClock) -> None:
    async with (
        PlausibleServer(("2026-11-16", "marea", "", "", 3)) as server,
        set_up(tmp_path, clock, server) as (shop, service),
    ):
        await service.read_now()
        shop.settings.change(Chosen, site="other.example")
        assert not await service.read_now()
        assert rows(shop.database, "SELECT count(*) FROM visit_day") == [(0,)], (
            "what one site counted says nothing of another"
        )


async def test_a_trial_tells_visits_and_goals(tmp_path: Path, clock: FakeClock) -> None:
    events = (
        ("2026-11-16", "marea", None, "", 3),
        ("2026-11-17", None, None, "", 40),
        ("2026-11-17", None, None, "Purchase", 2),
        ("2026-01-01", None, None, "", 9),
    )
    async with PlausibleServer(*events) as server, set_up(tmp_path, clock, server) as (_shop, service):
        assert await service.try_it() == (None, 43, 3, ("Purchase",))


async def test_nothing_is_asked_where_nothing_is_set_up(tmp_path: Path, clock: FakeClock) -> None:
    async with PlausibleServer() as server, set_up(tmp_path, clock, server) as (shop, service):
        shop.settings.change(Chosen, site="")
        assert await service.read_now()
        trial = await service.try_it()
        assert trial.trouble is not None
        assert trial.trouble.id == "analytics.error.not_set_up"
        assert server.http.requests == []


@pytest.mark.parametrize("key", ["with blank", "ключ", "x" * 500, "a\nb"])
async def test_what_can_be_no_key_is_refused(tmp_path: Path, clock: FakeClock, key: str) -> None:
    async with PlausibleServer() as server, set_up(tmp_path, clock, server) as (_shop, service):
        with pytest.raises(UserMistake):
            await service.set_key(key)


async def test_the_key_is_kept_in_the_keyring_alone(tmp_path: Path, clock: FakeClock) -> None:
    async with (
        PlausibleServer(("2026-11-16", "marea", "", "", 3)) as server,
        set_up(tmp_path, clock, server) as (shop, service),
    ):
        await service.read_now()
        await shop.database.backup(tmp_path / "copy.db")
        for path in tmp_path.rglob("*"):
            assert not path.is_file() or KEY.encode() not in path.read_bytes(), path


async def test_it_runs_beside_the_window(tmp_path: Path, clock: FakeClock) -> None:
    async with PlausibleServer() as server, set_up(tmp_path, clock, server) as (shop, service):
        shop.settings.change(Chosen, site="")
        task = shop.services.tasks.spawn("analytics", service.run(), owner=service)
        await clock.elapse(timedelta(hours=7))
        assert not task.done()
        task.cancel()
