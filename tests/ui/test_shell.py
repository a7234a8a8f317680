"""The shell as bootstrap gets it: state for commands, counts in the rail, undo, read-only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.look import Look
from app.ui.shell import Shell, build
from tests.fakes.clock import FakeClock
from tests.ui.stand_ins import PlainPage, TouchedAll, account, entries, make_registry, make_services


def test_the_state_joins_what_page_services_and_focus_say(shell: Shell, services: Any) -> None:
    page = shell.window.page()
    assert isinstance(page, PlainPage)
    services.undo.acts = 1
    page.field.setFocus()
    state = shell.actions.state()
    assert (state.page, state.context, state.conversation) == ("inbox", "inbox", 7)
    assert (state.has_text_focus, state.can_undo, state.accounts, state.read_only) == (True, True, 2, False)


def test_before_the_first_page_there_is_a_state_too(qapp: QApplication, look: Look, clock: FakeClock, tmp_path: Any) -> None:
    remembered = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)
    shell = build(qapp, look, make_services(), make_registry([]), entries(), clock, remembered, sample=True)
    assert (shell.actions.state().page, shell.actions.state().sample) == ("", True)
    shell.dismantle(qapp)


def test_counts_in_the_rail_follow_commits(shell: Shell, services: Any) -> None:
    assert shell.window.rail.button("inbox").accessibleName() == "Inbox, 2 waiting"
    services.reads.queries.accounts = lambda: [account(), account(), account()]
    services.changed.emit(TouchedAll("post"))
    assert shell.counts.accounts == 2
    services.changed.emit(TouchedAll("account"))
    assert shell.window.rail.button("inbox").accessibleName() == "Inbox, 3 waiting"
    assert shell.counts.accounts == 3


def test_a_newer_question_makes_an_older_answer_worthless(shell: Shell, services: Any) -> None:
    services.reads.hold = True
    services.changed.emit(TouchedAll("account"))
    services.changed.emit(TouchedAll("account"))
    services.reads.queries.accounts = lambda: [account()]
    services.reads.release()
    assert shell.counts.accounts == 1


def test_shortcuts_act_once_the_first_frame_is_out(shell: Shell) -> None:
    QTest.keyClick(shell.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert shell.window.current == "today"
    QTest.keyClick(shell.window, Qt.Key.Key_F1)
    assert shell.window.overlay() is not None


def test_the_ring_goes_round_what_the_keyboard_reached(shell: Shell) -> None:
    page = shell.window.page()
    assert isinstance(page, PlainPage)
    QTest.keyClick(page.button, Qt.Key.Key_Tab)
    QTest.keyClick(page.field, Qt.Key.Key_Backtab)
    assert shell.ring.target is page.button
    QTest.mousePress(page.button, Qt.MouseButton.LeftButton)
    page.field.setFocus(Qt.FocusReason.MouseFocusReason)
    assert shell.ring.target is None


def test_nothing_in_the_shell_is_without_a_name(shell: Shell) -> None:
    stops = [widget for widget in shell.window.findChildren(QWidget) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [type(widget).__name__ for widget in stops if not widget.accessibleName()] == []


def test_a_change_of_undo_shows_in_the_menu(shell: Shell, services: Any, qapp: QApplication) -> None:
    undo = shell.actions.action("edit.undo")
    assert not undo.isEnabled()
    services.undo.acts = 1
    services.undo.changed.emit()
    qapp.processEvents()
    assert undo.isEnabled()


def test_the_footer_says_when_the_networks_were_last_read(shell: Shell, services: Any, clock: FakeClock) -> None:
    assert shell.window.footer.checked == ""
    for hours, text in ((1, "Checked 09:00"), (30, "Checked Tue 17 Nov, 04:00")):
        at = clock.now() - timedelta(hours=hours)
        services.reads.queries.accounts = lambda at=at: [account(at), account(), account(at - timedelta(hours=9))]
        services.changed.emit(TouchedAll("account"))
        assert shell.window.footer.checked == text
    shell.look.words.language = "es"
    assert shell.window.footer.checked == "Revisado mar 17 nov, 4:00\u00a0a.m."
