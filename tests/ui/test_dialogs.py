"""Questions lie over the window, stop nothing, and answer by calling back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.runtime.words import Message, message
from app.ui.dialogs import Sheet, ask
from app.ui.look import Look
from app.ui.widgets.button import Button
from app.ui.widgets.field import LineField

CHOICES = (message("shell.crash_copy"), message("shell.close"))


def buttons(sheet: Sheet) -> list[Button]:
    """The main one first, which stands at the right."""
    shown = [button for button in sheet.panel.findChildren(Button) if button.isVisibleTo(sheet)]
    return sorted(shown, key=lambda button: (button.x(), button.y()), reverse=True)


def host(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return window


def test_where_it_does_not_fit_the_body_scrolls_and_the_focus_stays(qtbot: QtBot, look: Look) -> None:
    window = host(qtbot)
    sheet = Sheet(look, window, "Many fields")
    fields = [LineField(look, f"Field {number}") for number in range(8)]
    for field in fields:
        sheet.body.addWidget(field)
    button = Button(look, "Done", kind="primary")
    sheet.foot.addWidget(button)
    sheet.open()
    assert sheet.panel.findChildren(QScrollArea) == []
    fields[3].setFocus()
    window.resize(900, 300)
    QApplication.sendPostedEvents()
    (area,) = sheet.panel.findChildren(QScrollArea)
    assert QApplication.focusWidget() is fields[3]
    assert area.verticalScrollBar().maximum() > 0
    assert sheet.panel.rect().contains(button.geometry())  # below what scrolls, never in it
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is fields[7]
    assert not fields[7].visibleRegion().isEmpty()


def test_buttons_that_do_not_fit_beside_each_other_stand_below(qtbot: QtBot, look: Look) -> None:
    window = host(qtbot)
    long = Message("shell.crash_text")
    sheet = ask(look, window, message("shell.crash_title"), (long, long, message("shell.close")), lambda _choice: None)
    first, second, third = buttons(sheet)
    assert first.y() > second.y() > third.y()
    assert all(button.width() >= button.sizeHint().width() for button in (first, second, third)) or window.width() < first.sizeHint().width()


def test_the_main_button_stands_at_the_right_and_has_the_keyboard(qtbot: QtBot, look: Look) -> None:
    window = host(qtbot)
    sheet = Sheet(look, window, "Something is done")
    main, other, away = (Button(look, title, kind=kind) for title, kind in (("Do", "primary"), ("Not", "plain"), ("Remove", "flat")))  # type: ignore[arg-type]
    sheet.offer(main, other, aside=[away])
    sheet.open()
    QApplication.processEvents()
    assert away.x() < other.x() < main.x()
    assert main.geometry().right() > sheet.panel.width() - look.theme.px(40)
    assert QApplication.focusWidget() is main


def test_a_choice_is_answered_by_its_number(qtbot: QtBot, look: Look) -> None:
    window, heard = host(qtbot), []
    sheet = ask(look, window, message("shell.crash_title"), CHOICES, heard.append, detail=message("shell.crash_text"))
    buttons(sheet)[1].click()
    assert heard == [1]
    assert sheet.isHidden()


def test_escape_and_a_click_beside_it_answer_minus_one(qtbot: QtBot, look: Look) -> None:
    window, heard = host(qtbot), []
    sheet = ask(look, window, message("shell.crash_title"), CHOICES, heard.append)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    sheet = ask(look, window, message("shell.crash_title"), CHOICES, heard.append)
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.rect().topLeft())
    assert heard == [-1, -1]


def test_one_that_insists_stays_until_a_choice_is_made(qtbot: QtBot, look: Look) -> None:
    window, heard = host(qtbot), []
    sheet = ask(look, window, message("shell.crash_title"), CHOICES, heard.append, insist=True, danger=True)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.rect().topLeft())
    assert heard == []
    buttons(sheet)[0].click()
    assert heard == [0]


def test_a_sheet_fits_into_a_small_window(qtbot: QtBot, look: Look) -> None:
    window = host(qtbot)
    window.resize(300, 200)
    sheet = Sheet(look, window, "A title that is rather long for so small a window", width=480)
    sheet.open()
    assert sheet.panel.width() <= 300
    assert sheet.rect().contains(sheet.panel.geometry())
    sheet.close_now()
