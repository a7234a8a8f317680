"""Opening hours as they are typed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.runtime.settings import MINUTES_A_DAY, Answer, Hours
from app.ui.look import Look
from app.ui.settings.hours import HoursEditor, minutes_of, text_of
from app.ui.widgets.button import IconButton
from tests.ui.shop import texts


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("9", 540), ("09:30", 570), ("9.30", 570), ("21h15", 1275), ("9 p.m.", 1260), ("12:00 a.m.", 0), ("12 pm", 720),
        ("24:00", MINUTES_A_DAY), ("24:30", None), ("9:75", None), ("13 pm", None), ("morning", None), ("", None),
    ],
)  # fmt: skip
def test_a_time_is_read_in_many_spellings(typed: str, minutes: int | None) -> None:
    assert minutes_of(typed) == minutes


def test_what_is_shown_can_be_typed(look: Look) -> None:
    for hours in (12, 24):
        look.words.set_clock_hours(hours)
        assert [minutes_of(text_of(look, minutes)) for minutes in (0, 570, 720, 1275)] == [0, 570, 720, 1275]


def editor(look: Look) -> tuple[HoursEditor, list[Hours]]:
    said: list[Hours] = []
    made = HoursEditor(look, Answer().hours)
    made.changed.connect(said.append)
    return made, said


def fields(made: HoursEditor) -> list[QLineEdit]:
    return [line for line in made.findChildren(QLineEdit) if not line.isHidden()]


def button(made: HoursEditor, name: str) -> IconButton:
    return next(each for each in made.findChildren(IconButton) if each.accessibleName() == name and not each.isHidden())


def test_another_time_is_said_when_it_is_complete(look: Look) -> None:
    made, said = editor(look)
    start = fields(made)[0]
    assert start.accessibleName() == "Monday, open from"
    start.setText("10:30")
    start.editingFinished.emit()
    assert said[-1][0] == ((630, 1140),)


def test_what_is_no_time_is_said_beside_the_day_and_changes_nothing(look: Look) -> None:
    made, said = editor(look)
    fields(made)[0].setText("soon")
    fields(made)[0].editingFinished.emit()
    assert said == []
    assert "This is not a time of day. Write it like 9:30 or 19:00." in texts(made)


def test_a_day_can_be_closed_opened_split_and_copied(look: Look) -> None:
    made, said = editor(look)
    button(made, "Remove these hours on Monday").click()
    assert said[-1][0] == ()
    button(made, "Add hours on Monday").click()
    button(made, "Add hours on Monday").click()
    assert said[-1][0] == ((540, 1140), (1200, 1320))
    made.copy(0, [1])
    assert said[-1][1] == said[-1][0]
    button(made, "Add hours on Monday").click()
    button(made, "Add hours on Monday").click()
    assert len(said[-1][0]) == 3, "there is no room after midnight"


def test_hours_that_were_refused_are_said_beside_the_day_changed_last(look: Look) -> None:
    made, _ = editor(look)
    fields(made)[2].setText("23:00")
    fields(made)[2].editingFinished.emit()
    made.complain("These hours overlap.")
    assert "These hours overlap." in texts(made)
    made.choose(Answer().hours)
    assert "These hours overlap." not in texts(made)


def test_hours_are_copied_to_one_day_to_the_working_week_or_to_all(look: Look) -> None:
    made, said = editor(look)
    menu = made.copy_menu(5, made)
    names = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert names == ["Monday to Friday", "Every day", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday"]
    saturday = Answer().hours[5]
    {action.text(): action for action in menu.actions()}["Sunday"].trigger()
    assert said[-1][6] == saturday
    {action.text(): action for action in menu.actions()}["Monday to Friday"].trigger()
    assert said[-1] == (saturday,) * 7
    menu.deleteLater()


def test_the_focus_stays_where_one_goes_on(look: Look, qapp: QApplication) -> None:
    made, _ = editor(look)
    made.show()
    made.activateWindow()
    qapp.processEvents()
    button(made, "Add hours on Sunday").click()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Sunday, open from"
    button(made, "Remove these hours on Sunday").click()
    assert made.focusWidget() is button(made, "Add hours on Sunday")
    button(made, "Add hours on Monday").click()
    button(made, "Remove these hours on Monday").click()
    left = made.focusWidget()
    assert left is not None
    assert left.accessibleName() == "Remove these hours on Monday"
    made.close()
