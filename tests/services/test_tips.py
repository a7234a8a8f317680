"""A suggestion is put aside for a week, and comes back by undo or when the week is over."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.store.reading.tips import put_aside
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in


async def test_put_aside_for_a_week_and_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        tips, undo = shop.services.tips, shop.services.undo
        await tips.put_aside("asked:1")
        assert await shop.database.read(put_aside) == {"asked:1": clock.now() + timedelta(days=7)}
        await undo.undo()
        assert await shop.database.read(put_aside) == {}
        await undo.redo()
        assert list(await shop.database.read(put_aside)) == ["asked:1"]


async def test_what_is_over_is_forgotten_with_the_next(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.tips.put_aside("asked:1")
        clock.advance(8 * 86_400)
        await shop.services.tips.put_aside("hour:2-10")
        assert list(await shop.database.read(put_aside)) == ["hour:2-10"]
