"""A line that offers what fits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.look import Look
from app.ui.widgets.picker import Choice, Picker, folded

CHOICES = (Choice("MX", "México", "MX"), Choice("DE", "Alemania", "DE"), Choice("NE", "Níger", "NE"), Choice("NG", "Nigeria", "NG"))


def picker(look: Look, value: str = "DE") -> tuple[Picker, list[str]]:
    said: list[str] = []
    made = Picker(look, "Country", CHOICES, value)
    made.chosen.connect(said.append)
    return made, said


def test_accents_and_case_do_not_matter(look: Look) -> None:
    assert folded("México_City") == "mexico city"
    made, said = picker(look)
    made.setText("MEXICO")
    made.settle()
    assert (made.value, made.text(), said) == ("MX", "México", ["MX"])


def test_what_names_none_or_several_goes_back(look: Look) -> None:
    made, said = picker(look)
    for typed in ("Atlantis", "nig", ""):
        made.setText(typed)
        made.settle()
        assert (made.value, made.text()) == ("DE", "Alemania")
    assert said == []


def test_a_full_name_counts_although_another_begins_with_it(look: Look) -> None:
    made, said = picker(look)
    made.setText("niger")
    made.settle()
    assert said == ["NE"]


def test_enter_settles_and_the_list_finds_inside_names(look: Look) -> None:
    made, said = picker(look)
    completer = made.completer()
    assert completer is not None
    completer.setCompletionPrefix(completer.splitPath("LEMANÍA")[0])
    assert completer.completionCount() == 1
    assert completer.pathFromIndex(completer.currentIndex()) == "Alemania"
    made.setText("lemania")
    QTest.keyClick(made, Qt.Key.Key_Return)
    assert made.text() == "Alemania"
    assert said == []


def test_a_value_that_is_not_in_the_list_is_shown_as_it_is(look: Look) -> None:
    made, _ = picker(look, "XX")
    assert (made.value, made.text()) == ("XX", "XX")


def test_picking_from_the_list_chooses(look: Look) -> None:
    made, said = picker(look)
    model = made.completer().model()
    made._picked(model.index(0, 0))
    assert (made.value, said) == ("MX", ["MX"])
