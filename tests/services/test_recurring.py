"""Recurring posts: made some weeks ahead at their wall time, each day once, and changed without touching what the user changed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostRow, PostState
from app.models.series import LAST, Every, Rule, Series
from app.runtime.errors import UserMistake
from app.services.recurring import Recurring, days, moment_of
from app.store.writing import accounts
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

MADRID = "Europe/Madrid"


def weekly(shop: SmallShop, **how: object) -> Series:
    """Each Friday at 10:00 in the shop's zone."""
    draft = PostDraft(parts=("Oferta de la semana",), accounts=(shop.account_id,))
    today = shop.clock.now().date()
    return replace(Series("Oferta", draft, Rule(weekdays=(4,)), 600, "UTC", today), **how)  # type: ignore[arg-type]


def recurring(shop: SmallShop) -> Recurring:
    return Recurring(shop.database, shop.services.posts, shop.services.undo, shop.clock)


async def planned(shop: SmallShop) -> list[PostRow]:
    now = shop.clock.now()
    rows = await shop.ask(lambda queries: queries.posts(now, now + timedelta(days=400)))
    return [row for row in rows if row.title != "otra"]


def fridays(rows: list[PostRow]) -> bool:
    return all(
        row.planned_at is not None and (row.planned_at.weekday(), row.planned_at.hour) == (4, 10) for row in rows
    )


def test_every_two_weeks_on_some_weekdays_counts_weeks_from_the_first_one(tmp_path: Path) -> None:
    series = Series("x", PostDraft(), Rule(weeks=2, weekdays=(0, 3)), 600, "UTC", date(2026, 11, 18))  # a Wednesday
    assert days(series, date(2026, 11, 1), date(2026, 12, 18)) == [
        date(2026, 11, 19), date(2026, 11, 30), date(2026, 12, 3), date(2026, 12, 14), date(2026, 12, 17),
    ]  # fmt: skip


def test_every_month_on_its_last_friday() -> None:
    series = Series(
        "x", PostDraft(), Rule(Every.MONTH, 1, (4,), LAST), 600, "UTC", date(2026, 11, 18), date(2027, 1, 28)
    )
    assert days(series, date(2026, 11, 1), date(2027, 3, 1)) == [date(2026, 11, 27), date(2026, 12, 25)]


def test_the_wall_time_is_kept_over_clock_changes() -> None:
    series = Series("x", PostDraft(), Rule(), 150, MADRID, date(2026, 10, 1))
    assert moment_of(series, date(2026, 10, 24)) == datetime(2026, 10, 24, 0, 30, tzinfo=UTC)
    assert moment_of(series, date(2026, 10, 25)) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )  # 02:30 twice: its first occurrence
    assert moment_of(series, date(2026, 10, 26)) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)
    assert (
        moment_of(series, date(2027, 3, 28)).astimezone(ZoneInfo(MADRID)).hour == 3
    )  # 02:30 does not exist that night


