"""All that plans posts is there by its own name, and what runs by itself runs."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in

NAMES = (
    "planning", "ideas", "product_feeds", "post_import", "archive_import", "campaigns", "launches", "deadlines", "patterns", "calendar_folder", "plan_export",
    "drafting", "slots", "image_sets", "recurring", "evergreen", "questions", "tracked_links", "clicks", "figure_sheets", "reports",
)  # fmt: skip


async def test_every_part_is_there_by_its_name_and_none_is_there_twice(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        parts = [getattr(shop.services, name) for name in NAMES]
        assert len({id(part) for part in parts}) == len(NAMES)


async def test_what_runs_by_itself_runs_until_it_is_ended(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        owner = object()
        shop.services.plans.watch(shop.services.tasks, owner)
        assert set(shop.services.tasks.names(owner)) == {"recurring posts", "clicks", "shop days", "analytics", "reports"}
        shop.services.tasks.cancel(owner)
