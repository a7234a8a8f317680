"""A computer that slept: each late post by its rule; nothing goes out two days late unasked, and daylight saving keeps wall times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.models.lateness import Lateness, LateRule
from app.models.outbox import DeliveryState
from app.models.post import PostDraft
from app.networks.sample.failures import FailureKind, Verb
from app.runtime.settings import Posting
from app.runtime.words import Message
from app.services.lateness import next_free_day
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

MADRID = ZoneInfo("Europe/Madrid")
MEXICO = "America/Mexico_City"


async def planned(shop: SmallShop, rule: Lateness | None = None, text: str = "hoy", at: datetime | None = None, zone: str = MEXICO) -> int:
    draft = PostDraft(parts=(text,), accounts=(shop.account_id,), zone=zone, lateness=rule)
    post_id = await shop.services.posts.schedule(draft, at or shop.clock.now() + timedelta(minutes=30))
    return (await shop.deliveries(post_id))[-1].id


@pytest.fixture
def said() -> list[Message]:
    return []


def listen(shop: SmallShop, said: list[Message]) -> None:
    shop.settings.change(Posting, server_holds=False)
    shop.services.publishing.said.connect(said.append)


async def test_a_little_late_is_fine(tmp_path: Path, clock: FakeClock, said: list[Message]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        listen(shop, said)
        await planned(shop)
        clock.advance(timedelta(minutes=89))  # 59 late; the setting says 60
        await shop.services.publishing.send_due()
        assert shop.out_there() == ["hoy"]
        assert said == []


async def test_later_than_its_patience_the_user_is_asked(tmp_path: Path, clock: FakeClock, said: list[Message]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        listen(shop, said)
        number = await planned(shop, Lateness(LateRule.FINE_UNTIL, 10))
        clock.advance(timedelta(minutes=41))
        await shop.services.publishing.send_due()
        row = await shop.item(number)
        assert row.state is DeliveryState.FAILED
        assert Message.from_json(row.reason).id == "outbox.late.asked"
        assert [message.id for message in said] == ["late.ask"]
        await shop.services.outbox.retry(number)  # "send now": the user has decided
        await shop.run_for(10)
        assert shop.out_there() == ["hoy"]


async def test_asked_it_may_get_another_time(tmp_path: Path, clock: FakeClock, said: list[Message]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        listen(shop, said)
        number = await planned(shop, Lateness(LateRule.ASK))
        clock.advance(timedelta(hours=1))
        await shop.services.publishing.send_due()
        later = clock.now() + timedelta(hours=2)
        await shop.services.outbox.reschedule(number, later)
        row = await shop.item(number)
        assert (row.state, row.due_at) == (DeliveryState.WAITING, later)


async def test_it_moves_to_the_next_free_day_at_its_wall_time(tmp_path: Path, clock: FakeClock, said: list[Message]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        listen(shop, said)
        first = await planned(shop, Lateness(LateRule.NEXT_SLOT))
        was = (await shop.item(first)).due_at
        await planned(shop, text="mañana", at=was + timedelta(days=1, hours=-2))
        clock.advance(timedelta(hours=2))
        await shop.services.publishing.send_due()
        row = await shop.item(first)
        assert (row.state, row.due_at) == (DeliveryState.WAITING, was + timedelta(days=2))  # tomorrow has a post
        assert Message.from_json(row.reason).id == "outbox.late.moved"
        assert [message.id for message in said] == ["late.next_slot"]
        assert row.post_id is not None
        draft = await shop.ask(lambda queries: queries.post(row.post_id))
        assert draft.planned_at == row.due_at
        assert draft.zone == MEXICO


async def test_dropped_it_is_let_go_and_said(tmp_path: Path, clock: FakeClock, said: list[Message]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        listen(shop, said)
        numbers = [await planned(shop, Lateness(LateRule.DROP), text=text) for text in ("uno", "dos")]
        clock.advance(timedelta(hours=1))
        await shop.services.publishing.send_due()
        assert [(await shop.item(number)).state for number in numbers] == [DeliveryState.LET_GO] * 2
        assert [(message.id, message.values["n"]) for message in said] == [("late.drop", 2)]
        assert shop.out_there() == []


@pytest.mark.parametrize("rule", [None, *(Lateness(rule) for rule in LateRule), Lateness(LateRule.FINE_UNTIL, 1440)])
async def test_nothing_goes_out_two_days_late_unasked(tmp_path: Path, clock: FakeClock, rule: Lateness | None) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=False)
        await planned(shop, rule)
        clock.advance(timedelta(days=2))
        await shop.run_for(60)
        assert shop.out_there() == []


async def test_replies_are_never_too_late(tmp_path: Path, clock: FakeClock, said: list[Message]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        listen(shop, said)
        conversation = await shop.heard()
        await shop.services.inbox.reply(conversation, ["A las diez"], "public")  # type: ignore[arg-type]
        clock.advance(timedelta(days=2))
        await shop.services.publishing.send_due()
        assert len(shop.out_there()) == 1


async def test_a_thread_that_began_goes_on_however_late(tmp_path: Path, clock: FakeClock, said: list[Message]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        listen(shop, said)
        number = await shop.post("uno", "dos")
        note_sent = shop.services.publishing._ledger.note_sent

        async def then_cut(item: object, sent: object) -> None:
            await note_sent(item, sent)  # type: ignore[arg-type]
            shop.server.fail(FailureKind.OFFLINE, verb=Verb.PUBLISH)

        shop.services.publishing._ledger.note_sent = then_cut  # type: ignore[method-assign]
        await shop.services.publishing.send_due()
        shop.services.publishing._ledger.note_sent = note_sent  # type: ignore[method-assign]
        assert (await shop.item(number)).parts_out == 1
        clock.advance(timedelta(days=3))
        await shop.run_for(10)
        assert shop.out_there() == ["uno", "dos"]


async def test_an_account_that_was_paused_for_days_does_not_send_what_is_stale(tmp_path: Path, clock: FakeClock, said: list[Message]) -> None:
    async with shop_in(tmp_path, clock) as shop:
        listen(shop, said)
        number = await planned(shop)
        await shop.services.accounts.pause(shop.account_id, paused=True)
        clock.advance(timedelta(days=3))
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is DeliveryState.WAITING  # nothing is decided while it is paused
        await shop.services.accounts.pause(shop.account_id, paused=False)
        await shop.services.publishing.send_due()
        assert (await shop.item(number)).state is DeliveryState.FAILED
        assert shop.out_there() == []


# --- wall times over the nights of change


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MADRID).astimezone(UTC)


def test_the_wall_time_is_kept_over_the_change_of_the_clocks() -> None:
    slot = next_free_day(wall("2026-10-24T18:00"), wall("2026-10-24T20:00"), MADRID, [])
    assert slot is not None
    assert slot.at == wall("2026-10-25T18:00")  # 25 hours later
    assert not slot.moved


def test_a_missing_hour_becomes_the_next_minute_that_exists_and_says_so() -> None:
    slot = next_free_day(wall("2026-03-28T02:30"), wall("2026-03-28T04:00"), MADRID, [])
    assert slot is not None
    assert slot.at == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)  # 03:00 in Madrid
    assert slot.moved


def test_a_repeated_hour_means_its_first_occurrence() -> None:
    slot = next_free_day(wall("2026-10-24T02:30"), wall("2026-10-24T04:00"), MADRID, [])
    assert slot is not None
    assert slot.at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_today_is_free_when_its_time_is_still_to_come() -> None:
    slot = next_free_day(wall("2026-05-01T18:00"), wall("2026-05-03T10:00"), MADRID, [])
    assert slot is not None
    assert slot.at == wall("2026-05-03T18:00")


def test_without_a_free_day_for_long_there_is_none() -> None:
    now = wall("2026-05-03T10:00")
    assert next_free_day(wall("2026-05-01T18:00"), now, MADRID, [now + timedelta(days=days) for days in range(90)]) is None


async def test_a_post_in_the_repeated_hour_leaves_once(tmp_path: Path) -> None:
    clock = FakeClock(datetime(2026, 10, 24, 23, 0, tzinfo=UTC))
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Posting, server_holds=False)
        await planned(shop, at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), zone="Europe/Madrid")
        await shop.run_for(3 * 3600, step=300)
        assert shop.out_there() == ["hoy"]