async def test_five_weeks_stand_on_the_calendar_and_leave_as_planned(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await recurring(shop).begin(weekly(shop))
        rows = await planned(shop)
        assert len(rows) == 5
        assert all(row.state is PostState.SCHEDULED and row.deliveries == 1 for row in rows)
        assert fridays(rows)
        assert await recurring(shop).top_up() == 0
        clock.advance(timedelta(days=14))
        assert await recurring(shop).top_up() == 2


async def test_two_processes_never_make_a_day_twice(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        one, other = recurring(shop), recurring(shop)
        await one.begin(weekly(shop))
        clock.advance(timedelta(days=21))
        await asyncio.gather(one.top_up(), other.top_up(), recurring(shop).top_up())
        rows = await planned(shop)
        moments = [row.planned_at for row in rows]
        assert len(moments) == len(set(moments)) == 5
        assert all(row.deliveries == 1 for row in rows)


async def test_a_process_that_died_between_making_and_planning_is_made_up_for(tmp_path: Path, clock: FakeClock) -> None:
    class Dies:
        async def schedule(self, *_: object, **__: object) -> int:
            raise asyncio.CancelledError

    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(asyncio.CancelledError):
            await Recurring(shop.database, Dies(), shop.services.undo, clock).begin(weekly(shop))
        assert [row.state for row in await planned(shop)] == [PostState.DRAFT]
        await recurring(shop).top_up()
        assert [row.state for row in await planned(shop)] == [PostState.SCHEDULED] * 5


async def test_the_post_itself_is_the_first_occurrence(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        series = weekly(shop)
        [first, *_] = days(series, series.starts_on, series.starts_on + timedelta(days=7))
        post_id = await shop.services.posts.schedule(series.draft, moment_of(series, first))
        number = await recurring(shop).begin(series, post_id)
        rows = await planned(shop)
        assert len(rows) == 5
        assert rows[0].id == post_id
        assert await shop.undo() == "undone.series_begun"
        assert [row.id for row in await planned(shop)] == [post_id]
        await shop.services.undo.redo()
        assert len(await planned(shop)) == 5
        assert (await recurring(shop).coming(number))[0].post_id == post_id


async def test_drafts_stay_drafts(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await recurring(shop).begin(weekly(shop, state=PostState.DRAFT))
        assert {row.state for row in await planned(shop)} == {PostState.DRAFT}


async def test_a_skipped_day_is_left_out_and_comes_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await recurring(shop).begin(weekly(shop))
        second = (await recurring(shop).coming(number))[1]
        await recurring(shop).skip(number, second.day)
        assert len(await planned(shop)) == 4
        await recurring(shop).top_up()
        assert len(await planned(shop)) == 4
        assert [each.skipped for each in await recurring(shop).coming(number)] == [False, True, False, False, False]
        assert await shop.undo() == "undone.series_skipped"
        rows = await planned(shop)
        assert len(rows) == 5
        assert rows[1].id == second.post_id
        assert [row.state for row in await shop.deliveries(rows[1].id)] == [DeliveryState.WAITING]
        await recurring(shop).skip(number, second.day)
        await recurring(shop).unskip(number, second.day)
        assert len(await planned(shop)) == 5


async def test_one_that_the_user_took_away_does_not_come_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await recurring(shop).begin(weekly(shop))
        await shop.services.posts.delete((await planned(shop))[2].id)
        await recurring(shop).top_up()
        assert len(await planned(shop)) == 4


async def test_all_to_come_change_but_those_the_user_changed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await recurring(shop).begin(weekly(shop))
        own = (await planned(shop))[1]
        draft = await shop.ask(lambda queries: queries.post(own.id))
        assert draft is not None
        assert draft.series_id == number
        await shop.services.posts.schedule(replace(draft, parts=("Esta vez otra cosa",)), own.planned_at)
        later = replace(weekly(shop), draft=PostDraft(parts=("Oferta nueva",), accounts=(shop.account_id,)), minute=720)
        await recurring(shop).change(number, later)
        rows = await planned(shop)
        assert [row.title for row in rows] == [
            "Oferta nueva",
            "Esta vez otra cosa",
            "Oferta nueva",
            "Oferta nueva",
            "Oferta nueva",
        ]
        assert [row.planned_at.hour for row in rows if row.planned_at] == [12, 10, 12, 12, 12]
        assert await shop.undo() == "undone.series_changed"
        assert [row.title for row in await planned(shop)].count("Oferta de la semana") == 4


async def test_paused_nothing_comes_and_then_it_goes_on(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await recurring(shop).begin(weekly(shop))
        await recurring(shop).pause(number)
        assert await planned(shop) == []
        await recurring(shop).top_up()
        assert await planned(shop) == []
        await recurring(shop).pause(number, paused=False)
        assert len(await planned(shop)) == 5
        assert await shop.undo() == "undone.series_resumed"
        assert await planned(shop) == []


async def test_ended_it_comes_no_more_until_that_is_undone(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number = await recurring(shop).begin(weekly(shop))
        await recurring(shop).end(number)
        assert await planned(shop) == []
        assert await recurring(shop).all_of() == []
        with pytest.raises(UserMistake):
            await recurring(shop).coming(number)
        assert await shop.undo() == "undone.series_ended"
        assert len(await planned(shop)) == 5


async def test_what_cannot_be_planned_is_left_as_a_draft_and_said(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        service, said = recurring(shop), []
        service.said.connect(lambda message: said.append(message.id))
        number = await service.begin(weekly(shop))
        await shop.database.write(accounts.remove, shop.account_id, 0)
        shop.services.posts.load()
        clock.advance(timedelta(days=8))
        await service.top_up()
        assert said == ["series.left_as_drafts"]
        assert [row.state for row in await planned(shop)].count(PostState.DRAFT) == 1
        await service.top_up()
        assert len(said) == 1
        assert number == 1


async def test_an_end_before_its_beginning_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake):
            await recurring(shop).begin(weekly(shop, ends_on=clock.now().date() - timedelta(days=1)))
