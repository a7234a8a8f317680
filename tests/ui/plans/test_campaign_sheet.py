"""The sheets of a campaign and of an announcement, over a real data file."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.ui.plans.campaign_sheet import usual_phases
from tests.ui.calendar.hands import press, type_key
from tests.ui.campaign_window import DAY, TODAY, write
from tests.ui.shop import nameless, texts

Opens = Callable[..., Any]
FRIDAY = TODAY + 2 * DAY


async def test_a_new_campaign_begins_with_three_phases_and_is_opened(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        window.page.first_focus().setFocus()
        press(Qt.Key.Key_N, held=Qt.KeyboardModifier.ControlModifier)
        sheet = window.sheet
        assert nameless(sheet) == []
        write(sheet.name, "Semana de aniversario")
        write(sheet.first, "2 dec")
        assert "Wednesday 2 December 2026" in texts(sheet)
        write(sheet.figures["clicks"], "4,000")
        write(sheet.tags, "#Aurora #Aniversario")
        press(Qt.Key.Key_Return)
        await window.settle()
        assert window.sheet is None
        page = window.page
        assert page.is_open
        plan = page.desk.plan
        assert (plan.name, plan.goal.clicks, plan.tags, plan.hue) == (
            "Semana de aniversario",
            4000,
            ("Aurora", "Aniversario"),
            "blue",
        )
        assert plan.phases[0].starts_on.isoformat() == "2026-12-02"
        assert [phase.kind for phase in plan.phases] == ["teaser", "promo", "story"]


async def test_an_announcement_is_made_by_n(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign()
        window.page.open_campaign(number)
        await window.settle()
        window.page.first_focus().setFocus()
        type_key("n")
        sheet = window.sheet
        write(sheet.title_field, "Último día para participar")
        sheet.kind.choose("last_day")
        write(sheet.when, "fri 20:00")
        press(Qt.Key.Key_Return)
        await window.settle()
        rows = window.page.campaign.announcements.rows
        assert [(row.announcement, row.post.title) for row in rows] == [("last_day", "Último día para participar")]
        assert rows[0].post.planned_at.isoformat() == "2026-11-21T02:00:00+00:00"
        assert "Draft of the announcement made" in window.said()[-1]
        type_key("n")
        write(window.sheet.title_field, "Tarde")
        write(window.sheet.when, "2026-11-17 9:00")
        window.sheet.keep()
        await window.settle()
        assert window.sheet is not None


def test_the_usual_phases_follow_each_other() -> None:
    phases = usual_phases(TODAY)
    assert all(two.starts_on - one.ends_on == DAY for one, two in pairwise(phases))
