"""Deadlines: noted, changed, removed, each taken back; without words they are refused beside the field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.runtime.errors import UserMistake
from app.store.reading import calendar
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in

FIRST, LATER = date(2026, 11, 20), date(2026, 11, 27)


async def shown(shop: SmallShop) -> list[tuple[str, str, date]]:
    marks = await shop.database.read(calendar.marks, date(2026, 11, 1), date(2026, 12, 31))
    return [(mark.kind, mark.title, mark.on_day) for mark in marks]


async def test_a_deadline_stands_on_its_day_until_it_is_changed_or_removed(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        deadlines, undo = shop.services.deadlines, shop.services.undo
        number = await deadlines.save(None, "  Cierra   la lista ", FIRST)
        assert await shown(shop) == [("deadline", "Cierra la lista", FIRST)]
        await deadlines.save(number, "Cierra la lista", LATER)
        assert await shown(shop) == [("deadline", "Cierra la lista", LATER)]
        await undo.undo()
        assert await shown(shop) == [("deadline", "Cierra la lista", FIRST)]
        await deadlines.remove(number)
        assert await shown(shop) == []
        await undo.undo()
        await undo.undo()
        assert await shown(shop) == []
        await undo.redo()
        assert await shown(shop) == [("deadline", "Cierra la lista", FIRST)]


async def test_a_deadline_says_what_has_to_be_done(tmp_path: Path, clock: FakeClock) -> None:
    async with shop_in(tmp_path, clock) as shop:
        with pytest.raises(UserMistake) as refused:
            await shop.services.deadlines.save(None, "  ", FIRST)
        assert refused.value.field == "title"
        assert not shop.services.undo.can_undo()
        await shop.services.deadlines.remove(99)
