"""Pausing: until when, on whose clock, and that it outlives a start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.models.lateness import AfterPause, Lateness, LateRule
from app.models.outbox import DeliveryState
from app.models.post import PostDraft
from app.runtime.settings import Desktop, Posting, Settings, Shop
from app.runtime.words import Message, message
from app.services.pausing import Pausing
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in


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
    for text in (
        "tomorrow",
        "2026-11-18",
        "2026-11-18T10:00:00/2999-01-01T00:00:00",
        "/",
        "2026-11-18T10:00:00+00:00/",
    ):
        settings.change(Desktop, paused=text)
        assert (pausing.until, pausing.last) == (None, None)
    settings.change(Desktop, paused="2026-11-18T10:00:00+00:00/2999-01-01T00:00:00+00:00")
    assert pausing.until == datetime(2999, 1, 1, tzinfo=UTC)


def test_a_pause_that_is_made_longer_began_when_it_began_and_is_known_when_it_is_over(clock: FakeClock) -> None:
    pausing, _, _ = make(clock)
    pausing.pause(timedelta(hours=1))
    began = pausing.last
    clock.advance(1800)
    pausing.pause(timedelta(hours=1))
    clock.advance(1200)
    pausing.resume()
    last = pausing.last
    assert began is not None
    assert last is not None
    assert last.since == began.since
    assert timedelta(minutes=49) < last.until - last.since <= timedelta(minutes=50)
    assert pausing.until is None
    clock.advance(60)
    pausing.resume()  # nothing is paused: nothing becomes of it
    assert pausing.last == last


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


LATE_RULES = [None, Lateness(LateRule.DROP), Lateness(LateRule.ASK), Lateness(LateRule.FINE_UNTIL, 10)]


async def planned(shop: SmallShop, minutes: int, rule: Lateness | None = None) -> int:
    draft = PostDraft(parts=(f"en {minutes}",), accounts=(shop.account_id,), zone="UTC", lateness=rule)
    post_id = await shop.services.posts.schedule(draft, shop.clock.now() + timedelta(minutes=minutes))
    return (await shop.deliveries(post_id))[-1].id


@pytest.mark.parametrize("rule", LATE_RULES, ids=str)
async def test_what_a_long_pause_held_back_is_put_before_the_user_and_never_dropped(
    tmp_path: Path, clock: FakeClock, rule: Lateness | None
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=False)
        said: list[Message] = []
        shop.services.publishing.said.connect(said.append)
        number = await planned(shop, 30, rule)
        shop.services.pausing.pause(timedelta(hours=14))
        clock.advance(timedelta(hours=14, minutes=1))
        await shop.services.publishing.send_due()
        row = await shop.item(number)
        assert (row.state, Message.from_json(row.reason).id) == (DeliveryState.FAILED, "outbox.late.paused")
        assert said == [message("late.paused", n=1)]
        assert shop.out_there() == []


async def test_what_would_be_fine_so_late_leaves_and_what_is_to_move_moves(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=False)
        fine, moves = await planned(shop, 20), await planned(shop, 25, Lateness(LateRule.NEXT_SLOT))
        shop.services.pausing.pause(timedelta(hours=1))
        clock.advance(3601)
        await shop.services.publishing.send_due()
        assert (await shop.item(fine)).state is DeliveryState.OUT
        row = await shop.item(moves)
        assert row.state is DeliveryState.WAITING
        assert row.due_at > clock.now()


async def test_what_was_late_before_the_pause_keeps_its_rule(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=False)
        number = await planned(shop, 10, Lateness(LateRule.DROP))
        clock.advance(timedelta(minutes=20))
        shop.services.pausing.pause(timedelta(hours=1))
        shop.services.pausing.resume()
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is DeliveryState.LET_GO


@pytest.mark.parametrize("way", AfterPause)
async def test_the_users_word_on_all_that_a_pause_held_back_comes_before_any_rule(
    tmp_path: Path, clock: FakeClock, way: AfterPause
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=False)
        early, held = await planned(shop, 10, Lateness(LateRule.DROP)), await planned(shop, 60, Lateness(LateRule.DROP))
        later = await planned(shop, 600)
        clock.advance(timedelta(minutes=20))
        pausing = shop.services.pausing
        pausing.pause(timedelta(hours=8))
        clock.advance(timedelta(hours=5))
        assert pausing.last is not None
        assert await shop.services.outbox.settle_missed(pausing.last._replace(until=clock.now()), way) == 1
        pausing.resume()
        await shop.services.publishing.send_due()
        expected = {
            AfterPause.SEND: DeliveryState.OUT,
            AfterPause.MOVE: DeliveryState.WAITING,
            AfterPause.ASK: DeliveryState.FAILED,
        }
        row = await shop.item(held)
        assert row.state is expected[way]
        assert way is not AfterPause.MOVE or row.due_at > clock.now()
        assert (await shop.item(later)).state is DeliveryState.WAITING
        assert (await shop.item(early)).state is DeliveryState.LET_GO, "no pause held it back"
