"""The Insights page in a real window, over a real data file with eight measured weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.runtime.clock import to_ms
from app.store.writing import samples
from app.ui.look import Look
from tests.fakes.clock import FakeClock
from tests.ui.campaign_window import Window, opener

DAY = timedelta(days=1)


@pytest.fixture
def opens(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Path) -> Callable[..., Any]:
    """A context manager: the window at a page."""
    return opener(qapp, look, clock, tmp_path)


async def measured(window: Window, weeks: int = 9) -> int:
    """Two more followers a day, and one post with 40 clicks; answers its delivery."""
    shop = window.shop
    await shop.services.plans.shop_days.settle()
    number = await shop.post("Ya llegó «Marea»")
    await shop.services.publishing.send_due()
    shop.clock.advance(6 * 3600)
    now = shop.clock.now()
    rows = [("followers", "account", shop.account_id, to_ms(now - back * DAY), 500 - 2 * back) for back in range(7 * weeks)]
    rows += [("clicks", "post", number, to_ms(now), 40), ("reposts", "post", number, to_ms(now), 3)]
    await shop.database.write(samples.add, rows)
    shop.clock.advance(24 * 3600)
    return number
