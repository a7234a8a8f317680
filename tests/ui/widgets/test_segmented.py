"""One of a few choices; arrows move, code moves without a word."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.look import Look
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.text import text_width
from tests.ui.clipping import elided_texts
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


def test_where_stacked_words_have_no_room_in_bold_none_is_bold_and_all_are_whole(look: Look, qtbot: QtBot) -> None:
    words = ["Información", "Anuncio", "Multimedia"]
    segmented = Segmented(look, "Format", [(word, "info") for word in words], stacked=True)
    qtbot.addWidget(segmented)
    segmented.show()
    plain, bold = (sum(ceil(text_width(word, look.theme.font("caption", weight=weight))) for word in words) for weight in (400, 600))
    assert bold > plain + 3  # else there is nothing to give way
    around = 3 * (look.theme.px(4) + 1) + 2 * 4
    for room in (plain, bold):
        segmented.resize(room + around, segmented.sizeHint().height())
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        with elided_texts() as elided:
            painted_words = shot(segmented)
        assert not elided
        assert has(painted_words, look.theme.color("surface.raised"))
    first = segmented._group.button(0)
    wide = first.sizeHint().width()
    segmented.resize(plain + around, segmented.height())
    assert first.sizeHint().width() < wide
