"""The rail: one button a page, its count, the hour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.look import Look
from app.ui.rail import Rail
from app.ui.shell import Shell
from tests.ui.pictures import has, shot
from tests.ui.stand_ins import entries


def test_a_click_chooses_a_page(qapp: QApplication, look: Look) -> None:
    rail, chosen = Rail(look, entries()), []
    rail.chosen.connect(chosen.append)
    rail.button("today").click()
    assert chosen == ["today"]
    assert not rail.button("today").isChecked()  # lit by the window, when the page is there


def test_the_page_in_front_is_lit(qapp: QApplication, look: Look) -> None:
    rail = Rail(look, entries())
    rail.resize(76, 700)
    assert not has(shot(rail), look.theme.color("surface.selected"))
    rail.light("inbox")
    assert rail.button("inbox").isChecked()
    assert has(shot(rail), look.theme.color("surface.selected"))


def test_a_count_is_drawn_and_spoken(qapp: QApplication, look: Look) -> None:
    rail = Rail(look, entries())
    rail.resize(76, 700)
    rail.show_count("inbox", 14)
    rail.show_count("nowhere", 3)
    assert rail.button("inbox").accessibleName() == "Inbox, 14 waiting"
    assert has(shot(rail), look.theme.color("accent.fill"))
    rail.show_count("inbox", 0)
    assert rail.button("inbox").accessibleName() == "Inbox"


def test_compact_it_shows_icons_alone(qapp: QApplication, look: Look) -> None:
    rail = Rail(look, entries())
    assert rail.width() == 76
    rail.be_compact(True)
    assert rail.width() == 56
    assert rail.button("inbox").sizeHint().width() <= 56


def test_arrows_move_between_pages(shell: Shell) -> None:
    rail = shell.window.rail
    rail.button("today").setFocus()
    QTest.keyClick(rail.button("today"), Qt.Key.Key_Down)
    assert rail.button("inbox").hasFocus()
    QTest.keyClick(rail.button("inbox"), Qt.Key.Key_Up)
    assert rail.button("today").hasFocus()


def test_names_carry_the_key_and_follow_the_language(shell: Shell) -> None:
    button = shell.window.rail.button("today")
    assert button.toolTip() == "Today  Ctrl 1"
    shell.look.words.language = "es"
    assert button.toolTip() == "Hoy  Ctrl 1"
    assert shell.window.rail.accessibleName() == "Páginas"


def test_pages_without_a_place_in_the_rail_have_no_button(shell: Shell) -> None:
    names = [button.accessibleName() for button in shell.window.rail._buttons.values()]
    assert names == ["Today", "Inbox, 2 waiting", "Settings"]


def test_where_large_text_leaves_no_room_the_hour_is_not_there(qapp: QApplication, look: Look) -> None:
    window = QWidget()  # without a layout: the rail gets what height there is
    rail = Rail(look, entries(), window)
    rail.hour.show_minutes(24, 60)
    rail.resize(rail.width(), 900)
    window.show()
    qapp.processEvents()
    assert rail.hour.isVisible()
    rail.resize(rail.width(), rail.minimumSizeHint().height() - rail.hour.height() // 2)
    qapp.processEvents()
    assert rail.hour.isHidden()
    rail.resize(rail.width(), 900)
    qapp.processEvents()
    assert rail.hour.isVisible()
    window.close()
