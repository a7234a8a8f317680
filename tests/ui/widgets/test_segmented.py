"""One of a few choices; arrows move, code moves without a word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.segmented import Segmented
from tests.ui.pictures import has, shot


def made(look: Look, qtbot: QtBot) -> tuple[Segmented, list[int]]:
    segmented = Segmented(look, "Visibility", [("Public", "globe"), ("Private", "lock-simple"), ("Nobody", None)])
    qtbot.addWidget(segmented)
    segmented.show()
    chosen: list[int] = []
    segmented.chosen.connect(chosen.append)
    return segmented, chosen


def test_a_click_chooses_and_says_so(look: Look, qtbot: QtBot) -> None:
    segmented, chosen = made(look, qtbot)
    QTest.mouseClick(segmented._group.button(1), Qt.MouseButton.LeftButton)
    assert (segmented.index, chosen) == (1, [1])
    segmented.choose(2)
    assert (segmented.index, chosen) == (2, [1])
    assert has(shot(segmented), look.theme.color("surface.raised"))


def test_arrows_go_round_past_what_cannot_be_chosen(look: Look, qtbot: QtBot) -> None:
    segmented, chosen = made(look, qtbot)
    segmented.enable(1, False, "not for this account")
    QTest.keyClick(segmented._group.button(0), Qt.Key.Key_Right)
    QTest.keyClick(segmented._group.button(2), Qt.Key.Key_Right)
    QTest.keyClick(segmented, Qt.Key.Key_E)
    assert chosen == [2, 0]
    assert segmented._group.button(1).toolTip() == "not for this account"
    shot(segmented)


def test_it_can_be_relabelled(look: Look, qtbot: QtBot) -> None:
    segmented, _ = made(look, qtbot)
    segmented.relabel(["Público", "Privado", "Nadie"])
    assert segmented._group.button(1).accessibleName() == "Privado"
    assert segmented.accessibleName() == "Visibility"


def test_after_a_click_the_keyboard_stops_at_what_was_chosen(look: Look, qtbot: QtBot) -> None:
    segmented, _ = made(look, qtbot)
    QTest.mouseClick(segmented._group.button(1), Qt.MouseButton.LeftButton)
    stops = [bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) for part in segmented._group.buttons()]
    assert stops == [False, True, False]


def test_stacked_it_puts_icons_over_words_and_takes_the_width(look: Look, qtbot: QtBot) -> None:
    segmented = Segmented(look, "Format", [("Informs", "info"), ("Promo", "tag-simple")], stacked=True)
    qtbot.addWidget(segmented)
    segmented.resize(300, segmented.sizeHint().height())
    segmented.show()
    chosen: list[int] = []
    segmented.chosen.connect(chosen.append)
    first, second = segmented._group.buttons()
    assert first.width() == second.width() > first.sizeHint().width()
    assert segmented.height() > Segmented(look, "", [("Informs", "info")]).sizeHint().height()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert chosen == [1]
    assert has(shot(segmented), look.theme.color("surface.raised"))


def test_where_words_do_not_fit_icons_stand_for_them_and_the_word_is_a_tooltip(look: Look, qtbot: QtBot) -> None:
    segmented = Segmented(look, "Visibility", [("Public", "globe"), ("Private", "lock-simple")])
    qtbot.addWidget(segmented)
    segmented.show()
    wide, part = segmented.width(), segmented._group.button(0)
    assert part.toolTip() == ""
    assert segmented.minimumSizeHint().width() < wide / 2
    segmented.resize(segmented.minimumSizeHint())
    assert (part.toolTip(), part.accessibleName()) == ("Public", "Public")
    segmented.resize(wide, segmented.height())
    assert part.toolTip() == ""
