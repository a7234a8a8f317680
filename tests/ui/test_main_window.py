"""The window: pages, frame, density, closing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication

from app.ui.shell import Shell
from tests.ui.stand_ins import PlainPage


def page(shell: Shell) -> PlainPage:
    shown = shell.window.page()
    assert isinstance(shown, PlainPage)
    return shown


def test_the_first_page_is_shown_with_its_rail_and_title(shell: Shell) -> None:
    window = shell.window
    assert (window.current, window.windowTitle()) == ("inbox", "Inbox · Tertulia")
    assert window.rail.button("inbox").isChecked()
    assert page(shell).heard[:2] == ["resume {}", "shown"]
    assert page(shell).button.hasFocus()


def test_going_elsewhere_tells_both_pages(shell: Shell) -> None:
    inbox = page(shell)
    changed: list[str] = []
    shell.window.page_changed.connect(changed.append)
    shell.window.show_page("today")
    assert inbox.heard[-1] == "hidden"
    assert page(shell).heard[-1] == "shown"
    assert changed == ["today"]


def test_a_page_can_be_opened_on_something(shell: Shell) -> None:
    shell.window.show_page("inbox", view="due_soon")
    assert page(shell).heard[-1] == "opened {'view': 'due_soon'}"


def test_a_page_without_frame_fills_the_window(shell: Shell) -> None:
    shell.window.show_page("first_run")
    assert shell.window.rail.isHidden()
    assert shell.window.footer.isHidden()
    shell.window.show_page("inbox")
    assert shell.window.rail.isVisible()
    assert shell.window.footer.isVisible()


def test_a_low_window_is_compact_by_itself_unless_chosen(shell: Shell) -> None:
    window = shell.window
    window.resize(1440, 900)
    assert (window.rail.width(), shell.look.theme.density) == (76, "comfortable")
    window.resize(1024, 640)
    assert (window.rail.width(), shell.look.theme.density) == (56, "compact")
    window.choose_density("comfortable")
    assert (window.rail.width(), shell.look.theme.density) == (76, "comfortable")


def test_the_window_is_never_smaller_than_its_least_size(shell: Shell) -> None:
    assert (shell.window.minimumWidth(), shell.window.minimumHeight()) == (1024, 640)


def test_closing_is_asked_for_first_and_remembers(shell: Shell, tmp_path: Path) -> None:
    asked: list[int] = []
    shell.window.closing.connect(lambda: asked.append(1))
    event = QCloseEvent()
    shell.window.closeEvent(event)
    assert asked == [1]
    assert not event.isAccepted()
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    assert kept.contains("window/geometry")
    shell.window.close_for_good()
    assert shell.window.isHidden()
    assert asked == [1]


def test_a_place_that_is_on_no_screen_is_not_restored(shell: Shell) -> None:
    shell.window.move(9000, 9000)
    shell.window.remember()
    shell.window.restore()
    assert any(screen.availableGeometry().intersects(shell.window.frameGeometry()) for screen in QApplication.screens())


def test_the_first_frame_is_said_once(shell: Shell, qapp: QApplication) -> None:
    heard: list[int] = []
    shell.window._painted = False
    shell.window.painted.connect(lambda: heard.append(1))
    shell.window.hide()
    shell.window.show()
    shell.window.stack.repaint()
    shell.window.stack.repaint()
    qapp.processEvents()
    assert heard == [1]


def test_the_language_changes_while_it_is_open(shell: Shell) -> None:
    shell.look.words.language = "es"
    assert shell.window.windowTitle() == "Bandeja · Tertulia"


def test_overlays_close_when_the_page_changes(shell: Shell) -> None:
    shell.face.show_palette()
    assert shell.window.overlay() is not None
    shell.window.show_page("today")
    assert shell.window.overlay() is None


def test_hints_follow_keys_that_were_changed(shell: Shell) -> None:
    before = shell.window.footer.hints()
    own = {command.id: ("Ctrl+J",) for command in shell.actions.registry if command.id == "stub.done"}
    shell.actions.choose_keys(True, {}, own)
    shell.actions.refresh_now()
    after = shell.window.footer.hints()
    assert [text for _, text in after] == [text for _, text in before]
    assert any("Ctrl+J" in keys for keys, _ in after) == any("E" in keys for keys, _ in before)
