"""The lock over a window of stand-ins: what it takes out and gives back. The real program: tests/end_to_end/test_locked.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.commands.help import COMMANDS as HELP
from app.commands.locking import COMMANDS as LOCKING
from app.commands.registry import collect
from app.commands.view import COMMANDS as VIEW
from app.runtime.paths import resources
from app.runtime.settings import Lock
from app.runtime.words import message
from app.ui.application import dress
from app.ui.dialogs import Sheet
from app.ui.first_frame import FirstFrame, remembered_in
from app.ui.lock import MOST_WAITING
from app.ui.look import Look
from app.ui.shell import Shell, build
from tests.fakes.clock import FakeClock
from tests.ui.closing import close_shell, delete
from tests.ui.fake_locking import LockingFake
from tests.ui.stand_ins import entries, inbox_commands


@pytest.fixture
def shell(qapp: QApplication, look: Look, services: Any, clock: FakeClock, tmp_path: Path) -> Iterator[Shell]:
    """As in the other tests of the window, with the lock's commands."""
    dress(qapp, look.theme)
    registry = collect(VIEW, HELP, LOCKING, inbox_commands([]))
    made = build(qapp, look, services, registry, entries(), clock, remembered_in(tmp_path / "window.ini"))
    made.open("inbox")
    made.window.activateWindow()
    made.after_first_frame()
    qapp.processEvents()
    yield made
    close_shell(qapp, made)


@pytest.fixture
def framed(shell: Shell, services: Any, tmp_path: Path) -> Iterator[Shell]:
    """The window inside the one on the desktop, with a passphrase."""
    services.locking = LockingFake(services.settings)
    services.settings.change(Lock, on=True)
    frame = FirstFrame(remembered_in(tmp_path / "frame.ini"), resources())
    frame.resize(1200, 800)
    frame.show()
    frame.hold(shell.window)
    frame.activateWindow()
    shell.lock.stand_in(frame)
    yield shell
    shell.lock._timer.stop()
    if shell.lock.is_locked:
        shell.lock._open()
    shell.window.setParent(None)
    delete(frame)


def test_without_a_window_or_a_passphrase_nothing_locks(shell: Shell, framed: Shell, services: Any) -> None:
    services.settings.change(Lock, on=False)
    framed.lock.lock()
    assert not framed.lock.is_locked
    services.settings.change(Lock, on=True)
    framed.lock.let_go()
    framed.lock.lock()
    assert not framed.lock.is_locked


def test_locking_and_opening_is_told_once_each(framed: Shell) -> None:
    told = list[bool]()
    framed.lock.changed.connect(told.append)
    framed.lock.lock()
    framed.lock.lock()
    framed.lock._open()
    framed.lock._open()
    assert told == [True, False]


def test_the_keyboard_is_given_back(framed: Shell) -> None:
    page: Any = framed.window.page()
    page.field.setFocus()
    framed.lock.lock()
    assert not page.field.isVisible()
    assert framed.window.window() is not framed.lock.screen.window()
    framed.lock._open()
    assert page.field.isVisible()
    assert page.field.hasFocus()


def test_sheets_over_the_window_on_the_desktop_go_behind_it_too(framed: Shell, look: Any) -> None:
    host = framed.window.window()
    sheet = Sheet(look, host, "Todo de Ximena")
    hidden = Sheet(look, host, "Nada")
    sheet.open()
    framed.lock.lock()
    assert not sheet.isVisible()
    assert host.findChildren(Sheet) == []
    framed.lock._open()
    QApplication.processEvents()
    assert sheet.isVisible()
    assert hidden.isHidden()
    assert framed.window.overlay() is sheet
    sheet.close_now()


def test_a_sheet_that_opens_behind_it_waits_there(framed: Shell, look: Any) -> None:
    framed.lock.lock()
    framed.face.ask(message("shell.close"), [message("shell.close")], lambda _choice: None)
    assert framed.lock.screen.isVisible()
    assert framed.lock.screen.window().findChildren(Sheet) == []
    framed.lock._open()
    assert framed.window.overlay() is not None


def test_what_is_asked_for_waits_and_not_without_end(framed: Shell) -> None:
    done = list[int]()
    framed.lock.when_open(lambda: done.append(-1))
    framed.lock.lock()
    for number in range(MOST_WAITING + 5):
        framed.lock.when_open(lambda number=number: done.append(number))  # type: ignore[misc]
    assert done == [-1]
    framed.lock._open()
    assert done == [-1, *range(5, MOST_WAITING + 5)]


def test_words_are_neither_shown_nor_spoken_until_it_is_open(framed: Shell) -> None:
    framed.lock.lock()
    framed.notices.say(message("shell.drafts_are_here"))
    framed.notices.banner("k", message("shell.read_only"))
    assert framed.window.toasts.toasts() == []
    framed.lock._open()
    assert len(framed.window.toasts.toasts()) == 1
    assert framed.window.banners.strip is not None


def test_that_it_was_taken_off_is_told_once_to_whoever_comes_next(framed: Shell, services: Any, clock: Any) -> None:
    services.settings.change(Lock, on=False, taken_off_at=clock.now().isoformat())
    framed.lock.tell()
    assert [banner.key for banner in framed.notices.banners()] == ["lock.taken_off"]
    framed.notices.clear("lock.taken_off")
    framed.lock.tell()
    assert framed.notices.banners() == []
    services.settings.change(Lock, taken_off_at="ayer")
    framed.lock.tell()
    assert "without its passphrase" in framed.look.text(framed.notices.banners()[0].message)
