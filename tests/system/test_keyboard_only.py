"""Without a mouse: Tab goes through every page and sheet the way of the eye and back, and whatever can be clicked can be done by keys."""

from __future__ import annotations

from collections.abc import Iterator
from logging import LogRecord
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QWidget

from app.ui.composer.page import ComposerPage
from app.ui.insights.tabs import TABS
from app.ui.settings.sections import SECTIONS
from app.ui.widgets.overlay import Overlay
from tests.ui.scenes import SCENES
from tests.ui.stage import Stage, stage_in
from tests.ui.stops import against_the_eye, for_the_mouse_alone, name_of, not_reached, way_back, way_round

pytestmark = [
    pytest.mark.system,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True),
]

ARROWS = {
    "_Part": "Segmented", "_Stacked": "Segmented", "_Entry": "Nav", "Entry": "", "Tab": "", "SuggestionCard": "SuggestionStrip", "MoodBar": "MoodBars",
    "StepButton": "", "RailButton": "Rail", "NetworkTile": "", "ManagerCard": "", "WayCard": "", "AnswerRow": "", "ColumnRow": "", "LineCard": "", "WhyChip": "",
}  # fmt: skip
"""One of several, one stop together: arrow keys go from one to the next."""
BY_KEYS = {
    "FindAnother": "inbox.find_answer",
    "TitleButton": "view.palette",
    "WarningLine": "calendar.next_warning",
}
"""Parts that are no stop, and the command that does the same."""
OTHERWISE = {
    "Footer": "tells keys",
    "Panel": "the ground of a sheet: keeps clicks from what lies below",
    "_Handle": "F6 while a screen reader runs",
    "DayLine": "the chips beside it choose the same times",
    "QToolButton": "an icon within a field: what it offers can be typed, what it clears is cleared by Esc",
    "_Rows": "the palette's field has the arrow keys and Enter",
    "AnswerRows": "the field above has the arrow keys and Enter",
    "Overlay": "a click beside a sheet closes it, as Esc does",
    "Toast": "stays while the mouse is on it, or the keyboard in it",
    "Ghost": "what is dragged; Shift and arrows move posts",
}
"""Parts that listen to the mouse and need no key, and why."""

WITHIN = {
    "Stepper": "a number between two buttons: its arrow keys do what both do",
    "SuggestionCard": "Send it: Shift with the number of the answer",
    "_Line": "an entry of the list to export: Shift and the arrow keys move it",
}
"""Parts whose buttons are done by keys of their own."""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with stage_in(tmp_path) as made:
        made.resize((1440, 900))
        made.speak("en")
        made.window.activateWindow()
        yield made


def have_the_keyboard(stage: Stage) -> None:
    """A menu or a dialog of the system that has gone may have taken it along."""
    stage.window.activateWindow()
    assert QTest.qWaitForWindowActive(stage.window)


def faults(stage: Stage, root: QWidget) -> list[str]:
    way, wrong = way_round()
    # Shift+Tab enters the composer at the text, not at its end, and goes through the links of the guide's page before it leaves it.
    otherwise = isinstance(stage.window.page(), ComposerPage) or any(type(part).__name__ == "GuideReader" for part in way)
    if not wrong and way and not otherwise:
        way[0].setFocus()
        wrong = way_back(way)
    found = [wrong] if wrong else []
    found += [
        f"Tab leads back from {name_of(here)} to {name_of(there)}"
        for here, there in (against_the_eye(way) if not wrong else ())
    ]
    found += [f"Tab does not come to {name_of(part)}" for part in not_reached(root, way)]
    return found + [
        f"for the mouse alone: {name_of(part)} in {type(part.parent()).__name__}"
        for part in for_the_mouse_alone(root)
        if not by_other_keys(stage, part)
    ]


def by_other_keys(stage: Stage, part: QWidget) -> bool:
    kind = type(part).__name__
    if any(each.__name__ in OTHERWISE or each.__name__ in ARROWS for each in type(part).__mro__):
        return True
    if kind in BY_KEYS:
        return any(stage.shell.actions.keys(BY_KEYS[kind]))
    if isinstance(part, QAbstractButton) and part.parent() is not None and type(part.parent()).__name__ in WITHIN:
        return True
    step = part.parentWidget()
    while step is not None and not isinstance(step, QAbstractItemView):
        step = step.parentWidget()
    return step is not None  # a button in a row: Enter on the row does the same


def test_on_every_page_the_keyboard_comes_everywhere(stage: Stage) -> None:
    wait = stage.loop.run_until_complete
    found: dict[str, str] = {}

    def look(name: str) -> None:
        have_the_keyboard(stage)
        for fault in faults(stage, stage.window):
            found.setdefault(fault, name)

    for page in stage.painter.pages():
        wait(stage.page(page))
        look(page)
    for tab in TABS:
        wait(stage.page("insights", tab=tab.id))
        look(f"insights, {tab.id}")
    shown = wait(stage.page("settings"))
    for section in SECTIONS:
        shown.show_section(section.id)
        wait(stage.settle())
        look(f"settings, {section.id}")
    assert not found, "\n".join(f"{name}: {fault}" for fault, name in found.items())


def test_in_every_sheet_the_keyboard_comes_everywhere_and_stays_inside(
    stage: Stage, expected_log: list[LogRecord]
) -> None:
    wait = stage.loop.run_until_complete
    assert expected_log == []  # one of the sheets is that of a bug, which logs it
    found: dict[str, str] = {}
    for name, opened in SCENES.items():
        wait(opened(stage))
        have_the_keyboard(stage)
        sheet = next((part for part in stage.parts()[-1:] if isinstance(part, Overlay)), None)
        if sheet is not None:
            outside = [part for part in way_round()[0] if not sheet.isAncestorOf(part) and part is not sheet]
            for fault in [
                *faults(stage, sheet),
                *(f"the keyboard leaves the sheet: {name_of(part)}" for part in outside),
            ]:
                found.setdefault(fault, name)
        stage.clear()
    assert not found, "\n".join(f"{name}: {fault}" for fault, name in found.items())
