"""What ideas come from is put together once, and what one part makes another can take back."""

from __future__ import annotations

from pathlib import Path

from app.services.product_feeds import fetch_no_file
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in


async def test_all_four_are_there_and_share_the_undo_list(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        sources = shop.services.plans.idea_sources
        assert shop.services.ideas is sources.ideas
        assert shop.services.product_feeds is sources.product_feeds
        assert shop.services.post_import is sources.post_import
        assert shop.services.archive_import is sources.archive_import
        await sources.ideas.from_message(await shop.heard("¿Abren hoy?"))
        assert shop.services.undo.can_undo()


def test_without_a_way_out_nothing_is_fetched() -> None:
    assert fetch_no_file.__doc__
