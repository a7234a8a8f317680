"""Files of the plan: what is in them, in whose words, and what is said where they cannot be written."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import icalendar
import pytest

from app.models.plan import PlanRequest
from app.models.post import PostDraft, PostState
from app.runtime.errors import UserMistake
from app.services.plan_export import calendar_name
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

WEEK = PlanRequest(date(2026, 11, 16), date(2026, 11, 22))
HOUR = timedelta(hours=1)


async def with_posts(shop: SmallShop) -> tuple[int, int]:
    """One scheduled for tomorrow, one draft the day after."""
    at = shop.clock.now() + 24 * HOUR
    draft = PostDraft(parts=("El viernes: «Marea»", "Y hay más"), accounts=(shop.account_id,), zone="UTC")
    scheduled = await shop.services.posts.schedule(draft, at)
    begun = await shop.services.posts.save(PostDraft(parts=("Tal vez",), planned_at=at + 24 * HOUR, zone="UTC"))
    return scheduled, begun


async def test_the_calendar_file_holds_what_is_planned_on_these_days(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await with_posts(shop)
        file, many = await shop.services.plan_export.export(tmp_path / "plan.ics", WEEK)
        found = icalendar.Calendar.from_ical(file.read_bytes())
        assert many == 2
        assert [str(each["summary"]) for each in found.walk("VEVENT")] == ["El viernes: «Marea»", "Tal vez"]
        assert str(found.walk("VEVENT")[0]["description"]).startswith(
            "El viernes: «Marea»\n\nY hay más\n\nState: Scheduled"
        )
        assert [each["x-tertulia-state"] for each in found.walk("VEVENT")] == ["scheduled", "draft"]


async def test_where_filters_hold_only_what_they_let_through_is_written(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await with_posts(shop)
        wanted = PlanRequest(WEEK.first, WEEK.last, lambda post: post.state is PostState.DRAFT)
        file, many = await shop.services.plan_export.export(tmp_path / "plan.csv", wanted)
        rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
        assert many == 1
        assert rows[1][4] == "Tal vez"


async def test_where_a_post_is_out_its_address_stands_in_the_event(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await with_posts(shop)
        await shop.run_for(25 * 3600, step=600)
        file, _ = await shop.services.plan_export.export(tmp_path / "plan.ics", WEEK)
        sent = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")[0]
        assert sent["x-tertulia-state"] == "out"
        assert str(sent["url"]).startswith("https://")
        assert str(sent["url"]) in str(sent["description"])


async def test_a_file_of_another_kind_and_days_the_wrong_way_round_are_refused(
    tmp_path: Path, clock: FakeClock
) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as refused:
            await shop.services.plan_export.export(tmp_path / "plan.docx", WEEK)
        assert refused.value.message.id == "plan.no_such_kind"
        with pytest.raises(UserMistake) as turned:
            await shop.services.plan_export.export(tmp_path / "plan.ics", PlanRequest(WEEK.last, WEEK.first))
        assert turned.value.message.id == "plan.no_such_days"


async def test_the_printed_plan_knows_its_holidays(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        from app.runtime.settings import Shop

        shop.settings.change(Shop, country="MX", name="Discos Aurora")
        paper = await shop.services.plan_export.paper(WEEK, "month", 7)
        assert date(2026, 11, 16) in paper.holidays
        assert (paper.shop, paper.country, paper.first_weekday) == ("Discos Aurora", "MX", 7)


def test_the_profiles_own_id_stands_in_no_file() -> None:
    assert calendar_name("a1b2c3d4e5f60718") == calendar_name("a1b2c3d4e5f60718") != calendar_name("a1b2c3d4e5f60719")
    assert "a1b2c3" not in calendar_name("a1b2c3d4e5f60718")
