"""Pausing: until when, on whose clock, and that it outlives a start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.models.outbox import DeliveryState
from app.runtime.settings import Desktop, Settings, Shop
from app.services.pausing import Pausing
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in


def make(clock: FakeClock, texts: dict[str, str] | None = None) -> tuple[Pausing, Settings, dict[str, str]]:
    stored = {} if texts is None else texts
    settings = Settings(lambda: stored, stored.__setitem__)
    return Pausing(settings, clock), settings, stored


def test_a_pause_ends_by_itself_and_is_kept_meanwhile(clock: FakeClock) -> None:
    pausing, _, stored = make(clock)
    heard: list[bool] = []
    pausing.changed.connect(lambda: heard.append(True))
    assert pausing.until is None
    moment = pausing.pause(timedelta(hours=1))
    assert pausing.until is not None
    assert abs(pausing.until - clock.now() - timedelta(hours=1)) < timedelta(seconds=1)
    assert make(clock, stored)[0].until == pausing.until
    clock.advance(3601)
    assert moment <= clock.now()
    assert pausing.until is None
    assert heard == [True]


def test_tomorrow_is_tomorrow_morning_at_the_shop(clock: FakeClock) -> None:
    pausing, settings, _ = make(clock)
    settings.change(Shop, zone="America/Mexico_City")
    moment = pausing.pause_until_tomorrow()
    assert (moment.hour, moment.utcoffset()) == (8, timedelta(hours=-6))
    assert timedelta(0) < moment - clock.now() < timedelta(hours=32)
    pausing.resume()
    assert pausing.until is None


def test_what_is_no_time_pauses_nothing(clock: FakeClock) -> None:
    pausing, settings, _ = make(clock)
    settings.change(Desktop, paused_until="tomorrow")
    assert pausing.until is None
    settings.change(Desktop, paused_until=datetime(2999, 1, 1).isoformat())  # noqa: DTZ001  (a time without its zone)
    assert pausing.until is None
    settings.change(Desktop, paused_until=datetime(2999, 1, 1, tzinfo=UTC).isoformat())
    assert pausing.until is not None


async def test_while_paused_nothing_leaves_and_nothing_is_read_unasked(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        looked: list[datetime] = []
        shop.services.sync.looked.connect(looked.append)
        shop.services.pausing.pause(timedelta(minutes=30))
        number = await shop.post("cuando termine la pausa")
        await shop.services.publishing.send_due()
        assert await shop.services.sync.look_now(asked=False) == 0
        assert (await shop.item(number)).state is DeliveryState.WAITING
        assert looked == []
        await shop.services.sync.look_now()  # what the user asks for is done
        assert len(looked) == 1
        clock.advance(1801)
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is DeliveryState.OUT


async def test_what_waited_leaves_by_itself_when_the_pause_ends(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.services.pausing.pause(timedelta(minutes=10))
        number = await shop.post("después")
        await shop.run_for(300, step=30)
        assert (await shop.item(number)).state is DeliveryState.WAITING
        await shop.run_for(400, step=30)
        assert (await shop.item(number)).state is DeliveryState.OUT


async def test_going_on_early_sends_at_once(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.services.pausing.pause(timedelta(hours=10))
        number = await shop.post("ahora")
        shop.services.pausing.resume()
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is DeliveryState.OUT
