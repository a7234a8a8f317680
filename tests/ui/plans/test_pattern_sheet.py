"""The sheet of patterns, over a real data file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

from app.models.post import PostFormat
from app.store.reading import campaigns as reading
from tests.ui.campaign_window import DAY, TODAY, write
from tests.ui.shop import nameless

Opens = Callable[..., Any]
FRIDAY = TODAY + 2 * DAY


async def test_patterns_are_copied_edited_and_removed(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        window.page.perform("patterns")
        sheet = window.sheet
        assert nameless(sheet) == []
        assert len(sheet.cards) == 8
        write(sheet.name, "Mi patrón")
        for card in tuple(sheet.cards[2:]):
            card.remove.click()
        sheet.cards[0].days.choose(-2)
        sheet.cards[0].time.setText("9:30")
        sheet.cards[0].format.choose(PostFormat.PROMO)
        sheet.add.click()
        sheet.cards[2].text.setPlainText("Gracias por {product}")
        sheet.keep()
        await window.settle()
        own = await window.shop.database.read(reading.patterns)
        assert [(each.name, [(step.days, step.minute, step.format) for step in each.steps]) for each in own] == [
            ("Mi patrón", [(-5, 780, PostFormat.MEDIA), (-4, 780, PostFormat.MEDIA), (-2, 570, PostFormat.PROMO)])
        ]
        window.page.perform("patterns")
        sheet = window.sheet
        assert sheet.name.text == "Mi patrón"
        sheet.cards[0].time.setText("mañana")
        sheet.cards[0].time.setText("nunca")
        sheet.keep()
        assert window.sheet is sheet
        sheet.remove.click()
        await window.settle()
        assert await window.shop.database.read(reading.patterns) == []
        assert window.sheet is None
