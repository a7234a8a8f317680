"""A number with its steps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.look import Look
from app.ui.widgets.stepper import Stepper


def test_steps_and_typing_stay_within_bounds(look: Look) -> None:
    made = Stepper(look, "Minutes", 15, 180, 5)
    said: list[int] = []
    made.changed.connect(said.append)
    made.choose(175)
    assert said == []
    made.more.click()
    made.more.click()
    made.less.click()
    assert said == [180, 175]
    made.box.selectAll()
    QTest.keyClicks(made.box, "60")
    QTest.keyClick(made.box, Qt.Key.Key_Return)
    assert made.value == 60


def test_it_is_named_and_its_digits_have_room(look: Look) -> None:
    made = Stepper(look, "Minutes", 5, 1440, 5)
    made.show()
    assert [part.accessibleName() for part in (made.less, made.box, made.more)] == ["Minutes: less", "Minutes", "Minutes: more"]
    assert made.box.lineEdit().width() >= made.box.fontMetrics().horizontalAdvance("1440")
