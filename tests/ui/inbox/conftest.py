"""The Inbox in a real window over fake services, with the clock standing at 9:41."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.inbox.page import InboxPage
from app.ui.look import Look
from app.ui.shell import Shell
from tests.fakes.clock import FakeClock
from tests.ui.inbox.fake_services import FakeServices
from tests.ui.inbox.reply_parts import _asked, _box, _box_look, _kept, _terms  # noqa: F401  (fixtures)
from tests.ui.inbox.window import close_window, make_look, new_clock, open_window


@dataclass
class Inbox:
    """What a test of the page works with."""

    application: QApplication
    shell: Shell
    page: InboxPage
    services: FakeServices
    clock: FakeClock
    look: Look

    def press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the keyboard is."""
        target = QApplication.focusWidget() or self.shell.window
        if isinstance(key, str):
            QTest.keyClick(target, key, modifiers)
        else:
            QTest.keyClick(target, key, modifiers)
        self.settle()

    def settle(self) -> None:
        """Until nothing is under way, and as if the selection had rested: what it stands on is open."""
        self.application.processEvents()
        self.page.desk.settle()
        for _ in range(2):
            self.application.processEvents()

    @property
    def open_id(self) -> int | None:
        return self.page.desk.row.id if self.page.desk.row is not None else None

    def listed(self) -> list[int]:
        return self.page.desk.model.held_ids()

    def type_reply(self, text: str) -> None:
        editor = self.page.conversation.reply.editor
        editor.setFocus()
        editor.insertPlainText(text)
        self.settle()


@pytest.fixture(name="page_clock")
def _page_clock() -> FakeClock:
    return new_clock()


@pytest.fixture(name="services")
def _services(page_clock: FakeClock) -> FakeServices:
    return FakeServices(page_clock)


@pytest.fixture(name="open_inbox")
def _open_inbox(qapp: QApplication, tmp_path: Path, services: FakeServices, page_clock: FakeClock) -> Iterator[Callable[..., Inbox]]:
    """Opens the window; called after the services were prepared."""
    opened: list[Shell] = []

    def make(*, size: tuple[int, int] = (1440, 900), language: str = "en") -> Inbox:
        look = make_look(page_clock, language, "Inter")
        shell, page = open_window(qapp, tmp_path, services, look, size=size)
        opened.append(shell)
        shell.window.activateWindow()
        page.list.rows.setFocus()
        qapp.processEvents()
        return Inbox(qapp, shell, page, services, page_clock, look)

    yield make
    for shell in opened:
        close_window(qapp, shell)


@pytest.fixture
def inbox(open_inbox: Callable[..., Inbox]) -> Inbox:
    """The usual window."""
    return open_inbox()
