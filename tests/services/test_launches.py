"""Launches: the drafts around a product's day, made at once and moved with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.models.campaign import CampaignPlan, LaunchPlan, Pattern, Step
from app.models.post import PostDraft, PostFormat
from app.runtime.errors import UserMistake
from app.runtime.settings import Shop
from app.services.launches import step_moment
from app.store.reading import calendar as calendar_reading
from app.store.reading import campaigns as reading
from app.store.reading import posts as posts_reading
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PATTERN = Pattern(
    "Marea",
    (
        Step(-7, 1140, "Falta una semana para «{product}»"),
        Step(0, 540, "«{product}»: {link}", PostFormat.ANNOUNCES),
        Step(0, 1140, "Noche de «{product}»", PostFormat.MEDIA, "scene"),
        Step(2, 600, "¿Ya la oyeron?"),
    ),
)


async def drafts(shop: SmallShop, number: int) -> list[PostDraft]:
    found = []
    for post in await shop.database.read(calendar_reading.of_mark, number):
        draft = await shop.database.read(posts_reading.post, post.id)
        assert draft is not None
        found.append(draft)
    return found


def days_ahead(clock: FakeClock, days: int) -> date:
    return clock.now().date() + days * DAY


async def test_a_pattern_makes_its_drafts_at_once_in_the_shops_time(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        shop.settings.change(Shop, zone="America/Mexico_City")
        campaign = await shop.services.campaigns.save(CampaignPlan("Marea", accounts=(shop.account_id,)))
        day = days_ahead(clock, 20)
        plan = LaunchPlan("Marea", day, 600, "https://discosaurora.mx/marea", campaign)
        number, made = await shop.services.launches.save(plan, PATTERN)
        found = await drafts(shop, number)
        zone = ZoneInfo("America/Mexico_City")
        wall = [draft.planned_at.astimezone(zone).replace(tzinfo=None) for draft in found if draft.planned_at]
        at = datetime(day.year, day.month, day.day)  # noqa: DTZ001  (wall time)
        assert (made, wall) == (4, [at - 7 * DAY + 19 * HOUR, at + 10 * HOUR, at + 19 * HOUR, at + 2 * DAY + 10 * HOUR])
        assert [draft.parts[0] for draft in found][:2] == [
            "Falta una semana para «Marea»",
            "«Marea»: https://discosaurora.mx/marea",
        ]
        assert {(draft.mark_id, draft.campaign_id, draft.accounts, draft.zone) for draft in found} == {
            (number, campaign, (shop.account_id,), "America/Mexico_City")
        }
        assert [(draft.format, draft.pillar) for draft in found][2] == (PostFormat.MEDIA, "scene")
        assert await shop.undo() == "undone.launch_added"
        assert await shop.database.read(reading.launch, number) is None
        assert not await drafts(shop, number)
        await shop.services.undo.redo()
        assert len(await drafts(shop, number)) == 4


async def test_posts_whose_time_has_passed_are_left_out(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, made = await shop.services.launches.save(LaunchPlan("Marea", days_ahead(clock, 3), 600), PATTERN)
        assert made == len(await drafts(shop, number)) == 3


async def test_no_post_of_the_day_goes_out_before_the_launch() -> None:
    plan = LaunchPlan("Marea", date(2026, 11, 20), 720)
    utc = ZoneInfo("UTC")
    assert [step_moment(plan, step, utc).hour for step in PATTERN.steps] == [19, 12, 19, 10]
    assert step_moment(replace(plan, minute=None), PATTERN.steps[1], utc).hour == 9


async def test_it_moves_with_its_posts_and_back_in_one_step(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        launches, day = shop.services.launches, days_ahead(clock, 20)
        number, _ = await launches.save(LaunchPlan("Marea", day, 600), PATTERN)
        before = [draft.planned_at for draft in await drafts(shop, number)]
        found = await launches.preview(number, day + 3 * DAY, 600)
        assert [each.after - each.before for each in found.moving] == [3 * DAY] * 4
        assert await launches.move(number, day + 3 * DAY, 600) == 4
        assert [draft.planned_at for draft in await drafts(shop, number)] == [each + 3 * DAY for each in before if each]
        row = await shop.database.read(reading.launch, number)
        assert row is not None
        assert (row.plan.on_day, row.posts, row.out) == (day + 3 * DAY, 4, 0)
        assert await shop.undo() == "undone.launch_moved"
        assert [draft.planned_at for draft in await drafts(shop, number)] == before
        assert await launches.move(number, day, 600) == 0


async def test_another_hour_takes_along_what_comes_after_it_that_day(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        launches, day = shop.services.launches, days_ahead(clock, 20)
        number, _ = await launches.save(LaunchPlan("Marea", day, 600), PATTERN)
        before = [draft.planned_at for draft in await drafts(shop, number)]
        assert await launches.move(number, day, 720) == 2
        after = [draft.planned_at for draft in await drafts(shop, number)]
        shifts = [two - one for one, two in zip(before, after, strict=True) if one and two]
        assert shifts == [timedelta(), 2 * HOUR, 2 * HOUR, timedelta()]


async def test_its_campaign_takes_its_posts_along(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, _ = await shop.services.launches.save(LaunchPlan("Marea", days_ahead(clock, 20), 600), PATTERN)
        campaign = await shop.services.campaigns.save(CampaignPlan("Marea"))
        row = await shop.database.read(reading.launch, number)
        assert row is not None
        await shop.services.launches.save(replace(row.plan, campaign_id=campaign, title="«Marea»"))
        assert {draft.campaign_id for draft in await drafts(shop, number)} == {campaign}
        assert await shop.undo() == "undone.launch_changed"
        assert {draft.campaign_id for draft in await drafts(shop, number)} == {None}


async def test_removed_it_leaves_its_posts(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        number, _ = await shop.services.launches.save(LaunchPlan("Marea", days_ahead(clock, 20)), PATTERN)
        await shop.services.launches.remove(number)
        assert await shop.database.read(reading.launches) == []
        assert len(await drafts(shop, number)) == 4
        span = await shop.database.read(calendar_reading.marks, date.min, date.max)
        assert span == ()
        assert await shop.undo() == "undone.launch_removed"
        assert len(await shop.database.read(reading.launches)) == 1


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (LaunchPlan(" ", date(2026, 11, 20)), "campaigns.product_missing"),
        (LaunchPlan("Marea"), "campaigns.day_missing"),
        (LaunchPlan("Marea", date(2026, 11, 20), 1440), "campaigns.day_missing"),
        (LaunchPlan("Marea", date(2026, 11, 20), None, "https://a b"), "campaigns.link_broken"),
        (LaunchPlan("Marea", date(2026, 11, 20), id=77), "campaigns.launch_gone"),
    ],
)
async def test_what_cannot_be_is_refused(tmp_path: Path, clock: FakeClock, plan: LaunchPlan, said: str) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as refused:
            await shop.services.launches.save(plan, PATTERN)
        assert refused.value.message.id == said
        assert await shop.database.read(calendar_reading.to_place) == []
