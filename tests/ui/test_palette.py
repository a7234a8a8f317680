"""The palette: a few letters find a command or what a page offers; Enter does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.page import Found
from app.ui.palette import Palette, folded, score
from app.ui.shell import Shell
from tests.ui.stand_ins import PlainPage


@pytest.fixture
def palette(shell: Shell) -> Palette:
    shell.face.show_palette()
    found = shell.window.overlay()
    assert isinstance(found, Palette)
    return found


def typed(palette: Palette, text: str) -> list[str]:
    palette.line.clear()
    QTest.keyClicks(palette.line, text)
    return palette.rows.titles()


def test_accents_and_capitals_do_not_matter() -> None:
    assert folded("Campaña Ñandú") == "campana nandu"


def test_the_beginning_of_the_title_counts_most() -> None:
    assert score("go to inbox", ["go"]) > score("go to inbox", ["inb"]) > score("go to inbox", ["nbo"]) > 0
    assert score("go to inbox", ["go", "xyz"]) == 0


def test_the_line_has_the_focus_and_the_page_gets_it_back(shell: Shell, palette: Palette) -> None:
    assert QApplication.focusWidget() is palette.line
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert palette.isHidden()
    page = shell.window.page()
    assert isinstance(page, PlainPage)
    assert QApplication.focusWidget() is page.button


def test_commands_are_found_by_title_and_by_help(palette: Palette) -> None:
    assert typed(palette, "inbox")[0] == "Go to Inbox"
    assert "Dark colours" in typed(palette, "dark")
    assert "Go to Settings" in typed(palette, "how tertulia works")
    assert typed(palette, "qqqq") == []


def test_enter_does_it_and_closes(shell: Shell, palette: Palette) -> None:
    typed(palette, ">go to today")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert shell.window.current == "today"


def test_arrows_move_the_choice_round(palette: Palette) -> None:
    titles = typed(palette, ">go")
    assert palette.rows.current().title == titles[0]  # type: ignore[union-attr]
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    assert palette.rows.current().title == titles[-1]  # type: ignore[union-attr]
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_PageDown)
    assert palette.rows.current().title == titles[min(5, len(titles) - 1)]  # type: ignore[union-attr]


def test_pages_offer_things_and_prefixes_narrow(palette: Palette) -> None:
    assert "Nadia Deschamps" in typed(palette, "nad")
    assert typed(palette, "@nad") == ["Nadia Deschamps"]
    assert "Nadia Deschamps" not in typed(palette, ">nad")
    assert typed(palette, "#nad") == []


def test_late_answers_to_an_older_question_are_dropped(palette: Palette) -> None:
    asked: list[Callable[[Sequence[Found]], None]] = []
    palette.find_with([lambda _text, _prefix, deliver: asked.append(deliver)])
    typed(palette, "@a")
    late = asked[-1]
    typed(palette, "@b")
    late([Found("shell.section_go", "too late", "check", lambda: None)])
    assert palette.rows.titles() == []
    asked[-1]([Found("shell.section_go", "in time", "check", lambda: None)])
    assert palette.rows.titles() == ["in time"]


def test_a_click_chooses(shell: Shell, palette: Palette) -> None:
    typed(palette, ">go to today")
    _, rect = next(entry for entry in palette.rows._laid_out() if palette.rows._rows[entry[0]].found)
    at = QPointF(rect.center())
    none = Qt.KeyboardModifier.NoModifier
    palette.rows.mouseMoveEvent(QMouseEvent(QMouseEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, none))
    palette.rows.mousePressEvent(QMouseEvent(QMouseEvent.Type.MouseButtonPress, at, at, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, none))
    assert shell.window.current == "today"


def test_what_cannot_be_done_now_is_not_offered(shell: Shell, palette: Palette) -> None:
    page = shell.window.page()
    assert isinstance(page, PlainPage)
    assert "Done" in typed(palette, ">done")
    page.conversation = None
    assert "Done" not in typed(palette, ">done")


def test_found_letters_are_marked_where_they_stand(palette: Palette) -> None:
    typed(palette, "inb")
    palette.grab()
    assert palette.count.text() == f"{len(palette.rows.titles())} found"
    assert palette.rows.accessibleDescription().startswith("Go to Inbox")
