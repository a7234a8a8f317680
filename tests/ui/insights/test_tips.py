"""The Tips row of the Summary."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.tip import Tip, TipKind
from app.runtime.settings import Settings
from app.runtime.words import Message, message
from app.ui.insights.tips import TipsCard
from app.ui.look import Look
from app.ui.page import PageFace
from tests.fakes.clock import FakeClock
from tests.ui.stand_ins import Reads

TIP = Tip(
    TipKind.HOUR,
    "hour:4-10",
    message("tips.hour", day=Message("format.long_weekday.5"), hour=10, times=1.6),
    message("tips.posts_evidence", n=16, others=140, first=date(2026, 7, 29), last=date(2026, 11, 17)),
)


@pytest.fixture
def made(qapp: QApplication, look: Look, clock: FakeClock) -> tuple[TipsCard, list[Any], list[Any]]:
    """The card, the tips its reads find, and the pages that were opened."""
    found: list[Any] = [TIP]
    opened: list[Any] = []
    services: Any = SimpleNamespace(
        reads=Reads(SimpleNamespace(tips=lambda *_asked: found)), settings=Settings(dict, lambda _group, _text: None)
    )
    window: Any = SimpleNamespace(show_page=lambda page, **target: opened.append(page))
    return TipsCard(PageFace(look, services, None, window, None, clock)), found, opened  # type: ignore[arg-type]


def test_each_tip_says_what_it_rests_on(made: tuple[TipsCard, list[Any], list[Any]]) -> None:
    card, _, opened = made
    assert card.isHidden()
    card.ask()
    assert not card.isHidden()
    (row,) = card.table().rows
    assert row == (
        "Posts on Friday after 10:00 travel further: 1.6 times what your other posts get.",
        "Median of 16 posts beside 140 others, Wed 29 Jul to Tue 17 Nov: clicks, reposts and replies, weighed by account",
    )
    card.findChild(QWidget, "tip 0 0").click()
    assert opened == ["calendar"]


def test_it_goes_where_there_is_nothing_to_tell(made: tuple[TipsCard, list[Any], list[Any]]) -> None:
    card, found, _ = made
    card.ask()
    found.clear()
    card.ask()
    assert card.isHidden()
    assert card.table().rows == ()
