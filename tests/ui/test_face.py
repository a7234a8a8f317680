"""What commands ask of the window happens on the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.runtime.words import message
from app.ui.about_sheet import AboutSheet
from app.ui.dialogs import Sheet
from app.ui.face import next_zoom
from app.ui.shell import Shell
from app.ui.shortcuts_sheet import ShortcutsSheet
from app.ui.widgets.button import Button
from app.ui.widgets.text import Label
from tests.ui.stand_ins import PlainPage


def page(shell: Shell) -> PlainPage:
    shown = shell.window.page()
    assert isinstance(shown, PlainPage)
    return shown


def texts(sheet: Any) -> list[str]:
    return [label.text() for label in sheet.panel.findChildren(Label)]


def test_a_page_that_is_not_there_is_not_shown(shell: Shell) -> None:
    shell.face.show_page("calendar")
    assert shell.window.current == "inbox"
    shell.face.show_page("today")
    assert shell.window.current == "today"


def test_a_verb_is_asked_of_the_page_in_front(shell: Shell) -> None:
    assert shell.face.in_page("done", conversation=1) is True
    assert shell.face.in_page("unknown") is None
    shell.face.toggle_side_pane()


def test_f6_goes_round_through_the_panes_and_the_rail(shell: Shell) -> None:
    page(shell).button.setFocus()
    shell.face.focus_next_pane(1)
    assert QApplication.focusWidget() is page(shell).field
    shell.face.focus_next_pane(1)
    assert QApplication.focusWidget() is shell.window.rail.button("today")
    shell.face.focus_next_pane(-1)
    assert QApplication.focusWidget() is page(shell).field


def test_the_palette_opens_and_closes_by_the_same_key(shell: Shell) -> None:
    shell.face.show_palette()
    assert shell.window.overlay() is not None
    shell.face.show_palette()
    assert shell.window.overlay() is None


def test_the_key_sheet_the_history_and_about_open(shell: Shell) -> None:
    shell.face.show_help("keys")
    assert isinstance(shell.window.overlay(), ShortcutsSheet)
    shell.face.show_help("history")
    assert "Nothing since the start." in texts(shell.window.overlay())
    shell.notices.say(message("shell.minutes", minutes=3))
    shell.face.show_help("history")
    assert "10:00  3 min" in texts(shell.window.overlay())
    shell.face.show_about(Path("/data/of/ana"))
    assert isinstance(shell.window.overlay(), AboutSheet)


def test_a_question_holds_the_pages_keys_until_it_is_answered(shell: Shell) -> None:
    send, heard = shell.actions.action("stub.send"), []
    shell.face.ask(message("shell.crash_title"), [message("shell.close")], heard.append)
    assert not send.isEnabled()
    sheet = shell.window.overlay()
    assert isinstance(sheet, Sheet)
    next(button for button in sheet.panel.findChildren(Button) if button.text() == "Close").click()
    assert heard == [0]
    assert send.isEnabled()


def test_escape_closes_what_lies_on_top_before_it_reaches_the_page(shell: Shell) -> None:
    shell.face.show_about(Path("/data/of/ana"))
    shell.face.escape()
    assert shell.window.overlay() is None
    assert "escape" not in page(shell).heard
    shell.face.escape()
    assert "escape" in page(shell).heard


def test_one_that_insists_is_not_closed_by_escape(shell: Shell) -> None:
    shell.face.open_sheet(Sheet(shell.look, shell.window, "Full", insist=True))
    shell.face.escape()
    shell.window.close_overlays()
    overlay = shell.window.overlay()
    assert overlay is not None
    overlay.close_now()


def test_size_colours_and_density_are_settings(shell: Shell) -> None:
    theme = shell.look.theme
    shell.face.zoom(1)
    assert theme.zoom == 110
    shell.face.zoom(0)
    assert theme.zoom == 100
    shell.face.choose_theme("dark")
    assert theme.dark
    shell.face.choose_density("compact")
    assert theme.density == "compact"


@pytest.mark.parametrize(("zoom", "step", "after"), [(100, 1, 110), (125, 1, 150), (150, 1, 150), (90, -1, 90), (120, -1, 110)])
def test_zoom_goes_by_steps(zoom: int, step: int, after: int) -> None:
    assert next_zoom(zoom, step) == after


def test_full_screen_switches(shell: Shell) -> None:
    shell.face.full_screen()
    assert shell.window.isFullScreen()
    shell.face.full_screen()
    assert not shell.window.isFullScreen()


def test_only_addresses_of_web_and_mail_are_opened(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    for address in ("https://example.org/", "file:///etc/passwd", "javascript:alert(1)", "mailto:a@example.org"):
        shell.face.open_url(address)
    assert opened == ["https://example.org/", "mailto:a@example.org"]


def test_text_goes_to_the_clipboard(shell: Shell) -> None:
    shell.face.copy("marea")
    assert QGuiApplication.clipboard().text() == "marea"


def test_close_asks_the_window_to_close(shell: Shell) -> None:
    asked: list[int] = []
    shell.window.closing.connect(lambda: asked.append(1))
    shell.face.close()
    assert asked == [1]
