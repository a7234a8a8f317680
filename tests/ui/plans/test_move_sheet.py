"""Moving launches and campaigns: looked at first, and one step back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.campaign import LaunchPlan, Pattern, Step
from app.models.post import PostDraft
from app.store.reading import calendar as calendar_reading
from app.store.reading import campaigns as reading
from app.store.reading import posts as posts_reading
from app.ui.widgets.text import Label
from tests.ui.calendar.hands import press, type_key
from tests.ui.campaign_window import DAY, TODAY, write
from tests.ui.shop import texts

Opens = Callable[..., Any]
FRIDAY = TODAY + 2 * DAY


async def test_moving_shows_each_post_first_and_is_one_step_back(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign()
        first = await window.post("El agua sube", number, 24)
        await window.post("Otra", None, 48.25)
        page = window.page
        page.open_campaign(number)
        await window.settle()
        page.first_focus().setFocus()
        press(Qt.Key.Key_T, held=Qt.KeyboardModifier.ControlModifier)
        sheet = window.sheet
        await window.settle()
        assert sheet.preview is None
        sheet.keep()
        assert "It is on that day already." in texts(sheet)
        write(sheet.day, (TODAY - DAY).isoformat())
        sheet._ask()
        await window.settle()
        shown = " | ".join([*texts(sheet), sheet.said.accessibleName()])
        assert "Thu 19 Nov, 10:00 → Fri 20 Nov, 10:00" in shown
        assert "Within 45 minutes of “Otra”, 10:15, on the same account." in shown
        assert sheet.preview.collisions == 1
        press(Qt.Key.Key_Return)
        await window.settle()
        assert "Buen Fin moved with 1 post" in window.said()[-1]
        draft = await window.shop.database.read(posts_reading.post, first)
        assert draft.planned_at == window.shop.clock.now() + timedelta(days=2)
        assert (await window.plan(number)).starts_on == TODAY - DAY
        type_key("z")
        await window.settle()
        draft = await window.shop.database.read(posts_reading.post, first)
        assert draft.planned_at == window.shop.clock.now() + timedelta(days=1)
        assert (await window.plan(number)).starts_on == TODAY - 2 * DAY


async def test_a_launch_moves_by_keys_from_the_list(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        pattern = Pattern("Dos", (Step(0, 600, "«{product}»"), Step(1, 600, "¿Qué tal?")))
        number, _ = await window.shop.services.launches.save(
            LaunchPlan("Marea", FRIDAY, 600), pattern, (window.shop.account_id,)
        )
        await window.settle()
        window.page.list.launches.setFocus()
        await window.settle()
        press(Qt.Key.Key_T, held=Qt.KeyboardModifier.ControlModifier)
        sheet = window.sheet
        write(sheet.day, f"{(FRIDAY + DAY).isoformat()} 12:00")
        sheet._ask()
        await window.settle()
        assert "2 posts move" in " ".join(each.text() for each in sheet.findChildren(Label))
        sheet.keep()
        await window.settle()
        row = await window.shop.database.read(reading.launch, number)
        assert (row.plan.on_day, row.plan.minute) == (FRIDAY + DAY, 720)
        posts = await window.shop.database.read(calendar_reading.of_mark, number)
        assert [post.planned_at.hour for post in posts] == [18, 16]


async def test_of_very_many_posts_those_that_collide_are_shown_first(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign()
        for place in range(90):
            await window.shop.services.posts.save(
                PostDraft(
                    parts=("x",),
                    title=f"p{place}",
                    planned_at=window.shop.clock.now() + timedelta(days=2 + place),
                    campaign_id=number,
                )
            )
        await window.post("choca", number, 24 * 100)
        await window.post("otra", None, 24 * 107)
        window.page.sheets.move_campaign(number)
        sheet = window.sheet
        write(sheet.day, (TODAY + 5 * DAY).isoformat())
        sheet._ask()
        await window.settle()
        shown = texts(sheet.list)
        assert "choca" in shown[:4]
        assert shown[-1] == "and 11 more"
        sheet.close_now()
