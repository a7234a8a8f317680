"""The sheet of a launch, over a real data file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.store.reading import calendar as calendar_reading
from app.store.reading import campaigns as reading
from tests.ui.calendar.hands import press, type_key
from tests.ui.campaign_window import DAY, TODAY, write

Opens = Callable[..., Any]
FRIDAY = TODAY + 2 * DAY


async def test_a_launch_makes_its_drafts_and_the_sheet_shows_them_first(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        campaign = await window.campaign()
        await window.post("algo", None, 200)
        window.page.open_campaign(campaign)
        await window.settle()
        window.page.first_focus().setFocus()
        type_key("l")
        sheet = window.sheet
        assert sheet.campaign.currentData() == campaign
        write(sheet.product, "Marea")
        write(sheet.day, "2026-11-24 12:00")
        write(sheet.link, "https://discosaurora.mx/marea")
        shown = sheet.drafts.text().replace("\u2068", "").replace("\u2069", "").splitlines()
        assert len(shown) == 8
        assert shown[0].startswith("T−7 · Tue 17 Nov, 19:00 · left out")
        assert shown[4].startswith("Launch day · Tue 24 Nov, 12:00 · “Marea” is here. https://discosaurora.mx/marea")
        press(Qt.Key.Key_Return)
        await window.settle()
        assert "7 drafts made for Marea" in window.said()[-1]
        row = (await window.shop.database.read(reading.launches))[0]
        posts = await window.shop.database.read(calendar_reading.of_mark, row.plan.id)
        assert len(posts) == 7
        assert {post.campaign_id for post in posts} == {campaign}
        assert [item.plan.title for item in window.page.campaign.launches.rows] == ["Marea"]
        type_key("z")
        await window.settle()
        assert window.page.campaign.launches.rows == ()
        assert await window.shop.database.read(calendar_reading.of_mark, row.plan.id) == []
