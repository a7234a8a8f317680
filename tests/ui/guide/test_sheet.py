"""The guide inside the program, used as a person does: by keys, by search, by links, in light and dark, in every language."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.language.guide_pages import PAGES, place_of
from app.ui.guide.sheet import GuideSheet
from app.ui.shell import Shell
from app.ui.widgets.button import IconButton

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def press(sheet: GuideSheet, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or sheet, key, held)


def test_it_opens_at_the_page_that_fits_the_screen_and_takes_the_focus(guide: GuideSheet) -> None:
    assert guide.place_shown == "inbox"
    assert guide.contents.current is not None
    assert guide.contents.current.place == "inbox"
    assert guide.contents.hasFocus()
    assert "keyboard" in guide.reader.toPlainText()
    assert [entry.place for entry in guide.contents.entries] == list(PAGES)


def test_a_screen_may_name_its_own_page(shell: Shell) -> None:
    page = shell.window.page()
    assert page is not None
    page.perform = lambda verb, **_values: "data" if verb == "guide_place" else None  # type: ignore[method-assign]
    shell.face.show_guide()
    sheet = shell.window.overlay()
    assert isinstance(sheet, GuideSheet)
    assert sheet.place_shown == "data"


def test_over_a_sheet_it_opens_at_what_was_asked_for_and_leaves_the_sheet_there(shell: Shell) -> None:
    shell.face.show_help("keys")
    below = shell.window.overlay()
    shell.face.show_guide("sign-in#x")
    sheet = shell.window.overlay()
    assert isinstance(sheet, GuideSheet)
    assert sheet.place_shown == "sign-in#x"
    press(sheet, Qt.Key.Key_Escape)
    assert shell.window.overlay() is below


def test_what_leads_nowhere_leads_to_the_first_page(guide: GuideSheet) -> None:
    guide.show_place("nowhere#x")
    assert guide.place_shown == PAGES[0]


@pytest.mark.parametrize(("size", "zoom"), [((1024, 640), 100), ((1024, 640), 150), ((1440, 900), 150)])
def test_it_fits_into_the_window(shell: Shell, size: tuple[int, int], zoom: int) -> None:
    shell.window.resize(*size)
    shell.look.theme.choose(zoom=zoom)
    shell.face.show_guide("keys")
    sheet = shell.window.overlay()
    assert isinstance(sheet, GuideSheet)
    assert sheet.rect().contains(sheet.panel.geometry())
    for widget in (sheet.contents, sheet.reader, sheet.line, sheet.back):
        assert sheet.panel.rect().contains(widget.geometry())
    assert sheet.reader.width() > 300


def test_arrows_go_through_the_contents_and_show_each_page(guide: GuideSheet) -> None:
    here = PAGES.index("inbox")
    press(guide, Qt.Key.Key_Down)
    assert guide.place_shown == PAGES[here + 1]
    press(guide, Qt.Key.Key_Down)
    assert guide.place_shown == PAGES[here + 2]
    press(guide, Qt.Key.Key_Left, ALT)
    assert guide.place_shown == "inbox", "walking through the list is one step back"
    press(guide, Qt.Key.Key_Right, ALT)
    assert guide.place_shown == PAGES[here + 2]


def test_enter_goes_into_the_page_and_its_links_are_followed_by_keys(guide: GuideSheet) -> None:
    guide.show_place("first-day")
    guide.contents.setFocus()
    press(guide, Qt.Key.Key_Return)
    assert guide.reader.hasFocus()
    for _ in range(6):
        press(guide, Qt.Key.Key_Tab)
        if guide.reader.textCursor().charFormat().anchorHref() == "guide:sign-in":
            break
    press(guide, Qt.Key.Key_Return)
    assert guide.place_shown == "sign-in"
    press(guide, Qt.Key.Key_Backspace)
    assert guide.place_shown == "first-day"
    assert guide.forward.isEnabled()


def test_back_and_forward_have_their_ends(guide: GuideSheet) -> None:
    guide.step(-1)
    assert guide.place_shown == "inbox"
    guide.follow("guide:data")
    guide.follow("guide:privacy")
    for _ in range(3):
        guide.step(-1)
    assert guide.place_shown == "inbox"
    assert not guide.back.isEnabled()
    guide.step(1)
    guide.follow("guide:keys")
    assert not guide.forward.isEnabled(), "a new way begins here"
    guide.step(-1)
    assert guide.place_shown == "data"


def test_a_link_to_a_place_closes_the_guide_and_opens_it(guide: GuideSheet, shell: Shell) -> None:
    opened: list[tuple[str, dict[str, object]]] = []
    shell.face.show_page = lambda page, **target: opened.append((page, target))  # type: ignore[method-assign]
    guide.follow("tertulia:settings/data")
    assert shell.window.overlay() is None
    assert opened == [("settings", {"section": "data"})]


def test_a_link_may_run_a_command_that_goes_somewhere(guide: GuideSheet, shell: Shell) -> None:
    ran: list[str] = []
    shell.actions.ran.connect(ran.append)
    guide.follow("command:help.keys")
    assert ran == ["help.keys"]
    assert not isinstance(shell.window.overlay(), GuideSheet)


@pytest.mark.parametrize("target", ["https://example.org", "file:///etc/passwd", "tertulia:nowhere", "javascript:x"])
def test_no_link_leads_out_of_the_program(guide: GuideSheet, shell: Shell, target: str) -> None:
    guide.follow(target)
    assert shell.window.overlay() is guide
    assert guide.place_shown == "inbox"


def test_a_search_shows_places_and_marks_the_words(guide: GuideSheet) -> None:
    press(guide, Qt.Key.Key_F, CTRL)
    assert guide.line.hasFocus()
    QTest.keyClicks(guide.line, "backup")
    found = [entry.place for entry in guide.contents.entries]
    assert place_of(found[0])[0] == "data"
    assert all(entry.below for entry in guide.contents.entries)
    press(guide, Qt.Key.Key_Return)
    assert guide.contents.hasFocus()
    assert guide.place_shown == found[0]
    assert guide.reader.extraSelections()
    press(guide, Qt.Key.Key_Escape)
    assert guide.line.text() == ""
    assert [entry.place for entry in guide.contents.entries] == list(PAGES)
    press(guide, Qt.Key.Key_Escape)
    assert guide.isHidden()


def test_a_search_without_a_find_says_so(guide: GuideSheet) -> None:
    guide.line.setText("zzzzqq")
    assert guide.contents.entries == ()
    assert "zzzzqq" in guide.none.text()
    assert not guide.none.isHidden()
    guide.line.setText("")
    assert guide.none.isHidden()


def test_one_letter_is_no_search_but_one_chinese_character_is(guide: GuideSheet) -> None:
    guide.line.setText("b")
    assert [entry.place for entry in guide.contents.entries] == list(PAGES)
    guide.line.setText("备")
    assert [entry.place for entry in guide.contents.entries] != list(PAGES)


@pytest.mark.parametrize(
    ("language", "mode"),
    [("en", "light"), ("en", "dark"), ("es", "light"), ("fr", "light"), ("ru", "light"), ("zh", "dark")],
)
def test_every_page_is_shown_in_every_language_and_theme(shell: Shell, language: str, mode: str) -> None:
    shell.look.words.language = language
    shell.look.theme.choose(mode=mode)  # type: ignore[arg-type]
    shell.face.show_guide("first-day")
    sheet = shell.window.overlay()
    assert isinstance(sheet, GuideSheet)
    for name, title in sheet.shelf.titles():
        sheet.show_place(name)
        text = sheet.reader.toPlainText()
        assert text.startswith(title)
        assert not re.search(r"\{[a-z]+:", text), f"{language}/{name}: a mark was not filled in"
        assert sheet.reader.accessibleName() == title


def test_everything_in_it_has_a_name(guide: GuideSheet) -> None:
    assert guide.line.accessibleName()
    assert guide.contents.accessibleName()
    assert guide.reader.accessibleName()
    buttons = guide.panel.findChildren(IconButton)
    assert all(button.accessibleName() and button.accessibleDescription() for button in buttons)
