"""Recurring and evergreen posts on the calendar: their mark, and what is done with them by keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.models.evergreen import EvergreenPost, Queued
from app.models.post import PostDraft, PostState
from app.models.series import Occurrence, Rule, Series
from app.ui.calendar.chips import ChipPictures, spoken
from app.ui.calendar.evergreen_sheet import EvergreenSheet
from app.ui.look import Look
from app.ui.series_sheet import SeriesSheet
from tests.ui.calendar.fakes import FakeCalendar, a_week, post
from tests.ui.calendar.hands import press, type_key
from tests.ui.shop import NOW, Shop

Open = Callable[..., tuple[Shop, FakeCalendar]]
DAY = date(2026, 11, 20)


class Again:
    """Recurring and evergreen posts that note what they are asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.queued: Queued = Queued(90, NOW + timedelta(days=2))

    async def all_of(self) -> list[Series]:
        return [Series("Oferta", PostDraft(), Rule(weekdays=(4,)), 600, "UTC", DAY, id=7, paused=True)]

    async def coming(self, _number: int) -> list[Occurrence]:
        return []

    async def pause(self, number: int, *, paused: bool = True) -> None:
        self.asked.append(("pause", number, paused))

    async def skip(self, number: int, day: date) -> None:
        self.asked.append(("skip", number, day))

    async def offers(self) -> list[EvergreenPost]:
        return [
            EvergreenPost(1, "Cómo limpiar", "help", ("x",), NOW - timedelta(days=40), 2),
            EvergreenPost(2, "", "help", ("x",), NOW, 1, None, NOW + timedelta(days=30)),
        ]

    async def queue(self, post_id: int) -> Queued:
        self.asked.append(("queue", post_id))
        return self.queued

    async def reword(self, post_id: int) -> int:
        self.asked.append(("reword", post_id))
        return 91


def opened(open_page: Open) -> tuple[Shop, Again]:
    fake = FakeCalendar(planned=[*a_week(), post(6, "Oferta", 4, series_id=7, series_day=DAY.isoformat())])
    shop, _ = open_page(fake)
    again = Again()
    shop.services.recurring = shop.services.evergreen = again
    queries = shop.services.reads.queries
    draft = PostDraft(
        id=6, parts=("Oferta",), series_id=7, series_day=DAY.isoformat(), planned_at=NOW + timedelta(hours=4)
    )
    queries.post = {6: draft, 3: PostDraft(id=3, parts=("Marea",), planned_at=NOW + timedelta(hours=3))}.get
    queries.post_row = lambda number: SimpleNamespace(state=PostState.SCHEDULED, title=f"post {number}")
    return shop, again


def choose(shop: Shop, number: int) -> None:
    shop.page.desk.choose(number)
    shop.page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    QApplication.processEvents()


def said(shop: Shop) -> list[str]:
    return [each.message.id for each in shop.shell.notices.history()]


def same(one: QImage, other: QImage) -> bool:
    return bool(one == other)


def test_an_occurrence_bears_a_small_mark_and_says_that_it_comes_again(look: Look) -> None:
    single, again = post(1), post(1, series_id=7)
    pictures = ChipPictures(look)
    for width, height in ((160, 43), (160, 19)):
        plain = pictures.picture(single, width, height, 1.0).toImage()
        assert not same(plain, pictures.picture(again, width, height, 1.0).toImage())
    assert "comes again" in spoken(look, again)
    assert "comes again" not in spoken(look, single)


def test_a_post_is_repeated_from_the_calendar(open_page: Open) -> None:
    shop, _ = opened(open_page)
    choose(shop, 3)
    press(Qt.Key.Key_R, held=Qt.KeyboardModifier.ShiftModifier)
    [sheet] = shop.shell.window.findChildren(SeriesSheet)
    assert sheet.rule() == Rule(weekdays=(2,))


def test_the_sheet_of_one_that_runs_lets_it_go_on(open_page: Open) -> None:
    shop, again = opened(open_page)
    choose(shop, 6)
    shop.shell.actions.run("calendar.repeat")
    QApplication.processEvents()
    [sheet] = shop.shell.window.findChildren(SeriesSheet)
    assert sheet.pause.text() == "Go on"
    sheet.pause.click()
    assert again.asked == [("pause", 7, False)]
    assert said(shop) == ["series.goes_on"]


def test_one_occurrence_is_skipped_by_one_key(open_page: Open) -> None:
    shop, again = opened(open_page)
    choose(shop, 3)
    type_key("s")
    assert again.asked == []
    choose(shop, 6)
    type_key("s")
    assert again.asked == [("skip", 7, DAY)]
    assert said(shop) == ["series.is_skipped"]


def test_an_evergreen_post_is_planned_again_by_keys(open_page: Open) -> None:
    shop, again = opened(open_page)
    shop.page.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    type_key("v")
    QApplication.processEvents()
    [sheet] = shop.shell.window.findChildren(EvergreenSheet)
    assert sheet.queues[0].hasFocus()
    press(Qt.Key.Key_Space)
    assert again.asked == [("queue", 1)]
    assert said(shop) == ["evergreen.queued"]


def test_without_a_good_time_it_is_said_to_be_a_draft(open_page: Open) -> None:
    shop, again = opened(open_page)
    again.queued = Queued(90, None)
    shop.shell.actions.run("calendar.evergreen")
    QApplication.processEvents()
    [sheet] = shop.shell.window.findChildren(EvergreenSheet)
    sheet.queues[1].click()
    assert said(shop) == ["evergreen.drafted"]


def test_a_question_leads_to_its_replies(open_page: Open) -> None:
    shop, _ = open_page(FakeCalendar(planned=[post(1, question=True), post(2)]))
    actions = shop.shell.actions
    choose(shop, 2)
    assert not actions.applies("calendar.replies")
    choose(shop, 1)
    assert actions.applies("calendar.replies")
