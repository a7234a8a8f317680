"""The bar of the guided hour keeps to one line, whatever room there is and however large the text."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.models.hour_guide import Guide, Step, Work
from app.ui.hour_guide_bar import GuideBar
from app.ui.look import Look

ACTIONS: Any = SimpleNamespace(run=lambda _id: None, title=lambda _id: "Leave", keys=lambda _id: ("F9",))
WORK = Work(1, 14, 3, 2)


@pytest.fixture
def bar(qapp: QApplication, look: Look) -> GuideBar:
    return GuideBar(look, ACTIONS)


def shown(bar: GuideBar, width: int, qapp: QApplication) -> list[Step]:
    bar.resize(width, bar.height())
    bar.show()
    bar.show_guide(Guide("2026-11-18", Step.ANSWER), WORK, 24, 60)
    qapp.processEvents()
    return [step for step, button in bar.steps.items() if button.isVisible()]


def test_all_steps_where_there_is_room_else_the_one_under_way(bar: GuideBar, qapp: QApplication) -> None:
    assert shown(bar, 1366, qapp) == list(Step)
    assert bar.used.isVisible()
    assert shown(bar, 420, qapp) == [Step.ANSWER]
    bar.hide()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("zoom", [100, 150])
@pytest.mark.parametrize("width", [940, 1360])
def test_nothing_is_cut(bar: GuideBar, look: Look, qapp: QApplication, language: str, zoom: int, width: int) -> None:
    look.words.language = language
    look.theme.choose(zoom=zoom)
    shown(bar, width, qapp)
    ends = [each.geometry() for each in bar.findChildren(type(bar.next)) if each.isVisible()]
    assert all(rect.right() <= bar.width() for rect in ends)
    for button in bar.steps.values():
        if button.isVisible():
            assert button.width() >= button.sizeHint().width()
    bar.hide()


def test_it_asks_for_no_width(bar: GuideBar) -> None:
    assert bar.minimumSizeHint().width() == 0


def test_a_step_passed_shows_no_number(bar: GuideBar) -> None:
    bar.show_guide(Guide("2026-11-18", Step.PLAN), WORK, 24, 60)
    assert bar.steps[Step.ANSWER].text() == "Answers"
    assert bar.steps[Step.PLAN].text() == "Plan 2"
    bar.show_guide(Guide("2026-11-18", Step.LOOK), WORK, 24, 60)
    assert bar.next.text() == "Finish"
