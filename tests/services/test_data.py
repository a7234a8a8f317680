"""The profile as a whole: where it is, and the sample shop in a process of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services import data
from tests.fakes.clock import FakeClock
from tests.services.shop import shop_in


async def test_the_sample_shop_opens_beside_this_profile(tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(data, "_start", started.append)
    async with shop_in(tmp_path, clock) as shop:
        await shop.services.data.open_sample()
        assert started[0][-3:] == ["--profile", str(shop.paths.root), "--sample"]
        assert (shop.services.data.read_only, shop.services.data.folder) == (False, shop.paths.root)
